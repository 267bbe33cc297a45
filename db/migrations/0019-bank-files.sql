-- Payouts by files for the operator's bank (ISO 20022 pain.001). An open payout of such a rail waits while it has a row in
-- neither of the last two tables. Rows are written once and never changed.
create table bank_files (
  file_id uuid not null, -- version 7; without dashes the id of the message
  rail text collate "C" not null, -- 'bank', 'sandbox-bank'
  made_at timestamptz not null,
  made_by text collate "C" not null,
  pays_on date not null, -- the day on which the bank shall pay
  bytes bytea not null, -- as they are downloaded, every time
  digest bytea not null, -- SHA-256
  constraint bank_files_pkey primary key (file_id),
  constraint bank_files_are_as_made check (digest = sha256(bytes))
);
create index bank_files_of_rail on bank_files (rail, file_id);

-- Which file a payout is in: the key lets it be in one only.
create table bank_file_payouts (
  transfer_id uuid not null,
  file_id uuid not null,
  constraint bank_file_payouts_pkey primary key (transfer_id),
  constraint bank_file_payouts_are_transfers foreign key (transfer_id) references rail_transfers,
  constraint bank_file_payouts_are_in_a_file foreign key (file_id) references bank_files
);
create index bank_file_payouts_of_file on bank_file_payouts (file_id);

-- What was told of a payout; the last one holds.
create table bank_outcomes (
  transfer_id uuid not null,
  number integer not null, -- from 1
  outcome text collate "C" not null, -- 'done', 'failed'
  source text collate "C" not null, -- 'statement', 'operator'
  reason text not null, -- the operator's words, or the message of the bank
  told_at timestamptz not null,
  told_by text collate "C" not null, -- who spoke, or brought the statement
  constraint bank_outcomes_pkey primary key (transfer_id, number),
  constraint bank_outcomes_of_transfers foreign key (transfer_id) references rail_transfers,
  constraint bank_outcomes_are_numbered check (number > 0),
  constraint bank_outcomes_end_somehow check (outcome in ('done', 'failed')),
  constraint bank_outcomes_come_from_somebody check (source in ('statement', 'operator')),
  constraint bank_outcomes_have_a_reason check (reason <> '')
);

create trigger bank_files_are_final before update or delete or truncate on bank_files
  for each statement execute function refuse_change();
create trigger bank_file_payouts_are_final before update or delete or truncate on bank_file_payouts
  for each statement execute function refuse_change();
create trigger bank_outcomes_are_final before update or delete or truncate on bank_outcomes
  for each statement execute function refuse_change();
