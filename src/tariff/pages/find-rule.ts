// Rules by id over all the lists of a territory: an answer names a rule, a page shows it.
import type { Day } from '../../basis/day.ts'
import type { TerritoryRules } from '../rules/read-rules.ts'
import type { BasketCondition, Citation, LineCondition, Treatment } from '../rules/records.ts'
import { versionOn, type Dated, type Sighting } from '../rules/versions.ts'

export const ruleLists = [
  'regimes',
  'taxes',
  'reduced',
  'reliefs',
  'waivers',
  'fees',
  'agreements',
  'measures',
  'restrictions',
  'valuation',
  'exchange',
  'mfnExceptions',
  'rounding',
  'covers',
] as const
export type RuleList = (typeof ruleLists)[number]

/** Any record of the rules with whatever it may say; the lists differ in what they use. */
export type RuleRecord = Dated & {
  id: string
  name?: string
  citation?: Citation
  note?: string
  rate?: string
  column?: string
  base?: readonly string[]
  inclusive?: boolean
  per?: string
  max?: string
  when?: BasketCondition
  lines?: LineCondition
  treatments?: readonly Treatment[]
  relieves?: readonly string[]
  members?: readonly string[]
  proofs?: readonly (readonly string[])[]
  papers?: readonly string[]
  remits?: readonly string[]
  kind?: string
  not_with?: readonly string[]
  unless_proof?: string
  flagged?: boolean
  chapters?: string
  price?: string
  freight?: string
  insurance?: string
  source?: string
  rule?: string
  unit?: string
  mode?: string
  stage?: string
  level?: string
}

export type FoundRule = {
  list: RuleList
  name: string
  versions: readonly { record: RuleRecord; holds: boolean; sighting?: Sighting }[]
}

/** Undefined where the territory has no such rule; versions newest first. */
export function findRule(rules: TerritoryRules, id: string, on: Day): FoundRule | undefined {
  for (const list of ruleLists) {
    const versions = recordsOf(rules, list).filter((record) => record.id === id)
    if (versions.length === 0) continue
    const held = versionOn(versions, on)
    const name = (held?.record ?? versions[0])?.name ?? id
    return {
      list,
      name,
      versions: [...versions]
        .sort((a, b) => (begins(a) < begins(b) ? 1 : -1))
        .map((record) => ({
          record,
          holds: record === held?.record,
          ...(record === held?.record && held.sighting ? { sighting: held.sighting } : {}),
        })),
    }
  }
  return undefined
}

const begins = ({ from, seen }: Dated): string => seen?.[0] ?? from ?? ''

/** The records of one list in one shape: what stands in a list of its own name is moved where the page looks. */
export function recordsOf(rules: TerritoryRules, list: RuleList): RuleRecord[] {
  if (list === 'regimes')
    return rules.regimes.map(({ lines, ...record }) => ({
      ...(record as RuleRecord),
      treatments: lines ?? [],
    }))
  if (list === 'reduced')
    return rules.taxes.flatMap(({ name, reduced = [] }) =>
      reduced.map((record) => ({
        ...(record as unknown as RuleRecord),
        name: record.name ?? name,
      })),
    )
  if (list === 'agreements')
    return rules.agreements.map(({ members, ...record }) => ({
      ...(record as RuleRecord),
      members: [...new Set(members.flatMap(({ countries }) => countries))],
    }))
  if (list === 'mfnExceptions' || list === 'covers')
    return rules[list].map((record) => {
      const { id: _, ...conditions } = record as RuleRecord & LineCondition
      const { codes, codes_not, origin, origin_not, ...rest } = conditions
      return {
        ...rest,
        id: record.id,
        lines: { codes, codes_not, origin, origin_not },
      } as RuleRecord
    })
  return rules[list] as unknown as RuleRecord[]
}
