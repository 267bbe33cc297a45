// Reads rules/ from disk, territory by territory, checked whole: a territory with one fault is not used at all.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { isCurrency } from '../../basis/currency.ts'
import { checkLists } from './check-lists.ts'
import { settle } from './check-records.ts'
import { joinOverlay } from './overlay.ts'
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
import type { Dated } from './versions.ts'

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
  readonly schedules: readonly (ScheduleRecord & {
    readonly path: string
    /** Laid over the shipped ones: alone for its chapters. */
    readonly over?: true
  })[]
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

export type Lists = Omit<TerritoryRules, 'territory' | 'chain' | 'currency' | 'localTaxes'>
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

/**
 * One territory with what it inherits, from the shipped folder and what an operator lays over it. Throws RulesError with
 * every fault of its files.
 */
export function readTerritory(
  folders: readonly string[],
  code: string,
  shared: Shared,
  members: readonly string[] = [],
): TerritoryRules {
  const layers = folders
    .filter((folder) => existsSync(join(folder, code)))
    .map((folder) => readFolder(folder, code, shared))
  const own = layers.slice(1).reduce(joinLayer, layers[0] ?? emptyLayer)
  const union = own.extends
  if (union === undefined) {
    checkLists(own.lists, code, own.currency)
    const { lists, currency, localTaxes } = own
    return { ...lists, territory: code, chain: [code], currency, localTaxes }
  }
  const exists = folders.some((folder) => existsSync(join(folder, union, 'territory.yaml')))
  if (!exists || union === code || members.includes(union))
    throw new RulesError([
      { file: `${code}/territory.yaml`, line: 1, reason: `extends ${union}, which is no union` },
    ])
  const inherited = readTerritory(folders, union, shared, [...members, code])
  const lists = joinLists(inherited, own.lists)
  const currency = own.currency.length > 0 ? own.currency : inherited.currency
  checkLists(lists, code, currency)
  return {
    ...lists,
    territory: code,
    chain: [...inherited.chain, code],
    currency,
    localTaxes: own.localTaxes || inherited.localTaxes,
  }
}

type Layer = {
  readonly extends: string | undefined
  readonly localTaxes: boolean
  readonly currency: TerritoryRules['currency']
  readonly lists: Lists
}
const emptyLayer: Layer = { extends: undefined, localTaxes: false, currency: [], lists: empty }

function joinLayer(base: Layer, over: Layer): Layer {
  return {
    extends: over.extends ?? base.extends,
    localTaxes: over.localTaxes || base.localTaxes,
    currency: over.currency.length > 0 ? over.currency : base.currency,
    lists: joinOverlay(base.lists, over.lists),
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

function readFolder(folder: string, code: string, shared: Shared): Layer {
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
    settle(file, list, citations, shared.groups, faults) as T[]
  const present = (file: string): void => {
    if (!existsSync(join(folder, code, file)))
      faults.push({
        file: `${code}/${file}`,
        line: 1,
        reason: 'is named by a rule and is not there',
      })
  }
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
  for (const { file } of lists.schedules) present(file)
  for (const { codes_file: file } of lists.measures) if (file !== undefined) present(file)
  const { currency = [] } = territory?.value ?? {}
  const currencies = typeof currency === 'string' ? [{ currency }] : currency
  for (const each of currencies)
    if (!isCurrency(each.currency))
      faults.push(
        (territory as YamlFile<object>).fault(['currency'], `${each.currency} is no currency`),
      )
  if (territory && territory.value.territory !== code)
    faults.push(
      territory.fault(['territory'], `says ${territory.value.territory} in the folder ${code}`),
    )
  if (faults.length > 0) throw new RulesError(faults)
  return {
    extends: territory?.value.extends,
    localTaxes: territory?.value.local_taxes ?? false,
    currency: currencies,
    lists,
  }
}
