-- People and businesses who showed the hub who they are, and what an operator said of it (decision 0022). What was looked at is
-- named; the pictures of it are there only while somebody waits.
create table verifications (
  home_hub uuid not null,
  verification_id uuid not null, -- version 7
  holder_kind text collate "C" not null, -- 'person', 'business'
  holder_id uuid not null,
  name text not null, -- what the holder was called when asking: it counts for that name alone
  document text collate "C" not null, -- 'passport', 'identity-card', 'residence-permit', 'register-extract'
  country text collate "C" not null, -- who issued it, ISO 3166
  state text collate "C" not null default 'waiting', -- 'waiting', 'verified', 'declined', 'withdrawn', 'replaced', 'ended'
  valid_until date, -- the last day on which it counts; of an extract only once it is verified
  asked_at timestamptz not null,
  asked_by uuid not null,
  decided_at timestamptz, -- when the state last changed
  decided_by uuid,
  reason text not null default '',
  constraint verifications_pkey primary key (home_hub, verification_id),
  constraint verifications_have_a_state check (state in ('waiting', 'verified', 'declined', 'withdrawn', 'replaced', 'ended')),
  constraint verifications_are_decided_by_somebody check ((state = 'waiting') = (decided_by is null)),
  constraint verifications_count_until_a_day check (state <> 'verified' or valid_until is not null)
);
create unique index verifications_that_wait on verifications (home_hub, holder_kind, holder_id) where state = 'waiting';
create unique index verifications_that_count on verifications (home_hub, holder_kind, holder_id) where state = 'verified';
create index verifications_of_a_holder on verifications (home_hub, holder_kind, holder_id, verification_id);
create index verifications_by_time on verifications (home_hub, decided_at) where state <> 'waiting';

create table verification_pictures (
  home_hub uuid not null,
  verification_id uuid not null,
  number integer not null, -- 1: the side with the name; 2: the other one
  width integer not null,
  height integer not null,
  bytes bytea not null, -- WebP, made anew from the pixels; longest side 2,000
  constraint verification_pictures_pkey primary key (home_hub, verification_id, number),
  constraint verification_pictures_are_of_one foreign key (home_hub, verification_id) references verifications
);
