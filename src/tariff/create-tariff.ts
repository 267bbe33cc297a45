// The tariff as a value: rules read when first asked for, compiled per territory and day, kept for the next quote.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Day } from '../basis/day.ts'
import { assessBasket, type AssessOptions, type Assessment } from './assess/assess-basket.ts'
import { toAnswer, type Answer } from './assess/answer.ts'
import type { Basket } from './basket.ts'
import { parseBasket, type BasketJson } from './parse-basket.ts'
import { compileTariff } from './rules/compile.ts'
import type { CompileSources, TariffOnDay } from './rules/law.ts'
import { readEditions } from './rules/editions.ts'
import { readExchangeRates, type ExchangeRates } from './rules/exchange.ts'
import {
  listTerritories,
  readShared,
  readTerritory,
  type TerritoryRules,
} from './rules/read-rules.ts'
import { readSchedule, type Schedule } from './rules/schedule.ts'
import { Refusal } from '../basis/refusal.ts'

export type Tariff = {
  /** Destinations that can be asked, sorted; unions are not destinations. */
  readonly destinations: readonly string[]
  readonly territories: readonly string[]
  /** The territory's law on a day. Throws Refusal `unknown-destination`, or RulesError for a broken file. */
  on(territory: string, day: Day): TariffOnDay
  rules(territory: string): TerritoryRules
  schedule(path: string, name: string): Schedule
  readonly exchange: ExchangeRates
  assess(basket: Basket, to: string, on: Day, options?: AssessOptions): Assessment
  /** The answer for one destination; `on` is the basket's own day unless given. */
  quote(basket: BasketJson, to: string, options: { on?: Day } & AssessOptions): Answer
  /** Whether six digits are a subheading of any HS edition held. */
  knowsCode(code: string): boolean
}

/** `rulesFolder` is rules/; `overlay` a folder of the same shape that adds to it or replaces records by id. */
export function createTariff({
  rulesFolder,
  overlay,
}: {
  rulesFolder: string
  overlay?: string
}): Tariff {
  const shared = joinShared(rulesFolder, overlay)
  const territories = [
    ...new Set([...listTerritories(rulesFolder), ...(overlay ? listTerritories(overlay) : [])]),
  ].sort()
  const folders = overlay === undefined ? [rulesFolder] : [rulesFolder, overlay]
  const rules = remember((code: string) => readTerritory(folders, code, shared))
  const schedule = remember((path: string) => readSchedule(path, nameWithin(folders, path)))
  const exchange = readOnce(() => readExchangeRates(...folders.map((each) => join(each, 'fx'))))
  const editions = readOnce(() => readEditions(join(rulesFolder, 'hs')))
  const codes = readOnce(() => readCodes(join(rulesFolder, 'hs')))
  const sources: CompileSources = {
    groups: shared.groups,
    get exchange() {
      return exchange()
    },
    get editions() {
      return editions()
    },
    inside: (territory) => [territory, ...(groupsByUnion().get(unionOf(territory)) ?? [])],
    schedule: (path) => schedule(path),
    codes: (path) => readCodeList(path),
  }
  const unionOf = remember((territory: string) => readUnion(rulesFolder, overlay, territory))
  const groupsByUnion = readOnce(() => membersByUnion(territories, unionOf))
  const compiled = new Map<string, TariffOnDay>()
  const on = (territory: string, day: Day): TariffOnDay => {
    if (!territories.includes(territory))
      throw new Refusal('unknown-destination', { destination: territory })
    const key = `${territory} ${day}`
    let tariff = compiled.get(key)
    if (!tariff) {
      if (compiled.size >= 1000) compiled.delete(compiled.keys().next().value as string)
      tariff = compileTariff(rules(territory), day, sources)
      compiled.set(key, tariff)
    }
    return tariff
  }
  const assess: Tariff['assess'] = (basket, to, day, options) =>
    assessBasket(basket, on(to, day), options)
  return {
    territories,
    destinations: territories.filter((code) => code.length === 2 && !unions.has(code)),
    on,
    rules,
    schedule: (path) => schedule(path),
    get exchange() {
      return exchange()
    },
    assess,
    quote(json, to, options) {
      const parsed = parseBasket(json)
      if ('faults' in parsed)
        throw new Refusal('bad-basket', {
          faults: parsed.faults.map(({ at, reason }) => `${at}: ${reason}`),
        })
      const day = options.on ?? parsed.basket.on
      if (day === undefined) throw new RangeError('a quote needs a day')
      return toAnswer(assess(parsed.basket, to, day, options))
    },
    knowsCode: (code) => codes().size === 0 || codes().has(code.slice(0, 6)),
  }
}

/** Unions whose code has two letters. */
const unions: ReadonlySet<string> = new Set(['EU'])

function joinShared(folder: string, overlay: string | undefined): ReturnType<typeof readShared> {
  const base = readShared(folder)
  if (!overlay) return base
  const over = readShared(overlay)
  const ids = new Set(over.groups.map(({ id }) => id))
  return {
    sources: new Map([...base.sources, ...over.sources]),
    groups: [...over.groups, ...base.groups.filter(({ id }) => !ids.has(id))],
  }
}

/** What a territory says it extends, read without the rest of its file: a broken member must not break the others. */
function readUnion(folder: string, overlay: string | undefined, territory: string): string {
  for (const at of [folder, overlay]) {
    const path = at && join(at, territory, 'territory.yaml')
    const found =
      path && existsSync(path) && /^extends: *([A-Z]+)/m.exec(readFileSync(path, 'utf8'))
    if (found) return found[1] as string
  }
  return ''
}

function membersByUnion(
  territories: readonly string[],
  unionOf: (territory: string) => string,
): Map<string, string[]> {
  const members = new Map<string, string[]>()
  for (const territory of territories) {
    const union = unionOf(territory)
    if (union !== '') members.set(union, [...(members.get(union) ?? []), territory])
  }
  return members
}

function readCodes(folder: string): Set<string> {
  const known = new Set<string>()
  for (const year of ['2012', '2017', '2022']) {
    const path = join(folder, `codes-${year}.csv`)
    if (existsSync(path)) for (const code of readCodeList(path)) known.add(code)
  }
  for (const code of [...known]) known.add(code.slice(0, 4))
  return known
}

function readCodeList(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((row) => row.split(',')[0] as string)
    .filter((code) => /^\d/.test(code))
}

/** A file as people know it: its path within the rules folder it stands in. */
function nameWithin(folders: readonly string[], path: string): string {
  const folder = folders.findLast((each) => path.startsWith(`${each}/`))
  return folder === undefined ? path : path.slice(folder.length + 1)
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

function readOnce<T extends object>(make: () => T): () => T {
  let value: T | undefined
  return () => (value ??= make())
}
