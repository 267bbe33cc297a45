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
  RuleRef,
  TariffOnDay,
  TextRate,
} from './law.ts'
import type { LineTest } from './condition.ts'
import type { Reason } from '../assess/charge.ts'
import type { Rate } from './rate.ts'
import type { TerritoryRules } from './read-rules.ts'
import { kinds } from './schema.ts'
import type { Citation } from './records.ts'
import type { Sighting } from './versions.ts'
import { findLines, readColumn, withoutExcepted, type CellRead, type Found } from './find-lines.ts'

export type LineLaw = {
  /** The longer of the code's digits that count and the line found. */
  readonly digits: string
  /** The six digits that all candidate lines share, else those of the code. */
  readonly subheading: string
  /** What the look-up in the schedule came to. */
  readonly lookup: 'found' | 'no-line' | 'code-changed'
  /** The lines that begin with the code, when there are several. */
  readonly options: readonly { readonly code: string; readonly mfn: string }[]
  readonly scheduleCitation?: Citation
  /** Several lines differ in conditions that decide their treatment: nothing can be said of the line. */
  readonly conditionsDiffer: boolean
  /** MFN duty (or the column of an origin without MFN), or why there is none. */
  readonly mfn: DutyRate | Reason
  readonly preferences: readonly {
    readonly agreement: CompiledAgreement
    readonly duty: DutyRate | Reason
  }[]
  readonly remedyFlag: 'yes' | 'no' | 'differs'
  /** By regime: the treatments whose code and origin fit, up to the first that always holds. */
  readonly treatments: readonly (readonly CompiledTreatment[])[]
  readonly reliefs: readonly CompiledRelief[]
  /** At the index of tariff.taxes; undefined where code and origin do not fit. */
  readonly taxes: readonly (TaxLaw | undefined)[]
  readonly fees: readonly CompiledFee[]
  /** Measures that every candidate line bears. */
  readonly measures: readonly CompiledMeasure[]
  /** Measures that only some bear, or that the code is too short to tell of. */
  readonly possibleMeasures: readonly CompiledMeasure[]
  readonly restrictions: TariffOnDay['restrictions']
  /** Bit by index of `kinds`. */
  readonly covered: number
}

/** A rate of duty with the record it comes from. */
export type DutyRate = { readonly ref: RuleRef; readonly text: string; readonly rate: Rate }

/** A tax that code and origin fall under: its reduced rates that fit, and the rate without any. */
export type TaxLaw = {
  readonly tax: CompiledTax
  readonly reduced: readonly CompiledReduced[]
  /** From the schedule's column or the tax itself; undefined where neither gives one. */
  readonly standard: TaxRate | Reason | undefined
}
export type TaxRate = { readonly ref: RuleRef; readonly rate: TextRate }

export function makeLineLaw(
  code: string,
  hs: HsEdition,
  origin: string,
  tariff: TariffOnDay,
  rules: TerritoryRules,
  sources: CompileSources,
): LineLaw {
  const found = findLines(code, hs, tariff.day, rules, sources)
  const longer = (line: string): string => (line.length > found.digits.length ? line : found.digits)
  const candidates =
    found.lines.length > 0 ? found.lines.map((line) => longer(line.code)) : [found.digits]
  const digits = candidates[0] as string
  const several = candidates.length > 1
  const exception = tariff.mfnExceptions.find(({ origins }) => origins.has(origin))
  const matching = <T extends { lines: LineTest }>(all: readonly T[], each: string): T[] =>
    all.filter(({ lines }) => lines.matches(each, origin))
  const conditionsOf = (each: string): string => conditionBits(each, origin, tariff)
  const bearers = (lines: LineTest): number =>
    candidates.filter((each) => lines.matches(each, origin)).length
  const options = several
    ? found.lines.map((line) => ({
        code: line.code,
        mfn: found.schedule?.cell(line, exception?.column ?? 'mfn')?.text ?? '',
      }))
    : []
  return {
    digits: several ? found.digits : digits,
    subheading: candidates.every((each) => each.startsWith(digits.slice(0, 6)))
      ? digits.slice(0, 6)
      : found.digits.slice(0, 6),
    lookup: found.lookup,
    options,
    ...(found.record ? { scheduleCitation: found.record.citation } : {}),
    conditionsDiffer:
      several && candidates.some((each) => conditionsOf(each) !== conditionsOf(digits)),
    mfn: mfnOf(found, exception, options),
    preferences: tariff.agreements.flatMap((agreement) => {
      if (!agreement.origins.has(origin) || !agreement.lines.matches(digits, origin)) return []
      const duty = preferenceOf(agreement, found, origin, options)
      return duty ? [{ agreement, duty }] : []
    }),
    remedyFlag: remedyFlag(found),
    treatments: tariff.regimes.map(({ lines }) => treatmentsFor(lines, digits, origin)),
    reliefs: matching(tariff.reliefs, digits),
    taxes: tariff.taxes.map((tax) =>
      tax.lines.matches(digits, origin)
        ? {
            tax,
            reduced: matching(tax.reduced, digits),
            standard: standardRate(tax, found, options),
          }
        : undefined,
    ),
    fees: matching(tariff.fees, digits),
    measures: tariff.measures.filter(({ lines }) => bearers(lines) === candidates.length),
    possibleMeasures: tariff.measures.filter(
      ({ lines }) =>
        bearers(lines) < candidates.length &&
        candidates.some((each) => lines.matches(each, origin) || lines.mayMatch(each, origin)),
    ),
    restrictions: matching(tariff.restrictions, digits),
    covered: tariff.covers.reduce(
      (bits, { kind, fits }) => (fits(digits, origin) ? bits | (1 << kinds.indexOf(kind)) : bits),
      0,
    ),
  }
}

type Options = LineLaw['options']

/** MFN duty has no record of its own: the schedule's line is its rule. */
function mfnOf(
  found: Found,
  exception: TariffOnDay['mfnExceptions'][number] | undefined,
  options: Options,
): DutyRate | Reason {
  if (found.lookup !== 'found') return { code: found.lookup, status: 'cannot-decide' }
  const read = readColumn(found, exception?.column ?? 'mfn')
  const rate = rateOf(read, options)
  if ('code' in rate) return rate
  return {
    ...rate,
    ref: {
      ...(exception?.ref ?? { id: 'mfn', name: 'MFN duty' }),
      ...(found.record ? { citation: found.record.citation } : {}),
      ...sightingOf(read, exception?.ref),
    },
  }
}

function standardRate(
  { ref, rate, record }: CompiledTax,
  found: Found,
  options: Options,
): TaxRate | Reason | undefined {
  const own = rate && { ref, rate }
  if (record.column === undefined) return own
  if (found.lookup !== 'found') return { code: found.lookup, status: 'cannot-decide' }
  const read = readColumn(found, record.column)
  if (read.agrees && !read.cell) return own
  const cell = rateOf(read, options)
  if ('code' in cell) return cell
  const citation = found.record ? { citation: found.record.citation } : {}
  return { ref: { ...ref, ...citation, ...sightingOf(read, ref) }, rate: cell }
}

/** What an agreement gives this origin for the line; undefined where it gives nothing. */
function preferenceOf(
  { ref, rate, record }: CompiledAgreement,
  found: Found,
  origin: string,
  options: Options,
): DutyRate | Reason | undefined {
  if (rate) return { ...rate, ref }
  if (record.column === undefined || found.lookup !== 'found') return undefined
  const read = withoutExcepted(readColumn(found, record.column), origin)
  if (read.agrees && !read.cell) return undefined
  const cell = rateOf(read, options)
  return 'code' in cell ? cell : { ...cell, ref: { ...ref, ...sightingOf(read, ref) } }
}

function rateOf(read: CellRead, options: Options): { text: string; rate: Rate } | Reason {
  if (!read.agrees) return { code: 'which-line', status: 'needs-facts', facts: { options } }
  if (!read.cell) return { code: 'no-rate', status: 'cannot-decide' }
  if ('unknown' in read.cell)
    return { code: 'not-in-grammar', status: 'cannot-decide', facts: { text: read.cell.unknown } }
  return { text: read.cell.text, rate: read.cell.rate }
}

function sightingOf(read: CellRead, ref: RuleRef | undefined): { sighting?: Sighting } {
  const sighting = (read.agrees ? read.sighting : undefined) ?? ref?.sighting
  return sighting ? { sighting } : {}
}

function remedyFlag({ lines, schedule }: Found): LineLaw['remedyFlag'] {
  const at = schedule?.columns.indexOf('flags') ?? -1
  if (at < 0 || lines.length === 0) return 'no'
  const flagged = lines.filter((line) => line.cells[at]?.split(' ').includes('remedy')).length
  if (flagged === 0) return 'no'
  return flagged === lines.length ? 'yes' : 'differs'
}

function treatmentsFor(
  lines: readonly CompiledTreatment[],
  digits: string,
  origin: string,
): CompiledTreatment[] {
  const fitting = lines.filter(({ when }) => when.matches(digits, origin))
  const last = fitting.findIndex(({ when }) => !when.rest)
  return last < 0 ? fitting : fitting.slice(0, last + 1)
}

/** Which conditions on codes hold, as text: two lines with the same text are treated alike. */
function conditionBits(digits: string, origin: string, tariff: TariffOnDay): string {
  const bit = ({ matches }: LineTest): string => (matches(digits, origin) ? '1' : '0')
  return [
    ...tariff.regimes.flatMap(({ lines }) => lines.map(({ when }) => bit(when))),
    ...tariff.reliefs.map(({ lines }) => bit(lines)),
    ...tariff.taxes.flatMap(({ lines, reduced }) => [
      bit(lines),
      ...reduced.map((each) => bit(each.lines)),
    ]),
    ...tariff.fees.map(({ lines }) => bit(lines)),
  ].join('')
}
