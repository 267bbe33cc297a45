-- Money between a wallet and the outside, through a licensed provider (a rail). The id is the provider's idempotency key
-- and the id of the hold and of the entry, so that the ledger's own keys let a transfer be booked once only.
create table rail_transfers (
  transfer_id uuid not null, -- version 7, made by the caller
  kind text collate "C" not null, -- 'top-up', 'payout', 'refund'
  holder_kind text collate "C" not null, -- 'person', 'business'
  holder_id uuid not null,
  account text collate "C" not null, -- the wallet
  currency text collate "C" not null,
  amount_minor bigint not null,
  rail text collate "C" not null, -- 'sandbox'
  state text collate "C" not null, -- 'asked', 'sent', 'done', 'failed', 'wrong'
  destination text, -- of a payout, as the provider names it
  return_url text, -- of a top-up: where its provider sends the person back to
  refund_of uuid, -- the top-up that is given back
  provider_ref text collate "C", -- the provider's own id
  continue_url text, -- where the person goes on, at the provider's
  hold_id uuid,
  entry_id uuid, -- the entry by which it was booked
  returned_by uuid, -- the entry that took it back: the provider had said done and then failed
  made_at timestamptz not null,
  made_by text collate "C" not null, -- who asked
  sent_at timestamptz, -- when it was first handed to the provider
  next_try_at timestamptz, -- when the worker looks at it next; null: when a callback says something new
  tries integer not null default 0, -- since something last changed
  ended_at timestamptz,
  fault text collate "C", -- a code: 'amount-differs'
  constraint rail_transfers_pkey primary key (transfer_id),
  constraint rail_transfers_have_a_kind check (kind in ('top-up', 'payout', 'refund')),
  constraint rail_transfers_are_of_somebody check (holder_kind in ('person', 'business')),
  constraint rail_transfers_move_something check (amount_minor > 0),
  constraint rail_transfers_have_a_state check (state in ('asked', 'sent', 'done', 'failed', 'wrong')),
  constraint rail_transfers_end_once check ((state in ('asked', 'sent')) = (ended_at is null)),
  constraint rail_transfers_open_are_looked_at check (state not in ('asked', 'sent') or next_try_at is not null),
  constraint rail_transfers_done_are_booked check (state <> 'done' or (entry_id is not null and returned_by is null)),
  constraint rail_transfers_booked_are_done_or_returned check (entry_id is null or state = 'done' or returned_by is not null),
  constraint rail_transfers_out_have_a_hold check ((kind <> 'top-up') = (hold_id is not null)),
  constraint rail_transfers_refund_a_top_up check ((kind = 'refund') = (refund_of is not null)),
  constraint rail_transfers_pay_out_to_somebody check ((kind = 'payout') = (destination is not null)),
  constraint rail_transfers_refer_to_one_thing unique (rail, provider_ref),
  constraint rail_transfers_of_a_top_up foreign key (refund_of) references rail_transfers
) with (fillfactor = 70);
create index rail_transfers_due on rail_transfers (next_try_at) where next_try_at is not null;
create index rail_transfers_of_holder on rail_transfers (holder_kind, holder_id, transfer_id);
create index rail_transfers_refunds on rail_transfers (refund_of) where refund_of is not null;
create index rail_transfers_odd on rail_transfers (transfer_id) where state in ('asked', 'sent', 'wrong') or fault is not null;
create index rail_transfers_ended on rail_transfers (rail, ended_at);

-- Callbacks of providers, each counted once however often it comes.
create table rail_events (
  rail text collate "C" not null,
  event_id text collate "C" not null,
  received_at timestamptz not null,
  transfer_id uuid, -- ours, when it names one
  provider_ref text collate "C" not null,
  says text collate "C" not null, -- 'pending', 'done', 'failed'
  amount_minor bigint not null,
  currency text collate "C" not null,
  outcome text collate "C" not null, -- 'applied', 'same', 'asked', 'unknown', 'other-reference'
  constraint rail_events_pkey primary key (rail, event_id),
  constraint rail_events_say_something check (says in ('pending', 'done', 'failed')),
  constraint rail_events_have_an_outcome check (outcome in ('applied', 'same', 'asked', 'unknown', 'other-reference')),
  constraint rail_events_unknown_name_nothing check ((outcome = 'unknown') = (transfer_id is null))
);
create index rail_events_odd on rail_events (received_at) where outcome in ('unknown', 'other-reference');

-- What the built-in sandbox keeps as a provider of its own; no real money moves there. Its callbacks are signed with this key.
create table sandbox_key (
  only_row boolean not null default true,
  secret bytea not null,
  constraint sandbox_key_pkey primary key (only_row),
  constraint sandbox_key_has_one_row check (only_row),
  constraint sandbox_key_is_long check (length(secret) = 32)
);

create table sandbox_transfers (
  provider_ref text collate "C" not null,
  transfer_id uuid not null, -- the hub's, given as idempotency key
  kind text collate "C" not null,
  amount_minor bigint not null, -- what it says it moved; wrong when it plays a provider's mistake
  currency text collate "C" not null,
  refund_of text collate "C",
  outcome text collate "C" not null, -- 'done', 'failed': decided at once, true from ends_at on
  ends_at timestamptz not null,
  constraint sandbox_transfers_pkey primary key (provider_ref),
  constraint sandbox_transfers_are_made_once unique (transfer_id),
  constraint sandbox_transfers_have_an_outcome check (outcome in ('done', 'failed'))
);
create index sandbox_transfers_by_end on sandbox_transfers (ends_at);

create table sandbox_callbacks (
  number bigint generated always as identity,
  due_at timestamptz not null,
  body text not null, -- JSON, signed when it is sent; a duplicate is another row with the same
  delivered_at timestamptz,
  constraint sandbox_callbacks_pkey primary key (number)
);
create index sandbox_callbacks_due on sandbox_callbacks (due_at) where delivered_at is null;
