import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { transact } from '../../db/index.ts'
import { createNomenclature } from '../../nomenclature/index.ts'
import { measureRelevance, rowsOf } from './relevance/measure.ts'
import { writeDocuments, type OfferToFind } from './refresh-documents.ts'
import { searchOffers, type Search } from './search-offers.ts'
import './schema.ts'

const db = await testDatabase()
const hub = '0199d2f0-0000-7000-8000-000000000001'
const amina = '0199d2f0-0000-7000-8000-00000000000a'
const bo = '0199d2f0-0000-7000-8000-00000000000b'
const idOf = (at: number) => `0199d2f0-0000-7000-8000-${String(at).padStart(12, '0')}`
const names = createNomenclature().namesOf

type Goods = Partial<OfferToFind> & { title: string; price?: Record<string, number> }

const goods: Goods[] = [
  { title: 'Batik scarf of silk', subheading: '621410', price: { CN: 23_629, CA: 9_000 } },
  { title: 'Silk tie', subheading: '621510', price: { CN: 12_000 } },
  {
    title: 'Maple syrup',
    subheading: '170220',
    origin: 'CA',
    business_id: bo,
    price: { CN: 8_000 },
  },
  { title: '龙井绿茶', subheading: '090210', origin: 'CN', price: { CA: 4_000 } },
  { title: 'ข้าวหอมมะลิ', subheading: '100630', origin: 'TH', price: { CN: 5_000, CA: 6_000 } },
  { title: 'Scarf of wool', subheading: '621420', origin: 'CA', business_id: bo },
]

const documentOf = ({ title, price = {}, ...rest }: Goods, at: number): OfferToFind => ({
  ...{ home_hub: hub, business_id: amina, offer_id: idOf(at), origin: 'MY', subheading: null },
  published_at: new Date(Date.UTC(2026, 10, 1, 0, at)).toISOString(),
  ...{ seller: 'Amina', brand: null, materials: null, titles: [title], descriptions: [] },
  ...{ options: [], reaches: Object.keys(price) },
  ...rest,
})

beforeAll(async () => {
  const documents = goods.map(documentOf)
  await transact(db, (tx) => writeDocuments(tx, documents, names, '2026-11-22'))
  for (const [
    at,
    { price = {}, origin = 'MY', subheading, business_id = amina },
  ] of goods.entries())
    for (const [to, total] of Object.entries(price))
      await db.kysely
        .insertInto('offer_prices')
        .values({
          ...{ home_hub: hub, business_id, offer_id: idOf(at), destination: to },
          ...{ day: '2026-11-22', state: 'complete', total_minor: BigInt(total) },
          ...{ currency: to === 'CN' ? 'CNY' : 'CAD', days_min: 5, days_max: 9 },
          ...{ subheading: subheading ?? null, origin },
        })
        .execute()
})

const search = (asked: Partial<Search>) =>
  searchOffers(db.kysely, { words: '', size: 10, ...asked })
const found = async (asked: Partial<Search>) =>
  (await search(asked)).keys.map(({ offerId }) => goods[Number(offerId.slice(-12))]?.title)

describe('words', () => {
  test.each([
    ['scarf', ['Batik scarf of silk', 'Scarf of wool']],
    ['SCARVES', ['Batik scarf of silk', 'Scarf of wool']],
    ['maple', ['Maple syrup']],
    ['绿茶', ['龙井绿茶']],
    ['茶', ['龙井绿茶']],
    ['ข้าว', ['ข้าวหอมมะลิ']],
  ])('%s', async (words, titles) => {
    expect((await found({ words })).toSorted()).toEqual(titles.toSorted())
  })

  test.each([
    ['丝巾', 'Batik scarf of silk'],
    ['skaf sutera', 'Batik scarf of silk'],
    ['ผ้าพันคอ', 'Batik scarf of silk'],
    ['foulard', 'Batik scarf of silk'],
    ['枫糖浆', 'Maple syrup'],
    ['green tea', '龙井绿茶'],
    ['riz', 'ข้าวหอมมะลิ'],
  ])('%s, which nobody wrote, finds %s by the name of its code', async (words, title) => {
    expect(await found({ words })).toContain(title)
  })

  test('goods that hold all words come before goods that hold some', async () => {
    expect((await found({ words: 'wool scarf' }))[0]).toBe('Scarf of wool')
  })

  test('a typo is mended, and said', async () => {
    const answer = await search({ words: 'mapel' })
    expect(answer.keys[0]?.offerId).toBe(idOf(2))
    expect(answer.corrected).toEqual([{ word: 'mapel', meant: ['maple'] }])
  })

  test('a word that nothing holds is left out, and said', async () => {
    expect(await search({ words: 'maple xyzzyqwrt' })).toMatchObject({
      unknown: ['xyzzyqwrt'],
      isLoose: true,
      count: 1,
    })
  })

  test('words that nothing holds find nothing', async () => {
    expect(await search({ words: 'xyzzyqwrt 9x8y7z' })).toMatchObject({ keys: [], count: 0 })
  })

  test.each([
    "'",
    "o'neil",
    '\\',
    "\\'",
    ':*',
    'a & !b | (',
    '<->',
    '%',
    '~oMY',
    '\u0000',
    '🧣',
    'x'.repeat(500),
  ])('whatever is typed is words: %j', async (words) => {
    await expect(search({ words: words.replaceAll('\0', '') })).resolves.toBeDefined()
  })
})

describe('filters', () => {
  test.each<[string, Partial<Search>, string[]]>([
    ['origin', { origin: 'TH' }, ['ข้าวหอมมะลิ']],
    ['chapter', { category: '62', origin: 'MY' }, ['Batik scarf of silk', 'Silk tie']],
    ['heading', { category: '6214' }, ['Batik scarf of silk', 'Scarf of wool']],
    ['seller', { business: bo }, ['Maple syrup', 'Scarf of wool']],
    ['destination', { destination: 'CA' }, ['Batik scarf of silk', '龙井绿茶', 'ข้าวหอมมะลิ']],
    ['words and destination', { words: 'scarf', destination: 'CN' }, ['Batik scarf of silk']],
    ['price', { destination: 'CN', priceTo: 8_000n }, ['Maple syrup', 'ข้าวหอมมะลิ']],
    ['price from', { destination: 'CN', priceFrom: 12_001n }, ['Batik scarf of silk']],
    ['words and price', { words: 'silk', destination: 'CN', priceTo: 20_000n }, ['Silk tie']],
    ['nothing left', { origin: 'TH', category: '62' }, []],
  ])('%s', async (_, asked, titles) => {
    expect((await found(asked)).toSorted()).toEqual(titles.toSorted())
  })

  test('by price, cheapest at the door first, with words and without', async () => {
    const cheapest = ['ข้าวหอมมะลิ', 'Maple syrup', 'Silk tie', 'Batik scarf of silk']
    expect(await found({ destination: 'CN', sort: 'price' })).toEqual(cheapest)
    expect(await found({ destination: 'CN', sort: 'price', origin: 'MY' })).toEqual(
      cheapest.slice(2),
    )
    expect(await found({ words: 'silk', destination: 'CN', sort: 'price' })).toEqual(
      cheapest.slice(2),
    )
  })

  test('newest first without words', async () => {
    expect((await found({}))[0]).toBe('Scarf of wool')
  })

  test('a facet counts what else there would be without its own filter', async () => {
    const { facets } = await search({ origin: 'CA' })
    expect(facets.origin).toContainEqual({ value: 'MY', count: 2 })
    expect(facets.chapter.toSorted((a, b) => (a.value < b.value ? -1 : 1))).toEqual([
      { value: '17', count: 1 },
      { value: '62', count: 1 },
    ])
    expect(facets.business).toEqual([{ value: bo, count: 2 }])
  })
})

describe('pages', () => {
  test.each<[string, Partial<Search>]>([
    ['newest', {}],
    ['best', { words: 'scarf silk tea rice syrup' }],
    ['price', { destination: 'CN', sort: 'price' }],
  ])('%s: every one once, in the same order as on one page', async (_, asked) => {
    const whole = await found(asked)
    const parts: (string | undefined)[] = []
    let after: string | undefined
    do {
      const page = await search({ ...asked, size: 2, after })
      parts.push(...page.keys.map(({ offerId }) => goods[Number(offerId.slice(-12))]?.title))
      after = page.next
    } while (after !== undefined)
    expect(parts).toEqual(whole)
  })

  test.each(['', 'x', '1_2', `1e9_${idOf(1)}`, "1_' or true --"])(
    'an address that is none of ours begins at the first page: %j',
    async (after) => {
      expect((await search({ after })).keys).toHaveLength(goods.length)
    },
  )
})

test('200 questions in five languages: nine of ten wanted goods are on the first page', async () => {
  await db.pool.query('truncate offer_documents')
  expect(rowsOf('queries.tsv')).toHaveLength(200)
  const { scores } = await measureRelevance(db, names)
  for (const { locale, questions, first, found: all, reciprocal } of scores) {
    console.log(
      `relevance ${locale}: ${questions} questions, first ${Math.round(first * 100)} %, ` +
        `found ${Math.round(all * 100)} %, mean reciprocal place ${reciprocal.toFixed(2)}`,
    )
    expect(first, locale).toBeGreaterThanOrEqual(0.8)
    expect(all, locale).toBeGreaterThanOrEqual(0.9)
  }
}, 60_000)
