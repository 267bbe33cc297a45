// What a schema cannot say of the records of a territory: dates, rates, names of other records.
import { isCurrency } from '../../basis/currency.ts'
import { isDay } from '../../basis/day.ts'
import { parseRate } from './rate.ts'
import type { Lists } from './read-rules.ts'
import { RulesError, type RuleFault, type YamlFile } from './read-yaml.ts'
import type { Citation, Group } from './records.ts'
import { overlap, type Dated } from './versions.ts'

type RawRecord = Dated & {
  id?: string
  citation?: unknown
  rate?: string
  column?: string
  inclusive?: boolean
  unit?: string
  lines?: unknown
  reduced?: RawRecord[]
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

/** The file in which a list stands. */
const fileOf: Readonly<Record<string, string>> = {
  valuation: 'territory.yaml',
  exchange: 'territory.yaml',
  mfnExceptions: 'territory.yaml',
  covers: 'territory.yaml',
  rounding: 'rounding.yaml',
  taxes: 'taxes.yaml',
  regimes: 'schemes.yaml',
  reliefs: 'schemes.yaml',
  waivers: 'schemes.yaml',
  fees: 'fees.yaml',
  agreements: 'agreements.yaml',
  measures: 'measures.yaml',
  restrictions: 'restrictions.yaml',
}

/** Versions of one rule must not overlap, and a base names only what is worked out before it. */
export function checkLists(lists: Lists, code: string): void {
  const faults: RuleFault[] = []
  const { schedules: _, ...versioned } = lists
  for (const [list, records] of Object.entries(versioned))
    for (const versions of groupById<Dated & { id: string }>(records)) {
      const clash = overlap(versions)
      if (clash)
        faults.push({
          file: `${code}/${fileOf[list] ?? list}`,
          line: 1,
          reason: `${clash[0].id}: two versions hold the same day (${span(clash[0])} and ${span(clash[1])})`,
        })
    }
  const known = new Set<string>()
  for (const tax of lists.taxes) {
    for (const part of tax.base)
      if (part.startsWith('tax:') && !known.has(part.slice(4)))
        faults.push({
          file: `${code}/taxes.yaml`,
          line: 1,
          reason: `${tax.id}: its base names ${part}, which is not an earlier tax`,
        })
    known.add(tax.id)
  }
  if (faults.length > 0) throw new RulesError(faults)
}

const span = ({ from, to, seen }: Dated): string =>
  seen ? `seen ${seen.join(', ')}` : `${from ?? '…'} to ${to ?? '…'}`

/** Records by id, in the order of their first version. */
export function groupById<T extends { id: string }>(records: readonly T[]): T[][] {
  const byId = new Map<string, T[]>()
  for (const record of records) {
    const versions = byId.get(record.id)
    if (versions) versions.push(record)
    else byId.set(record.id, [record])
  }
  return [...byId.values()]
}
