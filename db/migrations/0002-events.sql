-- Which life of which server the transaction ids of new events come from. It grows when the database turns up on
-- another server, as ids of one server mean nothing on the next. A sequence, as everybody reads its value of now,
-- whatever their snapshot.
create sequence event_epoch as bigint;
select setval('event_epoch', 1);

-- What happened, written by the transaction that made it happen: audit trail, and what the readers below follow.
-- Rows are never changed. The order is (epoch, xid, seq): a serial number alone is drawn before the commit and says
-- nothing about which of two transactions others could see first.
create table events (
  seq bigint not null generated always as identity,
  epoch bigint not null default pg_sequence_last_value('event_epoch'::regclass),
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null, -- by the hub's clock
  home_hub uuid not null,
  kind text collate "C" not null, -- 'offer.saved'
  subject text collate "C" not null, -- the id of what it happened to
  actor text collate "C", -- the id of who did it; null when the hub did it by itself
  body jsonb not null default '{}',
  constraint events_pkey primary key (epoch, xid, seq),
  constraint events_kind_is_a_word check (kind ~ '^[a-z][a-z0-9]*([.-][a-z0-9]+)*$'),
  constraint events_have_a_subject check (subject <> '')
);
create index events_by_subject on events (subject, seq);

-- The server that the current epoch's ids come from, as it named itself when a hub last started on it. One row.
create table event_server (
  only_row boolean not null default true,
  identifier text collate "C", -- pg_control_system(); null where the hub may not ask for it
  since timestamptz not null,
  constraint event_server_pkey primary key (only_row),
  constraint event_server_has_one_row check (only_row)
);

-- How far each reader is: everything up to and with (epoch, xid, seq) has had its effect. Stored in the transaction of
-- the effects, so that they happen exactly once. Who holds the row's lock is the one instance at work.
create table event_readers (
  name text collate "C" not null,
  epoch bigint not null default 0,
  xid xid8 not null default '0',
  seq bigint not null default 0,
  moved_at timestamptz, -- when the cursor last moved
  failures integer not null default 0, -- faults in a row on the next event
  next_try_at timestamptz, -- not before this, after a fault
  parked_at timestamptz, -- set: it waits for an operator
  fault text, -- what the last fault said
  fault_seq bigint, -- the event that it could not handle
  constraint event_readers_pkey primary key (name),
  constraint event_readers_fail_from_zero check (failures >= 0)
) with (fillfactor = 50);
