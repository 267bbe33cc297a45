// Who looks: their language, where goods shall go, and in what money they think. All of it is remembered in cookies that
// plain forms set, and guessed from the browser until somebody says.
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isCurrency } from '../../basis/currency.ts'
import { usualDestinations } from '../../tariff/index.ts'
import { pathWithin, readerOf, type Reader } from '../../ui/index.ts'
import type { ShopParts } from './parts.ts'

/** A reader of the hub's pages who may buy. */
export interface Visitor extends Reader {
  /** The hub's own address, for links that leave it. */
  site: string
  destination: string
  /** The money of the destination, in which the price is owed. */
  owed: string | undefined
  /** What prices are also shown in, where the visitor chose another. */
  currency: string | undefined
}

const year = 31_536_000

export function visitorOf(c: Context, parts: ShopParts): Visitor {
  const destination = destinationOf(c, parts)
  const owed = moneyOf(destination, parts)
  const wanted = getCookie(c, 'currency')
  return {
    ...readerOf(c),
    hub: parts.hub,
    site: siteOf(c),
    destination,
    owed,
    currency: wanted && isCurrency(wanted) && wanted !== owed ? wanted : undefined,
  }
}

/** Where the hub is reached: as its operator wrote it down, else as this request did. */
export const siteOf = (c: Context): string =>
  (c as Context<{ Variables: { origin?: string } }>).get('origin') ?? new URL(c.req.url).origin

/** What the visitor chose, the country of the browser's language, the hub's own, else the first that people compare. */
export function destinationOf(
  c: Context,
  { tariff, hub }: Pick<ShopParts, 'tariff' | 'hub'>,
): string {
  const { destinations } = tariff()
  const regions = [...(c.req.header('accept-language') ?? '').matchAll(/[a-z]{2,3}-([A-Z]{2})\b/g)]
  const wishes = [
    getCookie(c, 'destination'),
    ...regions.map(([, region]) => region),
    hub.territory,
  ]
  return (
    wishes.find((wish) => wish && destinations.includes(wish)) ??
    usualDestinations(destinations, '')[0] ??
    'MY'
  )
}

/** Undefined where the rules of a country cannot be read. */
export function moneyOf(destination: string, { tariff, today }: ShopParts): string | undefined {
  try {
    return tariff().on(destination, today()).currency
  } catch {
    return undefined
  }
}

/** GET /choose: keeps where goods shall go and in what money to show prices, and leads back. */
export function choose(c: Context, { tariff }: ShopParts): Response {
  const { destination, currency, next } = c.req.query()
  if (destination && tariff().destinations.includes(destination))
    keep(c, 'destination', destination)
  if (currency === '' || (currency && isCurrency(currency))) keep(c, 'currency', currency)
  return c.redirect(pathWithin(next), 303)
}

function keep(c: Context, name: string, value: string): void {
  const secure = new URL(siteOf(c)).protocol === 'https:'
  setCookie(c, name, value, { path: '/', maxAge: year, sameSite: 'Lax', secure })
}
