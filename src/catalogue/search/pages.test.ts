// Hubs with more goods than a search looks at: pages lead to the end all the same.
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { mostLookedAt } from './found-by.ts'
import { searchOffers, type Search } from './search-offers.ts'
import './schema.ts'

const db = await testDatabase()
const hub = '0199d2f0-0000-7000-8000-000000000001'
const amina = '0199d2f0-0000-7000-8000-00000000000a'
const idOf = (at: number) => `0199d2f0-0000-7000-8000-${String(at).padStart(12, '0')}`
const search = (asked: Partial<Search>) =>
  searchOffers(db.kysely, { words: '', size: 10, ...asked })

describe('more goods than are looked at', () => {
  // The older half of the soap was brought in at one instant; towels were published after all of it.
  const [soap, towels] = [2_400, 13_000]

  beforeAll(async () => {
    await bulk(
      'soap',
      0,
      soap,
      `case when n < 1200 then '2026-01-01'::timestamptz
      else '2026-01-02'::timestamptz + n * interval '1 microsecond' end`,
    )
    await bulk('towel', soap, towels, `'2026-03-01'::timestamptz + n * interval '1 second'`)
    // As autovacuum does: the hub knows that it is large.
    await db.pool.query('analyze offer_documents')
  })

  test.each<[string, Partial<Search>, number]>([
    ['newest', {}, soap + towels],
    ['newest that reach Canada', { destination: 'CA' }, soap + towels],
    ['cheapest', { destination: 'CA', sort: 'price' }, soap + towels],
    ['words, the best first', { words: 'soap' }, soap],
    ['words, some of them', { words: 'soap towel' }, soap + towels],
    ['words, newest', { words: 'soap', sort: 'newest' }, soap],
    ['words, cheapest', { words: 'soap', destination: 'CA', sort: 'price' }, soap],
    ['words in a wide price range', { words: 'soap', destination: 'CA', priceTo: 900n }, 2_200],
    ['words in a narrow price range', { words: 'soap', destination: 'CA', priceTo: 40n }, 120],
    ['a wide price range', { destination: 'CA', priceFrom: 501n }, 7_500],
    ['a narrow price range', { destination: 'CA', priceFrom: 1000n }, 15],
    ['origin', { origin: 'MY' }, soap],
    ['all of few, in order', { words: 'soap', destination: 'CA', priceTo: 1n, sort: 'price' }, 3],
  ])('%s: pages lead to every one, once', async (_, asked, expected) => {
    const ids: string[] = []
    let after: string | undefined
    do {
      const page = await search({ ...asked, size: 400, after })
      expect(page.keys.length).toBeGreaterThan(0)
      ids.push(...page.keys.map(({ offerId }) => offerId))
      after = page.next
    } while (after !== undefined)
    expect(ids).toHaveLength(expected)
    expect(new Set(ids).size).toBe(expected)
  })

  test.each(['~', 'x~y', `${'9'.repeat(17)}_${idOf(1)}`, `-${'9'.repeat(17)}_${idOf(1)}~`])(
    'whatever an address says, there is an answer: %s',
    async (after) => {
      for (const asked of [{}, { words: 'soap' }, { destination: 'CA', sort: 'price' as const }])
        await expect(search({ ...asked, after })).resolves.toBeDefined()
    },
  )

  test('the order goes on from page to page', async () => {
    const cheapest: Partial<Search> = { words: 'soap', destination: 'CA', sort: 'price', size: 100 }
    const first = await search(cheapest)
    const second = await search({ ...cheapest, after: first.next })
    const priceOf = new Map(
      (await db.pool.query('select offer_id, total_minor from offer_prices')).rows.map(
        (row: { offer_id: string; total_minor: bigint }) => [row.offer_id, Number(row.total_minor)],
      ),
    )
    const prices = [...first.keys, ...second.keys].map(({ offerId }) => priceOf.get(offerId) ?? 0)
    expect(prices).toHaveLength(200)
    expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    const newest = await search({ words: 'towel', sort: 'newest', size: 2 })
    expect(newest.keys.map(({ offerId }) => offerId)).toEqual(
      [1, 2].map((back) => idOf(soap + towels - back)),
    )
  })

  test.each<[string, Partial<Search>, object]>([
    ['too many to count', { words: 'soap' }, { count: mostLookedAt, isMore: true }],
    ['counted', { words: 'soap', destination: 'CA', priceTo: 40n }, { count: 120, isMore: false }],
    ['none', { origin: 'TH' }, { count: 0, isMore: false }],
  ])('%s: the count says how much it knows', async (_, asked, said) => {
    expect(await search(asked)).toMatchObject(said)
  })

  test('of many within limits no more are claimed than were seen', async () => {
    const asked = { words: 'towel', destination: 'CA', priceTo: 500n }
    const { count, isMore } = await search(asked)
    expect(isMore).toBe(true)
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThanOrEqual(6_500)
  })
})

/** Goods that hold one word, priced 1 to 1,000 in turn. Soap comes from Malaysia. */
async function bulk(word: string, from: number, count: number, published: string): Promise<void> {
  await db.pool.query(
    `insert into offer_documents (home_hub, business_id, offer_id, words, origin, published_at, priced_on)
     select $1, $2, ('0199d2f0-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
       ($3 || ':1A ~dCA' || case when $3 = 'soap' then ' ~oMY' else '' end)::tsvector,
       null, ${published}, '2026-11-22' from generate_series($4::int, $5::int) n`,
    [hub, amina, word, from, from + count - 1],
  )
  await db.pool.query(
    `insert into offer_prices (home_hub, business_id, offer_id, destination, day, state, total_minor, currency)
     select home_hub, business_id, offer_id, 'CA', '2026-11-22', 'complete',
       1 + (right(offer_id::text, 12)::int % 1000), 'CAD'
     from offer_documents where words @@ $1::tsquery`,
    [word],
  )
  await db.pool.query('insert into search_words values ($1) on conflict do nothing', [word])
}
