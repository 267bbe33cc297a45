// What a visitor asks the search for, as it stands in the address. Every address is an answer: what cannot be read is
// left out.
import { isCountry } from '../../basis/country.ts'
import { parseAmount } from '../../basis/money.ts'
import type { Sort } from '../search/search-offers.ts'

export interface SearchAsk {
  q: string
  /** Two or four digits of the Harmonized System. */
  category: string | undefined
  origin: string | undefined
  /** The slug of a shop. */
  shop: string | undefined
  /** As typed, in the money of the destination. */
  low: string
  high: string
  sort: Sort | undefined
  /** Goods as well that cannot be sent to the visitor. */
  anywhere: boolean
  after: string | undefined
}

const sorts: readonly Sort[] = ['best', 'newest', 'price']

export function readSearch(query: URLSearchParams): SearchAsk {
  const text = (name: string): string => (query.get(name) ?? '').trim()
  const { category, origin, shop, sort } = {
    category: text('category'),
    origin: text('origin'),
    shop: text('shop'),
    sort: sorts.find((each) => each === text('sort')),
  }
  return {
    // A NUL is no text to a database.
    q: text('q').replaceAll('\0', '').slice(0, 200),
    category: /^\d{2}(\d{2})?$/.test(category) ? category : undefined,
    origin: isCountry(origin) ? origin : undefined,
    shop: /^[a-z0-9-]{1,80}$/.test(shop) ? shop : undefined,
    low: text('low').slice(0, 20),
    high: text('high').slice(0, 20),
    sort,
    anywhere: text('anywhere') === '1',
    after: text('after') || undefined,
  }
}

/** The address of the same question with something changed; a change begins at the first page. */
export function searchHref(ask: SearchAsk, change: Partial<SearchAsk>): string {
  const { q, category, origin, shop, low, high, sort, anywhere, after } = {
    ...ask,
    after: undefined,
    ...change,
  }
  const query = new URLSearchParams()
  const given = { q, category, origin, shop, low, high, sort, after }
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
  if (anywhere) query.set('anywhere', '1')
  return `/search?${query}`
}

/** A limit of the price; what is no amount of the currency limits nothing. */
export function limitOf(text: string, currency: string | undefined): bigint | undefined {
  if (text === '' || currency === undefined) return undefined
  const minor = parseAmount(text, currency)
  return minor !== undefined && minor >= 0n && minor < 10n ** 15n ? minor : undefined
}
