// One order with all that a page of it shows, for whoever may see it.
import { blockedAmong, namesOf } from '../../parties/index.ts'
import type { Db } from '../../db/index.ts'
import type { DoorExchange } from '../../catalogue/index.ts'
import type { Answer, BasketJson } from '../../tariff/index.ts'
import { findMoves, type MadeMove } from '../find-orders.ts'
import { findStatements, type SaidStatement } from '../life/disputes.ts'
import { findClaims, type Claim } from '../life/find-claims.ts'
import { sidesOf } from '../life/move-orders.ts'
import type { Order } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { explainQuote, findQuote } from '../quotes/find-quotes.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { findLegs, type LegState } from './find-legs.ts'

export type OrderView = {
  readonly order: Order
  readonly quote: QuoteBody
  /** Why the price was what it was; of another hub's quote that hub says it. */
  readonly explained:
    | {
        readonly basket: BasketJson
        readonly answer: Answer
        readonly exchange: DoorExchange | null
      }
    | undefined
  readonly moves: readonly MadeMove[]
  readonly legs: readonly LegState[]
  readonly statements: readonly SaidStatement[]
  readonly claims: readonly Claim[]
  /** Screening keeps a side of it from trading. */
  readonly hasBlockedSide: boolean
  /** Of people who did something to it, by their id. */
  readonly names: ReadonlyMap<string, string>
}

export async function viewOrder(
  { db, hub }: Pick<OrderParts, 'db' | 'hub'>,
  order: Order,
): Promise<OrderView> {
  const [{ quote, explained }, moves, legs, statements, claims, blocked] = await Promise.all([
    acceptedQuote(db.kysely, hub.id, order),
    findMoves(db.kysely, hub.id, order.id),
    findLegs(db.kysely, order.id),
    findStatements(db.kysely, hub.id, order.id),
    findClaims(db.kysely, hub.id, order.id),
    blockedAmong(db.kysely, hub.id, sidesOf(order)),
  ])
  const people = [...moves, ...statements].flatMap(({ actor }) =>
    actor === undefined ? [] : [{ kind: 'person' as const, id: actor }],
  )
  const names = await namesOf(db.kysely, hub.id, people)
  const known = { order, quote, explained, moves, legs, statements, claims, names }
  return { ...known, hasBlockedSide: blocked.size > 0 }
}

async function acceptedQuote(
  db: Db,
  hub: string,
  order: Order,
): Promise<Pick<OrderView, 'quote' | 'explained'>> {
  const stored = await findQuote(db, hub, order.quote)
  if (!stored) throw new Error(`order ${order.id} has no quote`)
  const isOurs = stored.body.hub === hub
  return { quote: stored.body, explained: isOurs ? await explainQuote(db, stored) : undefined }
}
