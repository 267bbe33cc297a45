-- What an operator said of transfers that a provider's answers do not settle (decision 0019). Rows are written once and never
-- changed; how much moved and what was asked for may differ.
create table transfer_settlements (
  transfer_id uuid not null,
  number integer not null, -- from 1
  outcome text collate "C" not null, -- 'moved', 'not-moved', 'taken-back', 'kept'
  asked_minor bigint not null, -- what the transfer was for until then
  amount_minor bigint not null, -- what moved, or was taken back
  borne_minor bigint not null default 0, -- what the wallet lacked of it, and the hub bore
  reason text not null, -- the operator's words
  told_at timestamptz not null,
  told_by text collate "C" not null,
  constraint transfer_settlements_pkey primary key (transfer_id, number),
  constraint transfer_settlements_of_transfers foreign key (transfer_id) references rail_transfers,
  constraint transfer_settlements_are_numbered check (number > 0),
  constraint transfer_settlements_end_somehow check (outcome in ('moved', 'not-moved', 'taken-back', 'kept')),
  constraint transfer_settlements_have_a_reason check (reason <> '')
);
create trigger transfer_settlements_are_final before update or delete or truncate on transfer_settlements
  for each statement execute function refuse_change();
