/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Day } from '../../basis/day.ts'
import { parseTariffCode } from '../../basis/hs.ts'
import { Notice, readerOf } from '../../ui/index.ts'
import type { TerritoryRules } from '../rules/read-rules.ts'
import { RulesError } from '../rules/read-yaml.ts'
import { findRule } from './find-rule.ts'
import { dayOf, type TariffParts } from './landed-cost.ts'
import { LinePage, NoSchedulePage } from './line-page.tsx'
import { problem, type TariffEnv } from './problem.ts'
import { RulePage } from './rule-page.tsx'
import { RulesIndexPage } from './rules-index-page.tsx'
import { Shell } from './shell.tsx'
import { lookUpLine, neighboursOf, scheduleOn } from './tariff-line.ts'
import { TerritoryPage } from './territory-page.tsx'

type Handled = Response | Promise<Response>

export function showRulesIndex(c: Context<TariffEnv>, parts: TariffParts): Handled {
  return c.html(<RulesIndexPage reader={readerOf(c)} tariff={parts.tariff()} />)
}

export function showTerritory(c: Context<TariffEnv>, parts: TariffParts): Handled {
  const asked = askedOf(c, parts)
  if (!asked) return notHere(c)
  return c.html(<TerritoryPage reader={readerOf(c)} {...asked} />)
}

export function showRule(c: Context<TariffEnv>, parts: TariffParts): Handled {
  const asked = askedOf(c, parts)
  const id = c.req.param('rule') ?? ''
  const rule = asked && findRule(asked.rules, id, asked.on)
  if (!rule) return notHere(c)
  const { rules, on } = asked
  return c.html(
    <RulePage reader={readerOf(c)} territory={rules.territory} id={id} on={on} rule={rule} />,
  )
}

export function showLine(c: Context<TariffEnv>, parts: TariffParts): Handled {
  const asked = askedOf(c, parts)
  const code = parseTariffCode(c.req.param('code') ?? '')
  if (!asked || !code) return notHere(c)
  const { rules, on } = asked
  const found = lookUpLine(parts.tariff(), rules.territory, code, on)
  const columns = scheduleOn(parts.tariff(), rules.territory, code, on)?.schedule.columns
  const reader = readerOf(c)
  if (!found || !columns)
    return c.html(
      <NoSchedulePage reader={reader} territory={rules.territory} code={code} on={on} />,
      404,
    )
  return c.html(
    <LinePage
      reader={reader}
      rules={rules}
      found={found}
      neighbours={neighboursOf(parts.tariff(), rules.territory, code, on)}
      mfnAt={columns.indexOf('mfn')}
      nameOf={(each) =>
        found.schedule.hs === '2022'
          ? parts.nameOf?.(each.slice(0, 6), reader.language.locale)
          : undefined
      }
    />,
  )
}

/** The same look-up for programs. */
export function tellLine(c: Context<TariffEnv>, parts: TariffParts): Response {
  const territory = c.req.param('territory') ?? ''
  const tariff = parts.tariff()
  const on = dayOf(c.req.query('on'), parts.today())
  if (!on)
    return problem(c, 422, 'bad-day', 'A day is YYYY-MM-DD.', [{ at: 'on', reason: 'no day' }])
  const code = parseTariffCode(c.req.param('code') ?? '')
  if (!code)
    return problem(c, 422, 'bad-code', 'A code has 4 to 12 digits.', [
      { at: 'code', reason: 'no tariff code' },
    ])
  if (!tariff.territories.includes(territory))
    return problem(c, 404, 'unknown-territory', `Known: ${tariff.territories.join(', ')}.`)
  try {
    const found = lookUpLine(tariff, territory, code, on)
    if (!found) return problem(c, 404, 'no-schedule', 'No schedule of that day holds the chapter.')
    if (found.lines.length === 0)
      return problem(c, 404, 'no-line', 'The schedule has no such line.')
    return c.json(found)
  } catch (error) {
    if (!(error instanceof RulesError)) throw error
    parts.report(error, `the rules of ${territory} cannot be read`)
    return problem(c, 503, 'rules-broken', 'The rules of this territory cannot be read right now.')
  }
}

type AskedRules = { rules: TerritoryRules; on: Day }

/** The territory of the address and the day; undefined where we have nothing to show. */
function askedOf(c: Context<TariffEnv>, parts: TariffParts): AskedRules | undefined {
  const territory = c.req.param('territory') ?? ''
  const on = dayOf(c.req.query('on'), parts.today())
  if (!on || !parts.tariff().territories.includes(territory)) return undefined
  try {
    return { rules: parts.tariff().rules(territory), on }
  } catch (error) {
    if (!(error instanceof RulesError)) throw error
    parts.report(error, `the rules of ${territory} cannot be read`)
    return undefined
  }
}

function notHere(c: Context<TariffEnv>): Handled {
  const reader = readerOf(c)
  const { t } = reader.language
  return c.html(
    <Shell reader={reader} title={t('tariff.notHere.title')}>
      <div class="wrap band stack">
        <h1>{t('tariff.notHere.title')}</h1>
        <Notice tone="plain">
          <p>{t('tariff.notHere.text')}</p>
          <p>
            <a href="/rules">{t('tariff.rules.title')}</a>
          </p>
        </Notice>
      </div>
    </Shell>,
    404,
  )
}
