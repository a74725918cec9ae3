create table scope (
  number @identity,
  api text not null,
  scope text not null,
  unique (api, scope)
);

-- Open executions only, so that a start reads nothing else. Before the first snapshot: version and time 0, next_event 1, no state.
create table open_execution (
  shard integer not null,
  id text not null,
  scope bigint not null,
  name text not null,
  started_at bigint not null,
  version bigint not null,
  time bigint not null,
  next_event bigint not null,
  state text,
  primary key (shard, id)
) @clustered;

-- Append-only: one row per execution and commit, in the order of commits.
create table journal (
  number @identity,
  shard integer not null,
  execution text not null,
  version bigint not null,
  time bigint not null,
  first_event bigint not null,
  event_count bigint not null,
  events text not null,
  notes text
);

-- Finds a history page by event and an execution's last version at its right end; both orders agree.
-- Ids begin with their time: what is written at one time lies on few pages, which is a third of the cost of a commit.
create unique index journal_by_event
  on journal (execution, shard, first_event, version);

-- The state comes last: a list that filters by the other columns does not read it.
create table closed_execution (
  number @identity,
  shard integer not null,
  id text not null,
  scope bigint not null,
  name text not null,
  started_at bigint not null,
  ended_at bigint not null,
  expires_at bigint,
  status text not null,
  vendor_status text not null,
  type text not null,
  type_version text,
  tags text not null,
  detail text,
  version bigint not null,
  event_count bigint not null,
  state text not null
);

create unique index closed_by_id on closed_execution (id, shard);
create index closed_by_end on closed_execution (scope, ended_at, id, expires_at);
create index closed_by_start on closed_execution (scope, started_at, id, expires_at);
create index closed_by_name on closed_execution (scope, name);
create index closed_by_expiry on closed_execution (expires_at, shard, id) where expires_at is not null;

create table record (
  shard integer not null,
  collection text not null,
  id text not null,
  version bigint not null,
  document text not null,
  primary key (shard, collection, id)
) @clustered;

create table outbox (
  shard integer not null,
  sequence bigint not null,
  target_shard integer not null,
  message text not null,
  primary key (shard, sequence)
) @clustered;

create table cursor (
  shard integer not null,
  source integer not null,
  sequence bigint not null,
  primary key (shard, source)
) @clustered;
