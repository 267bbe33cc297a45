-- Lists of parties that trade is denied to, each published version by its digest. What an older version held is
-- deleted when a newer one is read in; that it was there, and when, stays.
create table screening_lists (
  list text collate "C" not null,
  digest text collate "C" not null, -- SHA-256 over the files
  list_date date, -- as the publisher gives it; null where the files say none
  entries integer not null,
  names integer not null,
  unread integer not null, -- rows of the files that could not be read
  current boolean not null,
  imported_at timestamptz not null,
  constraint screening_lists_pk primary key (list, digest),
  constraint screening_lists_list_is_known check (list in ('un', 'eu', 'ofac', 'bis')),
  constraint screening_lists_counts_are_counts check (entries >= 0 and names >= 0 and unread >= 0)
);
create unique index screening_lists_one_is_current on screening_lists (list) where current;

-- Who stands on the current version of a list. Personal data of listed people: read by the screener and shown to
-- officers, never to anybody else.
create table screening_entries (
  list text collate "C" not null,
  digest text collate "C" not null,
  entry_id text collate "C" not null, -- the publisher's own number
  kind text collate "C" not null,
  programme text not null,
  listed_on date,
  births text[] not null,
  countries text[] not null,
  names jsonb not null, -- [{ name, quality }], the main name first
  constraint screening_entries_pk primary key (list, digest, entry_id),
  constraint screening_entries_kind_is_known check (kind in ('person', 'organisation', 'vessel', 'aircraft'))
);

-- What a name gave against all current lists together, so that the same question is never worked out twice. The
-- version names the lists and the method.
create table screening_results (
  name_key text collate "C" not null, -- small letters, without marks
  version text collate "C" not null,
  hits jsonb not null, -- the most alike first; empty: nothing comes near
  screened_at timestamptz not null,
  constraint screening_results_pk primary key (name_key, version)
);
create index screening_results_by_version on screening_results (version);

-- Who is screened and how it stands: businesses and people (buyers). One row each. No row: unscreened.
create table screening_subjects (
  home_hub uuid not null,
  kind text collate "C" not null,
  subject_id uuid not null,
  names text[] not null, -- as given; the first is the one to show
  name_keys text[] not null, -- the same as compared
  version text collate "C" not null, -- what it was last screened against
  state text collate "C" not null,
  top_score integer not null, -- in tenths, of the most alike hit; 0: none
  settled text[] not null default '{}', -- hits an officer has decided on: list:entry|name key
  screened_at timestamptz not null,
  since timestamptz not null, -- when the state last changed
  constraint screening_subjects_pk primary key (home_hub, kind, subject_id),
  constraint screening_subjects_kind_is_known check (kind in ('business', 'person')),
  constraint screening_subjects_state_is_known check (state in ('clear', 'review', 'blocked', 'unscreened')),
  constraint screening_subjects_score_is_a_share check (top_score between 0 and 1000)
);
-- The officers' desk: the most alike first.
create index screening_subjects_by_state on screening_subjects (home_hub, state, top_score desc, kind, subject_id);
create index screening_subjects_by_version on screening_subjects (version);

-- What officers decided, each with the reason and with what they had before them. Rows are never changed: another
-- decision is another row.
create table screening_decisions (
  home_hub uuid not null,
  decision_id uuid not null,
  kind text collate "C" not null,
  subject_id uuid not null,
  decision text collate "C" not null,
  reason text not null,
  decided_by uuid not null, -- the officer
  decided_by_name text not null, -- as it was then
  decided_at timestamptz not null,
  version text collate "C" not null,
  considered jsonb not null, -- [{ list, entry, listed, score }]
  constraint screening_decisions_pk primary key (home_hub, decision_id),
  constraint screening_decisions_decision_is_known check (decision in ('clear', 'blocked')),
  constraint screening_decisions_have_a_reason check (length(trim(reason)) >= 5)
);
create index screening_decisions_by_subject on screening_decisions (home_hub, kind, subject_id, decided_at);
