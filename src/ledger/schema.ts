export interface AccountTable {
  account: string
  number: bigint
  currency: string
  floor_minor: bigint | null
  balance_minor: bigint
  held_minor: bigint
  postings: bigint
  opened_at: string
}

export interface EntryTable {
  entry_id: string
  kind: string
  reference: string
  at: string
  actor: string | null
  corrects: string | null
}

/** A view on account_postings, which has the account's number instead of its name. */
export interface PostingTable {
  account: string
  position: bigint
  entry_id: string
  amount_minor: bigint
  balance_minor: bigint
}

export interface HoldTable {
  hold_id: string
  account: string
  amount_minor: bigint
  purpose: string
  reference: string
  state: 'pending' | 'posted' | 'voided' | 'expired'
  made_at: string
  expires_at: string | null
  ended_at: string | null
  entry_id: string | null
}

export interface EscrowLegTable {
  order_id: string
  number: number
  leg: string
  currency: string
  amount_minor: bigint
  left_minor: bigint
  payer: string
  beneficiary: string
  entry_id: string
}

export interface LedgerBlockTable {
  number: bigint
  previous_root: string
  entries_root: string
  root: string
  entries: string[]
  leaves: Buffer
  sealed_at: string
  key_id: string
  signature: Buffer
}

/** One row per order; escrow_legs is a view on it. */
export interface EscrowTable {
  order_id: string
  currency: string
  payer: string
  entry_id: string
  legs: string[]
  amounts_minor: bigint[]
  lefts_minor: bigint[]
  beneficiaries: string[]
}

declare module '../db/tables.ts' {
  interface Tables {
    accounts: AccountTable
    entries: EntryTable
    postings: PostingTable
    holds: HoldTable
    escrows: EscrowTable
    escrow_legs: EscrowLegTable
    ledger_blocks: LedgerBlockTable
  }
}
