import { instantOf, type Db } from '../../db/index.ts'
import type { OrderClaimTable } from '../schema.ts'

/** What one side of an order owes another, or customs may pay back. */
export type Claim = {
  readonly number: number
  readonly kind: OrderClaimTable['kind']
  readonly debtor: OrderClaimTable['debtor']
  readonly creditor: OrderClaimTable['creditor']
  /** The leg: freight, insurance, duty, tax, fee. */
  readonly what: string
  readonly currency: string
  /** Minor units. */
  readonly amount: bigint
  /** Unix milliseconds. */
  readonly madeAt: number
  readonly paidAt: number | undefined
  /** It turned out that nothing is owed. */
  readonly droppedAt: number | undefined
  readonly entry: string | undefined
}

/** The claims of an order, by number. */
export async function findClaims(db: Db, hub: string, order: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom('order_claims')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('order_id', '=', order)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    kind: row.kind,
    debtor: row.debtor,
    creditor: row.creditor,
    what: row.what,
    currency: row.currency,
    amount: row.amount_minor,
    madeAt: instantOf(row.made_at),
    paidAt: row.paid_at === null ? undefined : instantOf(row.paid_at),
    droppedAt: row.dropped_at === null ? undefined : instantOf(row.dropped_at),
    entry: row.entry_id ?? undefined,
  }))
}
