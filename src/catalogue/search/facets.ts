// What the goods of a search have in common: what each filter could be set to, and how many goods that would leave.
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../db/index.ts'
import { sampleOf, type Question } from './found-by.ts'
import type { Filters } from './query.ts'
import type { Search } from './search-offers.ts'

export interface Facet {
  value: string
  count: number
}

export type FacetName = 'chapter' | 'origin' | 'business'
export type Facets = Record<FacetName, Facet[]>
export type Counted = { facet: FacetName; value: string; count: number }

const mostFacets = 12

/** Counts over `found`, the name of what a statement holds. */
export function facetsOf(only?: FacetName): RawBuilder<unknown> {
  const columns: Record<FacetName, RawBuilder<unknown>> = {
    chapter: sql`left(subheading, 2)`,
    origin: sql`origin`,
    business: sql`business_id::text`,
  }
  const parts = Object.entries(columns)
    .filter(([name]) => only === undefined || name === only)
    .map(
      ([name, column]) => sql`
        (select ${name} as facet, ${column} as value, count(*)::int as count from found
         where ${column} is not null group by 2 order by 3 desc, 2 limit ${mostFacets})`,
    )
  return sql.join(parts, sql` union all `)
}

/** A facet that is filtered by shows what else there would be: its own filter is left out. */
export async function otherFacets(db: Db, question: Question): Promise<Counted[]> {
  const counted = await Promise.all(
    filtered(question.search).map(([facet, without]) =>
      sql<Counted>`
        with found as materialized (${sampleOf(question, without)}) ${facetsOf(facet)}`.execute(db),
    ),
  )
  return counted.flatMap(({ rows }) => rows)
}

function filtered(search: Search): [FacetName, Filters][] {
  const { origin, category, business, destination } = search
  const all = { origin, category, business, destination }
  return [
    ...(category ? [['chapter', { ...all, category: undefined }] as [FacetName, Filters]] : []),
    ...(origin ? [['origin', { ...all, origin: undefined }] as [FacetName, Filters]] : []),
    ...(business ? [['business', { ...all, business: undefined }] as [FacetName, Filters]] : []),
  ]
}

/** `others` take the place of what was counted within their own filter. */
export function allFacets(
  search: Search,
  counted: readonly Counted[],
  others: readonly Counted[],
): Facets {
  const replaced = new Set(filtered(search).map(([name]) => name))
  const all = [...counted.filter(({ facet }) => !replaced.has(facet)), ...others]
  const of = (name: FacetName): Facet[] =>
    all.filter(({ facet }) => facet === name).map(({ value, count }) => ({ value, count }))
  return { chapter: of('chapter'), origin: of('origin'), business: of('business') }
}
