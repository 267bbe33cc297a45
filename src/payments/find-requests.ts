import { sql } from 'kysely'
import { instantOf, type Db, type Tx } from '../db/index.ts'
import type { Holder } from '../ledger/index.ts'
import type { PaymentRequest } from './payment-request.ts'
import type { PaymentRequestTable } from './schema.ts'
import './schema.ts'

/** A request by its code. */
export async function findRequest(
  db: Db,
  homeHub: string,
  code: string,
): Promise<PaymentRequest | undefined> {
  const row = await db
    .selectFrom('payment_requests')
    .selectAll()
    .where('home_hub', '=', homeHub)
    .where('code', '=', code)
    .executeTakeFirst()
  return row && requestOf(row)
}

/** Somebody's requests, the latest first. */
export async function findRequestsOf(
  db: Db,
  homeHub: string,
  payee: Holder,
  limit = 20,
): Promise<PaymentRequest[]> {
  const rows = await db
    .selectFrom('payment_requests')
    .selectAll()
    .where('home_hub', '=', homeHub)
    .where('payee_kind', '=', payee.kind)
    .where('payee_id', '=', payee.id)
    .orderBy('request_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(requestOf)
}

/** The requests of a batch, locked in the order of their codes. */
export async function lockRequests(
  tx: Tx,
  homeHub: string,
  codes: readonly string[],
): Promise<Map<string, PaymentRequest>> {
  const { rows } = await sql<PaymentRequestTable>`
    select * from payment_requests
     where home_hub = ${homeHub} and code = any(${[...new Set(codes)]}::text[])
     order by code for update`.execute(tx)
  return new Map(rows.map((row) => [row.code, requestOf(row)]))
}

const requestOf = (row: PaymentRequestTable): PaymentRequest => ({
  homeHub: row.home_hub,
  id: row.request_id,
  payee: { kind: row.payee_kind, id: row.payee_id },
  code: row.code,
  currency: row.currency,
  amount: row.amount_minor ?? undefined,
  purpose: row.purpose,
  state: row.state,
  madeAt: instantOf(row.made_at),
  expiresAt: row.expires_at === null ? undefined : instantOf(row.expires_at),
  endedAt: row.ended_at === null ? undefined : instantOf(row.ended_at),
  payer: row.payer ?? undefined,
  entry: row.entry_id ?? undefined,
})
