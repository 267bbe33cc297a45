// What the sides of an order say and show while they disagree; the operator reads it and settles (move-orders.ts).
import { cleanText, isReadable } from '../../basis/clean-text.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { appendEvent, instantOf, timestamptz, transact, type Db } from '../../db/index.ts'
import { lockOrders } from '../find-orders.ts'
import type { Role } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import '../schema.ts'

/** The event that something was said in a dispute; its subject is the order. */
export const saidEvent = 'order.said'

export const mostWords = 4000
/** Of one side in one dispute. */
export const mostStatements = 50

export type Statement = {
  /** A UUIDv7 by the caller: who sends it again says it once. */
  readonly id: string
  readonly role: Role
  /** The id of the person. */
  readonly actor: string
  readonly words: string
  /** Digest of a picture that was kept before (catalogue, keepPicture). */
  readonly picture?: string | undefined
}

export type SaidStatement = Statement & { readonly at: number }

/**
 * Says something while an order is disputed. Who sends it was asked for their right to the role before. Refused, in this
 * order: `no-such-order`, `role-not-lawful` (buyer, seller and operator may), `not-disputed`, `words-missing`,
 * `words-too-long` (more than 4,000 characters), `too-many-statements` (50 of a side), `no-such-picture`.
 */
export async function sayInDispute(
  { db, hub }: Pick<OrderParts, 'db' | 'hub'>,
  order: string,
  said: Statement,
  now: number,
): Promise<SaidStatement | Refused> {
  const words = cleanText(said.words)
  return transact(db, async (tx) => {
    const found = (await lockOrders(tx, hub.id, [order])).get(order)
    if (!found) return refused('no-such-order')
    if (!sides.includes(said.role)) return refused('role-not-lawful', { role: said.role })
    if (found.state !== 'disputed') return refused('not-disputed', { state: found.state })
    if (!isReadable(words)) return refused('words-missing')
    if (words.length > mostWords) return refused('words-too-long', { most: mostWords })
    if ((await countSaid(tx, hub.id, order, said)) >= mostStatements)
      return refused('too-many-statements', { most: mostStatements })
    if (said.picture !== undefined && !(await isPicture(tx, said.picture)))
      return refused('no-such-picture')
    const row = {
      ...{ home_hub: hub.id, order_id: order, statement_id: said.id, role: said.role },
      ...{ actor: said.actor, at: timestamptz(now), words, picture: said.picture ?? null },
    }
    const { numInsertedOrUpdatedRows: inserted } = await tx
      .insertInto('dispute_statements')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (inserted === 0n) return (await statementsOf(tx, hub.id, order, said.id))[0] as SaidStatement
    await appendEvent(tx, {
      ...{ hub: hub.id, kind: saidEvent, subject: order, actor: said.actor, at: now },
      body: { statement: said.id, role: said.role },
    })
    return { ...said, words, at: now }
  })
}

/** How much the side has said but for this: what is sent again is said once. */
async function countSaid(db: Db, hub: string, order: string, said: Statement): Promise<number> {
  const { many } = await db
    .selectFrom('dispute_statements')
    .select(({ fn }) => fn.countAll<number>().as('many'))
    .where('home_hub', '=', hub)
    .where('order_id', '=', order)
    .where('role', '=', said.role)
    .where('statement_id', '<>', said.id)
    .executeTakeFirstOrThrow()
  return Number(many)
}

const sides: readonly Role[] = ['buyer', 'seller', 'operator']

const isPicture = async (db: Db, digest: string): Promise<boolean> =>
  (await db
    .selectFrom('picture_files')
    .select('digest')
    .where('digest', '=', digest)
    .limit(1)
    .executeTakeFirst()) !== undefined

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
    .selectFrom('dispute_statements')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('order_id', '=', order)
    .$if(id !== undefined, (query) => query.where('statement_id', '=', id as string))
    .orderBy('at')
    .orderBy('statement_id')
    .execute()
  return rows.map((row) => ({
    ...{ id: row.statement_id, role: row.role, actor: row.actor, words: row.words },
    at: instantOf(row.at),
    ...(row.picture === null ? {} : { picture: row.picture }),
  }))
}
