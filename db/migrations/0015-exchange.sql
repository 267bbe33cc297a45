-- What the dealer in currencies offers somebody: so much of one money for so much of another, good until it expires, and
-- once. What the mid rate gives is what is received and the spread, to the last minor unit.
create table exchange_quotes (
  home_hub uuid not null,
  quote_id uuid not null, -- version 7
  holder_kind text collate "C" not null, -- 'person', 'business'
  holder_id uuid not null,
  from_currency text collate "C" not null,
  from_minor bigint not null, -- leaves the wallet
  to_currency text collate "C" not null,
  to_minor bigint not null, -- arrives there
  spread_minor bigint not null, -- of the currency received: what the hub earns
  spread_points integer not null, -- basis points: hundredths of a percent
  rate text collate "C" not null, -- mid rate, exact, as '46444/11684': units received for one given
  rate_source text not null,
  rate_day date not null, -- of the older leg where it crosses
  made_at timestamptz not null,
  made_by uuid not null, -- the person
  expires_at timestamptz not null,
  used_at timestamptz,
  entry_id uuid, -- of the ledger
  constraint exchange_quotes_pkey primary key (home_hub, quote_id),
  constraint exchange_quotes_are_of_somebody check (holder_kind in ('person', 'business')),
  constraint exchange_quotes_change_the_money check (from_currency <> to_currency),
  constraint exchange_quotes_give_something check (from_minor > 0 and to_minor > 0 and spread_minor >= 0),
  constraint exchange_quotes_have_a_spread check (spread_points between 0 and 10000),
  constraint exchange_quotes_have_an_exact_rate check (rate ~ '^[1-9][0-9]*/[1-9][0-9]*$'),
  constraint exchange_quotes_used_have_an_entry check ((used_at is null) = (entry_id is null))
) with (fillfactor = 80);
create index exchange_quotes_unused on exchange_quotes (expires_at) where used_at is null;

-- Up to how much a code that a payer shows may pay: said by the payer before there is any code.
create table payer_ceilings (
  home_hub uuid not null,
  payer_kind text collate "C" not null, -- 'person', 'business'
  payer_id uuid not null,
  currency text collate "C" not null,
  ceiling_minor bigint not null,
  set_at timestamptz not null,
  set_by uuid not null, -- the person
  constraint payer_ceilings_pkey primary key (home_hub, payer_kind, payer_id),
  constraint payer_ceilings_are_of_somebody check (payer_kind in ('person', 'business')),
  constraint payer_ceilings_allow_something check (ceiling_minor > 0)
);

-- The code on a payer's screen, for one payment. A payer has one at a time: a new one takes the place of the last, which
-- then pays nothing. The text is not kept, only its hash.
create table payer_codes (
  home_hub uuid not null,
  payer_kind text collate "C" not null, -- 'person', 'business'
  payer_id uuid not null,
  code_id uuid not null, -- version 7; what the entry refers to
  code_hash text collate "C" not null, -- SHA-256, hex
  currency text collate "C" not null,
  ceiling_minor bigint not null, -- as it was set when the code was made
  made_at timestamptz not null,
  made_by uuid not null, -- the person
  expires_at timestamptz not null,
  used_at timestamptz,
  payee text collate "C", -- the account that took it
  amount_minor bigint,
  entry_id uuid, -- of the ledger
  constraint payer_codes_pkey primary key (home_hub, payer_kind, payer_id),
  constraint payer_codes_have_their_own_hash unique (home_hub, code_hash),
  constraint payer_codes_are_of_somebody check (payer_kind in ('person', 'business')),
  constraint payer_codes_pay_up_to_something check (ceiling_minor > 0),
  constraint payer_codes_pay_once check (num_nulls(used_at, payee, amount_minor, entry_id) in (0, 4)),
  constraint payer_codes_stay_below_their_ceiling check (amount_minor between 1 and ceiling_minor)
) with (fillfactor = 70);
