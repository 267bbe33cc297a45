/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { readerOf } from '../../ui/index.ts'
import { Refusal } from '../../basis/refusal.ts'
import type { Context } from 'hono'
import { addDays, isDay } from '../../basis/day.ts'
import { compareDays } from '../compare-days.ts'
import { RulesError } from '../rules/read-yaml.ts'
import { hrefOf, isBlank } from './ask.ts'
import { ChangesPage, type Changed } from './changes-page.tsx'
import { checkAsk } from './check-ask.ts'
import { within } from './compare.ts'
import type { TariffParts } from './landed-cost.ts'
import type { TariffEnv } from './problem.ts'
import { askOf } from './show-cost.tsx'

/** GET /cost/changes: the same goods under the law of two days. */
export function showChanges(
  c: Context<TariffEnv>,
  parts: TariffParts,
): Response | Promise<Response> {
  const reader = readerOf(c)
  const ask = askOf(reader.url.searchParams, parts)
  if (!ask.lines.some((line) => !isBlank(line))) return c.redirect('/cost', 303)
  const tariff = parts.tariff()
  const checked = checkAsk(ask, tariff, reader.language)
  // The page of the question says what is wrong with it.
  if ('errors' in checked) return c.redirect(hrefOf(ask), 303)
  const wanted = reader.url.searchParams.get('since') ?? ''
  const since = isDay(wanted) ? wanted : addDays(ask.on, -365)
  const options = { strict: ask.strict, ownDigits: ask.to.length === 1 }
  const changed = ask.to
    .filter((to) => within(ask.from, to, tariff).length === 0)
    .map((to): Changed => {
      try {
        return { to, comparison: compareDays(tariff, checked.basket, to, [since, ask.on], options) }
      } catch (error) {
        if (!(error instanceof RulesError || error instanceof Refusal)) throw error
        parts.report(error, `no comparison for ${to}`)
        return { to }
      }
    })
  return c.html(<ChangesPage reader={reader} ask={ask} since={since} changed={changed} />)
}
