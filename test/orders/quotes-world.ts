// A hub with four shops, real keys, real rules and the demo rate cards: what tests of quotes look at.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { isRefused } from '../../src/basis/refusal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import {
  decideMarkets,
  findOffers,
  type Offer,
  type OfferDraft,
} from '../../src/catalogue/index.ts'
import { transact } from '../../src/db/index.ts'
import { openKeys } from '../../src/keys/index.ts'
import { makeQuotes, type QuoteOutcome } from '../../src/orders/quotes/make-quotes.ts'
import type { StoredQuote } from '../../src/orders/quotes/quote.ts'
import type { OrderParts } from '../../src/orders/parts.ts'
import { testClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { testHub } from '../support/hub.ts'
import { amina, bo, idOf, scarf, shopWorld, syrup, type Seller } from '../support/shop-world.ts'

export const began = Date.UTC(2026, 10, 22, 9)

const inDollars: OfferDraft = {
  ...scarf,
  slug: 'scarf-for-export',
  currency: 'USD',
  variants: [{ sku: 'SC-USD', price: '30.00', stock: 9, netMassG: 80, grossMassG: 120 }],
}
/** So dear that the Chinese scheme for retail imports costs less than the tax on postal articles. */
const shawl: OfferDraft = {
  ...scarf,
  slug: 'shawl',
  variants: [{ sku: 'SH', price: '450.00', stock: 99, netMassG: 150, grossMassG: 200 }],
}
const blanket: OfferDraft = {
  ...scarf,
  ...{ slug: 'blanket', origin: 'CA', currency: 'CAD' },
  variants: [{ sku: 'BL', price: '150.00', stock: 9, netMassG: 150, grossMassG: 200 }],
}

export type Line = ReturnType<typeof line>
export const line = (offer: Offer, quantity = 1, variant = 0) => ({
  ...{ sellerHub: offer.homeHub, sellerId: offer.businessId, offerId: offer.offerId },
  ...{ variantId: offer.variants[variant]?.variantId ?? '', quantity },
})

export const quoteOf = (outcome: QuoteOutcome | undefined): StoredQuote => {
  if (!outcome || isRefused(outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.quote
}

/** The hub, its goods on sale, and `ask` for a buyer, by default a new one each time. */
export async function quotesWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-keys-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const db = await testDatabase()
  const keys = await openKeys(db, folder, began)
  const clock = testClock(began)
  const hub = testHub(db, { clock, keys })
  const shops = await shopWorld(hub)
  const parts: OrderParts = {
    ...{ db, keys, random: hub.random.bytes, hub: hub.config, doors: shops.doors },
    now: () => clock.now(),
    today: () => clock.today(),
    tariff: () => hub.tariff(),
    sleep: (milliseconds) => clock.sleep(milliseconds),
  }
  let made = 0
  const id = (): string => uuidv7(began + (made += 1), hub.random.bytes)

  const sold = async (seller: Seller, draft: OfferDraft, to: readonly string[]) => {
    const [outcome] = await shops.sell(seller, [draft])
    const key = { homeHub: hub.config.id, businessId: seller.id, offerId: idOf(outcome) }
    const others = hub.tariff().destinations.filter((each) => !to.includes(each))
    await transact(db, async (tx) => {
      await decideMarkets(tx, { ...key, destinations: others, open: false }, began)
      await decideMarkets(tx, { ...key, destinations: to, open: true }, began)
    })
    return (await findOffers(db.kysely, [key]))[0] as Offer
  }
  const dan: Seller = { ...bo, id: id(), slug: 'dan', name: 'Dan Denied' }
  const goods = {
    scarf: await sold(amina, scarf, ['GB', 'MY', 'US', 'AE']),
    dollars: await sold(amina, inDollars, ['GB', 'MY']),
    shawl: await sold(amina, shawl, ['CN', 'GB']),
    syrup: await sold(bo, syrup, ['GB']),
    blanket: await sold(bo, blanket, ['CN']),
    denied: await sold(dan, syrup, ['GB']),
  }
  await db.pool.query(`update businesses set screening = 'blocked' where id = $1`, [dan.id])
  const address = {
    ...{ country: 'MY', lines: ['12 Jalan Batik'], town: 'Kota Bharu', region: 'Kelantan' },
    postcode: '15000',
  }
  await db.pool.query(`update businesses set ship_from = $2 where id = $1`, [
    amina.id,
    JSON.stringify(address),
  ])
  await db.pool.query(
    `insert into business_identifiers (home_hub, business_id, scheme, value)
     values ($1, $2, 'ssm', '202601012345')`,
    [hub.config.id, amina.id],
  )
  const ask = (destination: string, lines: readonly Line[], buyer = id(), by = parts) =>
    makeQuotes(by, { buyer, destination, lines })
  return { db, keys, clock, hub, parts, goods, id, ask }
}
