export interface AllowanceTable {
  subject: string
  allowance: string
  period: string
  currency: string
  used_minor: bigint
}

declare module '../db/tables.ts' {
  interface Tables {
    allowances: AllowanceTable
  }
}
