import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testDealer } from '../../test/support/dealer.ts'
import { formatMinor } from '../basis/money.ts'
import { transact } from '../db/index.ts'
import { demoLanes, findLanes, importLanes, laneFile } from '../logistics/index.ts'
import { createTariff } from '../tariff/index.ts'
import { createDoorPrices } from './door-prices.ts'
import { findOffer } from './find-offers.ts'
import { judgeWith, readinessOf } from './judge-offers.ts'
import type { Offer, OfferDraft } from './offer.ts'
import { priceAtDoor, type DoorParts } from './price-at-door.ts'
import { leadVariant, readiness, type Readiness } from './readiness.ts'
import { saveOffers } from './save-offers.ts'

const day = '2026-11-22'
const db = await testDatabase()
const loaded = await importLanes(db, laneFile(demoLanes()), { today: day })
if (!loaded.loaded) throw new Error(JSON.stringify(loaded.faults[0]))

const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../../rules') })
const asked: string[] = []
const parts: DoorParts = {
  tariff: () => tariff,
  change: testDealer(tariff, day),
  lanes: (question, tx) => {
    asked.push(`${question.from} ${String(question.to ?? 'all')}`)
    return findLanes(tx ?? db.kysely, question)
  },
}
let now = Date.UTC(2026, 10, 22, 9)
const doors = createDoorPrices({ ...parts, now: () => now })
const amina = {
  homeHub: '0199d2f0-0000-7000-8000-000000000001',
  businessId: '0199d2f0-0000-7000-8000-00000000000a',
}
const seller = { from: 'MY', blocked: false }
const judge = judgeWith({ doors, day, seller: async () => seller })

const scarf: OfferDraft = {
  mainLocale: 'en',
  texts: [{ locale: 'en', title: 'Batik scarf of silk' }],
  subheading: '621410',
  origin: 'MY',
  currency: 'MYR',
  variants: [
    {
      price: '120.00',
      stock: 5,
      netMassG: 80,
      grossMassG: 120,
      lengthMm: 250,
      widthMm: 200,
      heightMm: 20,
    },
  ],
}

async function made(draft: OfferDraft): Promise<Offer> {
  const [outcome] = await transact(db, (tx) =>
    saveOffers(tx, [{ ...amina, draft }], { now, random: randomBytes }),
  )
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome))
  return (await findOffer(db.kysely, { ...amina, offerId: outcome.offerId })) as Offer
}

const priceOf = async (offer: Offer, destination: string, quantity = 1, from = 'MY') => {
  const variant = leadVariant(offer)
  if (!variant) throw new Error('no variant')
  return priceAtDoor(parts, offer, variant, { from, destination, quantity, day })
}

const stateIn = ({ destinations }: Readiness, wanted: string) =>
  destinations.find(({ destination }) => destination === wanted)

describe('the price at the door', () => {
  test('is that of the tariff for goods and the freight of the lane, and adds up', async () => {
    const price = await priceOf(await made(scarf), 'SG')
    expect(price).toMatchObject({
      status: expect.stringMatching(/^complete/),
      total: { currency: 'SGD' },
      answer: { to: 'SG', on: day },
    })
    const { goods, freight, insurance, duty, tax, fees, landed } =
      price.answer?.totals ?? ({} as never)
    const cents = (text: string): number => Math.round(Number(text) * 100)
    expect([goods, freight, insurance, duty, tax, fees].map(cents).reduce((a, b) => a + b)).toBe(
      cents(landed ?? '0'),
    )
    const more = Number((price.exchange?.goods ?? 0n) + (price.exchange?.freight ?? 0n))
    expect(cents(price.total?.amount ?? '0')).toBe(cents(landed ?? '0') + more)
    expect(price.lane?.amountMinor).toBeGreaterThan(0n)
    expect(price.days?.max).toBeGreaterThan(0)
  })

  test('of two pieces is dearer than of one, and of one that weighs more as well', async () => {
    const light = await made(scarf)
    const heavy = await made({
      ...scarf,
      variants: [{ price: '120.00', stock: 5, netMassG: 4000 }],
    })
    const figure = async (offer: Offer, quantity: number): Promise<number> =>
      Number((await priceOf(offer, 'SG', quantity)).total?.amount)
    expect(await figure(light, 2)).toBeGreaterThan(await figure(light, 1))
    expect(await figure(heavy, 1)).toBeGreaterThan(await figure(light, 1))
  })

  test('counts with the registrations that the hub holds', async () => {
    const offer = await made(scarf)
    const ask = { from: 'MY', destination: 'CN', quantity: 1, day }
    const price = await priceAtDoor({ ...parts, schemes: ['VOEC'] }, offer, offer.variants[0]!, ask)
    expect(price.basket?.schemes).toEqual(['VOEC'])
  })

  test('never leaves freight out: without a lane there is no price', async () => {
    const offer = await made(scarf)
    expect(await priceOf(offer, 'NO')).toMatchObject({
      status: 'no-lane',
      total: null,
      answer: null,
    })
    expect(await priceOf(offer, 'SG', 1, 'NO')).toMatchObject({ status: 'no-lane', total: null })
    const huge = await made({
      ...scarf,
      variants: [{ price: '1', stock: 1, netMassG: 90_000_000 }],
    })
    const price = await priceOf(huge, 'SG')
    expect(price).toMatchObject({ status: 'no-lane', total: null })
    expect(price.reasons.join()).toContain('too-heavy')
  })

  test.each([
    ['code', { subheading: null }, 'subheading'],
    ['origin', { origin: null }, 'origin'],
    ['mass', { variants: [{ price: '1', stock: 1 }] }, 'mass'],
    ['price', { variants: [{ price: '0', stock: 1, netMassG: 1 }] }, 'price'],
  ] as const)('asks for the %s instead of guessing', async (_, lack, missing) => {
    expect(await priceOf(await made({ ...scarf, ...lack }), 'SG')).toMatchObject({
      status: 'incomplete',
      total: null,
      missing: [missing],
    })
  })

  test('has no customs within a union: goods from Ireland to Italy', async () => {
    const offer = await made({ ...scarf, origin: 'IE', currency: 'EUR' })
    expect(await priceOf(offer, 'IT', 1, 'IE')).toMatchObject({ status: 'no-border' })
  })

  test('of a country without rules is none', async () => {
    const price = await priceOf(await made(scarf), 'AE')
    expect(price).toMatchObject({
      status: tariff.destinations.includes('AE') ? 'complete' : 'no-law',
      total: null,
    })
  })
})

describe('readiness', () => {
  test('says for every destination whether there is a price and what is missing otherwise', async () => {
    const state = await readinessOf({ doors, day }, await made(scarf), seller)
    expect(state.exportReady).toBe(true)
    expect(stateIn(state, 'SG')).toMatchObject({ state: 'ready', needs: [] })
    expect(stateIn(state, 'NO')).toMatchObject({ state: 'shut', needs: [{ code: 'no-lane' }] })
    const ready = state.destinations
      .filter((each) => each.state === 'ready')
      .map(({ destination }) => destination)
    console.info(`a scarf from MY is export-ready for ${ready.join(' ')}`)
  })

  test('at home the price is the seller’s and the freight, and makes nothing ready for export', async () => {
    const offer = await made(scarf)
    const state = await readinessOf({ doors, day }, offer, seller)
    const home = stateIn(state, 'MY')
    expect(home).toMatchObject({ state: 'ready', price: { status: 'no-border' } })
    const freight = home?.price.lane?.amountMinor ?? 0n
    expect(freight).toBeGreaterThan(0n)
    expect(home?.price.total?.amount).toBe(
      formatMinor((leadVariant(offer)?.priceMinor ?? 0n) + freight, 'MYR'),
    )
    const prices = state.destinations.map(({ price }) => price)
    const onlyHome = prices.filter(({ destination }) => destination === 'MY')
    expect(readiness(offer, seller, onlyHome).exportReady).toBe(false)
  })

  test('lists each missing fact once, with its field', async () => {
    const bare = await made({
      ...scarf,
      subheading: null,
      origin: null,
      variants: [{ price: '0', stock: 0 }],
    })
    const state = await readinessOf({ doors, day }, bare, { from: 'MY', blocked: true })
    expect(state.exportReady).toBe(false)
    expect(state.needs.map(({ code, field }) => [code, field])).toEqual([
      ['subheading', 'subheading'],
      ['origin', 'origin'],
      ['mass', 'mass-1'],
      ['price', 'price-1'],
      ['stock', 'stock-1'],
      ['seller-blocked', 'seller-blocked'],
    ])
  })

  test('asks which line of a territory it is, and a chosen line gives the price', async () => {
    const offer = await made(scarf)
    const first = await readinessOf({ doors, day }, offer, seller)
    const asks = first.destinations.find(({ needs }) =>
      needs.some(({ code }) => code === 'national-line'),
    )
    expect(asks).toBeDefined()
    const need = asks?.needs[0]
    expect(need?.field).toBe(`national-${asks?.destination}`)
    const options = need?.facts['options'] as { code: string }[]
    expect(options.length).toBeGreaterThan(1)
    const chosen = {
      ...offer,
      version: offer.version + 1n,
      nationalCodes: { [asks?.destination ?? '']: options[0]?.code ?? '' },
    }
    const then = await readinessOf({ doors, day }, chosen, seller)
    expect(stateIn(then, asks?.destination ?? '')?.needs.map(({ code }) => code)).not.toContain(
      'national-line',
    )
  })
})

describe('going on sale by the law', () => {
  const publish = async (draft: OfferDraft) => {
    const [outcome] = await transact(db, (tx) =>
      saveOffers(tx, [{ ...amina, draft: { ...draft, status: 'published' } }], {
        now,
        random: randomBytes,
        judge,
      }),
    )
    return outcome
  }

  test('works for a whole offer and opens what has a price, nothing else', async () => {
    const outcome = await publish(scarf)
    expect(outcome).toMatchObject({ status: 'published' })
    const offerId = outcome && 'offerId' in outcome ? outcome.offerId : ''
    const rows = await db.kysely
      .selectFrom('offer_markets')
      .select('destination')
      .where('offer_id', '=', offerId)
      .execute()
    const open = new Set(rows.map(({ destination }) => destination))
    expect(open.has('SG')).toBe(true)
    expect(open.has('NO')).toBe(false)
  })

  test('is refused with the list of what is missing', async () => {
    expect(await publish({ ...scarf, origin: null })).toMatchObject({
      status: 'draft',
      missing: ['origin'],
    })
    const noWay = [{ price: '1.00', stock: 1, netMassG: 90_000_000 }]
    expect(await publish({ ...scarf, variants: noWay })).toMatchObject({
      status: 'draft',
      missing: ['no-destination'],
    })
  })

  test('holds when it is sold out, and cannot begin so', async () => {
    const soldOut = [{ price: '1.00', stock: 0, netMassG: 80 }]
    expect(await publish({ ...scarf, variants: soldOut })).toMatchObject({
      status: 'draft',
      missing: ['stock'],
    })
    await publish({ ...scarf, slug: 'sells' })
    expect(await publish({ slug: 'sells', variants: soldOut })).toMatchObject({
      status: 'published',
    })
  })
})

test('prices are kept for a minute by the version of the offer, and lanes are asked once for all destinations', async () => {
  const offer = await made(scarf)
  const variant = leadVariant(offer)
  if (!variant) throw new Error('no variant')
  const own = createDoorPrices({ ...parts, now: () => now })
  asked.length = 0
  const [first] = await own.everywhere(offer, variant, { from: 'MY', day })
  const [again] = await own.everywhere(offer, variant, { from: 'MY', day })
  expect(asked).toEqual(['MY all'])
  expect(again).toBe(first)
  const [changed] = await own.everywhere({ ...offer, version: 9n }, variant, { from: 'MY', day })
  expect(changed).not.toBe(first)
  now += 60_000
  const [later] = await own.everywhere(offer, variant, { from: 'MY', day })
  expect(later).not.toBe(first)
})
