import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedDemo } from '../../src/app/demo/index.ts'
import { parseAmount } from '../../src/basis/money.ts'
import { isRefused } from '../../src/basis/refusal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { findOffers, isPriced, type DoorPrice, type Offer } from '../../src/catalogue/index.ts'
import { openKeys } from '../../src/keys/index.ts'
import { currencyOf } from '../../src/ledger/index.ts'
import { explainQuote } from '../../src/orders/quotes/find-quotes.ts'
import { makeQuotes } from '../../src/orders/quotes/make-quotes.ts'
import { packQuote } from '../../src/orders/quotes/packed-quote.ts'
import type { StoredQuote } from '../../src/orders/quotes/quote.ts'
import { testDatabase } from '../support/database.ts'
import { testHub } from '../support/hub.ts'

// Quotes for the demo world: goods of six sellers from two countries to every country that they are sold to.

const folder = mkdtempSync(join(tmpdir(), 'ewtp-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))
const db = await testDatabase()
const keys = await openKeys(db, folder, Date.UTC(2026, 10, 22, 9))
const hub = testHub(db, { keys })
const parts = {
  ...{ db, keys, random: hub.random.bytes, hub: hub.config, doors: hub.doors },
  now: () => hub.clock.now(),
  today: () => hub.clock.today(),
  tariff: () => hub.tariff(),
  sleep: (milliseconds: number) => hub.clock.sleep(milliseconds),
}

type Made = { name: string; offer: Offer; quote: StoredQuote; shown: DoorPrice; bytes: number }
const made: Made[] = []

beforeAll(async () => {
  await seedDemo(hub, { sellers: 6 })
  for (const { offer, destination, from } of await samples()) {
    const [variant] = offer.variants
    if (!variant || variant.onHand < 1n) continue
    const { homeHub: sellerHub, businessId: sellerId, offerId, slug } = offer
    const { variantId } = variant
    const [outcome] = await makeQuotes(parts, {
      ...{ buyer: uuidv7(hub.clock.now(), hub.random.bytes), destination },
      lines: [{ sellerHub, sellerId, offerId, variantId, quantity: 1 }],
    })
    const day = hub.clock.today()
    const shown = await hub.doors.priceAtDoor(offer, variant, {
      from,
      destination,
      quantity: 1,
      day,
    })
    if (!outcome || isRefused(outcome)) {
      expect(isPriced(shown), `${slug} to ${destination}`).toBe(false)
      continue
    }
    const { quote } = outcome
    const bytes = Buffer.byteLength(JSON.stringify(packQuote(quote.body)))
    made.push({ name: `${slug} to ${destination}`, offer, quote, shown, bytes })
  }
})

/** Every seventh offer, to each of its markets that is open. */
async function samples(): Promise<{ offer: Offer; destination: string; from: string }[]> {
  const { rows } = await db.pool.query<Record<string, string>>(
    `select o.home_hub, o.business_id, o.offer_id, b.country, m.destination
       from (select *, row_number() over (order by slug) as place from offers where status = 'published') o
       join offer_markets m using (home_hub, business_id, offer_id)
       join businesses b on (b.home_hub, b.id) = (o.home_hub, o.business_id)
      where m.open and o.place % 7 = 0 order by o.slug, m.destination`,
  )
  const keysOf = rows.map(({ home_hub = '', business_id = '', offer_id = '' }) => ({
    ...{ homeHub: home_hub, businessId: business_id, offerId: offer_id },
  }))
  const offers = await findOffers(db.kysely, keysOf)
  return rows.map(({ destination = '', country = '' }, index) => ({
    ...{ offer: offers[index] as Offer, destination, from: country },
  }))
}

describe('a quote for one piece', () => {
  test('is made for goods of two countries to most of the demo’s destinations', () => {
    expect(made.length).toBeGreaterThan(60)
    expect(new Set(made.map(({ quote }) => quote.body.destination)).size).toBeGreaterThan(8)
    expect(new Set(made.map(({ quote }) => quote.body.seller.country)).size).toBe(2)
    expect(new Set(made.flatMap(({ quote }) => quote.body.legs.map(({ leg }) => leg)))).toEqual(
      new Set(['goods', 'freight', 'duty', 'tax']),
    )
  })

  test('costs what the page of the goods shows', () => {
    for (const { name, quote, shown } of made) {
      const { amount = '', currency = '' } = shown.total ?? {}
      expect([quote.body.total, quote.body.currency], name).toEqual([
        String(parseAmount(amount, currency)),
        currency,
      ])
    }
  })

  test('has legs that add up to its total, each for an account of the plan', () => {
    for (const { name, offer, quote } of made) {
      const { legs, total, currency } = quote.body
      const sum = legs.reduce((minor, { amount }) => minor + BigInt(amount), 0n)
      expect(sum, name).toBe(BigInt(total))
      for (const { amount, to, as } of legs) {
        expect(BigInt(amount) > 0n, name).toBe(true)
        expect(as === undefined, name).toBe(currencyOf(to) === currency)
      }
      const price = String(offer.variants[0]?.priceMinor)
      expect(legs[0]?.as ?? legs[0]?.amount, name).toBe(price)
    }
  })

  test('explains itself with the words of the tariff, byte for byte', async () => {
    for (const { name, quote, shown } of made) {
      const { basket, answer } = await explainQuote(db.kysely, quote)
      expect(JSON.stringify(answer), name).toBe(JSON.stringify(shown.answer))
      expect(JSON.stringify(basket), name).toBe(JSON.stringify(shown.basket))
    }
  })

  test('takes two kilobytes; what many say alike is kept once', async () => {
    const sizes = made.map(({ bytes }) => bytes).toSorted((a, b) => a - b)
    const [least = 0, middle = 0, most = 0] = [0, sizes.length >> 1, -1].map((at) => sizes.at(at))
    const within = sizes.filter((bytes) => bytes <= 2000).length / sizes.length
    const { rows } = await db.pool.query<{ texts: number; bytes: number }>(
      `select count(*)::int as texts, sum(octet_length(body))::int as bytes from quote_texts`,
    )
    const whole = made.map(({ shown }) => Buffer.byteLength(JSON.stringify(shown.answer)))
    console.log(
      `${made.length} quotes of one line: ${least} to ${most} bytes, middle ${middle}, ` +
        `${Math.round(within * 100)} % within 2,000; ${rows[0]?.texts} texts of ${rows[0]?.bytes} bytes for all; ` +
        `answers alone would be ${whole.reduce((sum, bytes) => sum + bytes, 0)} bytes`,
    )
    expect(middle).toBeLessThanOrEqual(2000)
    expect(most).toBeLessThanOrEqual(2500)
  })
})
