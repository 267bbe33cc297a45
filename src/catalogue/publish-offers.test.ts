import { beforeEach, describe, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { amina, idOf, savingInto, scarf } from '../../test/support/saved-offers.ts'
import type { SaveOffer, SaveParts } from './save-offers.ts'

const db = await testDatabase()
const clock = testClock()
const { save, saveOne, eventsOf } = savingInto(db, clock)

beforeEach(async () => {
  await db.pool.query('truncate offers, stock, offer_markets, events cascade')
})

describe('going on sale', () => {
  const judge: SaveParts['judge'] = async (_, offers) =>
    offers.map(({ origin }) =>
      origin ? { ready: ['CA', 'CN'], missing: [] } : { ready: [], missing: ['origin'] },
    )

  test('needs a judge who finds a destination, and opens what is ready', async () => {
    const outcome = await saveOne({ ...scarf, status: 'published' }, { judge })
    expect(outcome).toMatchObject({ status: 'published' })
    expect(await eventsOf(idOf(outcome))).toEqual(['offer.saved', 'offer.published'])
    const markets = await db.kysely
      .selectFrom('offer_markets')
      .select(['destination', 'open'])
      .execute()
    expect(markets).toEqual([
      { destination: 'CA', open: true },
      { destination: 'CN', open: true },
    ])
  })

  test('stays a draft where something is missing, and says what', async () => {
    const outcome = await saveOne({ ...scarf, origin: null, status: 'published' }, { judge })
    expect(outcome).toMatchObject({ outcome: 'created', status: 'draft', missing: ['origin'] })
  })

  test('ends when an edit takes a fact away', async () => {
    const offerId = idOf(await saveOne({ ...scarf, status: 'published' }, { judge }))
    expect(await saveOne({ offerId, origin: null }, { judge })).toMatchObject({
      status: 'draft',
      missing: ['origin'],
    })
    expect(await eventsOf(offerId)).toEqual([
      'offer.saved',
      'offer.published',
      'offer.saved',
      'offer.withdrawn',
    ])
  })

  test('ends when the seller withdraws it', async () => {
    const offerId = idOf(await saveOne({ ...scarf, status: 'published' }, { judge }))
    expect(await saveOne({ offerId, status: 'withdrawn' })).toMatchObject({ status: 'withdrawn' })
  })
})

test('500 offers are one batch: each its own outcome, the refused one leaves the others alone', async () => {
  const drafts = Array.from({ length: 500 }, (_, n): SaveOffer => ({
    ...amina,
    draft: {
      ...scarf,
      slug: `scarf-${n}`,
      variants: [{ sku: n === 250 ? 'N-1' : `N-${n}`, price: '1.00', stock: n, netMassG: 80 }],
    },
  }))
  const begun = performance.now()
  const outcomes = await save(drafts)
  console.info(`500 offers saved in ${Math.round(performance.now() - begun)} ms`)
  expect(outcomes[250]).toMatchObject({ refused: 'sku-taken' })
  expect(outcomes.filter((each) => 'offerId' in each)).toHaveLength(499)
  const { rows } = await db.pool.query('select count(*) from offers')
  expect(rows[0]).toEqual({ count: 499n })
})

test('two writers of one business at once cannot both take a slug', async () => {
  const draft = { ...scarf, variants: [{ price: '1' }] }
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => saveOne(draft)))
  const slugs = outcomes.map((each) => ('slug' in each ? each.slug : each.refused))
  expect(new Set(slugs).size).toBe(6)
})
