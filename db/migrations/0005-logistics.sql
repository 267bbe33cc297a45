-- What carriers ask for taking goods from one country to another. Written by logistics/ from files whose format
-- docs/how-to/lanes.md describes. Every row holds from a day to a day, both included, and says who published it where
-- and when it was read. Versions of one thing may follow each other, never overlap: the database refuses it.
create extension if not exists btree_gist;

-- What a carrier sells under one name: the limits of a parcel, how volume counts, what it does not take.
create table lane_services (
  carrier text collate "C" not null,
  service text collate "C" not null,
  valid_from date not null,
  valid_to date, -- null: until another version ends it
  carrier_name text not null,
  service_name text not null,
  transport text collate "C" not null,
  currency text collate "C" not null,
  divisor integer, -- cm3 that count as one kilogram; null: volume does not count
  max_mass_g integer not null,
  max_length_mm integer,
  max_girth_mm integer, -- longest side and the way around the other two, together
  max_value_minor bigint, -- of what is inside, in the currency of the service
  prohibited text[] collate "C" not null, -- HS codes of 2, 4 or 6 digits, and kinds of goods such as lithium
  tracking boolean not null,
  source_title text not null,
  source_publisher text not null,
  source_url text,
  source_read date not null,
  primary key (carrier, service, valid_from),
  constraint lane_services_do_not_overlap
    exclude using gist (carrier with =, service with =, daterange(valid_from, valid_to, '[]') with &&),
  constraint lane_services_end_after_they_begin check (valid_to >= valid_from),
  constraint lane_services_carrier_is_a_code check (carrier ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint lane_services_service_is_a_code check (service ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint lane_services_transport_is_known check (transport in ('post', 'courier', 'air', 'sea', 'road')),
  constraint lane_services_currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
  constraint lane_services_limits_are_above_zero
    check (divisor > 0 and max_mass_g > 0 and max_length_mm > 0 and max_girth_mm > 0 and max_value_minor > 0)
);

-- Between which countries a service runs, in which zone of its rate card, how long it takes, and who pays the duty.
create table lanes (
  carrier text collate "C" not null,
  service text collate "C" not null,
  from_country text collate "C" not null,
  to_country text collate "C" not null,
  valid_from date not null,
  valid_to date,
  zone text collate "C" not null,
  days_min integer not null,
  days_max integer not null,
  days_kind text collate "C" not null, -- working: only days of the week below count; calendar: every day counts
  week text collate "C" not null, -- days on which the lane works, 1 = Monday ... 7 = Sunday
  cut_off text collate "C" not null, -- HH:MM where the goods leave; what comes later counts from the next day
  time_zone text collate "C" not null, -- IANA name, of the origin
  duty_paid boolean not null, -- the carrier settles duty and tax on entry (DDP)
  source_title text not null,
  source_publisher text not null,
  source_url text,
  source_read date not null,
  primary key (carrier, service, from_country, to_country, valid_from),
  constraint lanes_do_not_overlap
    exclude using gist (carrier with =, service with =, from_country with =, to_country with =,
                        daterange(valid_from, valid_to, '[]') with &&),
  constraint lanes_end_after_they_begin check (valid_to >= valid_from),
  constraint lanes_lead_from_country_to_country check (from_country ~ '^[A-Z]{2}$' and to_country ~ '^[A-Z]{2}$'),
  constraint lanes_days_are_in_order check (days_min >= 0 and days_max >= days_min),
  constraint lanes_days_kind_is_known check (days_kind in ('working', 'calendar')),
  constraint lanes_week_has_days check (week ~ '^1?2?3?4?5?6?7?$' and week <> ''),
  constraint lanes_cut_off_is_a_time check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
);
create index lanes_by_countries on lanes (from_country, to_country, carrier, service);

-- What a service costs in one of its zones; its prices are the steps below.
create table lane_cards (
  carrier text collate "C" not null,
  service text collate "C" not null,
  zone text collate "C" not null,
  valid_from date not null,
  valid_to date,
  currency text collate "C" not null,
  source_title text not null,
  source_publisher text not null,
  source_url text,
  source_read date not null,
  primary key (carrier, service, zone, valid_from),
  constraint lane_cards_do_not_overlap
    exclude using gist (carrier with =, service with =, zone with =, daterange(valid_from, valid_to, '[]') with &&),
  constraint lane_cards_end_after_they_begin check (valid_to >= valid_from),
  constraint lane_cards_currency_is_a_code check (currency ~ '^[A-Z]{3}$')
);

-- The price of a parcel that counts for more than the step before and at most this one: a base, and what each unit above
-- the included mass adds (each unit begun; without a unit exactly by the gram, given per kilogram); never less than the
-- minimum.
create table lane_steps (
  carrier text collate "C" not null,
  service text collate "C" not null,
  zone text collate "C" not null,
  valid_from date not null,
  up_to_g integer not null,
  base_minor bigint not null,
  included_g integer not null,
  unit_g integer,
  unit_minor bigint not null,
  minimum_minor bigint not null,
  primary key (carrier, service, zone, valid_from, up_to_g),
  constraint lane_steps_belong_to_a_card
    foreign key (carrier, service, zone, valid_from) references lane_cards (carrier, service, zone, valid_from),
  constraint lane_steps_masses_are_masses check (up_to_g > 0 and included_g >= 0 and unit_g > 0),
  constraint lane_steps_cost_something
    check (base_minor >= 0 and unit_minor >= 0 and minimum_minor >= 0 and base_minor + unit_minor + minimum_minor > 0)
);

-- What comes on top: a share of the freight, or a sum, always or under a condition.
create table lane_surcharges (
  carrier text collate "C" not null,
  service text collate "C" not null,
  surcharge text collate "C" not null,
  zone text collate "C" not null, -- '' in every zone
  to_country text collate "C" not null, -- '' to every country
  valid_from date not null,
  valid_to date,
  surcharge_name text not null,
  kind text collate "C" not null,
  rate numeric, -- percent, for the kinds that are a share
  amount_minor bigint, -- for the kinds that are a sum
  currency text collate "C",
  applies text collate "C" not null,
  over_mm integer, -- oversize: a longer side than this
  over_g integer, -- heavy: a heavier parcel than this
  postcodes text[] collate "C" not null, -- remote area: how its postcodes begin
  source_title text not null,
  source_publisher text not null,
  source_url text,
  source_read date not null,
  primary key (carrier, service, surcharge, zone, to_country, valid_from),
  constraint lane_surcharges_do_not_overlap
    exclude using gist (carrier with =, service with =, surcharge with =, zone with =, to_country with =,
                        daterange(valid_from, valid_to, '[]') with &&),
  constraint lane_surcharges_end_after_they_begin check (valid_to >= valid_from),
  constraint lane_surcharges_kind_is_known
    check (kind in ('percent-of-freight', 'percent-of-all', 'per-parcel', 'per-kg')),
  constraint lane_surcharges_are_a_share_or_a_sum
    check (case when kind like 'percent%' then rate > 0 and rate <= 1000 and amount_minor is null and currency is null
                else amount_minor > 0 and currency ~ '^[A-Z]{3}$' and rate is null end),
  constraint lane_surcharges_condition_is_known
    check (case applies when 'always' then over_mm is null and over_g is null and postcodes = '{}'
                        when 'oversize' then over_mm > 0 and over_g is null and postcodes = '{}'
                        when 'heavy' then over_g > 0 and over_mm is null and postcodes = '{}'
                        when 'remote-area' then over_mm is null and over_g is null and postcodes <> '{}'
                        else false end)
);

-- Which file was taken in when and by whom, for those who ask later where a price came from.
create table lane_imports (
  import_id uuid primary key,
  at timestamptz not null,
  person_id uuid, -- null: from the command line
  file_name text not null,
  sha256 text collate "C" not null,
  rows integer not null,
  added integer not null,
  ended integer not null,
  unchanged integer not null
);
