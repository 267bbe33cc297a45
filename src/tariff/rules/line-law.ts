// What the law says of one code and origin on one day, found once and kept: the schedule line with its cells, and
// every rule whose conditions on code and origin hold. The rest of the conditions needs a basket.
import { daysBetween } from '../../basis/day.ts'
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
} from './compile.ts'
import type { LineTest } from './condition.ts'
import type { Reason } from '../assess/charge.ts'
import type { Cell, Rate } from './rate.ts'
import type { TerritoryRules } from './read-rules.ts'
import { compileCodes } from './condition.ts'
import type { Schedule, ScheduleLine } from './schedule.ts'
import { editionOn } from './editions.ts'
import { kinds, type Citation } from './schema.ts'
import { versionOn, type Sighting } from './versions.ts'

/** One column of the line found: the same in all candidate lines, or not. */
export type CellRead =
  | { readonly agrees: true; readonly cell: Cell | undefined; readonly sighting?: Sighting }
  | { readonly agrees: false }

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

type Found = {
  readonly lookup: LineLaw['lookup']
  readonly lines: readonly ScheduleLine[]
  readonly schedule?: Schedule
  readonly record?: TerritoryRules['schedules'][number]
  readonly sighting?: Sighting
  readonly next?: Schedule
  readonly digits: string
}

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

/** Section 5 of the contract: the schedule of the chapter on the day, the edition, then the line or lines. */
function findLines(
  code: string,
  hs: HsEdition,
  day: string,
  rules: TerritoryRules,
  sources: CompileSources,
): Found {
  const chosen = chooseSchedule(code.slice(0, 2), day, rules, sources)
  if (!chosen) {
    const current = sources.editions.carry(code, hs, editionOn(day))
    return current === undefined
      ? { lookup: 'code-changed', lines: [], digits: code }
      : { lookup: 'no-line', lines: [], digits: current }
  }
  if (chosen.record.hs === hs) return { ...chosen, ...linesOf(chosen.schedule, code), digits: code }
  const carried = sources.editions.carry(code, hs, chosen.record.hs)
  if (carried === undefined) return { lookup: 'code-changed', lines: [], digits: code }
  const target =
    carried.slice(0, 2) === code.slice(0, 2)
      ? chosen
      : chooseSchedule(carried.slice(0, 2), day, rules, sources)
  if (!target) return { lookup: 'no-line', lines: [], digits: carried }
  // National digits of another edition count only where a line of this schedule has them.
  const exists = target.schedule.find(carried).some(({ code: line }) => line.startsWith(carried))
  const digits = carried.length > 6 && !exists ? carried.slice(0, 6) : carried
  return { ...target, ...linesOf(target.schedule, digits), digits }
}

function linesOf(schedule: Schedule, code: string): Pick<Found, 'lookup' | 'lines'> {
  const lines = schedule.find(code)
  return { lookup: lines.length > 0 ? 'found' : 'no-line', lines }
}

type Chosen = {
  schedule: Schedule
  record: TerritoryRules['schedules'][number]
  sighting?: Sighting
  next?: Schedule
}

function chooseSchedule(
  chapter: string,
  day: string,
  rules: TerritoryRules,
  sources: CompileSources,
): Chosen | undefined {
  const holding = rules.schedules.filter(
    ({ chapters }) =>
      !chapters || compileCodes(chapters.split(',').map((each) => each.trim())).has(chapter),
  )
  const version = versionOn(holding, day)
  if (!version) return undefined
  const open = (record: TerritoryRules['schedules'][number]): Schedule =>
    sources.schedule(record.path, `${rules.territory}/${record.file}`)
  const next = version.sighting && nextSeen(holding, day)
  return {
    schedule: open(version.record),
    record: version.record,
    ...(version.sighting ? { sighting: version.sighting } : {}),
    ...(next && next !== version.record ? { next: open(next) } : {}),
  }
}

function nextSeen(
  schedules: TerritoryRules['schedules'],
  day: string,
): TerritoryRules['schedules'][number] | undefined {
  const later = schedules.flatMap((record) =>
    (record.seen ?? []).filter((seen) => seen > day).map((seen) => ({ seen, record })),
  )
  return later.sort((a, b) => daysBetween(b.seen, a.seen))[0]?.record
}

const agreed = (cell: Cell | undefined): CellRead => ({ agrees: true, cell })

/** The column's cell, where all candidate lines say the same; firm when the sightings on both sides agree. */
function readColumn(found: Found, column: string): CellRead {
  const { schedule, lines, record } = found
  const first = lines[0]
  if (!schedule || !first) return agreed(undefined)
  const fallback = record?.default?.[column]
  const textOf = (from: Schedule, line: ScheduleLine): string =>
    from.cell(line, column, fallback)?.text ?? ''
  const text = textOf(schedule, first)
  if (lines.some((line) => textOf(schedule, line) !== text)) return { agrees: false }
  const cell = schedule.cell(first, column, fallback)
  const { next, sighting } = found
  const firm =
    !sighting ||
    (next !== undefined &&
      sighting.ageDays >= 0 &&
      lines.every((line) => {
        const [same] = next.find(line.code)
        return same?.code === line.code && textOf(next, same) === text
      }))
  return firm ? { agrees: true, cell } : { agrees: true, cell, sighting }
}

function withoutExcepted(read: CellRead, origin: string): CellRead {
  if (!read.agrees || !read.cell || 'unknown' in read.cell || !read.cell.except.includes(origin))
    return read
  return { ...read, cell: undefined }
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
