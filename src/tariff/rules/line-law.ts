// What the law says of one code and origin on one day, found once and kept: the schedule line with its cells, and
// every rule whose conditions on code and origin hold. The rest of the conditions needs a basket.
import type { HsEdition } from '../../basis/hs.ts'
import type {
  CompiledAgreement,
  CompiledFee,
  CompiledMeasure,
  CompiledReduced,
  CompiledRelief,
  CompiledTax,
  CompiledTreatment,
  CompileSources,
  TariffOnDay,
} from './law.ts'
import type { LineTest } from './condition.ts'
import type { Reason } from '../assess/charge.ts'
import { differingConditions, share, shareFitting, shareWhole, type Shared } from './share.ts'
import type { TerritoryRules } from './read-rules.ts'
import { kinds } from './schema.ts'
import type { Citation } from './records.ts'
import { findLines, remedyFlag, type Found } from './find-lines.ts'
import {
  mfnOf,
  preferenceOf,
  standardRate,
  type DutyRate,
  type Options,
  type TaxRate,
} from './line-rates.ts'

/** What a busy day asks of a line stands first, so that it lies together in memory. */
export type LineLaw = {
  /** MFN duty (or the column of an origin without MFN), or why there is none. */
  readonly mfn: DutyRate | Reason
  readonly preferences: readonly {
    readonly agreement: CompiledAgreement
    readonly duty: DutyRate | Reason
  }[]
  readonly rules: LineRules
  /** Conditions in which several lines differ: where the rest of one holds, nothing can be said of the line. */
  readonly differing: readonly LineTest[]
  readonly remedyFlag: 'yes' | 'no' | 'differs'
  /** The longer of the code's digits that count and the line found. */
  readonly digits: string
  /** The six digits that all candidate lines share, else those of the code. */
  readonly subheading: string
  /** What the look-up in the schedule came to. */
  readonly lookup: 'found' | 'no-line' | 'code-changed'
  /** The lines that begin with the code, when there are several. */
  readonly options: Options
  readonly scheduleCitation: Citation | undefined
  readonly schedulePath: string | undefined
}

/** The rules whose conditions on code and origin hold: one object for the thousands of codes that fall under the same. */
export type LineRules = {
  /** By regime: the treatments whose code and origin fit, up to the first that always holds. */
  readonly treatments: readonly (readonly CompiledTreatment[])[]
  readonly reliefs: readonly CompiledRelief[]
  /** At the index of tariff.taxes; undefined where code and origin do not fit. */
  readonly taxes: readonly (TaxLaw | undefined)[]
  readonly fees: readonly CompiledFee[]
  /** Trade remedies and additional duties that every candidate line bears. */
  readonly remedies: readonly CompiledMeasure[]
  /** Those that only some bear, or that the code is too short to tell of. */
  readonly possibleRemedies: readonly CompiledMeasure[]
  /** Suspensions and quotas of every candidate line. */
  readonly lowerings: readonly CompiledMeasure[]
  readonly possibleLowerings: readonly CompiledMeasure[]
  readonly restrictions: TariffOnDay['restrictions']
  /** Bit by index of `kinds`. */
  readonly covered: number
}

const isRemedy = ({ kind }: Pick<CompiledMeasure, 'kind'>): boolean =>
  kind !== 'suspension' && kind !== 'quota'

/** A tax that code and origin fall under: its reduced rates that fit, and the rate without any. */
export type TaxLaw = {
  readonly tax: CompiledTax
  readonly reduced: readonly CompiledReduced[]
  /** From the schedule's column or the tax itself; undefined where neither gives one. */
  readonly standard: TaxRate | Reason | undefined
}

export function makeLineLaw(
  code: string,
  hs: HsEdition,
  origin: string,
  tariff: TariffOnDay,
  rules: TerritoryRules,
  sources: CompileSources,
  shared: Shared,
): LineLaw {
  const found = findLines(code, hs, tariff.day, rules, sources)
  const longer = (line: string): string => (line.length > found.digits.length ? line : found.digits)
  const candidates =
    found.lines.length > 0 ? found.lines.map((line) => longer(line.code)) : [found.digits]
  const digits = candidates[0] as string
  const several = candidates.length > 1
  const exception = tariff.mfnExceptions.find(({ origins }) => origins.has(origin))
  const matching = <T extends { lines: LineTest }>(name: string, all: readonly T[]): readonly T[] =>
    shareFitting(shared, name, all, ({ lines }) => lines.matches(digits, origin))
  const bearers = (lines: LineTest): number =>
    candidates.filter((each) => lines.matches(each, origin)).length
  const options = several
    ? found.lines.map((line) => ({
        code: line.code,
        mfn: found.schedule?.cell(line, exception?.column ?? 'mfn')?.text ?? '',
      }))
    : []
  const isPossible = ({ lines }: CompiledMeasure): boolean =>
    bearers(lines) < candidates.length &&
    candidates.some((each) => lines.matches(each, origin) || lines.mayMatch(each, origin))
  const lineRules: LineRules = {
    treatments: treatmentsFor(digits, origin, tariff, shared),
    reliefs: matching('reliefs', tariff.reliefs),
    taxes: taxesOf(digits, origin, tariff, found, options, shared),
    fees: matching('fees', tariff.fees),
    remedies: shareFitting(
      shared,
      'remedies',
      tariff.measures,
      (measure) => isRemedy(measure) && bearers(measure.lines) === candidates.length,
    ),
    lowerings: shareFitting(
      shared,
      'lowerings',
      tariff.measures,
      (measure) => !isRemedy(measure) && bearers(measure.lines) === candidates.length,
    ),
    possibleRemedies: shareFitting(
      shared,
      'possible remedies',
      tariff.measures,
      (measure) => isRemedy(measure) && isPossible(measure),
    ),
    possibleLowerings: shareFitting(
      shared,
      'possible lowerings',
      tariff.measures,
      (measure) => !isRemedy(measure) && isPossible(measure),
    ),
    restrictions: matching('restrictions', tariff.restrictions),
    covered: tariff.covers.reduce(
      (bits, { kind, fits }) => (fits(digits, origin) ? bits | (1 << kinds.indexOf(kind)) : bits),
      0,
    ),
  }
  return {
    mfn: shareDuty(shared, 'mfn', found, mfnOf(found, exception, options)),
    preferences: preferencesOf(digits, origin, tariff, found, options, shared),
    rules: shareWhole(shared, lineRules),
    differing: differingConditions(candidates, origin, tariff),
    remedyFlag: remedyFlag(found),
    digits: several ? found.digits : digits,
    subheading: candidates.every((each) => each.startsWith(digits.slice(0, 6)))
      ? digits.slice(0, 6)
      : found.digits.slice(0, 6),
    lookup: found.lookup,
    options,
    scheduleCitation: found.record?.citation,
    schedulePath: found.record?.path,
  }
}

/** A rate of one text, schedule and sighting is one object; a reason may hold options and stays the line's own. */
function shareDuty<T extends DutyRate | Reason>(
  shared: Shared,
  name: string,
  { record }: Found,
  duty: T,
): T {
  if ('code' in duty) return duty.facts ? duty : share(shared, `reason:${duty.code}`, () => duty)
  const key = `${name}|${duty.ref.id}|${duty.text}|${record?.file}|${duty.ref.sighting?.seen}`
  return share(shared, key, () => duty)
}

function preferencesOf(
  digits: string,
  origin: string,
  tariff: TariffOnDay,
  found: Found,
  options: Options,
  shared: Shared,
): LineLaw['preferences'] {
  const preferences = tariff.agreements.flatMap((agreement) => {
    if (!agreement.origins.has(origin) || !agreement.lines.matches(digits, origin)) return []
    const own = preferenceOf(agreement, found, origin, options)
    return own ? [{ agreement, duty: shareDuty(shared, 'preference', found, own) }] : []
  })
  if (preferences.some(({ duty }) => 'code' in duty)) return preferences
  const keys = preferences.map(({ duty }) => {
    const { ref, text } = duty as DutyRate
    return `${ref.id} ${text} ${ref.sighting?.seen}`
  })
  return share(shared, `preferences:${found.record?.file}:${keys.join()}`, () => preferences)
}

function taxesOf(
  digits: string,
  origin: string,
  tariff: TariffOnDay,
  found: Found,
  options: Options,
  shared: Shared,
): LineRules['taxes'] {
  let key = 'taxes'
  const taxes = tariff.taxes.map((tax): TaxLaw | undefined => {
    if (!tax.lines.matches(digits, origin)) return undefined
    const reduced = tax.reduced.filter(({ lines }) => lines.matches(digits, origin))
    const standard = standardRate(tax, found, options)
    key += `;${tax.index} ${reduced.map(({ ref }) => ref.id).join()} ${standardKey(tax, standard, found)}`
    return { tax, reduced, standard }
  })
  return share(shared, key, () => taxes)
}

function standardKey(tax: CompiledTax, standard: TaxLaw['standard'], found: Found): string {
  if (tax.record.column === undefined || !standard) return ''
  if ('code' in standard) return `${standard.code} ${JSON.stringify(standard.facts ?? '')}`
  return `${standard.rate.text} ${found.record?.file} ${standard.ref.sighting?.seen}`
}

/** By regime: the entries whose code and origin fit, up to the first that always holds. */
function treatmentsFor(
  digits: string,
  origin: string,
  tariff: TariffOnDay,
  shared: Shared,
): LineRules['treatments'] {
  const byRegime = tariff.regimes.map(({ lines, index }) => {
    const fitting = lines.filter(({ when }) => when.matches(digits, origin))
    const last = fitting.findIndex(({ when }) => !when.rest)
    const kept = new Set(last < 0 ? fitting : fitting.slice(0, last + 1))
    return shareFitting(shared, `regime ${index}`, lines, (each) => kept.has(each))
  })
  const key = byRegime.map((lines, at) =>
    lines.map((line) => tariff.regimes[at]?.lines.indexOf(line)).join(' '),
  )
  return share(shared, `treatments:${key.join()}`, () => byRegime)
}
