-- A product file that a seller brings from where the goods are sold today, from its upload to its undoing. Nothing of it
-- is read twice: rows lie in product_import_rows, the offers made out of them in product_import_items.
create table product_imports (
  home_hub uuid not null,
  business_id uuid not null,
  import_id uuid not null,
  actor text collate "C", -- the id of who brought it
  created_at timestamptz not null,
  updated_at timestamptz not null,
  file_name text not null,
  file_bytes bigint not null,
  encoding text collate "C" not null,
  format text collate "C" not null, -- csv, tsv, xml, json
  source text collate "C" not null, -- shopify, woocommerce, ...
  columns jsonb not null, -- names, in the order of the cells
  mapping jsonb not null default '{}', -- field -> numbers of columns
  settings jsonb not null default '{}', -- language, currency, units, ...
  state text collate "C" not null,
  row_count integer not null default 0,
  item_count integer not null default 0,
  position integer not null default 0, -- items that the present state has passed
  counts jsonb not null default '{}', -- outcome -> items, of the present state
  expected jsonb, -- the counts of the last check
  saved_at timestamptz,
  constraint product_imports_pkey primary key (home_hub, business_id, import_id),
  constraint product_imports_known_state check
    (state in ('reading', 'mapping', 'checking', 'checked', 'saving', 'saved', 'undoing', 'undone')),
  constraint product_imports_position_within check (position between 0 and item_count)
);
-- What is at work, for whichever process takes it next.
create index product_imports_at_work on product_imports (updated_at)
  where state in ('checking', 'saving', 'undoing');

-- The lines of the file as they came; kept for the file of refused rows, purged some days later.
create table product_import_rows (
  home_hub uuid not null,
  business_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  line integer not null, -- where it begins in the file
  cells jsonb not null,
  constraint product_import_rows_pkey primary key (home_hub, business_id, import_id, row_no),
  constraint product_import_rows_of_an_import foreign key (home_hub, business_id, import_id)
    references product_imports on delete cascade
);

-- One offer of the file: made of one row or several, what is wrong with it, what became of it, and what was there before.
create table product_import_items (
  home_hub uuid not null,
  business_id uuid not null,
  import_id uuid not null,
  item_no integer not null,
  row_nos integer[] not null,
  key text not null, -- what names it where it comes from; empty for none
  title text not null,
  draft jsonb, -- null when a row cannot be read
  faults jsonb not null default '[]', -- [{ row, field, code, value }]
  notes jsonb not null default '[]', -- [{ code, count }]
  pictures jsonb not null default '[]', -- [{ address, alt }]
  expected text collate "C", -- what the check found: created, updated, unchanged, refused
  outcome text collate "C", -- what saving did
  undone text collate "C", -- what undoing did: removed, restored, changed-since
  offer_id uuid,
  version_after bigint,
  before jsonb, -- the offer as it was, for undoing
  constraint product_import_items_pkey primary key (home_hub, business_id, import_id, item_no),
  constraint product_import_items_of_an_import foreign key (home_hub, business_id, import_id)
    references product_imports on delete cascade
);

-- Which offer here is which thing there, so that the next file from the same place changes it instead of doubling it.
create table product_origins (
  home_hub uuid not null,
  business_id uuid not null,
  source text collate "C" not null,
  key text not null,
  offer_id uuid not null,
  constraint product_origins_pkey primary key (home_hub, business_id, source, key)
);
create index product_origins_by_offer on product_origins (home_hub, business_id, offer_id);

-- Where pictures of an imported offer lie on the web. The hub fetches nothing by itself; kept until it may.
create table picture_addresses (
  home_hub uuid not null,
  business_id uuid not null,
  offer_id uuid not null,
  position integer not null,
  address text not null,
  alt text not null default '',
  constraint picture_addresses_pkey primary key (home_hub, business_id, offer_id, position)
);
