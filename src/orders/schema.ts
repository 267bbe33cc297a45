import type { ColumnType } from 'kysely'
import type { MoveName, OrderState, Role } from './order.ts'

type Json<T> = ColumnType<T, string, string>

export interface BasketTable {
  home_hub: string
  basket: string
  ship_to: Json<object> | null
  made_at: string
  changed_at: string
}

export interface BasketLineTable {
  home_hub: string
  basket: string
  seller_hub: string
  seller_id: string
  offer_id: string
  variant_id: string
  quantity: number
  added_at: string
}

export interface QuoteTable {
  home_hub: string
  quote_id: string
  buyer_id: string
  expires_at: string
  payload: string
  digest: string
  key_id: string
  signature: Buffer
}

export interface QuoteTextTable {
  digest: string
  body: string
}

export interface OrderTable {
  home_hub: string
  order_id: string
  buyer_hub: string
  buyer_id: string
  buyer_account: string
  seller_hub: string
  seller_id: string
  quote_id: string
  destination: string
  currency: string
  total_minor: bigint
  ship_to: Json<object>
  tracking: string
  state: OrderState
  moves: number
  placed_at: string
  changed_at: string
  due_at: string | null
  due_move: MoveName | null
  hold_id: string | null
  facts: Json<Record<string, unknown>>
}

export interface OrderMoveTable {
  home_hub: string
  order_id: string
  number: number
  move: MoveName
  before: OrderState
  after: OrderState
  at: string
  role: Role
  actor: string | null
  facts: Json<Record<string, unknown>>
  entry_id: string | null
}

export interface DisputeStatementTable {
  home_hub: string
  order_id: string
  statement_id: string
  role: Role
  actor: string
  at: string
  words: string
}

export interface DisputePictureTable {
  home_hub: string
  order_id: string
  statement_id: string
  width: number
  height: number
  bytes: Uint8Array
}

export interface OrderClaimTable {
  home_hub: string
  order_id: string
  number: number
  kind: 'owed' | 'drawback'
  debtor: 'seller' | 'buyer' | 'carrier' | 'customs' | 'peer'
  creditor: 'seller' | 'buyer' | 'carrier' | 'customs' | 'hub'
  what: string
  currency: string
  amount_minor: bigint
  made_at: string
  paid_at: string | null
  dropped_at: string | null
  entry_id: string | null
}

declare module '../db/tables.ts' {
  interface Tables {
    baskets: BasketTable
    basket_lines: BasketLineTable
    quotes: QuoteTable
    quote_texts: QuoteTextTable
    orders: OrderTable
    order_moves: OrderMoveTable
    dispute_statements: DisputeStatementTable
    dispute_pictures: DisputePictureTable
    order_claims: OrderClaimTable
  }
}
