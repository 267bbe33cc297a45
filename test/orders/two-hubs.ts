// Two hubs in one process, each with its own database, clock and keys, and a network between them that can fail in every way.
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { saveOffers } from '../../src/catalogue/index.ts'
import { transact, type Answer, type Database } from '../../src/db/index.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { placeOrders } from '../../src/orders/checkout/place-orders.ts'
import { asOtherHub, type AnswerParts } from '../../src/orders/elsewhere/answer-hub.ts'
import { askOtherHubs, type AskParts, type Asked } from '../../src/orders/elsewhere/ask-hubs.ts'
import { followOtherHubs, proposeMove } from '../../src/orders/elsewhere/follow-hubs.ts'
import type { OtherHub } from '../../src/orders/elsewhere/other-hub.ts'
import { findOrder } from '../../src/orders/find-orders.ts'
import { findClaims, type Claim } from '../../src/orders/life/find-claims.ts'
import { moveDueOrders } from '../../src/orders/life/due-orders.ts'
import { moveCommand, moveOrders, type MoveOrder } from '../../src/orders/life/move-orders.ts'
import type { MoveName, Order, Role } from '../../src/orders/order.ts'
import { findLegs, type LegState } from '../../src/orders/pages/find-legs.ts'
import type { Tariff } from '../../src/tariff/index.ts'
import { checkoutWorld, hub, now, otherHub, type Wanted } from '../support/checkout-world.ts'
import { testDatabase } from '../support/database.ts'
import { keysInMemory } from '../support/keys.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** What the network does to a question: `lost` on its way, `unheard` is the answer, `twice` it comes. */
export type Fate = 'heard' | 'lost' | 'unheard' | 'twice'

export interface HubHere {
  id: string
  db: Database
  parts: AnswerParts & AskParts
  /** Sets its clock on. */
  wait(milliseconds: number): void
  order(id: string): Promise<Order | undefined>
  legs(id: string): Promise<LegState[]>
  claims(id: string): Promise<Claim[]>
  move(id: string, move: MoveName, role: Role, more?: Partial<MoveOrder>): Promise<string>
  due(): Promise<number>
  balance(account: string): Promise<bigint>
}

export interface Goods {
  seller: string
  offer: string
  variant: string
}

export interface TwoHubs {
  buyers: HubHere
  sellers: HubHere
  /** Decides on each question; heard, if it is not set. */
  fate: (question: keyof OtherHub) => Fate
  /** Everything that was ever asked, to be asked again late. */
  asked: (() => Promise<unknown>)[]
  goods(stock: number): Promise<Goods>
  stockOf(goods: Goods): Promise<bigint>
  /** A buyer with money and their order. */
  place(goods: Goods, wanted?: Partial<Wanted>): Promise<string>
  ask(): Promise<Asked>
  follow(): Promise<number>
  /** What the seller does at their own hub. */
  propose(id: string, move: MoveName, more?: Partial<MoveOrder>): Promise<string>
  booksAreRight(): Promise<void>
}

export async function twoHubs(): Promise<TwoHubs> {
  const keys = { buyers: keysInMemory(), sellers: keysInMemory() }
  const buyers = await openHub(hub, 'CN', () => toSellers)
  const sellers = await openHub(otherHub, 'MY', () => toBuyers)
  const checkout = checkoutWorld(buyers.db, { hub, keys: keys.buyers })
  let drawn = 0
  const world: TwoHubs = {
    ...{ buyers, sellers, asked: [] },
    fate: () => 'heard',
    goods: (stock) => sellGoods(sellers, checkout.id(), stock),
    async stockOf({ variant }) {
      const row = await sellers.db.kysely
        .selectFrom('stock')
        .select('on_hand')
        .where('variant_id', '=', variant)
        .executeTakeFirstOrThrow()
      return row.on_hand
    },
    async place(goods, wanted = {}) {
      const buyer = await checkout.buyer(1_000_000n)
      const at = buyers.parts.now()
      const expires = at + hour
      const quote = await checkout.quote({ buyer, goods, sellerHub: otherHub, expires, ...wanted })
      const command = checkout.checkout(buyer, [quote])
      const [answer] = await placeOrders(buyers.parts, [command], at)
      expect(said(answer)).toBe('201')
      return command.body.orders[0]!.order
    },
    ask: () => askOtherHubs(buyers.parts),
    follow: () => followOtherHubs(sellers.parts),
    async propose(id, move, more = {}) {
      const order = await sellers.order(id)
      if (!order) return 'nothing'
      const body: MoveOrder = { order: id, move, role: 'seller', entry: checkout.id(), ...more }
      const proposal = { actor: order.seller.id, key: `${(drawn += 1)}`, body }
      return said(await proposeMove(sellers.parts, order, proposal))
    },
    async booksAreRight() {
      for (const { db } of [buyers, sellers])
        expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
    },
  }
  const toSellers = inNetwork(world, asOtherHub(sellers.parts, { id: hub, keys: keys.buyers }))
  const toBuyers = inNetwork(world, asOtherHub(buyers.parts, { id: otherHub, keys: keys.sellers }))
  return world
}

/** `201`, or `409 move-not-lawful`. */
const said = (answer: Answer | undefined): string => {
  if (answer?.answer !== 'done') return answer?.answer ?? 'nothing'
  const { code = '' } = JSON.parse(answer.outcome.body) as { code?: string }
  return `${answer.outcome.status} ${code}`.trim()
}

/** As JSON, as a network would carry it. */
function inNetwork(world: TwoHubs, there: OtherHub): OtherHub {
  const carry = async (question: keyof OtherHub, body: unknown): Promise<unknown> => {
    const ask = (): Promise<unknown> =>
      (there[question] as (asked: unknown) => Promise<unknown>)(copy(body))
    world.asked.push(ask)
    const fate = world.fate(question)
    if (fate === 'lost') throw new Error('lost')
    const answer = await ask()
    if (fate === 'twice') await ask()
    if (fate === 'unheard') throw new Error('unheard')
    return copy(answer)
  }
  const of = (question: keyof OtherHub) => (body: unknown) => carry(question, body)
  return {
    ...{ reserve: of('reserve'), confirm: of('confirm'), standingOf: of('standingOf') },
    ...{ movesAfter: of('movesAfter'), propose: of('propose') },
  } as OtherHub
}

const copy = (body: unknown): unknown => JSON.parse(JSON.stringify(body))

async function openHub(id: string, territory: string, other: () => OtherHub): Promise<HubHere> {
  const db = await testDatabase()
  let at = now
  let drawn = 0
  const random = (length: number): Uint8Array =>
    createHash('sha512')
      .update(`${id} ${(drawn += 1)}`)
      .digest()
      .subarray(0, length)
  const parts: AnswerParts & AskParts = {
    ...{ db, hub: { id, name: territory, territory }, now: () => at, random },
    ...{ today: () => '2026-11-22', tariff: oneRate, otherHub: other },
  }
  return {
    ...{ id, db, parts },
    wait: (milliseconds) => (at += milliseconds),
    order: (order) => findOrder(db.kysely, id, order),
    legs: (order) => findLegs(db.kysely, order),
    claims: (order) => findClaims(db.kysely, id, order),
    async move(order, move, role, more = {}) {
      const key = `${order} ${(drawn += 1)}`
      const entry = `0199d2f0-0000-7000-9000-${String((drawn += 1)).padStart(12, '0')}`
      const body: MoveOrder = { order, move, role, entry, ...more }
      const [answer] = await moveOrders(parts, [moveCommand('test', key, body)], at)
      return said(answer)
    },
    due: () => moveDueOrders(parts, at),
    async balance(account) {
      const row = await db.kysely
        .selectFrom('accounts')
        .select('balance_minor')
        .where('account', '=', account)
        .executeTakeFirst()
      return row?.balance_minor ?? 0n
    },
  }
}

/** When a quote's rates do not hold any more; what another hub is promised stays as it is. */
const oneRate = () =>
  ({
    exchange: {
      rate: () => ({ rate: { n: 61n, d: 100n }, source: 'ecb', date: '2026-11-20' }),
    },
  }) as unknown as Tariff

/** A scarf for 64 ringgit, sold to China. */
async function sellGoods(
  { id, db, parts }: HubHere,
  seller: string,
  stock: number,
): Promise<Goods> {
  const at = new Date(parts.now()).toISOString()
  await db.pool.query(
    `insert into businesses (home_hub, id, slug, name, country, ship_from, screening, created_at, updated_at)
     values ($1, $2, $3, 'Batik Sri', 'MY', '{"country": "MY"}', 'clear', $4, $4)`,
    [id, seller, `batik-${seller}`, at],
  )
  const owner = { homeHub: id, businessId: seller }
  const [saved] = await transact(db, (tx) =>
    saveOffers(
      tx,
      [
        {
          ...owner,
          draft: {
            ...{ status: 'published', mainLocale: 'en', subheading: '621410', origin: 'MY' },
            texts: [{ locale: 'en', title: 'Batik scarf', description: 'Silk' }],
            ...{ currency: 'MYR', variants: [{ price: '64.00', stock, netMassG: 80 }] },
          },
        },
      ],
      {
        ...{ now: parts.now(), random: parts.random },
        judge: (_, offers) => Promise.resolve(offers.map(() => ({ ready: ['CN'], missing: [] }))),
      },
    ),
  )
  if (!saved || 'refused' in saved) throw new Error(JSON.stringify(saved))
  const { rows } = await db.pool.query<{ variant_id: string }>(
    'select variant_id from variants where offer_id = $1',
    [saved.offerId],
  )
  return { seller, offer: saved.offerId, variant: rows[0]!.variant_id }
}
