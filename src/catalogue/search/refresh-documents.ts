// Keeps what search reads in step with the offers. Batch-first: a handful of statements for some hundred offers, called
// by the reader of the event log and by whoever wrote many offers at once.
import { sql } from 'kysely'
import type { Day } from '../../basis/day.ts'
import type { Tx } from '../../db/index.ts'
import { documentOf } from './document.ts'
import type { OfferKey } from '../find-offers.ts'
import { lexemesOfName, phraseOf, wordsOf } from './words.ts'

/** The plain names of a heading or subheading, name and everyday words, in every language there is. */
export type NamesOfCode = (code: string) => readonly string[]

/** What search knows of a published offer. */
export interface OfferToFind {
  home_hub: string
  business_id: string
  offer_id: string
  subheading: string | null
  origin: string | null
  published_at: string
  seller: string
  brand: string | null
  materials: string | null
  titles: string[]
  descriptions: string[]
  /** What its variants are called: red, size M. */
  options: string[]
  /** Destinations with a price at the door. */
  reaches: string[]
}

/**
 * Writes the documents of these offers anew; what is no longer published, or sold by a business that may not trade, is
 * found no more.
 */
export async function refreshDocuments(
  tx: Tx,
  keys: readonly OfferKey[],
  namesOf: NamesOfCode,
  pricedOn: Day,
): Promise<void> {
  if (keys.length === 0) return
  const offers = await readOffers(tx, keys)
  await sql`
    delete from offer_documents d using ${listed(keys)}
    where d.home_hub = k.home_hub and d.business_id = k.business_id and d.offer_id = k.offer_id
      and not exists (select from unnest(${offers.map((each) => each.business_id)}::uuid[],
        ${offers.map((each) => each.offer_id)}::uuid[]) as kept(b, o) where (kept.b, kept.o) = (d.business_id, d.offer_id))`.execute(
    tx,
  )
  await writeDocuments(tx, offers, namesOf, pricedOn)
}

/** The documents of offers that were read already, with the words and names that find them. */
export async function writeDocuments(
  tx: Tx,
  offers: readonly OfferToFind[],
  namesOf: NamesOfCode,
  pricedOn: Day,
): Promise<void> {
  if (offers.length === 0) return
  const made = offers.map((offer) => ({ offer, ...describe(offer) }))
  await writeWords(tx, [...new Set(made.flatMap(({ words }) => words))])
  await writeNames(tx, offers, namesOf)
  const column = (value: (each: (typeof made)[number]) => string | null) => made.map(value)
  await sql`
    insert into offer_documents
      (home_hub, business_id, offer_id, words, subheading, origin, published_at, priced_on)
    select k.*, ${pricedOn}::date from unnest(
      ${column(({ offer }) => offer.home_hub)}::uuid[],
      ${column(({ offer }) => offer.business_id)}::uuid[],
      ${column(({ offer }) => offer.offer_id)}::uuid[],
      ${column(({ document }) => document)}::tsvector[],
      ${column(({ offer }) => offer.subheading)}::text[],
      ${column(({ offer }) => offer.origin)}::text[],
      ${column(({ offer }) => offer.published_at)}::timestamptz[]) as k
    on conflict on constraint offer_documents_key do update
      set words = excluded.words, subheading = excluded.subheading, origin = excluded.origin,
        published_at = excluded.published_at, priced_on = excluded.priced_on`.execute(tx)
}

function describe(offer: OfferToFind): { document: string; words: string[] } {
  const { titles, descriptions, options, brand, materials, seller } = offer
  return documentOf(
    {
      titles,
      descriptions,
      traits: [brand ?? '', materials ?? '', ...options],
      seller,
    },
    {
      subheading: offer.subheading,
      origin: offer.origin,
      business: offer.business_id,
      reaches: offer.reaches,
    },
  )
}

/** The keys as a table `k` of a statement. */
export const listed = (keys: readonly OfferKey[]) => sql`
  unnest(${keys.map((key) => key.homeHub)}::uuid[], ${keys.map((key) => key.businessId)}::uuid[],
    ${keys.map((key) => key.offerId)}::uuid[]) as k(home_hub, business_id, offer_id)`

/** The published ones among these, in the order of their keys. */
async function readOffers(tx: Tx, keys: readonly OfferKey[]): Promise<OfferToFind[]> {
  const { rows } = await sql<OfferToFind>`
    select o.home_hub, o.business_id, o.offer_id, o.subheading, o.origin, o.published_at,
      b.name as seller, o.brand, o.materials,
      array(select t.title from offer_texts t where (t.home_hub, t.business_id, t.offer_id)
        = (o.home_hub, o.business_id, o.offer_id) order by t.locale) as titles,
      array(select t.description from offer_texts t where (t.home_hub, t.business_id, t.offer_id)
        = (o.home_hub, o.business_id, o.offer_id) order by t.locale) as descriptions,
      array(select distinct option ->> 'value' from variants v, jsonb_array_elements(v.options) option
        where (v.home_hub, v.business_id, v.offer_id) = (o.home_hub, o.business_id, o.offer_id)
          and v.active order by 1) as options,
      array(select p.destination from offer_prices p where (p.home_hub, p.business_id, p.offer_id)
        = (o.home_hub, o.business_id, o.offer_id)) as reaches
    from ${listed(keys)}
    join offers o on (o.home_hub, o.business_id, o.offer_id)
      = (k.home_hub, k.business_id, k.offer_id)
    join businesses b on b.home_hub = o.home_hub and b.id = o.business_id
    where o.status = 'published' and b.screening <> 'blocked'
    order by o.home_hub, o.business_id, o.offer_id`.execute(tx)
  return rows
}

/** In the order of the words: two refreshes at once then never wait for each other in a circle. */
async function writeWords(tx: Tx, words: readonly string[]): Promise<void> {
  const sorted = words.toSorted((a, b) => (a < b ? -1 : 1))
  await sql`
    insert into search_words (word)
    select k.word from unnest(${sorted}::text[]) as k(word)
    where not exists (select from search_words s where s.word = k.word)
    order by k.word on conflict do nothing`.execute(tx)
}

/** The names of codes that no offer had before. */
async function writeNames(
  tx: Tx,
  offers: readonly OfferToFind[],
  namesOf: NamesOfCode,
): Promise<void> {
  const codes = new Set(
    offers.flatMap(({ subheading }) =>
      subheading === null ? [] : [subheading.slice(0, 4), subheading],
    ),
  )
  const known = await tx
    .selectFrom('name_words')
    .select('code')
    .distinct()
    .where('code', '=', sql<string>`any(${[...codes]})`)
    .execute()
  for (const { code } of known) codes.delete(code)
  const named = [...codes].toSorted().flatMap((code) => nameWordsOf(code, namesOf(code)))
  await writeNameWords(tx, named)
}

interface NameWord {
  word: string
  code: string
  share: number
}

async function writeNameWords(tx: Tx, named: readonly NameWord[]): Promise<void> {
  if (named.length === 0) return
  const words = named.map(({ word }) => word).filter((word) => !word.includes(' '))
  await writeWords(tx, [...new Set(words)])
  await sql`
    insert into name_words (word, code, share)
    select * from unnest(${named.map(({ word }) => word)}::text[],
      ${named.map(({ code }) => code)}::text[], ${named.map(({ share }) => share)}::smallint[])
    on conflict do nothing`.execute(tx)
}

/**
 * How much each word says about a code: the share of its names that hold the word, of 100. A name of several words is
 * kept whole as well, and says all.
 */
function nameWordsOf(code: string, names: readonly string[]): NameWord[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(phraseOf(wordsOf(name)), names.length)
  counts.delete('')
  for (const name of names)
    for (const word of new Set(lexemesOfName(name))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .map(([word, count]) => ({
      word,
      code,
      share: Math.min(100, Math.max(1, Math.round((100 * count) / names.length))),
    }))
    .toSorted((a, b) => (a.word < b.word ? -1 : 1))
}
