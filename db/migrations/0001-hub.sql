-- Who this hub is. One row: a database serves one hub.
create table hub (
  only_row boolean primary key default true,
  id uuid not null,
  name text not null,
  territory text collate "C", -- null until the operator chose one
  created_at timestamptz not null,
  constraint hub_has_one_row check (only_row),
  constraint hub_territory_is_a_code check (territory ~ '^[A-Z]{2}$')
);

-- Every public key the hub ever signed with, kept for ever: an old signature must still be checkable years later.
-- The private halves are files in the data folder, never rows.
create table hub_keys (
  key_id text collate "C" primary key, -- RFC 7638 thumbprint of the public key
  algorithm text not null,
  public_key jsonb not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  constraint hub_keys_end_after_they_begin check (valid_to >= valid_from)
);
create unique index hub_keys_one_is_current on hub_keys ((valid_to is null)) where valid_to is null;

-- Every version of every rule that an answer ever rested on, kept for ever, so that a quote can be explained years
-- later. Written by tariff/.
create table rule_versions (
  territory text collate "C" not null,
  rule_id text collate "C" not null,
  digest text collate "C" not null,
  body jsonb not null,
  first_seen_at timestamptz not null,
  primary key (territory, rule_id, digest)
);
