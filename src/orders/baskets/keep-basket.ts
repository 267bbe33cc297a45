import { sql } from 'kysely'
import { refused, type Refused } from '../../basis/refusal.ts'
import { timestamptz, transact, type Database, type Db, type Tx } from '../../db/index.ts'
import type { ShipTo } from '../order.ts'
import { mostPieces, type WantedLine } from '../quotes/group-lines.ts'
import {
  basketLife,
  hashOfSecret,
  mostLines,
  noBasket,
  type Basket,
  type LineKey,
} from './basket.ts'
import '../schema.ts'

export type BasketParts = {
  readonly db: Database
  readonly hub: { readonly id: string }
  /** Unix milliseconds. */
  now(): number
}

/** The basket of a secret; without a secret, and of one that nobody has, an empty one. */
export async function findBasket(db: Db, hub: string, secret: string | undefined): Promise<Basket> {
  if (secret === undefined) return noBasket
  const basket = hashOfSecret(secret)
  const [kept, rows] = await Promise.all([
    db
      .selectFrom('baskets')
      .select('ship_to')
      .where('home_hub', '=', hub)
      .where('basket', '=', basket)
      .executeTakeFirst(),
    db
      .selectFrom('basket_lines')
      .selectAll()
      .where('home_hub', '=', hub)
      .where('basket', '=', basket)
      .orderBy('added_at')
      .orderBy('variant_id')
      .execute(),
  ])
  return {
    shipTo: (kept?.ship_to as Basket['shipTo'] | null) ?? undefined,
    lines: rows.map((row) => ({
      sellerHub: row.seller_hub,
      sellerId: row.seller_id,
      offerId: row.offer_id,
      variantId: row.variant_id,
      quantity: row.quantity,
    })),
  }
}

export async function isKept(db: Db, hub: string, secret: string): Promise<boolean> {
  const found = await db
    .selectFrom('baskets')
    .select('basket')
    .where('home_hub', '=', hub)
    .where('basket', '=', hashOfSecret(secret))
    .executeTakeFirst()
  return found !== undefined
}

/**
 * Puts pieces in, beside those of the same variant that are there; the only thing that makes a basket. It stays locked, so
 * that two windows of one visitor do not overfill it. Refused: `basket-full`, `quantity-not-allowed`.
 */
export const putInBasket = (
  parts: BasketParts,
  secret: string,
  line: WantedLine,
): Promise<Refused | undefined> =>
  transact(parts.db, async (tx) => {
    const basket = hashOfSecret(secret)
    const at = timestamptz(parts.now())
    await tx
      .insertInto('baskets')
      .values({ home_hub: parts.hub.id, basket, ship_to: null, made_at: at, changed_at: at })
      .onConflict((one) => one.constraint('baskets_pkey').doUpdateSet({ changed_at: at }))
      .execute()
    const found = await linesOf(tx, parts, basket).select(['variant_id', 'quantity']).execute()
    const same = found.find(({ variant_id }) => variant_id === line.variantId)
    if (!same && found.length >= mostLines) return refused('basket-full', { most: mostLines })
    const quantity = (same?.quantity ?? 0) + line.quantity
    if (quantity > mostPieces) return refused('quantity-not-allowed', { most: mostPieces })
    await tx
      .insertInto('basket_lines')
      .values({
        ...{ home_hub: parts.hub.id, basket, seller_hub: line.sellerHub, quantity },
        ...{ seller_id: line.sellerId, offer_id: line.offerId, variant_id: line.variantId },
        added_at: timestamptz(parts.now()),
      })
      .onConflict((at) => at.constraint('basket_lines_pkey').doUpdateSet({ quantity }))
      .execute()
    return undefined
  })

/** Sets how many pieces are wanted, 0 to 999; with 0 the line goes. What is not in the basket stays out. */
export const setPieces = (
  parts: BasketParts,
  secret: string,
  key: LineKey,
  quantity: number,
): Promise<void> =>
  change(parts, secret, async (tx, basket) => {
    if (quantity === 0) {
      await deleteLines(tx, parts, basket, [key])
      return
    }
    await tx
      .updateTable('basket_lines')
      .set({ quantity })
      .where('home_hub', '=', parts.hub.id)
      .where('basket', '=', basket)
      .where('seller_hub', '=', key.sellerHub)
      .where('seller_id', '=', key.sellerId)
      .where('variant_id', '=', key.variantId)
      .execute()
  })

/** Takes lines out: all of them, or those that were ordered. */
export const takeOut = (
  parts: BasketParts,
  secret: string,
  keys: readonly LineKey[] | 'all',
): Promise<void> =>
  change(parts, secret, async (tx, basket) => {
    const lines = keys === 'all' ? (await findBasket(tx, parts.hub.id, secret)).lines : keys
    await deleteLines(tx, parts, basket, lines)
  })

/** Where the goods shall go, as a person says; undefined forgets it, as when somebody leaves. */
export const keepShipTo = (
  parts: BasketParts,
  secret: string,
  shipTo: (ShipTo & { readonly saidBy: string }) | undefined,
): Promise<void> =>
  change(parts, secret, async (tx, basket) => {
    await tx
      .updateTable('baskets')
      .set({ ship_to: shipTo === undefined ? null : JSON.stringify(shipTo) })
      .where('home_hub', '=', parts.hub.id)
      .where('basket', '=', basket)
      .execute()
  })

/** Forgets baskets that nobody has changed for `basketLife`; says how many. */
export async function forgetBaskets(db: Db, now: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('baskets')
    .where('changed_at', '<', timestamptz(now - basketLife))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Does something with a basket that is there, locked; of a secret that nobody has, nothing. */
async function change(
  { db, hub, now }: BasketParts,
  secret: string,
  work: (tx: Tx, basket: string) => Promise<void>,
): Promise<void> {
  const basket = hashOfSecret(secret)
  await transact(db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('baskets')
      .set({ changed_at: timestamptz(now()) })
      .where('home_hub', '=', hub.id)
      .where('basket', '=', basket)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await work(tx, basket)
  })
}

const linesOf = (tx: Tx, { hub }: BasketParts, basket: string) =>
  tx.selectFrom('basket_lines').where('home_hub', '=', hub.id).where('basket', '=', basket)

async function deleteLines(
  tx: Tx,
  { hub }: BasketParts,
  basket: string,
  keys: readonly LineKey[],
): Promise<void> {
  if (keys.length === 0) return
  await sql`
    delete from basket_lines l
     using unnest(${keys.map(({ sellerHub }) => sellerHub)}::uuid[], ${keys.map(({ sellerId }) => sellerId)}::uuid[],
                  ${keys.map(({ variantId }) => variantId)}::uuid[]) as k (seller_hub, seller_id, variant_id)
     where l.home_hub = ${hub.id} and l.basket = ${basket}
       and (l.seller_hub, l.seller_id, l.variant_id) = (k.seller_hub, k.seller_id, k.variant_id)`.execute(
    tx,
  )
}
