-- What sellers offer. Written by catalogue/. Every key begins with the owner (hub and business), so that these tables
-- can be spread over nodes by owner; for the same reason no foreign key leads out of an owner's own goods.

-- One kind of goods of one business. What it is in law (code, origin, materials, measures, facts, proofs) stands here;
-- what is bought (price, mass, size) stands in its variants; what is counted stands in stock.
create table offers (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  slug text collate "C" not null,
  status text collate "C" not null,
  main_locale text collate "C" not null,
  subheading char(6) collate "C", -- HS 2022; null until somebody found it
  classified jsonb, -- how the code was found: {"stated": true} or {"text", "answers", "confidence"}
  national_codes jsonb not null default '{}', -- territory -> its own line below the six digits
  origin text collate "C", -- ISO 3166-1 alpha-2
  materials text,
  brand text,
  measures jsonb not null default '{}', -- of one piece, as the tariff's basket takes them
  facts jsonb not null default '{}', -- answers to the tariff's questions, as its basket takes them
  proofs text[] collate "C" not null default '{}',
  currency char(3) collate "C" not null,
  version bigint not null, -- grows by one with every change of the offer or its parts; stock is not a part
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  primary key (home_hub, business_id, offer_id),
  constraint offers_slug_is_taken unique (home_hub, business_id, slug),
  constraint offers_slug_is_a_slug check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  constraint offers_status_is_known check (status in ('draft', 'published', 'withdrawn')),
  constraint offers_subheading_has_six_digits check (subheading ~ '^[0-9]{6}$'),
  constraint offers_origin_is_a_code check (origin ~ '^[A-Z]{2}$'),
  constraint offers_currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
  constraint offers_published_has_a_day check (status <> 'published' or published_at is not null),
  -- Nothing is on sale that customs could not name.
  constraint offers_published_has_its_facts
    check (status <> 'published' or (subheading is not null and origin is not null)),
  constraint offers_version_counts check (version >= 1)
);
-- The seller's list, newest change first, page by page.
create index offers_by_change on offers (home_hub, business_id, updated_at desc, offer_id desc);
-- What is on sale, newest first, for shops and feeds.
create index offers_on_sale on offers (published_at desc, offer_id desc) where status = 'published';

-- What the goods are called and how they are described, once per language.
create table offer_texts (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  locale text collate "C" not null,
  title text not null,
  description text not null default '',
  source text collate "C" not null default 'seller',
  primary key (home_hub, business_id, offer_id, locale),
  constraint offer_texts_belong_to_an_offer foreign key (home_hub, business_id, offer_id)
    references offers on delete cascade,
  constraint offer_texts_source_is_known check (source in ('seller', 'import', 'translated'))
);

-- What is bought: an offer in one size, colour, weight. At least one per offer. One that is no longer sold stays, as
-- orders name it, and is no longer active.
create table variants (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  variant_id uuid not null,
  position integer not null,
  sku text collate "C", -- the seller's own number
  options jsonb not null default '[]', -- [{"name", "value"}]
  price_minor bigint not null, -- in the offer's currency
  net_mass_g integer,
  gross_mass_g integer,
  length_mm integer,
  width_mm integer,
  height_mm integer,
  picture_id uuid,
  active boolean not null default true,
  primary key (home_hub, business_id, offer_id, variant_id),
  constraint variants_belong_to_an_offer foreign key (home_hub, business_id, offer_id)
    references offers on delete cascade,
  constraint variants_price_is_not_negative check (price_minor >= 0),
  constraint variants_masses_are_positive check (net_mass_g > 0 and gross_mass_g > 0),
  constraint variants_sizes_are_positive check (length_mm > 0 and width_mm > 0 and height_mm > 0)
);
create unique index variants_sku_is_taken on variants (home_hub, business_id, sku)
  where sku is not null and active;

-- How many are there. Apart from the variants because every sale writes here, and no foreign key for the same reason.
create table stock (
  home_hub uuid not null,
  business_id uuid not null,
  variant_id uuid not null,
  on_hand bigint not null,
  updated_at timestamptz not null,
  primary key (home_hub, business_id, variant_id),
  constraint stock_is_not_negative check (on_hand >= 0)
);

-- Which pictures an offer shows, in order; the first is its face.
create table offer_pictures (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  picture_id uuid not null,
  position integer not null,
  digest text collate "C" not null, -- of picture_files
  alt jsonb not null default '{}', -- locale -> what it shows, for those who do not see it
  primary key (home_hub, business_id, offer_id, picture_id),
  constraint offer_pictures_belong_to_an_offer foreign key (home_hub, business_id, offer_id)
    references offers on delete cascade
);

-- The pictures themselves, made anew from what was uploaded: three sizes, each as WebP and AVIF. Known by the SHA-256
-- of the upload, so the same picture is stored once and its address may be kept for ever.
create table picture_files (
  digest text collate "C" not null,
  form text collate "C" not null,
  mime text collate "C" not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  primary key (digest, form, mime),
  constraint picture_files_digest_is_sha256 check (digest ~ '^[0-9a-f]{64}$'),
  constraint picture_files_form_is_known check (form in ('original', 'large', 'thumb')),
  constraint picture_files_mime_is_known check (mime in ('image/webp', 'image/avif'))
);
-- Compressed already.
alter table picture_files alter column bytes set storage external;

-- Where the seller wants the offer sold. No row: nobody decided; an offer is sold only where `open`.
create table offer_markets (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  destination text collate "C" not null,
  open boolean not null,
  changed_at timestamptz not null,
  primary key (home_hub, business_id, offer_id, destination),
  constraint offer_markets_belong_to_an_offer foreign key (home_hub, business_id, offer_id)
    references offers on delete cascade,
  constraint offer_markets_destination_is_a_code check (destination ~ '^[A-Z]{2}$')
);
