import { describe, expect, test } from 'vitest'
import { realTariff } from '../../../test/cli/real-rules.ts'
import { tariffRoutes } from '../routes.tsx'
import { compareMarkets } from './compare-markets.ts'

// Prices of many countries that can be compared: each also in one money, with where the rate of exchange comes from.

const app = tariffRoutes({
  tariff: () => realTariff,
  today: () => '2026-11-22',
  hub: { name: 'Test hub', territory: 'MY' },
  report: () => {},
})
const scarf = {
  from: 'MY',
  on: '2026-11-22',
  currency: 'MYR',
  freight: '45.00',
  'goods-1': 'Batik scarf',
  'code-1': '6214.10',
  'price-1': '108.39',
  'mass-1': '0.2',
}
const page = async (more: Record<string, string> = {}): Promise<string> =>
  (await app.request(`/cost/markets?${new URLSearchParams({ ...scarf, ...more })}`)).text()
/** The cells of the row of a country, as text. */
function rowOf(html: string, country: string): string[] {
  const row =
    html
      .split('<tr')
      .slice(1)
      .find((each) => each.includes(country)) ?? ''
  return row
    .split(/<t[hd]/)
    .slice(1)
    .map((cell) =>
      cell
        .slice(cell.indexOf('>') + 1)
        .replaceAll(/<[^>]+>/g, '')
        .trim(),
    )
}

describe('the market finder', () => {
  test('shows each price also in the money of the goods', async () => {
    const [, price, about] = rowOf(await page(), 'United Kingdom')
    expect(price).toMatch(/^GBP\s[\d.]+$/)
    expect(about).toMatch(/^≈ MYR\s[\d.]+$/)
  })

  test('or in the one that the reader chose, and keeps the choice when it sorts', async () => {
    const html = await page({ in: 'USD' })
    expect(rowOf(html, 'United Kingdom')[2]).toMatch(/^≈ USD\s[\d.]+$/)
    expect(html).toMatch(/href="\/cost\/markets\?[^"]*in=USD&amp;sort=price"/)
    expect(rowOf(await page({ in: 'XXX' }), 'United Kingdom')[2]).toMatch(/^≈ MYR/)
  })

  test('sorts by what prices are in one money, those without one last', async () => {
    const html = await page({ sort: 'price' })
    const about = [...html.matchAll(/≈ MYR\s([\d.,]+)/g)].map(([, each]) =>
      Number(each!.replaceAll(',', '')),
    )
    expect(about.length).toBeGreaterThan(10)
    expect(about).toEqual(about.toSorted((a, b) => a - b))
    const first = html.indexOf('We hold no duty rate')
    expect(first).toBeGreaterThan(html.indexOf(`≈ MYR`))
    expect(html.slice(first)).not.toMatch(/≈ MYR\s\d/)
  })

  test('says why there is no price', async () => {
    const html = await page()
    expect(rowOf(html, 'United States')[1]).toContain('depends on the country’s own line')
    expect(rowOf(html, 'Canada')[1]).toBe('We hold no duty rate for this code')
  })

  test('explains its marks, and names source and day of each rate', async () => {
    const html = await page()
    for (const words of [
      'Everything that is charged is in the price',
      'we hold no rules on it',
      'to compare, not to pay',
      'HM Revenue and Customs, rates of the month, Aug 1, 2026',
    ])
      expect(html).toContain(words)
  })

  test.each(['en', 'zh-Hans', 'ms', 'th', 'fr'])('speaks %s', async (lang) =>
    expect(await page({ lang, wanted: '1.00' })).not.toMatch(/tariff\.[a-z]+\./),
  )
})

describe('prices made comparable', () => {
  const market = (to: string, currency: string, landed: string | null) => ({
    to,
    currency,
    landed,
    status: 'complete' as const,
    route: null,
    duty: '0',
    tax: '0',
    fees: '0',
    chargesShare: null,
    reasons: [],
  })
  // The European Central Bank on 1 December 2017: 1 euro is 1.1885 dollars and 133.7 yen.
  test.each([
    ['US', 'USD', '118.85', '100.00'],
    ['JP', 'JPY', '1337', '10.00'],
    ['DE', 'EUR', '5.00', '5.00'],
  ])('%s: %s %s is about %s euros', (to, currency, landed, about) => {
    const { comparable } = compareMarkets(
      [market(to, currency, landed)],
      'EUR',
      '2017-12-01',
      realTariff,
    )
    expect(comparable.get(to)).toBe(about)
  })

  test('one source and day is named once, with all its currencies; the own money needs none', () => {
    const all = [
      market('US', 'USD', '1.00'),
      market('JP', 'JPY', '1'),
      market('DE', 'EUR', '1.00'),
      market('CN', 'CNY', null),
      market('XX', 'XXX', '1.00'),
    ]
    const { rates, comparable } = compareMarkets(all, 'EUR', '2017-12-01', realTariff)
    expect(rates).toEqual([
      { currencies: ['USD', 'JPY'], sources: ['European Central Bank'], date: '2017-12-01' },
    ])
    expect([...comparable.keys()]).toEqual(['US', 'JP', 'DE'])
  })
})
