// What no record can be asked alone: names of other records, versions that overlap, columns and chapters of schedules.
// Every fault is named with the file and line of the record it lies in.
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { minorDigits } from '../../basis/currency.ts'
import { decimal } from '../../basis/ratio.ts'
import { compileCodes } from './condition.ts'
import type { Lists, TerritoryRules } from './read-rules.ts'
import { placeOf, RulesError, type RuleFault } from './read-yaml.ts'
import type { ScheduleRecord } from './records.ts'
import { overlap, type Dated } from './versions.ts'

type Named = Dated & { id: string }
type Tell = (record: object, reason: string) => void

/** Refuses the joined lists of a territory (its union's, its own, what is laid over) for what cannot be meant. */
export function checkLists(lists: Lists, code: string, currency: TerritoryRules['currency']): void {
  const faults: RuleFault[] = []
  const tell: Tell = (record, reason) => {
    const place = placeOf(record) ?? { file: `${code}/territory.yaml`, line: 1 }
    faults.push({ ...place, reason })
  }
  checkVersions(lists, tell)
  checkBases(lists, tell)
  checkNames(lists, code, tell)
  checkColumns(lists, tell)
  checkChapters(lists.schedules, tell)
  checkUnits(lists, currency, tell)
  if (faults.length > 0) throw new RulesError(faults)
}

/** Versions of one rule, and of one reduced rate within a tax, must not overlap. */
function checkVersions(lists: Lists, tell: Tell): void {
  const { schedules: _, ...versioned } = lists
  const reduced = lists.taxes.map((tax) => (tax.reduced ?? []) as unknown as Named[])
  for (const records of [...Object.values(versioned), ...reduced])
    for (const versions of groupById<Named>(records as Named[])) {
      const clash = overlap(versions)
      if (clash)
        tell(
          clash[1],
          `${clash[0].id}: two versions hold the same day (${span(clash[0])} and ${span(clash[1])})`,
        )
    }
}

/** A base names only what is worked out before it. */
function checkBases({ taxes }: Lists, tell: Tell): void {
  const known = new Set<string>()
  for (const tax of taxes) {
    for (const part of tax.base)
      if (part.startsWith('tax:') && !known.has(part.slice(4)))
        tell(tax, `${tax.id}: its base names ${part}, which is not an earlier tax`)
    known.add(tax.id)
  }
}

/**
 * Regimes, measures and taxes that other records name are there. A union's records may name what only some of its
 * members have: they are asked of the territory's own alone, and of none where it has no regimes.
 */
function checkNames(
  { regimes, reliefs, fees, waivers, measures, taxes }: Lists,
  code: string,
  tell: Tell,
): void {
  const isOwn = (record: object): boolean =>
    regimes.length > 0 && (placeOf(record)?.file.startsWith(`${code}/`) ?? false)
  const regimeIds = new Set(regimes.map(({ id }) => id))
  for (const record of [...reliefs, ...fees, ...waivers].filter(isOwn))
    for (const id of [...(record.regimes ?? []), ...(record.regimes_not ?? [])])
      if (!regimeIds.has(id)) tell(record, `${record.id}: no regime is called ${id}`)
  const measureIds = new Set(measures.map(({ id }) => id))
  for (const measure of measures)
    for (const id of measure.not_with ?? [])
      if (!measureIds.has(id)) tell(measure, `${measure.id}: no measure is called ${id}`)
  const taxIds = new Set(['all', ...taxes.map(({ id }) => id)])
  for (const regime of regimes.filter(isOwn))
    for (const line of regime.lines ?? [])
      for (const id of Object.keys(line.taxes ?? {}))
        if (!taxIds.has(id)) tell(regime, `${regime.id}: no tax is called ${id}`)
}

/** A column that an agreement, a tax or an exception names stands in some schedule. */
function checkColumns({ schedules, agreements, taxes, mfnExceptions }: Lists, tell: Tell): void {
  // An operator may still load one: a territory without any names its columns ahead.
  if (schedules.length === 0) return
  const columns = new Set(
    schedules.flatMap((schedule) => [
      ...headerOf(schedule.path),
      ...Object.keys(schedule.default ?? {}),
    ]),
  )
  for (const record of [...agreements, ...taxes, ...mfnExceptions])
    if (record.column !== undefined && !columns.has(record.column))
      tell(record, `${record.id}: no schedule has a column ${record.column}`)
}

/** The column names of a schedule, without reading the rest of it. */
function headerOf(path: string): string[] {
  if (!existsSync(path)) return []
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(4096)
    const length = readSync(file, start)
    const [header = ''] = start.toString('utf8', 0, length).split('\n')
    return header.trimEnd().split(',')
  } finally {
    closeSync(file)
  }
}

/** Two schedules with dates of the law hold one chapter on one day: neither goes before the other. */
function checkChapters(schedules: Lists['schedules'], tell: Tell): void {
  const firm = schedules.filter(({ seen }) => !seen)
  for (const [at, first] of firm.entries())
    for (const second of firm.slice(at + 1)) {
      if (Boolean(first.over) !== Boolean(second.over) || !overlap([first, second])) continue
      const chapter = allChapters.find((each) => holds(first, each) && holds(second, each))
      if (chapter)
        tell(second, `${second.file}: chapter ${chapter} stands in ${first.file} on the same day`)
    }
}

const allChapters = Array.from({ length: 99 }, (_, index) => String(index + 1).padStart(2, '0'))

const holds = ({ chapters }: ScheduleRecord, chapter: string): boolean =>
  !chapters || compileCodes(chapters.split(',').map((each) => each.trim())).has(chapter)

/** What is rounded to lies in whole minor units of the territory's currency. */
function checkUnits({ rounding }: Lists, currency: TerritoryRules['currency'], tell: Tell): void {
  const digits = Math.min(...currency.map((each) => minorDigits(each.currency) ?? 2))
  for (const record of rounding) {
    const { n, d } = decimal(record.unit)
    if (currency.length > 0 && (n === 0n || (n * 10n ** BigInt(digits)) % d !== 0n))
      tell(record, `${record.id}: ${record.unit} is finer than a minor unit`)
  }
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
