// What the sides of an order say and show while they disagree; the operator reads it and settles (move-orders.ts).
import { sql } from 'kysely'
import { cleanText, isReadable } from '../../basis/clean-text.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { ReadyPicture } from '../../catalogue/index.ts'
import { appendEvent, instantOf, timestamptz, transact, type Db } from '../../db/index.ts'
import { lockOrders } from '../find-orders.ts'
import type { Order, Role } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import '../schema.ts'

/** The event that something was said in a dispute; its subject is the order. */
export const saidEvent = 'order.said'

export const mostWords = 4000
/** Of one side in one dispute. */
export const mostStatements = 50
/** Of one side in one dispute. */
export const mostPictures = 6

export type Statement = {
  /** A UUIDv7 by the caller: who sends it again says it once. */
  readonly id: string
  readonly role: Role
  /** The id of the person. */
  readonly actor: string
  readonly words: string
}

export type SaidStatement = Statement & {
  readonly at: number
  /** In pixels, where a picture came with it. */
  readonly picture?: { readonly width: number; readonly height: number } | undefined
}

/**
 * Says something while an order is disputed. Who sends it was asked for their right to the role before. Refused, in this
 * order: `no-such-order`, `role-not-lawful` (buyer, seller and operator may), `not-disputed`, `words-missing`,
 * `words-too-long` (more than 4,000 characters), `too-many-statements` (50 of a side), `too-many-pictures` (6 of a side).
 */
export async function sayInDispute(
  { db, hub }: Pick<OrderParts, 'db' | 'hub'>,
  order: string,
  said: Statement,
  now: number,
  picture?: ReadyPicture,
): Promise<SaidStatement | Refused> {
  const words = cleanText(said.words)
  return transact(db, async (tx) => {
    const found = (await lockOrders(tx, hub.id, [order])).get(order)
    if (!found) return refused('no-such-order')
    const unheard = whyUnheard(found, said.role, words)
    if (unheard) return unheard
    const before = await countSaid(tx, hub.id, order, said)
    if (before.statements >= mostStatements)
      return refused('too-many-statements', { most: mostStatements })
    if (picture && before.pictures >= mostPictures)
      return refused('too-many-pictures', { most: mostPictures })
    const key = { home_hub: hub.id, order_id: order, statement_id: said.id }
    const row = { ...key, role: said.role, actor: said.actor, at: timestamptz(now), words }
    const { numInsertedOrUpdatedRows: inserted } = await tx
      .insertInto('dispute_statements')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (inserted === 0n) return (await statementsOf(tx, hub.id, order, said.id))[0] as SaidStatement
    if (picture) await keep(tx, key, picture)
    // The seller has answered: from now on the operator decides, however long it takes.
    if (said.role === 'seller')
      await tx
        .updateTable('orders')
        .set({ due_at: null, due_move: null })
        .where('home_hub', '=', hub.id)
        .where('order_id', '=', order)
        .execute()
    await appendEvent(tx, {
      ...{ hub: hub.id, kind: saidEvent, subject: order, actor: said.actor, at: now },
      body: { statement: said.id, role: said.role },
    })
    return { ...said, words, at: now }
  })
}

/** What sayInDispute refuses that can be told of an order as it was read, without a lock. */
export function whyUnheard(
  { state, buyer, homeHub }: Order,
  role: Role,
  words: string,
): Refused | undefined {
  // The other side is on another hub, and would not read it.
  if (buyer.hub !== homeHub) return refused('decided-elsewhere')
  if (!hearingRoles.includes(role)) return refused('role-not-lawful', { role })
  if (state !== 'disputed') return refused('not-disputed', { state })
  if (!isReadable(words)) return refused('words-missing')
  return words.length > mostWords ? refused('words-too-long', { most: mostWords }) : undefined
}

/** The largest form is enough: it is shown smaller, and looked at in full. */
async function keep(
  tx: Db,
  key: { home_hub: string; order_id: string; statement_id: string },
  { forms }: ReadyPicture,
): Promise<void> {
  const whole = forms.find(({ form }) => form === 'original')
  if (!whole) throw new Error('a picture without its pixels')
  const { width, height, data: bytes } = whole
  await tx
    .insertInto('dispute_pictures')
    .values({ ...key, width, height, bytes })
    .execute()
}

/** How much the side has said and shown but for this: what is sent again is said once. */
async function countSaid(
  db: Db,
  hub: string,
  order: string,
  said: Statement,
): Promise<{ statements: number; pictures: number }> {
  const { rows } = await sql<{ statements: number; pictures: number }>`
    select count(*)::int as statements, count(p.statement_id)::int as pictures
      from dispute_statements s left join dispute_pictures p using (home_hub, order_id, statement_id)
     where s.home_hub = ${hub} and s.order_id = ${order} and s.role = ${said.role}
       and s.statement_id <> ${said.id}`.execute(db)
  return rows[0] ?? { statements: 0, pictures: 0 }
}

export const hearingRoles: readonly Role[] = ['buyer', 'seller', 'operator']

/** The picture of a statement, as WebP. */
export async function findDisputePicture(
  db: Db,
  hub: string,
  order: string,
  statement: string,
): Promise<Uint8Array | undefined> {
  const found = await db
    .selectFrom('dispute_pictures')
    .select('bytes')
    .where('home_hub', '=', hub)
    .where('order_id', '=', order)
    .where('statement_id', '=', statement)
    .executeTakeFirst()
  return found?.bytes
}

/** What was said, the first first. */
export const findStatements = (db: Db, hub: string, order: string): Promise<SaidStatement[]> =>
  statementsOf(db, hub, order)

async function statementsOf(
  db: Db,
  hub: string,
  order: string,
  id?: string,
): Promise<SaidStatement[]> {
  const rows = await db
    .selectFrom('dispute_statements as s')
    .leftJoin('dispute_pictures as p', (join) =>
      join
        .onRef('p.home_hub', '=', 's.home_hub')
        .onRef('p.order_id', '=', 's.order_id')
        .onRef('p.statement_id', '=', 's.statement_id'),
    )
    .select(['s.statement_id', 's.role', 's.actor', 's.words', 's.at', 'p.width', 'p.height'])
    .where('s.home_hub', '=', hub)
    .where('s.order_id', '=', order)
    .$if(id !== undefined, (query) => query.where('s.statement_id', '=', id as string))
    .orderBy('s.at')
    .orderBy('s.statement_id')
    .execute()
  return rows.map((row) => ({
    ...{ id: row.statement_id, role: row.role, actor: row.actor, words: row.words },
    at: instantOf(row.at),
    ...(row.width === null || row.height === null
      ? {}
      : { picture: { width: row.width, height: row.height } }),
  }))
}
