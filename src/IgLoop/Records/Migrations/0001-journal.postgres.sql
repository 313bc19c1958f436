-- What is stored stays: the database itself refuses a change. Whoever may alter the schema can still lift this; the chain of hashes then shows it.
create function entry_stays() returns trigger language plpgsql as $$ begin raise exception 'an entry of the journal is never changed or deleted'; end $$;
create trigger entry_stays before update or delete or truncate on entry for each statement execute function entry_stays();
