// A territory's law as of one day, in the form the assessment reads: versions chosen, rates parsed, conditions
// turned into functions. Nothing here depends on a basket, so one compiled tariff serves every quote of its day.
import type { Day } from '../../basis/day.ts'
import { multiply, parseDecimal } from '../../basis/ratio.ts'
import { Refusal } from '../../basis/refusal.ts'
import { makeConversion, makeRounding } from './compile-money.ts'
import {
  compileAgreement,
  compileCovers,
  compileRegime,
  compileTax,
  held,
  inRegimes,
  sharesOf,
  textRate,
} from './compile-records.ts'
import { compileBasketCondition, compileLineCondition, type ConditionContext } from './condition.ts'
import { editionOn } from './editions.ts'
import type { CompileSources, RoundingRule, Stage, TariffOnDay } from './law.ts'
import { makeLineLaw, type LineLaw } from './line-law.ts'
import { nothingShared } from './share.ts'
import type { TerritoryRules } from './read-rules.ts'
import { roundingStages } from './schema.ts'
import type { Group } from './records.ts'
import { isInForce } from './versions.ts'

export function compileTariff(
  rules: TerritoryRules,
  day: Day,
  sources: CompileSources,
): TariffOnDay {
  const currency = rules.currency.find((each) => isInForce(each, day))?.currency
  if (currency === undefined)
    throw new Refusal('no-law-on-day', { territory: rules.territory, day, reason: 'no-currency' })
  const conversion = makeConversion(rules, day, currency, () => sources.exchange)
  const context: ConditionContext = {
    countries: (place) => countriesOf(place, day, sources.groups),
    toMinor: (amount) => {
      const [figure = '', code = ''] = amount.split(' ')
      const factor = conversion(code)?.factor
      const value = parseDecimal(figure)
      return factor && value && multiply(value, factor)
    },
  }
  const rounding = makeRounding(rules, day, currency)
  const exchangeRule = held(rules.exchange, day)[0]
  const taxes = held(rules.taxes, day)
  const taxRecords = taxes.map(({ record }) => record)
  const regimes = held(rules.regimes, day).map((each, index) =>
    compileRegime(each, index, context, taxRecords),
  )
  const laws = new Map<string, Map<string, LineLaw>>()
  const shared = nothingShared()
  const tariff: TariffOnDay = {
    territory: rules.territory,
    chain: rules.chain,
    inside: new Set(sources.inside(rules.territory)),
    day,
    edition: editionOn(day),
    currency,
    localTaxes: rules.localTaxes,
    valuations: held(rules.valuation, day).map(({ ref, record }) => ({
      ref,
      when: compileBasketCondition(record.when, context),
      ...sharesOf(record),
    })),
    ...(exchangeRule
      ? { exchangeRule: { ...exchangeRule.ref, exact: exchangeRule.record.exact } }
      : {}),
    regimes,
    reliefs: held(rules.reliefs, day).map(({ ref, record }) => ({
      ref,
      relieves: record.relieves,
      inRegime: inRegimes(record, regimes),
      when: compileBasketCondition(record.when, context),
      lines: compileLineCondition(record.lines, context),
    })),
    waivers: held(rules.waivers, day).map(({ ref, record }) => ({
      ref,
      of: record.of,
      currency: record.max.slice(-3),
      inRegime: inRegimes(record, regimes),
      max: context.toMinor(record.max),
    })),
    taxes: taxes.map((each, index) => compileTax(each, index, day, context, rounding, taxRecords)),
    untaxed: taxes.map(() => 0n),
    fees: held(rules.fees, day).map(({ ref, record }) => ({
      ref,
      per: record.per,
      base: record.base ?? ['customs-value'],
      collected: record.collected ?? 'border',
      inTaxBase: record.in_tax_base ?? false,
      inRegime: inRegimes(record, regimes),
      rate: textRate(record.rate),
      when: compileBasketCondition(record.when, context),
      lines: compileLineCondition(record.lines, context),
    })),
    agreements: held(rules.agreements, day).map((each) => compileAgreement(each, day, context)),
    measures: held(rules.measures, day).map(({ ref, record }) => ({
      ref,
      kind: record.kind,
      flagged: record.flagged ?? false,
      unlessProof: record.unless_proof,
      notWith: record.not_with ?? [],
      rate: record.rate === undefined ? undefined : textRate(record.rate),
      when: compileBasketCondition(record.when, context),
      lines: compileLineCondition(
        record.lines,
        context,
        record.codesPath === undefined
          ? undefined
          : sources.codes(record.codesPath, `${rules.territory}/${record.codes_file}`),
      ),
    })),
    restrictions: held(rules.restrictions, day).map(({ ref, record }) => ({
      ref,
      record,
      when: compileBasketCondition(record.when, context),
      lines: compileLineCondition(record.lines, context),
    })),
    covers: compileCovers(rules.covers, day, context),
    mfnExceptions: held(rules.mfnExceptions, day).map(({ ref, record }) => ({
      ref,
      origins: new Set(record.origin.flatMap(context.countries)),
      column: record.column,
    })),
    limits: limitsOf(rules),
    assumed: new Set(
      regimes.flatMap(({ record }) =>
        record.when?.assumed && record.when.holds ? [record.when.holds] : [],
      ),
    ),
    rounding: Object.fromEntries(roundingStages.map((stage) => [stage, rounding(stage)])) as Record<
      Stage,
      RoundingRule
    >,
    conversion,
    lineLaw(code, hs, origin) {
      const place = hs === tariff.edition ? origin : `${origin} ${hs}`
      let byCode = laws.get(place)
      if (!byCode) laws.set(place, (byCode = new Map()))
      let law = byCode.get(code)
      if (!law) {
        // A hub serves for months: what strangers ask must not grow without bound.
        if (byCode.size > 20_000) byCode.clear()
        law = makeLineLaw(code, hs, origin, tariff, rules, sources, shared)
        byCode.set(code, law)
      }
      return law
    },
  }
  return tariff
}

/** The amounts among max, min, below, above and limit anywhere in the territory's conditions. */
function limitsOf(rules: TerritoryRules): string[] {
  const found = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, each] of Object.entries(value))
      if (typeof each === 'string') {
        if (['max', 'min', 'below', 'above', 'limit'].includes(key)) found.add(each)
      } else walk(each)
  }
  for (const list of [rules.regimes, rules.reliefs, rules.taxes, rules.fees, rules.measures])
    walk(list)
  return [...found]
}

function countriesOf(place: string, day: Day, groups: readonly Group[]): readonly string[] {
  if (!place.startsWith('@')) return [place]
  const group = groups.find(({ id }) => id === place.slice(1))
  if (!group) throw new RangeError(`no country group is called ${place}`)
  return group.members
    .filter((member) => isInForce(member, day))
    .flatMap((member) => member.countries)
}
