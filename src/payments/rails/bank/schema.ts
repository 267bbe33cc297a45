export interface BankFileTable {
  file_id: string
  rail: string
  made_at: string
  made_by: string
  pays_on: string
  bytes: Buffer
  digest: Buffer
}

export interface BankFilePayoutTable {
  transfer_id: string
  file_id: string
}

export interface BankOutcomeTable {
  transfer_id: string
  number: number
  outcome: 'done' | 'failed'
  source: 'statement' | 'operator'
  reason: string
  told_at: string
  told_by: string
}

declare module '../../../db/tables.ts' {
  interface Tables {
    bank_files: BankFileTable
    bank_file_payouts: BankFilePayoutTable
    bank_outcomes: BankOutcomeTable
  }
}
