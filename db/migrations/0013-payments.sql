-- Somebody asks to be paid: by a link, a QR code, or a short code that can be read aloud. With an amount it is paid once;
-- without one it is a standing code, and everybody pays what they type.
create table payment_requests (
  home_hub uuid not null,
  payee_kind text collate "C" not null, -- 'person', 'business'
  payee_id uuid not null,
  request_id uuid not null, -- version 7
  code text collate "C" not null, -- as people type it, without hyphens
  currency text collate "C" not null,
  amount_minor bigint, -- null: the payer says
  purpose text not null default '', -- in the payee's words
  state text collate "C" not null, -- 'open', 'paid', 'cancelled'
  made_at timestamptz not null,
  made_by uuid not null, -- the person
  expires_at timestamptz, -- null: never
  ended_at timestamptz,
  payer text collate "C", -- the account that paid
  entry_id uuid, -- of the ledger
  constraint payment_requests_pkey primary key (home_hub, payee_kind, payee_id, request_id),
  constraint payment_requests_have_their_own_code unique (home_hub, code),
  constraint payment_requests_are_of_somebody check (payee_kind in ('person', 'business')),
  constraint payment_requests_ask_for_something check (amount_minor > 0),
  constraint payment_requests_have_a_state check (state in ('open', 'paid', 'cancelled')),
  constraint payment_requests_end_once check ((state = 'open') = (ended_at is null)),
  constraint payment_requests_paid_have_an_entry check ((state = 'paid') = (entry_id is not null))
) with (fillfactor = 80);
