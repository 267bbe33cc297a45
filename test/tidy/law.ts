import { parse } from 'yaml'
import { isDay } from '../../src/basis/day.ts'
import type { Project, Rule } from './project.ts'

// Each record of rules/ says where it was read and on which day (docs/rules-schema.md, section 2). Read here by its
// own means: the engine's reader must not vouch for itself.

type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
type Fields = { [key: string]: Value }

/** Maps whose `from` is a country of dispatch and not a day. */
const conditions = ['when', 'lines', 'every_line', 'any_line', 'no_line']

const isRules = (path: string): boolean => /^rules\/.*\.ya?ml$/.test(path)
const isExamples = (path: string): boolean => /\/examples\//.test(path)
const isSources = (path: string): boolean => /^rules\/sources[^/]*$/.test(path)

export const lawIsCited: Rule = (project) => {
  const shared = sharedCitations(project)
  return project.paths.filter(isRules).flatMap((path) => {
    const say = (what: string): string => `${path}: ${what}`
    const whole = parse(project.text(path)) as Value
    if (isSources(path))
      return Object.entries(fields(whole)).flatMap(([key, each]) => citation(key, each).map(say))
    const own = fields(fields(read(project, territoryFile(path)))['citations'] ?? {})
    const known = new Set([...shared, ...Object.keys(own)])
    const cited = records(whole, isExamples(path)).flatMap(({ name, record }) => {
      const given = record['citation']
      if (typeof given === 'string')
        return known.has(given) ? [] : [`${name} cites ${given}, unknown`]
      return given === undefined ? [`${name} has no citation`] : citation(name, given)
    })
    const keys = Object.entries(fields(fields(whole)['citations'] ?? {}))
    return [...cited, ...keys.flatMap(([key, each]) => citation(key, each))].map(say)
  })
}

export const lawIsDated: Rule = (project) =>
  project.paths.filter(isRules).flatMap((path) => {
    const whole = parse(project.text(path)) as Value
    const found = isExamples(path) ? caseDates(whole) : dates(whole, '')
    return found.map((what) => `${path}: ${what}`)
  })

/** Everything in a list of the file, and the reduced rates inside a tax; of worked cases those of an authority. */
function records(whole: Value, examples: boolean): { name: string; record: Fields }[] {
  const lists: [string, Value][] = Array.isArray(whole)
    ? [['examples', whole]]
    : Object.entries(fields(whole))
  return lists.flatMap(([list, value]) => {
    if (!Array.isArray(value) || list === 'currency') return []
    return value.flatMap((each, index) => {
      const record = fields(each)
      if (examples && record['by'] !== 'authority') return []
      const name = `${list} ${String(record['id'] ?? record['file'] ?? index)}`
      return [{ name, record }, ...records({ reduced: record['reduced'] ?? null }, false)]
    })
  })
}

function citation(name: string, value: Value): string[] {
  const given = fields(value)
  const missing = ['title', 'publisher', 'url', 'read'].filter((key) => !given[key])
  const url = String(given['url'] ?? '')
  return [
    ...missing.map((key) => `${name}: the citation has no ${key}`),
    ...(missing.includes('url') || URL.canParse(url) ? [] : [`${name}: ${url} is no address`]),
  ]
}

/** In a worked case `to` is a destination; it is asked on a day and may cite a page. */
const caseDates = (whole: Value): string[] =>
  (Array.isArray(whole) ? whole : []).flatMap((each) => {
    const { id = '', on, citation: page = {} } = fields(each)
    const asked = isWrittenDay(on) ? [] : [`${String(id)}: on ${JSON.stringify(on)} is no day`]
    return [...asked, ...dates(page, String(id))]
  })

/** `from`, `to` and `read` are days, `seen` is a list of them, and a record has either dates or sightings. */
function dates(value: Value, name: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => dates(each, name))
  const record = fields(value)
  const here = String(record['id'] ?? record['file'] ?? name)
  const { from, to, seen } = record
  const wrong = ['from', 'to', 'read']
    .filter((key) => record[key] !== undefined && !isWrittenDay(record[key]))
    .map((key) => `${here}: ${key} ${JSON.stringify(record[key])} is no day`)
  if (seen !== undefined && !(Array.isArray(seen) && seen.length > 0 && seen.every(isWrittenDay)))
    wrong.push(`${here}: seen ${JSON.stringify(seen)} is no list of days`)
  if (seen !== undefined && (from !== undefined || to !== undefined))
    wrong.push(`${here}: has dates and sightings`)
  if (typeof from === 'string' && typeof to === 'string' && from > to)
    wrong.push(`${here}: ends before it begins`)
  const inside = Object.entries(record).filter(([key]) => !conditions.includes(key))
  return [...wrong, ...inside.flatMap(([key, each]) => dates(each, `${here} ${key}`.trim()))]
}

const isWrittenDay = (value: Value | undefined): boolean =>
  typeof value === 'string' && isDay(value)

const territoryFile = (path: string): string =>
  `${path.split('/').slice(0, 2).join('/')}/territory.yaml`

function sharedCitations(project: Project): string[] {
  return project.paths.filter(isSources).flatMap((path) => Object.keys(fields(read(project, path))))
}

const read = (project: Project, path: string): Value =>
  project.paths.includes(path) ? (parse(project.text(path)) as Value) : {}

const fields = (value: Value): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
