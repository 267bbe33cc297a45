export interface ExchangeQuoteTable {
  home_hub: string
  quote_id: string
  holder_kind: 'person' | 'business'
  holder_id: string
  from_currency: string
  from_minor: bigint
  to_currency: string
  to_minor: bigint
  spread_minor: bigint
  spread_points: number
  rate: string
  rate_source: string
  rate_day: string
  made_at: string
  made_by: string
  expires_at: string
  used_at: string | null
  entry_id: string | null
}

declare module '../../db/tables.ts' {
  interface Tables {
    exchange_quotes: ExchangeQuoteTable
  }
}
