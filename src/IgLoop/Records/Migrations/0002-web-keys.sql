-- Keys that sign the hidden token of every form that writes; shared, so that any web node accepts what another one served.
create table web_key (
  id text not null primary key,
  xml text not null
);
