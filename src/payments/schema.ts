export interface PaymentRequestTable {
  home_hub: string
  payee_kind: 'person' | 'business'
  payee_id: string
  request_id: string
  code: string
  currency: string
  amount_minor: bigint | null
  purpose: string
  state: 'open' | 'paid' | 'cancelled'
  made_at: string
  made_by: string
  expires_at: string | null
  ended_at: string | null
  payer: string | null
  entry_id: string | null
}

declare module '../db/tables.ts' {
  interface Tables {
    payment_requests: PaymentRequestTable
  }
}
