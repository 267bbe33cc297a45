-- Search, prices at the door and pavilions. All of it but the pavilions can be made again from the offers, so it holds
-- no foreign keys into them.

-- Trigrams find the word that somebody meant to type. Part of every PostgreSQL, and "trusted": the owner of a database
-- may create it.
create extension if not exists pg_trgm;

-- One row for each published offer: its words in every language it is written in, segmented and folded by the hub
-- itself, and what filters ask for as lexemes of their own (~oMY origin, ~c62 chapter, ~h6214 heading and subheading,
-- ~s... seller, ~dCN a destination it reaches), so that one index answers words and filters together.
create table offer_documents (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  words tsvector not null,
  subheading text collate "C",
  origin text collate "C",
  published_at timestamptz not null,
  priced_on date not null, -- the day whose rules and rate cards its prices rest on
  constraint offer_documents_key primary key (home_hub, business_id, offer_id),
  constraint offer_documents_subheading_has_six_digits check (subheading ~ '^[0-9]{6}$'),
  constraint offer_documents_origin_is_a_code check (origin ~ '^[A-Z]{2}$')
);
-- Without the pending list of new entries, which every search would have to read through.
create index offer_documents_words on offer_documents using gin (words) with (fastupdate = off);
create index offer_documents_newest on offer_documents (published_at desc, offer_id desc);
create index offer_documents_origins on offer_documents (origin, published_at desc, offer_id desc);
create index offer_documents_oldest_prices on offer_documents (priced_on);

-- Some of the offers that a query meets, always by the index of words: a planner that trusts the limit would read the
-- whole table for words whose goods all lie at its end.
create function offers_holding(query tsquery, most int) returns setof offer_documents
  language sql stable rows 500 set enable_seqscan = off
  as 'select * from offer_documents where words @@ query limit most';

-- Every word that some offer holds, or that names the code of one: what is not in here need not be looked for, and
-- what was mistyped is mended from it. Words stay when the last offer with them goes.
create table search_words (
  word text collate "C" not null,
  constraint search_words_key primary key (word)
);
create index search_words_trigrams on search_words using gin (word gin_trgm_ops) with (fastupdate = off);

-- The plain names of the headings and subheadings that offers have, word by word in all languages: whoever looks for
-- the Chinese word finds goods that are described in English only.
create table name_words (
  word text collate "C" not null,
  code text collate "C" not null,
  share smallint not null, -- how many of 100 names of this code hold the word
  constraint name_words_key primary key (word, code),
  constraint name_words_share_is_a_share check (share between 0 and 100)
);
create index name_words_by_code on name_words (code);

-- The price at the door of one piece of each published offer, at each destination where the seller sells it and there is
-- a price, as of a day: so that lists need not work them out. One older than today is worked out again before it is shown.
create table offer_prices (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  destination text collate "C" not null,
  day date not null,
  state text collate "C" not null,
  total_minor bigint not null,
  currency char(3) collate "C" not null,
  days_min smallint,
  days_max smallint,
  subheading text collate "C", -- as in the document, so that goods are listed by price from this table alone
  origin text collate "C",
  constraint offer_prices_key primary key (home_hub, business_id, offer_id, destination),
  constraint offer_prices_destination_is_a_code check (destination ~ '^[A-Z]{2}$'),
  constraint offer_prices_state_has_a_price check (state in ('complete', 'complete-except', 'no-border'))
);
create index offer_prices_cheapest on offer_prices (destination, total_minor, offer_id)
  include (home_hub, business_id, subheading, origin);

-- What the curators of a country say about it. A pavilion without a row is made from its goods alone.
create table pavilions (
  country text collate "C" not null,
  story jsonb not null default '{}', -- locale -> text
  picture text collate "C", -- digest of a stored picture
  featured uuid[] not null default '{}', -- businesses, in their order
  version bigint not null,
  updated_at timestamptz not null,
  constraint pavilions_key primary key (country),
  constraint pavilions_country_is_a_code check (country ~ '^[A-Z]{2}$')
);

-- Goods of one pavilion under a title of their own.
create table pavilion_collections (
  country text collate "C" not null,
  collection_id uuid not null,
  position int not null,
  title jsonb not null, -- locale -> text
  offers uuid[] not null,
  constraint pavilion_collections_key primary key (country, collection_id),
  constraint pavilion_collections_are_of_a_pavilion foreign key (country) references pavilions on delete cascade
);
