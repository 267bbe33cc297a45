/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { readerOf, type Reader } from '../../ui/index.ts'
import type { Context } from 'hono'
import { currencies } from '../../basis/currency.ts'
import type { Tariff } from '../create-tariff.ts'
import { isInForce } from '../rules/versions.ts'
import { AnswersPage } from './answers-page.tsx'
import { viewQuery, type View } from './answers-table.tsx'
import { hrefOf, isBlank, type Ask } from './ask.ts'
import { checkAsk } from './check-ask.ts'
import { compare, sortRows, sorts, type Sort } from './compare.ts'
import { wayBack, wayToClassify } from './find-code.ts'
import type { TariffParts } from './landed-cost.ts'
import { convertible, offersFor } from './offers.ts'
import { countryChoices, usualDestinations } from './places.ts'
import type { TariffEnv } from './problem.ts'
import { QuestionPage } from './question-page.tsx'
import type { TaxNames } from './receipt.tsx'
import { readAsk } from './read-ask.ts'
import { lookAtLines } from './which-line.ts'

/** GET /cost: reads the question from the address and shows its answer, or the form that asks it. */
export function showCost(c: Context<TariffEnv>, parts: TariffParts): Response | Promise<Response> {
  const reader = readerOf(c)
  const query = reader.url.searchParams
  const way = wayToClassify(query, '/cost/question') ?? wayBack(query, '/cost/question')
  if (way) return c.redirect(way, 303)
  const ask = askOf(query, parts)
  const view = viewOf(query)
  const again = [...query.keys()].filter((key) => key.startsWith('also-'))
  if (again.length > 0) {
    const hash = again.includes('also-on') ? '' : 'receipt'
    return c.redirect(hrefOf(ask, { more: viewQuery(view), hash }), 303)
  }
  return c.html(page(reader, ask, view, parts))
}

/** The question of an address, with this hub's own country as where goods come from. */
export function askOf(query: URLSearchParams, parts: TariffParts): Ask {
  const tariff = parts.tariff()
  const from = query.get('from') ?? parts.hub.territory ?? 'MY'
  return readAsk(query, {
    from,
    currency: currencyOf(from, tariff, parts),
    on: parts.today(),
    to: usualDestinations(tariff.destinations, from),
  })
}

/** The currency of a country with rules; of another, the one that most of the world quotes in. */
function currencyOf(country: string, tariff: Tariff, { today }: TariffParts): string {
  if (!tariff.territories.includes(country)) return 'USD'
  try {
    const dated = tariff.rules(country).currency
    return dated.find((each) => isInForce(each, today()))?.currency ?? 'USD'
  } catch {
    return 'USD'
  }
}

function viewOf(query: URLSearchParams): View {
  const sort = query.get('sort') as Sort
  return {
    see: query.get('see') ?? undefined,
    sort: sorts.includes(sort) ? sort : 'price',
    isDown: query.get('order') === 'down',
  }
}

function page(reader: Reader, ask: Ask, view: View, parts: TariffParts) {
  const { language, url } = reader
  const query = url.searchParams
  const tariff = parts.tariff()
  const isEditing = query.has('add') || query.has('remove') || url.pathname.endsWith('/question')
  const isAsked = ask.lines.some((line) => !isBlank(line)) || query.has('asked')
  const checked = isAsked && !isEditing ? checkAsk(ask, tariff, language) : { errors: [] }
  if ('errors' in checked)
    return (
      <QuestionPage
        reader={reader}
        ask={ask}
        errors={checked.errors}
        offers={offersFor(ask, parts, convertible(currencies, tariff, parts.today()))}
        countries={countryChoices(language)}
        destinations={tariff.destinations}
        isNew={!isAsked && !isEditing}
      />
    )
  const names = { of: language.country, compare: new Intl.Collator(language.locale).compare }
  const rows = sortRows(compare(ask, checked.basket, parts), view.sort, view.isDown, names)
  return (
    <AnswersPage
      reader={reader}
      ask={ask}
      rows={rows}
      view={view}
      taxesOf={(to) => taxesOf(to, tariff)}
      look={(answer, line) => lookAtLines(parts, answer, line, language.locale)}
    />
  )
}

function taxesOf(to: string, tariff: Tariff): TaxNames {
  return new Map(tariff.rules(to).taxes.map(({ id, kind, name }) => [id, { kind, name }]))
}
