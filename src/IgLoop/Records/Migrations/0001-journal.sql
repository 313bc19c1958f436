-- The journal: one row a subject (a review, a patient) with its head, one row an entry. The text that was hashed is the text that is stored.
create table subject (
  id text not null primary key,
  kind text not null,
  head_seq bigint not null,
  head_hash text not null
);

create table entry (
  subject text not null references subject (id),
  seq bigint not null,
  recorded text not null,
  true_at text not null,
  who text not null,
  kind text not null,
  body text not null,
  previous text not null,
  hash text not null,
  primary key (subject, seq)
);

create index subject_of_kind on subject (kind, id);
