-- People who use this hub. The address is kept as it was typed; email_key is what it is found by (lower case, NFKC).
create table people (
  home_hub uuid not null,
  person_id uuid not null,
  name text not null,
  email text not null,
  email_key text collate "C" not null,
  locale text collate "C" not null, -- of the mails to this person
  email_confirmed_at timestamptz, -- null until the link of the mail was followed
  created_at timestamptz not null,
  constraint people_pk primary key (home_hub, person_id),
  constraint people_email_is_used_once unique (home_hub, email_key)
);

-- A person's password as an Argon2id string (PHC format); a person who only has passkeys has no row.
create table passwords (
  home_hub uuid not null,
  person_id uuid not null,
  hash text collate "C" not null,
  changed_at timestamptz not null,
  constraint passwords_pk primary key (home_hub, person_id),
  constraint passwords_of_people foreign key (home_hub, person_id) references people on delete cascade
);

-- Public keys of passkeys (Web Authentication). The counter tells a cloned authenticator.
create table passkeys (
  home_hub uuid not null,
  person_id uuid not null,
  credential_id text collate "C" not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] collate "C" not null default '{}',
  label text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  constraint passkeys_pk primary key (home_hub, person_id, credential_id),
  constraint passkeys_are_one_persons unique (home_hub, credential_id),
  constraint passkeys_of_people foreign key (home_hub, person_id) references people on delete cascade
);

-- What a browser was asked to sign, once and for a few minutes. person_id is null for a sign-in: who it is, the passkey says.
create table passkey_challenges (
  challenge_hash bytea not null,
  home_hub uuid not null,
  person_id uuid,
  expires_at timestamptz not null,
  constraint passkey_challenges_pk primary key (challenge_hash)
);
create index passkey_challenges_by_end on passkey_challenges (expires_at);

-- Who is signed in where. Only the SHA-256 of the token is here: a copy of the database signs nobody in.
create table sessions (
  token_hash bytea not null,
  home_hub uuid not null,
  person_id uuid not null,
  agent text not null, -- what the browser called itself, for the person's own list
  created_at timestamptz not null,
  seen_at timestamptz not null, -- to within some minutes
  expires_at timestamptz not null, -- moves with use
  ends_at timestamptz not null, -- does not move
  rotate boolean not null default false, -- the person's roles changed: the next answer brings a new token
  constraint sessions_pk primary key (token_hash),
  constraint sessions_of_people foreign key (home_hub, person_id) references people on delete cascade
);
create index sessions_by_person on sessions (home_hub, person_id);
create index sessions_by_end on sessions (expires_at);

-- Browsers from which a person once signed in. A right password from one of them still enters while strangers guess.
create table known_devices (
  home_hub uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  last_used_at timestamptz not null,
  constraint known_devices_pk primary key (home_hub, person_id, token_hash),
  constraint known_devices_of_people foreign key (home_hub, person_id) references people on delete cascade
);

-- Links in mails that confirm an address or set a new password; each works once.
create table mail_links (
  token_hash bytea not null,
  home_hub uuid not null,
  person_id uuid not null,
  purpose text collate "C" not null,
  expires_at timestamptz not null,
  constraint mail_links_pk primary key (token_hash),
  constraint mail_links_purpose_is_known check (purpose in ('confirm-email', 'reset-password')),
  constraint mail_links_of_people foreign key (home_hub, person_id) references people on delete cascade
);
create index mail_links_by_person on mail_links (home_hub, person_id);

-- Mails to be sent, written with what they tell of. The text goes when the mail is sent, as it may hold a secret link;
-- a hub without a mail server keeps them for its mailbox page.
create table mails (
  home_hub uuid not null,
  mail_id uuid not null,
  to_address text not null,
  locale text collate "C" not null,
  subject text not null,
  body text not null,
  state text collate "C" not null default 'waiting',
  attempts integer not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  last_error text,
  constraint mails_pk primary key (home_hub, mail_id),
  constraint mails_state_is_known check (state in ('waiting', 'sent', 'failed'))
);
create index mails_that_wait on mails (due_at) where state = 'waiting';

-- Limits on how often something may be tried, held over all processes of a hub. The instant when a limit is whole again
-- says all (GCRA): each try moves it on, and a try that would move it too far is refused.
create table rate_limits (
  name text collate "C" not null, -- what is limited, and a hash of whom
  whole_at timestamptz not null,
  constraint rate_limits_pk primary key (name)
);
create index rate_limits_by_instant on rate_limits (whole_at);

-- Businesses, one-person firms too. Every table of theirs begins with the hub they are at home on.
create table businesses (
  home_hub uuid not null,
  id uuid not null,
  slug text collate "C" not null, -- in addresses: lower case, for ever
  name text not null,
  country text collate "C" not null, -- ISO 3166
  about text not null default '',
  employees integer, -- null: not told
  turnover_band text collate "C",
  ownership text collate "C",
  ship_from jsonb, -- an address (src/parties/address.ts); null: not told
  screening text collate "C" not null default 'unscreened',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint businesses_pk primary key (home_hub, id),
  constraint businesses_slug_is_used_once unique (home_hub, slug),
  constraint businesses_slug_is_plain check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint businesses_country_is_a_code check (country ~ '^[A-Z]{2}$'),
  constraint businesses_employees_are_counted check (employees >= 0),
  constraint businesses_turnover_is_a_band check
    (turnover_band in ('to-100k', 'to-700k', 'to-2m', 'to-10m', 'to-50m', 'over-50m')),
  constraint businesses_ownership_is_known check (ownership in ('independent', 'partner', 'linked')),
  constraint businesses_screening_is_known check (screening in ('clear', 'review', 'blocked', 'unscreened'))
);

-- Numbers that registers gave a business, checked by form and check digit, in their written form without blanks.
create table business_identifiers (
  home_hub uuid not null,
  business_id uuid not null,
  scheme text collate "C" not null, -- eori, lei, vat-de, uen, ...
  value text collate "C" not null,
  constraint business_identifiers_pk primary key (home_hub, business_id, scheme),
  constraint business_identifiers_of_businesses foreign key (home_hub, business_id) references businesses on delete cascade
);

-- Who works in which business, as what.
create table memberships (
  home_hub uuid not null,
  business_id uuid not null,
  person_id uuid not null,
  role text collate "C" not null,
  since timestamptz not null,
  constraint memberships_pk primary key (home_hub, business_id, person_id),
  constraint memberships_role_is_known check (role in ('owner', 'staff')),
  constraint memberships_of_businesses foreign key (home_hub, business_id) references businesses on delete cascade,
  constraint memberships_of_people foreign key (home_hub, person_id) references people on delete cascade
);
create index memberships_by_person on memberships (home_hub, person_id);

-- Asked to join a business, by a link in a mail; who follows it signed in becomes a member. Kept when accepted.
create table invitations (
  home_hub uuid not null,
  business_id uuid not null,
  invitation_id uuid not null,
  email text not null,
  role text collate "C" not null,
  token_hash bytea not null,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  constraint invitations_pk primary key (home_hub, business_id, invitation_id),
  constraint invitations_token_is_used_once unique (token_hash),
  constraint invitations_role_is_known check (role in ('owner', 'staff')),
  constraint invitations_of_businesses foreign key (home_hub, business_id) references businesses on delete cascade
);

-- What the operator lets a person do on the whole hub; granted_by is null for the first person, who is the operator.
create table hub_roles (
  home_hub uuid not null,
  person_id uuid not null,
  role text collate "C" not null,
  granted_by uuid,
  granted_at timestamptz not null,
  constraint hub_roles_pk primary key (home_hub, person_id, role),
  constraint hub_roles_role_is_known check
    (role in ('operator', 'customs-officer', 'carrier', 'financier', 'zone-authority')),
  constraint hub_roles_of_people foreign key (home_hub, person_id) references people on delete cascade
);

-- Who looks after a country's pavilion.
create table curators (
  home_hub uuid not null,
  person_id uuid not null,
  country text collate "C" not null,
  granted_by uuid,
  granted_at timestamptz not null,
  constraint curators_pk primary key (home_hub, person_id, country),
  constraint curators_country_is_a_code check (country ~ '^[A-Z]{2}$'),
  constraint curators_of_people foreign key (home_hub, person_id) references people on delete cascade
);

-- Keys of a business for programs. The prefix finds the key; of the secret only the SHA-256 is here.
create table api_keys (
  home_hub uuid not null,
  business_id uuid not null,
  key_id uuid not null,
  prefix text collate "C" not null,
  secret_hash bytea not null,
  label text not null,
  scopes text[] collate "C" not null,
  made_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz, -- null: until revoked
  last_used_at timestamptz, -- to within a minute
  revoked_at timestamptz,
  constraint api_keys_pk primary key (home_hub, business_id, key_id),
  constraint api_keys_prefix_is_used_once unique (prefix),
  constraint api_keys_of_businesses foreign key (home_hub, business_id) references businesses on delete cascade
);

-- How far a business is in setting up: the steps a person said are done or do not matter. What data shows is not here.
create table setup_steps (
  home_hub uuid not null,
  business_id uuid not null,
  step text collate "C" not null,
  state text collate "C" not null,
  person_id uuid not null,
  at timestamptz not null,
  constraint setup_steps_pk primary key (home_hub, business_id, step),
  constraint setup_steps_state_is_known check (state in ('done', 'skipped')),
  constraint setup_steps_of_businesses foreign key (home_hub, business_id) references businesses on delete cascade
);
