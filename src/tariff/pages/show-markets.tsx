/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Refusal } from '../../basis/refusal.ts'
import type { Context } from 'hono'
import { currencies } from '../../basis/currency.ts'
import { type FieldError, type Language, readerOf } from '../../ui/index.ts'
import type { Tariff } from '../create-tariff.ts'
import { findMarkets, wantedPrice, type Market } from '../find-markets.ts'
import { RulesError } from '../rules/read-yaml.ts'
import { isBlank, type Ask } from './ask.ts'
import { checkAsk } from './check-ask.ts'
import { within } from './compare.ts'
import type { TariffParts } from './landed-cost.ts'
import { compareMarkets, type Comparison } from './compare-markets.ts'
import { MarketsPage } from './markets-page.tsx'
import { wayBack, wayToClassify } from './find-code.ts'
import { marketSorts, type MarketSort, type Wanted } from './markets-table.tsx'
import { convertible } from './offers.ts'
import { countryChoices } from './places.ts'
import type { TariffEnv } from './problem.ts'
import { askOf } from './show-cost.tsx'

/** GET /cost/markets: one product at every door we know, and the price it could bear there. */
export function showMarkets(
  c: Context<TariffEnv>,
  parts: TariffParts,
): Response | Promise<Response> {
  const reader = readerOf(c)
  const query = reader.url.searchParams
  const way = wayToClassify(query, '/cost/markets') ?? wayBack(query, '/cost/markets')
  if (way) return c.redirect(way, 303)
  const tariff = parts.tariff()
  const asked = askOf(query, parts)
  // One product, and every destination: whatever else the address carries is of another page.
  const ask = { ...asked, lines: asked.lines.slice(0, 1), to: [...tariff.destinations] }
  const wanted = { amount: query.get('wanted')?.trim() ?? '', currency: ask.currency }
  const isAsked = ask.lines.some((line) => !isBlank(line)) || query.has('asked')
  const found: Found = isAsked ? marketsOf(ask, wanted, parts, reader.language) : { errors: [] }
  const wish = query.get('sort') as MarketSort
  const sort = marketSorts.includes(wish) ? wish : 'share'
  const monies = convertible(currencies, tariff, parts.today())
  const wished = query.get('in') ?? ''
  const money = monies.includes(wished) ? wished : ''
  const { markets } = found
  const comparison = compareMarkets(markets ?? [], money || ask.currency, ask.on, tariff)
  return c.html(
    <MarketsPage
      reader={reader}
      ask={ask}
      wanted={wanted}
      countries={countryChoices(reader.language)}
      currencies={monies}
      money={money}
      errors={found.errors}
      {...(markets
        ? { found: { markets: sorted(markets, sort, comparison, reader.language), comparison } }
        : {})}
      sort={sort}
    />,
  )
}

/** They come by the share of charges; those without a price stay last. */
function sorted(
  markets: readonly Market[],
  sort: MarketSort,
  { comparable }: Comparison,
  language: Language,
): Market[] {
  const { compare } = new Intl.Collator(language.locale)
  const name = ({ to }: Market): string => language.country(to)
  const highest = ({ highestPrice }: Market): number => Number(highestPrice?.amount ?? -1)
  const price = ({ to }: Market): number => Number(comparable.get(to) ?? Infinity)
  if (sort === 'price') return [...markets].sort((a, b) => price(a) - price(b))
  if (sort === 'name') return [...markets].sort((a, b) => compare(name(a), name(b)))
  if (sort === 'highest') return [...markets].sort((a, b) => highest(b) - highest(a))
  return [...markets]
}

type Found = { errors: readonly FieldError[]; markets?: readonly Market[] }

function marketsOf(ask: Ask, wanted: Wanted, parts: TariffParts, language: Language): Found {
  const checked = checkAsk(ask, parts.tariff(), language)
  const price = wanted.amount === '' ? undefined : wantedPrice(wanted.amount, wanted.currency)
  const errors: FieldError[] = 'errors' in checked ? [...checked.errors] : []
  if (wanted.amount !== '' && !price)
    errors.push({ field: 'wanted', message: language.t('tariff.error.wanted') })
  if (errors.length > 0 || 'errors' in checked) return { errors }
  const options = { strict: ask.strict, ...(price ? { wanted: price } : {}) }
  return { errors, markets: findMarkets(readable(ask, parts), checked.basket, ask.on, options) }
}

/** The tariff without the country's own customs union, and without files that cannot be read today. */
function readable({ from, on }: Ask, { tariff, report }: TariffParts): Tariff {
  const whole = tariff()
  const destinations = whole.destinations.filter((to) => {
    if (within(from, to, whole).length > 0) return false
    try {
      whole.on(to, on)
      return true
    } catch (error) {
      if (!(error instanceof RulesError || error instanceof Refusal)) throw error
      report(error, `${to} is left out of the markets`)
      return false
    }
  })
  return Object.create(whole, { destinations: { value: destinations } }) as Tariff
}
