// A territory's law as of one day, in the form the assessment reads: versions chosen, rates parsed, conditions
// turned into functions. Nothing here depends on a basket, so one compiled tariff serves every quote of its day.
import { minorDigits } from '../../basis/currency.ts'
import type { Day } from '../../basis/day.ts'
import { decimal, multiply, parseDecimal, ratio, reduce, type Ratio } from '../../basis/ratio.ts'
import type { RoundingMode } from '../../basis/rounding.ts'
import {
  compileBasketCondition,
  compileLineCondition,
  compileCodes,
  type BasketTest,
  type ConditionContext,
  type LineTest,
} from './condition.ts'
import type { HsEdition } from '../../basis/hs.ts'
import { editionOn, type Editions } from './editions.ts'
import type { ExchangeRates, RateOn } from './exchange.ts'
import { makeLineLaw, type LineLaw } from './line-law.ts'
import { parseRate, type Rate } from './rate.ts'
import type { TerritoryRules } from './read-rules.ts'
import type { Schedule } from './schedule.ts'
import {
  roundingStages,
  type Agreement,
  type BasePart,
  type Citation,
  type Cover,
  type Fee,
  type Group,
  type Kind,
  type Measure,
  type Regime,
  type Relief,
  type Restriction,
  type Tax,
  type Treatment,
  type Valuation,
  type Waiver,
} from './schema.ts'
import { isInForce, versionOn, type Dated, type Sighting } from './versions.ts'

/** What a charge points to: the record that set it, and how firmly that record holds on the day. */
export type RuleRef = {
  readonly id: string
  readonly name: string
  readonly citation?: Citation
  readonly note?: string
  readonly sighting?: Sighting
}
export type TextRate = { readonly text: string; readonly rate: Rate }
export type RoundingRule = {
  readonly id: string
  readonly step: bigint
  readonly mode: RoundingMode
  readonly level: 'line' | 'consignment'
  readonly citation?: Citation
}
type Stage = (typeof roundingStages)[number]

export type CompiledTreatment = {
  readonly when: LineTest
  readonly duty: 'tariff' | 'none' | TextRate
  readonly flat:
    | undefined
    | {
        readonly text: string
        readonly minor: Ratio | undefined
        readonly per: string
      }
  readonly remedy: 'tariff' | 'none' | 'not-read'
  readonly excise: 'tariff' | 'none'
  readonly taxes: Readonly<Record<string, 'import' | 'sale' | 'none'>>
  readonly taxShare: Ratio | undefined
  readonly exciseShare: Ratio | undefined
  readonly taxBase: CompiledBase | undefined
  readonly fees: 'tariff' | 'none'
}
export type CompiledRegime = {
  readonly ref: RuleRef
  readonly index: number
  readonly record: Regime
  /** The basket condition without its own `holds`. */
  readonly when?: BasketTest
  readonly holds?: string
  readonly lines: readonly CompiledTreatment[]
}
export type CompiledRelief = {
  readonly ref: RuleRef
  readonly record: Relief
  readonly when?: BasketTest
  readonly lines: LineTest
}
export type CompiledReduced = {
  readonly ref: RuleRef
  readonly rate: TextRate
  readonly lines: LineTest
  readonly fact?: string
}
export type CompiledTax = {
  readonly ref: RuleRef
  readonly index: number
  readonly record: Tax
  readonly isExcise: boolean
  readonly base: CompiledBase
  readonly rate: TextRate | undefined
  readonly when: BasketTest | undefined
  readonly lines: LineTest
  readonly reduced: readonly CompiledReduced[]
  readonly rounding: RoundingRule
  readonly baseRounding: RoundingRule
}
/** The parts of a tax base as numbers: see `basePart`; from `basePart.firstTax` on, the index of a tax. */
export type CompiledBase = readonly number[]
export const basePart = {
  'customs-value': 0,
  price: 1,
  freight: 2,
  insurance: 3,
  fees: 4,
  duty: 5,
  firstTax: 6,
} as const
export type CompiledFee = {
  readonly ref: RuleRef
  readonly record: Fee
  readonly rate: TextRate
  readonly when?: BasketTest
  readonly lines: LineTest
}
export type CompiledAgreement = {
  readonly ref: RuleRef
  readonly record: Agreement
  readonly origins: ReadonlySet<string>
  readonly rate?: TextRate
  readonly lines: LineTest
  readonly waiver?: BasketTest
}
export type CompiledMeasure = {
  readonly ref: RuleRef
  readonly record: Measure
  readonly rate?: TextRate
  readonly when?: BasketTest
  readonly lines: LineTest
}
export type CompiledCover = { readonly kind: Kind; fits(digits: string, origin: string): boolean }
export type CompiledValuation = {
  readonly ref: RuleRef
  readonly when?: BasketTest
  /** Shares of price, freight and insurance over one denominator. */
  readonly shares: Readonly<Record<'price' | 'freight' | 'insurance', bigint>>
  readonly denominator: bigint
}
export type Conversion = {
  /** Minor units of the territory for one major unit, and for one minor unit, of the currency. */
  readonly factor: Ratio
  readonly perMinor: Ratio
  readonly on: RateOn
}

export type TariffOnDay = {
  readonly territory: string
  readonly chain: readonly string[]
  readonly day: Day
  /** The HS edition in force on the day. */
  readonly edition: HsEdition
  readonly currency: string
  readonly localTaxes: boolean
  readonly valuations: readonly CompiledValuation[]
  readonly exchangeRule?: RuleRef & { readonly exact: boolean }
  readonly regimes: readonly CompiledRegime[]
  readonly reliefs: readonly CompiledRelief[]
  readonly waivers: readonly {
    readonly ref: RuleRef
    readonly record: Waiver
    readonly max: Ratio | undefined
  }[]
  readonly taxes: readonly CompiledTax[]
  readonly fees: readonly CompiledFee[]
  readonly agreements: readonly CompiledAgreement[]
  readonly measures: readonly CompiledMeasure[]
  readonly restrictions: readonly {
    readonly ref: RuleRef
    readonly record: Restriction
    readonly when?: BasketTest
    readonly lines: LineTest
  }[]
  readonly covers: readonly CompiledCover[]
  readonly mfnExceptions: readonly {
    readonly ref: RuleRef
    readonly origins: ReadonlySet<string>
    readonly column: string
  }[]
  /** Every amount that a condition compares with, such as `150.00 EUR`. */
  readonly limits: readonly string[]
  /** Registrations presumed held when the basket does not say. */
  readonly assumed: ReadonlySet<string>
  readonly rounding: Readonly<Record<Stage, RoundingRule>>
  /** Minor units of the territory for one MAJOR unit of the currency; undefined: no rate held. */
  conversion(currency: string): Conversion | undefined
  lineLaw(code: string, hs: HsEdition, origin: string): LineLaw
}

/** What compiling needs beside the territory's own records. */
export type CompileSources = {
  readonly groups: readonly Group[]
  readonly exchange: ExchangeRates
  readonly editions: Editions
  schedule(path: string, name: string): Schedule
  codes(path: string, name: string): readonly string[]
}

export function compileTariff(
  rules: TerritoryRules,
  day: Day,
  sources: CompileSources,
): TariffOnDay {
  const currency = rules.currency.find((each) => isInForce(each, day))?.currency
  if (currency === undefined) throw new RangeError(`${rules.territory} has no currency on ${day}`)
  const conversion = makeConversion(rules, day, currency, sources.exchange)
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
  const tariff: TariffOnDay = {
    territory: rules.territory,
    chain: rules.chain,
    day,
    edition: editionOn(day),
    currency,
    localTaxes: rules.localTaxes,
    valuations: held(rules.valuation, day).map(({ ref, record }) => ({
      ref,
      ...basketTest(record.when, context),
      ...sharesOf(record),
    })),
    ...(exchangeRule
      ? { exchangeRule: { ...exchangeRule.ref, exact: exchangeRule.record.exact } }
      : {}),
    regimes,
    reliefs: held(rules.reliefs, day).map(({ ref, record }) => ({
      ref,
      record,
      ...basketTest(record.when, context),
      lines: compileLineCondition(record.lines, context),
    })),
    waivers: held(rules.waivers, day).map(({ ref, record }) => ({
      ref,
      record,
      max: context.toMinor(record.max),
    })),
    taxes: taxes.map((each, index) => compileTax(each, index, day, context, rounding, taxRecords)),
    fees: held(rules.fees, day).map(({ ref, record }) => ({
      ref,
      record,
      rate: textRate(record.rate),
      ...basketTest(record.when, context),
      lines: compileLineCondition(record.lines, context),
    })),
    agreements: held(rules.agreements, day).map((each) => compileAgreement(each, day, context)),
    measures: held(rules.measures, day).map(({ ref, record }) => ({
      ref,
      record,
      ...(record.rate === undefined ? {} : { rate: textRate(record.rate) }),
      ...basketTest(record.when, context),
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
      ...basketTest(record.when, context),
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
        law = makeLineLaw(code, hs, origin, tariff, rules, sources)
        byCode.set(code, law)
      }
      return law
    },
  }
  return tariff
}

type Record_ = Dated & {
  id: string
  name?: string | undefined
  citation?: Citation
  note?: string | undefined
}

/** The versions that hold on the day, in file order, each with a reference for its charges. */
export function held<T extends Record_>(
  records: readonly T[],
  day: Day,
): { ref: RuleRef; record: T }[] {
  const byId = new Map<string, T[]>()
  for (const record of records) byId.set(record.id, [...(byId.get(record.id) ?? []), record])
  const chosen = new Map<T, Sighting | undefined>()
  for (const versions of byId.values()) {
    const version = versionOn(versions, day)
    if (version) chosen.set(version.record, version.sighting)
  }
  return records.flatMap((record) => {
    if (!chosen.has(record)) return []
    const sighting = chosen.get(record)
    return [{ ref: refOf(record, sighting), record }]
  })
}

function refOf(record: Record_, sighting: Sighting | undefined): RuleRef {
  return {
    id: record.id,
    name: record.name ?? record.id,
    ...(record.citation ? { citation: record.citation } : {}),
    ...(record.note === undefined ? {} : { note: record.note }),
    ...(sighting ? { sighting } : {}),
  }
}

function sharesOf(record: Valuation): Pick<CompiledValuation, 'shares' | 'denominator'> {
  const [price, freight, insurance] = [record.price, record.freight, record.insurance].map((text) =>
    reduce(shareOf(text)),
  ) as [Ratio, Ratio, Ratio]
  return {
    shares: {
      price: price.n * freight.d * insurance.d,
      freight: freight.n * price.d * insurance.d,
      insurance: insurance.n * price.d * freight.d,
    },
    denominator: price.d * freight.d * insurance.d,
  }
}

export const textRate = (text: string): TextRate => ({ text, rate: parseRate(text) })

const shareOf = (text: string): Ratio => {
  const value = decimal(text.slice(0, -1))
  return ratio(value.n, value.d * 100n)
}

function basketTest(
  condition: Parameters<typeof compileBasketCondition>[0],
  context: ConditionContext,
): { when?: BasketTest } {
  const when = compileBasketCondition(condition, context)
  return when ? { when } : {}
}

function compileRegime(
  { ref, record }: { ref: RuleRef; record: Regime },
  index: number,
  context: ConditionContext,
  taxes: readonly Tax[],
): CompiledRegime {
  const { holds, assumed: _, ...others } = record.when ?? {}
  const when = Object.keys(others).length > 0 ? compileBasketCondition(others, context) : undefined
  return {
    ref,
    index,
    record,
    ...(when ? { when } : {}),
    ...(holds === undefined ? {} : { holds }),
    lines: [...(record.lines ?? []), {}].map((line) => compileTreatment(line, context, taxes)),
  }
}

function compileTreatment(
  line: Treatment,
  context: ConditionContext,
  taxes: readonly Tax[],
): CompiledTreatment {
  const duty = line.flat
    ? 'none'
    : line.duty === undefined || line.duty === 'tariff' || line.duty === 'none'
      ? (line.duty ?? 'tariff')
      : textRate(line.duty)
  const { flat } = line
  return {
    when: compileLineCondition(line.when, context),
    duty,
    flat: flat && { text: flat.amount, minor: context.toMinor(flat.amount), per: flat.per },
    remedy: line.remedy ?? (duty === 'tariff' ? 'tariff' : 'not-read'),
    excise: line.excise ?? 'tariff',
    taxes: line.taxes ?? {},
    taxShare: line.tax_share === undefined ? undefined : shareOf(line.tax_share),
    exciseShare: line.excise_share === undefined ? undefined : shareOf(line.excise_share),
    taxBase: line.tax_base && compileBase(line.tax_base, taxes),
    fees: line.fees ?? 'tariff',
  }
}

/** `excise` stands for every tax of that kind; a tax that is not in force that day adds nothing. */
function compileBase(parts: readonly BasePart[], taxes: readonly Tax[]): CompiledBase {
  return parts.flatMap((part) => {
    if (part === 'excise' || part.startsWith('tax:'))
      return taxes.flatMap((tax, index) =>
        (part === 'excise' ? tax.kind === 'excise' : tax.id === part.slice(4))
          ? [basePart.firstTax + index]
          : [],
      )
    return [basePart[part as Exclude<keyof typeof basePart, 'firstTax'>]]
  })
}

function compileTax(
  { ref, record }: { ref: RuleRef; record: Tax },
  index: number,
  day: Day,
  context: ConditionContext,
  rounding: (stage: Stage, tax?: string) => RoundingRule,
  taxes: readonly Tax[],
): CompiledTax {
  return {
    ref,
    index,
    record,
    isExcise: record.kind === 'excise',
    base: compileBase(record.base, taxes),
    rate: record.rate === undefined ? undefined : textRate(record.rate),
    when: compileBasketCondition(record.when, context),
    lines: compileLineCondition(record.lines, context),
    reduced: held(
      (record.reduced ?? []) as (Record_ & NonNullable<Tax['reduced']>[number])[],
      day,
    ).map((each) => ({
      ref: { ...each.ref, name: each.record.name ?? record.name },
      rate: textRate(each.record.rate),
      lines: compileLineCondition(each.record.lines, context),
      ...(each.record.lines.fact === undefined ? {} : { fact: each.record.lines.fact }),
    })),
    rounding: rounding('tax', record.id),
    baseRounding: rounding('tax-base', record.id),
  }
}

function compileAgreement(
  { ref, record }: { ref: RuleRef; record: Agreement },
  day: Day,
  context: ConditionContext,
): CompiledAgreement {
  const members = record.members.filter((each) => isInForce(each, day))
  return {
    ref,
    record,
    origins: new Set(members.flatMap((each) => each.countries.flatMap(context.countries))),
    ...(record.rate === undefined ? {} : { rate: textRate(record.rate) }),
    lines: compileLineCondition(record.lines, context),
    ...(record.waiver
      ? { waiver: compileBasketCondition({ value: record.waiver }, context) as BasketTest }
      : {}),
  }
}

function compileCovers(
  covers: readonly Cover[],
  day: Day,
  context: ConditionContext,
): CompiledCover[] {
  return held(covers as (Record_ & Cover)[], day).map(({ record }) => {
    const chapters = record.chapters
      ? compileCodes(record.chapters.split(',').map((each) => each.trim()))
      : undefined
    const line = compileLineCondition(
      {
        ...(record.codes ? { codes: record.codes } : {}),
        ...(record.codes_not ? { codes_not: record.codes_not } : {}),
        ...(record.origin ? { origin: record.origin } : {}),
        ...(record.origin_not ? { origin_not: record.origin_not } : {}),
      },
      context,
    )
    return {
      kind: record.kind,
      fits: (digits, origin) =>
        (!chapters || chapters.has(digits.slice(0, 2))) && line.matches(digits, origin),
    }
  })
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

function makeRounding(rules: TerritoryRules, day: Day, currency: string) {
  const records = held(rules.rounding, day)
  const perMajor = 10n ** BigInt(minorDigits(currency) ?? 2)
  return (stage: Stage, tax?: string): RoundingRule => {
    const found = records.find(
      ({ record }) =>
        record.stage === stage &&
        (!record.applies || (tax !== undefined && record.applies.includes(tax))),
    )
    if (!found) return { id: 'default', step: 1n, mode: 'half-up', level: 'line' }
    const { record } = found
    const unit = decimal(record.unit)
    const step = (unit.n * perMajor) / unit.d
    if (step < 1n) throw new RangeError(`${record.id}: ${record.unit} is finer than a minor unit`)
    return {
      id: record.id,
      step,
      mode: record.mode,
      level: record.level,
      citation: record.citation,
    }
  }
}

function makeConversion(
  rules: TerritoryRules,
  day: Day,
  currency: string,
  exchange: ExchangeRates,
): (from: string) => Conversion | undefined {
  const known = new Map<string, Conversion | undefined>()
  const rule = held(rules.exchange, day)[0]?.record
  const perMajor = 10n ** BigInt(minorDigits(currency) ?? 2)
  return (from) => {
    if (!known.has(from)) {
      const on =
        from === currency
          ? exchange.rate(from, currency, day, { source: 'ecb', rule: 'latest' })
          : rule && exchange.rate(from, currency, day, rule)
      known.set(from, on && conversionOf(on, perMajor, from))
    }
    return known.get(from)
  }
}

function conversionOf(on: RateOn, perMajor: bigint, from: string): Conversion {
  const factor = reduce({ n: on.rate.n * perMajor, d: on.rate.d })
  return {
    factor,
    perMinor: reduce({ n: factor.n, d: factor.d * 10n ** BigInt(minorDigits(from) ?? 2) }),
    on,
  }
}

function countriesOf(place: string, day: Day, groups: readonly Group[]): readonly string[] {
  if (!place.startsWith('@')) return [place]
  const group = groups.find(({ id }) => id === place.slice(1))
  if (!group) throw new RangeError(`no country group is called ${place}`)
  return group.members
    .filter((member) => isInForce(member, day))
    .flatMap((member) => member.countries)
}
