// The relevance set: 63 goods as sellers describe them, each in one language, and 200 questions of people who speak
// five, with the goods they would want to see. Both were written before anything was measured.
import { readFileSync } from 'node:fs'
import type { Database } from '../../../db/index.ts'
import { transact } from '../../../db/index.ts'
import { searchOffers } from '../search-offers.ts'
import { writeDocuments, type NamesOfCode, type OfferToFind } from '../refresh-documents.ts'

export interface Relevance {
  locale: string
  questions: number
  /** Share of questions whose first answer is wanted. */
  first: number
  /** Share of the wanted goods that stand among the first ten. */
  found: number
  /** Mean of 1 / place of the first wanted goods; 0 where none is among the first ten. */
  reciprocal: number
}

const hub = '0199d2f0-0000-7000-8000-000000000001'
const seller = '0199d2f0-0000-7000-8000-0000000000aa'
const idOf = (at: number): string => `0199d2f0-0000-7000-8000-${String(at).padStart(12, '0')}`

export const rowsOf = (name: string): string[][] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))

/** Loads the goods and asks every question; the misses are for whoever wants to look. */
export async function measureRelevance(
  db: Database,
  namesOf: NamesOfCode,
): Promise<{ scores: Relevance[]; misses: string[] }> {
  const goods = rowsOf('goods.tsv')
  const documents = goods.map(
    ([, subheading = '', origin = '', , title = '', description = ''], at): OfferToFind => ({
      ...{ home_hub: hub, business_id: seller, offer_id: idOf(at), subheading, origin },
      published_at: new Date(Date.UTC(2026, 10, 1, 0, at)).toISOString(),
      ...{ seller: '', brand: null, materials: null, options: [], reaches: [] },
      ...{ titles: [title], descriptions: [description] },
    }),
  )
  await transact(db, (tx) => writeDocuments(tx, documents, namesOf, '2026-11-22'))
  const places = new Map(goods.map(([id = ''], at) => [idOf(at), id]))
  const asked = new Map<string, { first: number; found: number; reciprocal: number }[]>()
  const misses: string[] = []
  for (const [locale = '', words = '', wanted = ''] of rowsOf('queries.tsv')) {
    const answer = await searchOffers(db.kysely, { words, size: 10 })
    const ids = answer.keys.map(({ offerId }) => places.get(offerId) ?? '')
    const all = wanted.split(' ')
    const place = ids.findIndex((id) => all.includes(id)) + 1
    const found = all.filter((id) => ids.includes(id)).length / all.length
    const score = { first: place === 1 ? 1 : 0, found, reciprocal: place === 0 ? 0 : 1 / place }
    asked.set(locale, [...(asked.get(locale) ?? []), score])
    if (place !== 1 || found < 1) misses.push(`${locale} ${words}: ${wanted} | ${ids.join(' ')}`)
  }
  return { scores: [...asked].map(([locale, each]) => scoreOf(locale, each)), misses }
}

function scoreOf(
  locale: string,
  each: readonly { first: number; found: number; reciprocal: number }[],
): Relevance {
  const mean = (key: 'first' | 'found' | 'reciprocal'): number =>
    each.reduce((sum, score) => sum + score[key], 0) / each.length
  return {
    ...{ locale, questions: each.length },
    ...{ first: mean('first'), found: mean('found'), reciprocal: mean('reciprocal') },
  }
}
