import { beforeEach, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { importer } from '../../test/support/importer.ts'
import { amina, idOf, savingInto, scarf } from '../../test/support/saved-offers.ts'
import { findOffer } from './find-offers.ts'
import { activeVariants, type VariantDraft } from './offer.ts'
import { findItems } from './product-files/find-items.ts'

const db = await testDatabase()
const clock = testClock()
const { save, saveOne } = savingInto(db, clock)
const { bring, save: saveFile, stateOf } = importer(db, clock.now)

beforeEach(async () => {
  await db.pool.query('truncate offers, stock, product_imports, events cascade')
})

/** Sizes of one scarf; `series` tells those of one collection from those of another. */
const sizes = (count: number, series = 'A'): VariantDraft[] =>
  Array.from({ length: count }, (_, at) => ({
    sku: `${series}-${at}`,
    options: [{ name: 'Size', value: `${series} ${at}` }],
    price: `${at + 1}.00`,
    stock: at,
    netMassG: 80,
  }))

test('one hundred variants are kept, each with its price and stock, in the order given', async () => {
  const offerId = idOf(await saveOne({ ...scarf, variants: sizes(100) }))
  const offer = await findOffer(db.kysely, { ...amina, offerId })
  expect(offer?.variants.map(({ sku, priceMinor, onHand }) => [sku, priceMinor, onHand])).toEqual(
    sizes(100).map(({ sku }, at) => [sku, BigInt(at + 1) * 100n, BigInt(at)]),
  )
})

test('a batch of twenty such offers is saved in seconds; one with more is refused by itself', async () => {
  const drafts = Array.from({ length: 20 }, (_, at) => ({
    ...amina,
    draft: { ...scarf, slug: `scarf-${at}`, variants: sizes(at === 7 ? 101 : 100, `S${at}`) },
  }))
  const begun = performance.now()
  const outcomes = await save(drafts)
  const took = performance.now() - begun
  console.info(`20 offers of 100 variants saved in ${Math.round(took)} ms`)
  expect(outcomes[7]).toMatchObject({ refused: 'too-many', facts: { at: 'variants' } })
  expect(outcomes.filter((each) => 'offerId' in each)).toHaveLength(19)
  expect((await db.pool.query('select from variants')).rowCount).toBe(1_900)
  expect(took).toBeLessThan(20_000)
})

test('variants that were replaced stay for the orders that name them, three hundred in all', async () => {
  const offerId = idOf(await saveOne({ ...scarf, variants: sizes(100, 'A') }))
  for (const series of ['B', 'C'])
    expect(await saveOne({ offerId, variants: sizes(100, series) })).toMatchObject({
      outcome: 'updated',
    })
  const full = await findOffer(db.kysely, { ...amina, offerId })
  expect(full?.variants).toHaveLength(300)
  expect(await saveOne({ offerId, variants: sizes(1, 'D') })).toMatchObject({ refused: 'too-many' })
  expect(await findOffer(db.kysely, { ...amina, offerId })).toEqual(full)
  // One of those that are there already is no new one.
  expect(await saveOne({ offerId, variants: sizes(5, 'A') })).toMatchObject({ outcome: 'updated' })
  const now = await findOffer(db.kysely, { ...amina, offerId })
  expect(now && activeVariants(now)).toHaveLength(5)
  expect(now?.variants).toHaveLength(300)
})

test.each([
  [100, { created: 1 }],
  [101, { refused: 1 }],
  [250, { refused: 1 }],
] as const)('a product file with %i sizes of one scarf: %j', async (count, counts) => {
  const rows = Array.from({ length: count }, (_, at) => `scarf,Scarf,120.00,N-${at},Size,${at}\n`)
  const key = await bring(`slug,title,price,sku,option1_name,option1_value\n${rows.join('')}`)
  await saveFile(key)
  expect(await stateOf(key)).toEqual({ state: 'saved', counts })
  const [refused] = await findItems(db.kysely, key, { limit: 9, only: 'refused' })
  expect(refused?.faults.map(({ code }) => code) ?? []).toEqual(count > 100 ? ['too-many'] : [])
})
