-- What is stored stays: the database itself refuses a change. Whoever may alter the schema can still lift this; the chain of hashes then shows it.
create trigger entry_stays before update on entry begin select raise(abort, 'an entry of the journal is never changed'); end;
create trigger entry_is_kept before delete on entry begin select raise(abort, 'an entry of the journal is never deleted'); end;
