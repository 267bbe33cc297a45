// Reads rules/ from disk, territory by territory, checked whole: a territory with one fault is not used at all.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { isDay } from '../../basis/day.ts'
import { parseRate } from './rate.ts'
import { readYaml, RulesError, type RuleFault, type YamlFile } from './read-yaml.ts'
import { fileSchemas, groupsSchema, sourcesSchema, type RuleFile } from './schema.ts'
import type {
  Agreement,
  Citation,
  Cover,
  ExchangeRule,
  Fee,
  Group,
  Measure,
  MfnException,
  Regime,
  Relief,
  Restriction,
  Rounding,
  ScheduleRecord,
  Tax,
  Valuation,
  Waiver,
} from './records.ts'
import { overlap, type Dated } from './versions.ts'

/** A territory's law as it stands in its files, the union's records first. */
export type TerritoryRules = {
  readonly territory: string
  /** The territory and the unions it extends, outermost first. */
  readonly chain: readonly string[]
  readonly currency: readonly ({ readonly currency: string } & Dated)[]
  /** Provinces or states levy taxes of their own at import. */
  readonly localTaxes: boolean
  readonly valuation: readonly Valuation[]
  readonly exchange: readonly ExchangeRule[]
  readonly schedules: readonly (ScheduleRecord & { readonly path: string })[]
  readonly mfnExceptions: readonly MfnException[]
  readonly covers: readonly Cover[]
  readonly rounding: readonly Rounding[]
  readonly taxes: readonly Tax[]
  readonly regimes: readonly Regime[]
  readonly reliefs: readonly Relief[]
  readonly waivers: readonly Waiver[]
  readonly fees: readonly Fee[]
  readonly agreements: readonly Agreement[]
  readonly measures: readonly (Measure & { readonly codesPath?: string })[]
  readonly restrictions: readonly Restriction[]
}

type Lists = Omit<TerritoryRules, 'territory' | 'chain' | 'currency' | 'localTaxes'>
type Shared = { sources: ReadonlyMap<string, Citation>; groups: readonly Group[] }

const empty: Lists = {
  valuation: [],
  exchange: [],
  schedules: [],
  mfnExceptions: [],
  covers: [],
  rounding: [],
  taxes: [],
  regimes: [],
  reliefs: [],
  waivers: [],
  fees: [],
  agreements: [],
  measures: [],
  restrictions: [],
}

/** Every folder that describes a territory or a union. */
export function listTerritories(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => existsSync(join(folder, entry.name, 'territory.yaml')))
    .map((entry) => entry.name)
    .sort()
}

/** Citations and country groups that territories share. */
export function readShared(folder: string): Shared {
  const sources = new Map<string, Citation>()
  const groups: Group[] = []
  const faults: RuleFault[] = []
  for (const name of readdirSync(folder).sort()) {
    if (/^sources.*\.yaml$/.test(name)) {
      const file = readYaml(join(folder, name), name, sourcesSchema)
      for (const [key, citation] of Object.entries(file?.value ?? {})) {
        if (sources.has(key)) faults.push(file!.fault([key], `source ${key} is given twice`))
        if (typeof citation !== 'string') sources.set(key, citation)
      }
    }
    if (/^groups.*\.yaml$/.test(name)) {
      const file = readYaml(join(folder, name), name, groupsSchema)
      for (const [index, group] of (file?.value.groups ?? []).entries()) {
        if (groups.some(({ id }) => id === group.id))
          faults.push(file!.fault(['groups', index], `group ${group.id} is given twice`))
        groups.push(group)
      }
    }
  }
  if (faults.length > 0) throw new RulesError(faults)
  return { sources, groups }
}

/** One territory with what it inherits. Throws RulesError with every fault of its files. */
export function readTerritory(folder: string, code: string, shared: Shared): TerritoryRules {
  const own = readFolder(folder, code, shared)
  if (own.extends === undefined) {
    checkVersions(own.lists, code)
    return {
      ...own.lists,
      territory: code,
      chain: [code],
      currency: own.currency,
      localTaxes: own.localTaxes,
    }
  }
  const union = readTerritory(folder, own.extends, shared)
  const lists = joinLists(union, own.lists)
  checkVersions(lists, code)
  return {
    ...lists,
    territory: code,
    chain: [...union.chain, code],
    currency: own.currency.length > 0 ? own.currency : union.currency,
    localTaxes: own.localTaxes || union.localTaxes,
  }
}

/** Two sets of records, the first one's first. Records that choose by order (valuation …) let the own go first. */
function joinLists(first: Lists, own: Lists): Lists {
  const entries = (Object.keys(empty) as (keyof Lists)[]).map((key) => [
    key,
    [...first[key], ...own[key]],
  ])
  return Object.fromEntries(entries) as Lists
}

function readFolder(folder: string, code: string, shared: Shared) {
  const faults: RuleFault[] = []
  const read = <N extends RuleFile>(
    name: N,
  ): YamlFile<z.infer<(typeof fileSchemas)[N]>> | undefined => {
    try {
      return readYaml(join(folder, code, name), `${code}/${name}`, fileSchemas[name]) as
        | YamlFile<z.infer<(typeof fileSchemas)[N]>>
        | undefined
    } catch (error) {
      if (!(error instanceof RulesError)) throw error
      faults.push(...error.faults)
      return undefined
    }
  }
  const territory = read('territory.yaml')
  const citations = new Map(shared.sources)
  for (const [key, value] of Object.entries(territory?.value.citations ?? {}))
    if (typeof value !== 'string') citations.set(key, value)
  const take = <T>(file: YamlFile<object> | undefined, list: string): T[] =>
    settle(file, list, citations, faults) as T[]
  const zones = read('zones.yaml')
  const schemes = read('schemes.yaml')
  const lists: Lists = {
    valuation: take(territory, 'valuation'),
    exchange: take(territory, 'exchange'),
    schedules: take<ScheduleRecord>(territory, 'schedules').map((schedule) => ({
      ...schedule,
      path: join(folder, code, schedule.file),
    })),
    mfnExceptions: take(territory, 'mfn_exceptions'),
    covers: take(territory, 'covers'),
    rounding: take(read('rounding.yaml'), 'rounding'),
    taxes: take(read('taxes.yaml'), 'taxes'),
    regimes: [...take<Regime>(schemes, 'regimes'), ...take<Regime>(zones, 'regimes')],
    reliefs: [...take<Relief>(schemes, 'reliefs'), ...take<Relief>(zones, 'reliefs')],
    waivers: take(schemes, 'waivers'),
    fees: take(read('fees.yaml'), 'fees'),
    agreements: take(read('agreements.yaml'), 'agreements'),
    measures: take<Measure>(read('measures.yaml'), 'measures').map((measure) =>
      measure.codes_file === undefined
        ? measure
        : { ...measure, codesPath: join(folder, code, measure.codes_file) },
    ),
    restrictions: take(read('restrictions.yaml'), 'restrictions'),
  }
  if (faults.length > 0) throw new RulesError(faults)
  const currency = territory?.value.currency ?? []
  return {
    extends: territory?.value.extends,
    localTaxes: territory?.value.local_taxes ?? false,
    currency: typeof currency === 'string' ? [{ currency }] : currency,
    lists,
  }
}

type RawRecord = Dated & { id?: string; citation?: unknown; rate?: string; reduced?: RawRecord[] }

/** The records of one list with their citations in place and their dates and rates checked. */
function settle(
  file: YamlFile<object> | undefined,
  list: string,
  citations: ReadonlyMap<string, Citation>,
  faults: RuleFault[],
): unknown[] {
  const records = (file?.value as Record<string, RawRecord[] | undefined> | undefined)?.[list] ?? []
  const settleOne = (record: RawRecord, path: PropertyKey[]): RawRecord => {
    const fail = (reason: string): void => {
      faults.push((file as YamlFile<object>).fault(path, `${record.id ?? list}: ${reason}`))
    }
    checkDates(record, fail)
    checkRate(record.rate, fail)
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

/** Versions of one rule must not overlap, and a base names only what is worked out before it. */
function checkVersions(lists: Lists, code: string): void {
  const faults: RuleFault[] = []
  const { schedules: _, ...versioned } = lists
  for (const [list, records] of Object.entries(versioned))
    for (const versions of groupById<Dated & { id: string }>(records)) {
      const clash = overlap(versions)
      if (clash)
        faults.push({
          file: `${code}/${list}`,
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
