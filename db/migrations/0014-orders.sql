-- What a visitor has put aside to buy, from any number of sellers. Known by the hash of a secret that their browser keeps,
-- so that it needs no sign-in; forgotten a while after the last change.
create table baskets (
  home_hub uuid not null,
  basket text collate "C" not null, -- SHA-256 of the secret, hex
  ship_to jsonb, -- {name, address, phone}: where the goods shall go, once it was said
  made_at timestamptz not null,
  changed_at timestamptz not null,
  constraint baskets_pkey primary key (home_hub, basket)
);
create index baskets_by_age on baskets (changed_at);
create table basket_lines (
  home_hub uuid not null,
  basket text collate "C" not null,
  seller_hub uuid not null,
  seller_id uuid not null,
  offer_id uuid not null,
  variant_id uuid not null,
  quantity integer not null,
  added_at timestamptz not null,
  constraint basket_lines_pkey primary key (home_hub, basket, seller_hub, seller_id, variant_id),
  constraint basket_lines_have_pieces check (quantity between 1 and 999),
  constraint basket_lines_are_in_a_basket foreign key (home_hub, basket) references baskets on delete cascade
);

-- What an order of one seller's goods to one country costs, all in: a promise to one buyer until it expires, signed once
-- and kept for ever. The payload is the quote itself (orders/quotes/quote.ts), every figure with its rule; what its texts
-- say stands in quote_texts, once for all quotes that say it.
create table quotes (
  home_hub uuid not null,
  quote_id uuid not null, -- version 7
  buyer_id uuid not null, -- the person
  expires_at timestamptz not null,
  payload text not null, -- JSON, the bytes that were signed
  digest text collate "C" not null, -- SHA-256 of the payload, hex
  key_id text collate "C" not null,
  signature bytea not null, -- JWS (RFC 7515, EdDSA)
  constraint quotes_pkey primary key (home_hub, quote_id)
);
create table quote_texts (
  digest text collate "C" not null, -- first 132 bits of SHA-256 over the body, base64url
  body text not null, -- JSON: what of an answer is no figure
  constraint quote_texts_pkey primary key (digest)
);
create trigger quotes_are_final before update or delete or truncate on quotes
  for each statement execute function refuse_change();
create trigger quote_texts_are_final before update or delete or truncate on quote_texts
  for each statement execute function refuse_change();

-- An agreed purchase: one quote that a buyer accepted. Where it stands is its state; how it came there are its moves.
create table orders (
  home_hub uuid not null, -- the hub that keeps this row; each of two hubs keeps its own
  order_id uuid not null, -- version 7, made by the caller
  buyer_hub uuid not null,
  buyer_id uuid not null,
  buyer_account text collate "C" not null, -- of the ledger: what paid, and what is refunded to
  seller_hub uuid not null,
  seller_id uuid not null,
  quote_id uuid not null,
  destination text collate "C" not null,
  currency text collate "C" not null,
  total_minor bigint not null,
  ship_to jsonb not null, -- {name, address, phone}
  tracking text collate "C" not null, -- the secret in the link that shows where it is
  state text collate "C" not null,
  moves smallint not null default 0, -- how many there are
  placed_at timestamptz not null,
  changed_at timestamptz not null,
  due_at timestamptz, -- when due_move is made by the hub, if nobody else moved it
  due_move text collate "C",
  hold_id uuid, -- of an order that another hub has still to accept: the reserved money
  facts jsonb not null default '{}', -- what moves noted: the carrier's number, who was at fault
  constraint orders_pkey primary key (home_hub, order_id),
  constraint orders_take_a_quote_once unique (home_hub, quote_id),
  constraint orders_are_due_for_a_move check ((due_at is null) = (due_move is null)),
  constraint orders_have_a_state check (state in ('requested', 'placed', 'accepted', 'packed', 'handed-over', 'at-border',
    'released', 'delivered', 'closed', 'cancelled', 'refused', 'returned', 'lost', 'disputed'))
) with (fillfactor = 80);
create index orders_of_buyer on orders (home_hub, buyer_id, order_id);
create index orders_of_seller on orders (home_hub, seller_id, order_id);
create index orders_due on orders (due_at) where due_at is not null;

-- Who did what to an order and when; never changed.
create table order_moves (
  home_hub uuid not null,
  order_id uuid not null,
  number smallint not null,
  move text collate "C" not null,
  before text collate "C" not null,
  after text collate "C" not null,
  at timestamptz not null,
  role text collate "C" not null, -- 'buyer', 'seller', 'carrier', 'customs', 'operator', 'hub'
  actor text collate "C", -- the id of who made it; null when the hub did it by itself
  facts jsonb not null default '{}',
  entry_id uuid, -- of the ledger, where money moved
  constraint order_moves_pkey primary key (home_hub, order_id, number)
);
create trigger order_moves_are_final before update or delete or truncate on order_moves
  for each statement execute function refuse_change();

-- What the sides of an order said and showed while they disagreed.
create table dispute_statements (
  home_hub uuid not null,
  order_id uuid not null,
  statement_id uuid not null, -- version 7
  role text collate "C" not null,
  actor uuid not null,
  at timestamptz not null,
  words text not null,
  picture text collate "C", -- digest of picture_files
  constraint dispute_statements_pkey primary key (home_hub, order_id, statement_id)
);

-- What one side of an order owes the other by a decision and the hub cannot take from escrow: freight of goods that were
-- refused by the seller's fault, duty that customs may pay back.
create table order_claims (
  home_hub uuid not null,
  order_id uuid not null,
  number smallint not null,
  kind text collate "C" not null, -- 'owed', 'drawback'
  debtor text collate "C" not null, -- 'seller', 'buyer', 'carrier', 'customs'
  creditor text collate "C" not null,
  what text collate "C" not null, -- the leg: 'freight', 'duty', 'tax'
  currency text collate "C" not null,
  amount_minor bigint not null,
  made_at timestamptz not null,
  paid_at timestamptz,
  entry_id uuid,
  constraint order_claims_pkey primary key (home_hub, order_id, number),
  constraint order_claims_ask_for_something check (amount_minor > 0)
);

-- What somebody has used of something that is limited per person and period: the yearly amount of a customs scheme, what
-- may be paid in a day. The limit itself is in the rules, and is given by who asks.
create table allowances (
  subject text collate "C" not null, -- 'person:<id>'
  allowance text collate "C" not null, -- 'CN/cbec-used-this-year'
  period text collate "C" not null, -- '2026', '2026-11-22'
  currency text collate "C" not null,
  used_minor bigint not null default 0,
  constraint allowances_pkey primary key (subject, allowance, period, currency),
  constraint allowances_are_used_not_below_nothing check (used_minor >= 0)
) with (fillfactor = 70);

-- An order's money in escrow, in one row instead of one for each part: a sale day writes as many of them as orders. No
-- order has come to these books before, so nothing is lost with the old table; its name lives on as a view.
drop table escrow_legs;
create table escrows (
  order_id uuid not null,
  currency text collate "C" not null,
  payer text collate "C" not null, -- the account that it came from
  entry_id uuid not null, -- by which it was put in
  legs text[] collate "C" not null, -- 'goods', 'freight', 'insurance', 'duty', 'tax', 'fee'
  amounts_minor bigint[] not null, -- put in
  lefts_minor bigint[] not null, -- still there
  beneficiaries text[] collate "C" not null, -- the accounts that they are meant for
  constraint escrows_pkey primary key (order_id),
  constraint escrows_have_known_legs check (legs <@ array['goods', 'freight', 'insurance', 'duty', 'tax', 'fee']),
  constraint escrows_hold_something check (0 < all (amounts_minor)),
  constraint escrows_give_what_they_have check (0 <= all (lefts_minor)),
  constraint escrows_have_all_of_each_leg check (cardinality(legs) = cardinality(amounts_minor)
    and cardinality(legs) = cardinality(lefts_minor) and cardinality(legs) = cardinality(beneficiaries))
) with (fillfactor = 80);
create view escrow_legs as
  select e.order_id, l.number::smallint as number, l.leg, e.currency, l.amount_minor, l.left_minor, e.payer,
         l.beneficiary, e.entry_id
    from escrows e, unnest(e.legs, e.amounts_minor, e.lefts_minor, e.beneficiaries)
                    with ordinality as l (leg, amount_minor, left_minor, beneficiary, number);

-- Accounts get numbers, and postings name them by number: half as long, and so is their key. A number ends (modulo 1024)
-- in the three digits that ISO 4217 has for the account's currency, so that postings balance without a look at accounts.
create sequence account_numbers as bigint;
alter table accounts add column number bigint;
update accounts a set number = n.seq * 1024 + n.currency
  from (select account, nextval('account_numbers') as seq, c.number as currency
          from accounts join (values ('AED', 784), ('AFN', 971), ('ALL', 8), ('AMD', 51), ('AOA', 973), ('ARS', 32), ('AUD', 36), ('AWG', 533),
    ('AZN', 944), ('BAM', 977), ('BBD', 52), ('BDT', 50), ('BGN', 975), ('BHD', 48), ('BIF', 108), ('BMD', 60),
    ('BND', 96), ('BOB', 68), ('BOV', 984), ('BRL', 986), ('BSD', 44), ('BTN', 64), ('BWP', 72), ('BYN', 933),
    ('BZD', 84), ('CAD', 124), ('CDF', 976), ('CHE', 947), ('CHF', 756), ('CHW', 948), ('CLF', 990), ('CLP', 152),
    ('CNY', 156), ('COP', 170), ('COU', 970), ('CRC', 188), ('CUP', 192), ('CVE', 132), ('CZK', 203), ('DJF', 262),
    ('DKK', 208), ('DOP', 214), ('DZD', 12), ('EGP', 818), ('ERN', 232), ('ETB', 230), ('EUR', 978), ('FJD', 242),
    ('FKP', 238), ('GBP', 826), ('GEL', 981), ('GHS', 936), ('GIP', 292), ('GMD', 270), ('GNF', 324), ('GTQ', 320),
    ('GYD', 328), ('HKD', 344), ('HNL', 340), ('HRK', 191), ('HTG', 332), ('HUF', 348), ('IDR', 360), ('ILS', 376),
    ('INR', 356), ('IQD', 368), ('IRR', 364), ('ISK', 352), ('JMD', 388), ('JOD', 400), ('JPY', 392), ('KES', 404),
    ('KGS', 417), ('KHR', 116), ('KMF', 174), ('KPW', 408), ('KRW', 410), ('KWD', 414), ('KYD', 136), ('KZT', 398),
    ('LAK', 418), ('LBP', 422), ('LKR', 144), ('LRD', 430), ('LSL', 426), ('LYD', 434), ('MAD', 504), ('MDL', 498),
    ('MGA', 969), ('MKD', 807), ('MMK', 104), ('MNT', 496), ('MOP', 446), ('MRU', 929), ('MUR', 480), ('MVR', 462),
    ('MWK', 454), ('MXN', 484), ('MXV', 979), ('MYR', 458), ('MZN', 943), ('NAD', 516), ('NGN', 566), ('NIO', 558),
    ('NOK', 578), ('NPR', 524), ('NZD', 554), ('OMR', 512), ('PAB', 590), ('PEN', 604), ('PGK', 598), ('PHP', 608),
    ('PKR', 586), ('PLN', 985), ('PYG', 600), ('QAR', 634), ('RON', 946), ('RSD', 941), ('RUB', 643), ('RWF', 646),
    ('SAR', 682), ('SBD', 90), ('SCR', 690), ('SDG', 938), ('SEK', 752), ('SGD', 702), ('SHP', 654), ('SLE', 925),
    ('SOS', 706), ('SRD', 968), ('SSP', 728), ('STN', 930), ('SVC', 222), ('SYP', 760), ('SZL', 748), ('THB', 764),
    ('TJS', 972), ('TMT', 934), ('TND', 788), ('TOP', 776), ('TRY', 949), ('TTD', 780), ('TWD', 901), ('TZS', 834),
    ('UAH', 980), ('UGX', 800), ('USD', 840), ('USN', 997), ('UYI', 940), ('UYU', 858), ('UYW', 927), ('UZS', 860),
    ('VED', 926), ('VES', 928), ('VND', 704), ('VUV', 548), ('WST', 882), ('XAD', 396), ('XAF', 950), ('XCD', 951),
    ('XCG', 532), ('XOF', 952), ('XPF', 953), ('YER', 886), ('ZAR', 710), ('ZMW', 967), ('ZWG', 924)) as c (code, number)
            on c.code = accounts.currency) n
 where n.account = a.account;
alter table accounts alter column number set not null;
alter table accounts add constraint accounts_have_their_own_number unique (number);

create table account_postings (
  account bigint not null, -- its number
  position bigint not null,
  entry_id uuid not null,
  amount_minor bigint not null,
  balance_minor bigint not null, -- of the account after it
  constraint account_postings_pkey primary key (account, position),
  constraint account_postings_change_something check (amount_minor <> 0)
);
insert into account_postings
  select a.number, p.position, p.entry_id, p.amount_minor, p.balance_minor from postings p join accounts a using (account);
drop table postings;
create index account_postings_by_entry on account_postings (entry_id);
create or replace function refuse_unbalanced() returns trigger language plpgsql as $$
begin
  if exists (select from new_postings group by entry_id, account % 1024 having sum(amount_minor) <> 0) then
    raise exception 'postings of an entry do not add up to nothing'
      using errcode = 'check_violation', constraint = 'postings_balance';
  end if;
  return null;
end $$;
create trigger postings_balance after insert on account_postings
  referencing new table as new_postings for each statement execute function refuse_unbalanced();
create trigger postings_are_final before update or delete or truncate on account_postings
  for each statement execute function refuse_change();
create view postings as
  select a.account, p.position, p.entry_id, p.amount_minor, p.balance_minor
    from account_postings p join accounts a on a.number = p.account;
