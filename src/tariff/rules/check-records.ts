// What a schema cannot say of the records of a territory: dates, rates, names of other records.
import { isCurrency } from '../../basis/currency.ts'
import { isDay } from '../../basis/day.ts'
import { parseRate } from './rate.ts'
import { placed, type Place, type RuleFault, type YamlFile } from './read-yaml.ts'
import type { Citation, Group } from './records.ts'
import type { Dated } from './versions.ts'

type RawRecord = Dated & {
  id?: string
  citation?: unknown
  rate?: string
  column?: string
  inclusive?: boolean
  unit?: string
  lines?: unknown
  reduced?: RawRecord[]
  [placed]?: Place
}

/** The records of one list with their citations in place and their dates and rates checked. */
export function settle(
  file: YamlFile<object> | undefined,
  list: string,
  citations: ReadonlyMap<string, Citation>,
  groups: readonly Group[],
  faults: RuleFault[],
): unknown[] {
  const records = (file?.value as Record<string, RawRecord[] | undefined> | undefined)?.[list] ?? []
  const settleOne = (record: RawRecord, path: PropertyKey[]): RawRecord => {
    const fail = (reason: string): void => {
      faults.push((file as YamlFile<object>).fault(path, `${record.id ?? list}: ${reason}`))
    }
    checkDates(record, fail)
    checkRate(record.rate, fail)
    checkInclusive(record, fail)
    checkTreatments(record.lines, fail)
    checkTexts(record, groups, fail)
    const { citation } = record
    if (typeof citation === 'string' && !citations.has(citation))
      fail(`no citation is called ${citation}`)
    return {
      ...record,
      [placed]: (file as YamlFile<object>).place(path),
      ...(typeof citation === 'string' ? { citation: citations.get(citation) } : {}),
      ...(record.reduced
        ? {
            reduced: record.reduced.map((each, index) =>
              settleOne(each, [...path, 'reduced', index]),
            ),
          }
        : {}),
    }
  }
  return records.map((record, index) => settleOne(record, [list, index]))
}

function checkDates(record: RawRecord, fail: (reason: string) => void): void {
  const { from, to, seen } = record
  for (const day of [from, to, ...(seen ?? [])])
    if (day !== undefined && !isDay(day)) fail(`${day} is not a day`)
  if (seen && (from !== undefined || to !== undefined))
    fail('carries both from/to and seen: a record has one or the other')
  if (!seen && from === undefined && to === undefined) fail('carries no date: from, to or seen')
  if (from !== undefined && to !== undefined && from > to)
    fail(`ends (${to}) before it begins (${from})`)
}

function checkRate(rate: string | undefined, fail: (reason: string) => void): void {
  if (rate === undefined) return
  try {
    parseRate(rate)
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}

/** A tax on an amount that holds the tax itself is a plain share below the whole. */
function checkInclusive(
  { inclusive, rate, column }: RawRecord,
  fail: (reason: string) => void,
): void {
  if (!inclusive) return
  const plain = /^(\d+(?:\.\d+)?)%$/.exec(rate ?? '')
  if (column !== undefined || !plain || Number(plain[1]) >= 100)
    fail('inclusive goes only with a plain per cent rate below 100')
}

/** Rates and flat amounts in the lines of a regime. */
function checkTreatments(lines: unknown, fail: (reason: string) => void): void {
  if (!Array.isArray(lines)) return
  for (const { duty, flat } of lines as { duty?: string; flat?: { amount: string } }[]) {
    if (duty !== undefined && duty !== 'tariff' && duty !== 'none') checkRate(duty, fail)
    if (flat && !isCurrency(flat.amount.slice(-3))) fail(`${flat.amount} is in no currency`)
  }
}

/** Groups that exist, ranges of codes that can match, a rounding unit that is a number, wherever they stand. */
function checkTexts(
  value: unknown,
  groups: readonly Group[],
  fail: (reason: string) => void,
): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    if (typeof each !== 'string') {
      if (key !== 'citation') checkTexts(each, groups, fail)
      continue
    }
    if (/^@[a-z0-9-]+$/.test(each) && !groups.some(({ id }) => `@${id}` === each))
      fail(`no country group is called ${each}`)
    const range = /^(\d+)-(\d+)$/.exec(each)
    const [, low = '', high = ''] = range ?? []
    if (range && key !== 'chapters' && (low.length !== high.length || low > high))
      fail(`${each} is no range of prefixes of equal length`)
    if (key === 'unit' && !/^\d+(\.\d+)?$/.test(each)) fail(`the unit ${each} is no number`)
  }
}
