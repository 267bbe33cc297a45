export interface PayerCeilingTable {
  home_hub: string
  payer_kind: 'person' | 'business'
  payer_id: string
  currency: string
  ceiling_minor: bigint
  set_at: string
  set_by: string
}

export interface PayerCodeTable {
  home_hub: string
  payer_kind: 'person' | 'business'
  payer_id: string
  code_id: string
  code_hash: string
  currency: string
  ceiling_minor: bigint
  made_at: string
  made_by: string
  expires_at: string
  used_at: string | null
  payee: string | null
  amount_minor: bigint | null
  entry_id: string | null
}

declare module '../../db/tables.ts' {
  interface Tables {
    payer_ceilings: PayerCeilingTable
    payer_codes: PayerCodeTable
  }
}
