-- What commands that move money or goods came to, so that sending one again gives the same answer. Kept for 30 days.
create table command_outcomes (
  actor text collate "C" not null, -- the id of who sent it
  kind text collate "C" not null, -- 'payment'
  key text collate "C" not null, -- the sender's own: Idempotency-Key
  request_hash text collate "C" not null, -- SHA-256, hex
  status smallint not null, -- HTTP
  body text not null, -- JSON, given again as it stands
  at timestamptz not null,
  constraint command_outcomes_pkey primary key (actor, kind, key),
  constraint command_outcomes_have_a_key check (length(key) between 1 and 255),
  constraint command_outcomes_are_answers check (status between 200 and 499)
);
create index command_outcomes_by_age on command_outcomes (at);

-- Accounts of the double-entry ledger, each in one currency, which ends its name: 'wallet:person:<id>:MYR',
-- 'escrow:duty:MYR'. A balance is positive where the hub owes it (credit); what others owe to the hub, or keep for it, is
-- negative. The sum of all balances of a currency is 0.
create table accounts (
  account text collate "C" not null,
  currency text collate "C" not null,
  floor_minor bigint, -- what is left free never falls below it; null: no floor
  balance_minor bigint not null default 0,
  held_minor bigint not null default 0, -- part of the balance that pending holds reserve
  postings bigint not null default 0, -- how many there are: the last one's position
  opened_at timestamptz not null,
  constraint accounts_pkey primary key (account),
  constraint accounts_end_with_their_currency check (right(account, 4) = ':' || currency),
  constraint accounts_hold_no_less_than_nothing check (held_minor >= 0),
  constraint accounts_stay_above_their_floor check (floor_minor is null or balance_minor - held_minor >= floor_minor)
) with (fillfactor = 50);

-- What happened, with its postings; never changed. A mistake gets an entry that corrects it.
create table entries (
  entry_id uuid not null, -- version 7, made by the caller
  kind text collate "C" not null, -- 'payment'
  reference text collate "C" not null, -- the id of what it was for: an order, a top-up
  at timestamptz not null, -- by the hub's clock
  actor text collate "C", -- the id of who caused it; null when the hub did it by itself
  corrects uuid,
  constraint entries_pkey primary key (entry_id),
  constraint entries_kind_is_a_word check (kind ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  constraint entries_correct_an_entry foreign key (corrects) references entries
);
create index entries_by_reference on entries (reference, entry_id);

-- One change of one account. Positions of an account have no gap, so that one taken out leaves a hole.
create table postings (
  account text collate "C" not null,
  position bigint not null,
  entry_id uuid not null,
  amount_minor bigint not null,
  balance_minor bigint not null, -- of the account after it
  constraint postings_pkey primary key (account, position),
  constraint postings_change_something check (amount_minor <> 0)
);
create index postings_by_entry on postings (entry_id);

-- An entry's postings come in one statement and add up to 0 in each currency.
create function refuse_unbalanced() returns trigger language plpgsql as $$
begin
  if exists (select from new_postings group by entry_id, right(account, 3) having sum(amount_minor) <> 0) then
    raise exception 'postings of an entry do not add up to nothing'
      using errcode = 'check_violation', constraint = 'postings_balance';
  end if;
  return null;
end $$;
create trigger postings_balance after insert on postings
  referencing new table as new_postings for each statement execute function refuse_unbalanced();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% are never changed: write an entry that corrects', tg_table_name
    using errcode = 'check_violation', constraint = tg_table_name || '_are_final';
end $$;
create trigger entries_are_final before update or delete or truncate on entries
  for each statement execute function refuse_change();
create trigger postings_are_final before update or delete or truncate on postings
  for each statement execute function refuse_change();

-- A part of a balance that is reserved before there is an order: a payment that was approved, a payout under way.
create table holds (
  hold_id uuid not null,
  account text collate "C" not null,
  amount_minor bigint not null,
  purpose text collate "C" not null, -- 'payment', 'payout'
  reference text collate "C" not null,
  state text collate "C" not null, -- 'pending', 'posted', 'voided', 'expired'
  made_at timestamptz not null,
  expires_at timestamptz, -- null: until somebody ends it
  ended_at timestamptz,
  entry_id uuid, -- the entry that it became
  constraint holds_pkey primary key (hold_id),
  constraint holds_reserve_something check (amount_minor > 0),
  constraint holds_have_a_state check (state in ('pending', 'posted', 'voided', 'expired')),
  constraint holds_end_once check ((state = 'pending') = (ended_at is null)),
  constraint holds_posted_have_an_entry check ((state = 'posted') = (entry_id is not null)),
  constraint holds_are_on_an_account foreign key (account) references accounts
) with (fillfactor = 70);
create index holds_due on holds (expires_at) where state = 'pending';
create index holds_pending_by_account on holds (account) where state = 'pending';

-- What of an order's money lies in escrow, part by part. What is left of all parts of a kind and currency is the balance
-- of its escrow account.
create table escrow_legs (
  order_id uuid not null,
  number smallint not null,
  leg text collate "C" not null, -- 'goods', 'freight', 'insurance', 'duty', 'tax', 'fee'
  currency text collate "C" not null,
  amount_minor bigint not null, -- put in
  left_minor bigint not null, -- still there
  payer text collate "C" not null, -- the account that it came from
  beneficiary text collate "C" not null, -- the account that it is meant for
  entry_id uuid not null, -- by which it was put in
  constraint escrow_legs_pkey primary key (order_id, number),
  constraint escrow_legs_have_a_kind check (leg in ('goods', 'freight', 'insurance', 'duty', 'tax', 'fee')),
  constraint escrow_legs_hold_something check (amount_minor > 0),
  constraint escrow_legs_give_what_they_have check (left_minor between 0 and amount_minor)
) with (fillfactor = 70);
create index escrow_legs_held on escrow_legs (leg, currency) where left_minor > 0;

-- Seals: each block has the hash of the entries that were committed since the last one, and of the block before.
create table ledger_blocks (
  number bigint not null,
  previous_root text collate "C" not null, -- '' for the first
  entries_root text collate "C" not null, -- Merkle root over the entries' hashes, SHA-256, hex
  root text collate "C" not null, -- hash of all that stands before it
  entries uuid[] not null, -- in the order of the tree's leaves
  leaves bytea not null, -- their hashes one after the other, so that a changed entry is found by name
  sealed_at timestamptz not null,
  key_id text collate "C" not null,
  signature bytea not null, -- over the root
  constraint ledger_blocks_pkey primary key (number),
  constraint ledger_blocks_seal_something check (cardinality(entries) > 0),
  constraint ledger_blocks_have_a_leaf_each check (length(leaves) = 32 * cardinality(entries))
);
create trigger ledger_blocks_are_final before update or delete or truncate on ledger_blocks
  for each statement execute function refuse_change();
