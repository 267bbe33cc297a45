// Records of the rules turned into what the assessment reads: the version that holds on the day, its rate as a tree, its
// conditions as functions.
import type { Day } from '../../basis/day.ts'
import { decimal, ratio, reduce, type Ratio } from '../../basis/ratio.ts'
import {
  compileBasketCondition,
  compileCodes,
  compileLineCondition,
  type ConditionContext,
} from './condition.ts'
import {
  basePart,
  type CompiledAgreement,
  type CompiledBase,
  type CompiledCover,
  type CompiledRegime,
  type CompiledTax,
  type CompiledTreatment,
  type CompiledValuation,
  type InRegime,
  type RoundingRule,
  type RuleRef,
  type Stage,
  type TaxWord,
  type TextRate,
} from './law.ts'
import { parseRate, type Rate } from './rate.ts'
import type {
  Agreement,
  BasePart,
  Citation,
  Cover,
  Regime,
  Tax,
  Treatment,
  Valuation,
} from './records.ts'
import { isInForce, versionOn, type Dated, type Sighting } from './versions.ts'

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
    citation: record.citation,
    note: record.note,
    sighting,
  }
}

export function sharesOf(record: Valuation): Pick<CompiledValuation, 'shares' | 'denominator'> {
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

export const textRate = (text: string): TextRate => withText(text, parseRate(text))

/** Every rate is made here, so all have one shape. */
export const withText = (text: string, rate: Rate): TextRate => ({
  text,
  rate,
  plain: rate.op === 'ad-valorem' && rate.fact === undefined ? rate.rate : undefined,
})

export const inRegimes = (
  record: { regimes?: string[] | undefined; regimes_not?: string[] | undefined },
  regimes: readonly CompiledRegime[],
): InRegime =>
  regimes.map(
    ({ ref }) =>
      (!record.regimes || record.regimes.includes(ref.id)) && !record.regimes_not?.includes(ref.id),
  )

const shareOf = (text: string): Ratio => {
  const value = decimal(text.slice(0, -1))
  return ratio(value.n, value.d * 100n)
}

export function compileRegime(
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
    when,
    holds,
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
    taxes: taxes.map((tax) => wordFor(line, tax)),
    taxShare: line.tax_share === undefined ? undefined : shareOf(line.tax_share),
    exciseShare: line.excise_share === undefined ? undefined : shareOf(line.excise_share),
    taxBase: line.tax_base && compileBase(line.tax_base, taxes),
    fees: line.fees ?? 'tariff',
  }
}

/** Whether the tax falls away, is collected at the sale or at import, by a regime's treatment of a line. */
function wordFor({ taxes = {}, excise }: Treatment, { id, kind, opt_in: optIn }: Tax): TaxWord {
  const own = taxes[id]
  if (own) return own
  if (optIn) return 'not-named'
  if (kind === 'excise') return excise === 'none' ? 'none' : 'import'
  return taxes['all'] ?? 'import'
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

export function compileTax(
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
    id: record.id,
    record,
    kind: record.kind === 'excise' ? 'excise' : 'tax',
    inclusive: record.inclusive ?? false,
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
      fact: each.record.lines.fact,
    })),
    rounding: rounding('tax', record.id),
    baseRounding: rounding('tax-base', record.id),
  }
}

export function compileAgreement(
  { ref, record }: { ref: RuleRef; record: Agreement },
  day: Day,
  context: ConditionContext,
): CompiledAgreement {
  const members = record.members.filter((each) => isInForce(each, day))
  return {
    ref,
    record,
    proofs: record.proofs,
    origins: new Set(members.flatMap((each) => each.countries.flatMap(context.countries))),
    rate: record.rate === undefined ? undefined : textRate(record.rate),
    lines: compileLineCondition(record.lines, context),
    waiver: record.waiver && compileBasketCondition({ value: record.waiver }, context),
  }
}

export function compileCovers(
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
