// Search over 100,000 offers, 50 questions a second come what may: words in five languages, typos, filters, prices, pages
// further down, and words that nothing holds. Then what it finds: the relevance set, language by language.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import '../src/catalogue/search/schema.ts'
import { searchOffers, type Search } from '../src/catalogue/search/search-offers.ts'
import { measureRelevance } from '../src/catalogue/search/relevance/measure.ts'
import { writeDocuments, type OfferToFind } from '../src/catalogue/search/refresh-documents.ts'
import { migrate, openDatabase, startEmbedded, transact, type Database } from '../src/db/index.ts'
import { createNomenclature } from '../src/nomenclature/index.ts'
import { readPlainFiles } from '../src/nomenclature/read-plain-files.ts'
import type { Figure } from './support/figure.ts'
import { withFolder } from './support/hub-process.ts'
import { median, now, percentile } from './support/measure.ts'
import { seeded } from './support/random.ts'

const offers = 100_000
const perSecond = 50
const seconds = 20

export function run(): Promise<Figure[]> {
  return withFolder(async (folder) => {
    const wait = async (milliseconds: number): Promise<void> => void (await sleep(milliseconds))
    const random = (length: number) => new Uint8Array(randomBytes(length))
    const embedded = await startEmbedded({ folder: join(folder, 'data'), sleep: wait, random })
    const open = () => openDatabase({ embedded, sleep: wait, fraction: () => 0.5 })
    const db = await open()
    try {
      await migrate(db, Date.now())
      const relevance = await relevanceFigures(db)
      await sql`truncate offer_documents, search_words, name_words`.execute(db.kysely)
      const begun = now()
      const goods = await load(db)
      const loaded = (now() - begun) / 1000
      return [...(await searchFigures(db, goods, loaded)), ...relevance]
    } finally {
      await db.close()
      await embedded.stop()
    }
  })
}

async function relevanceFigures(db: Database): Promise<Figure[]> {
  const { scores } = await measureRelevance(db, plain)
  return scores.map(({ locale, questions, first, found, reciprocal }) => ({
    name: `search: ${questions} questions in ${locale}, first answer wanted`,
    value: Math.round(first * 100),
    unit: '%',
    note:
      `${Math.round(found * 100)} % of the wanted goods among the first ten, ` +
      `mean reciprocal place ${reciprocal.toFixed(2)}; 63 goods`,
  }))
}

const origins = ['MY', 'CA', 'CN', 'TH', 'RW', 'IE', 'IT', 'JP', 'IN', 'AU']
const destinations = ['CN', 'MY', 'CA', 'DE']
const manners = ['handmade', 'large', 'small', 'organic', 'classic', 'blue', 'red', 'light', 'new']

interface Goods {
  /** What people would type to find some of it, with its language. */
  phrases: [locale: string, words: string][]
  /** Broad words, and where their page before the fiftieth ended. */
  deep: Search[]
}

/** Offers called by everyday words of the nomenclature, one in three in another language than English. */
async function load(db: Database): Promise<Goods> {
  const random = seeded(3)
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const { subheadings, headings } = readWords()
  const batch = 2_000
  for (let begin = 0; begin < offers; begin += batch) {
    const made = Array.from({ length: batch }, (_, at): OfferToFind => {
      const { code, words } = any(subheadings)
      const other = random() < 0.33 ? any(headings.get(code.slice(0, 4)) ?? [['en', '']]) : []
      const title = `${any(manners)} ${any(words)} ${Math.floor(random() * 5_000)}`
      return {
        ...{ home_hub: idOf(0), business_id: idOf(Math.floor(random() * 400)) },
        ...{ offer_id: idOf(begin + at), subheading: code, origin: any(origins) },
        published_at: new Date(1_760_000_000_000 + (begin + at) * 1000).toISOString(),
        ...{
          seller: `Workshop ${Math.floor(random() * 400)}`,
          brand: null,
          materials: any(manners),
        },
        titles: [title, ...(other[1] ? [other[1]] : [])],
        descriptions: [
          `${any(words)}, ${any(words)}. ${any(manners)} ${any(any(subheadings).words)}`,
        ],
        options: [any(manners)],
        reaches: destinations.filter(() => random() < 0.8),
      }
    })
    await transact(db, (tx) => writeDocuments(tx, made, plain, '2026-11-22'))
    await price(db, made, random)
  }
  await db.pool.query('vacuum analyze')
  const phrases = [...headings.values()].flat().filter(() => random() < 0.05)
  return { phrases, deep: await Promise.all(manners.map((words) => pageOf(db, words, 50))) }
}

/** What somebody asks who has followed "next" to this page. */
async function pageOf(db: Database, words: string, page: number): Promise<Search> {
  let search: Search = { words, size: 24 }
  for (let at = 1; at < page; at += 1) {
    const { next } = await searchOffers(db.kysely, search)
    if (next === undefined) throw new Error(`"${words}" has ${at} pages, not ${page}`)
    search = { ...search, after: next }
  }
  return search
}

async function price(db: Database, made: readonly OfferToFind[], random: () => number) {
  const rows = made.flatMap((offer) =>
    offer.reaches.map((to) => ({ ...offer, to, total: Math.floor(random() * 50_000) + 500 })),
  )
  await sql`
    insert into offer_prices (home_hub, business_id, offer_id, destination, day, state, total_minor, currency, subheading, origin)
    select h, b, o, d, '2026-11-22', 'complete', t, 'CNY', s, f
    from unnest(${rows.map((row) => row.home_hub)}::uuid[], ${rows.map((row) => row.business_id)}::uuid[],
      ${rows.map((row) => row.offer_id)}::uuid[], ${rows.map((row) => row.to)}::text[],
      ${rows.map((row) => row.total)}::bigint[], ${rows.map((row) => row.subheading)}::text[],
      ${rows.map((row) => row.origin)}::text[]) as k(h, b, o, d, t, s, f)`.execute(db.kysely)
}

const plain = createNomenclature().namesOf
const idOf = (at: number): string => `0199d2f0-0000-7000-8000-${String(at).padStart(12, '0')}`

function readWords() {
  const subheadings: { code: string; words: string[] }[] = []
  const headings = new Map<string, [locale: string, words: string][]>()
  for (const file of readPlainFiles().entries)
    for (const line of file.trim().split('\n').slice(1)) {
      const [code = '', locale = '', , name = '', words = ''] = line.split('\t')
      const all = [name, ...words.split('; ')].filter((each) => each !== '')
      if (code.length === 6) subheadings.push({ code, words: all })
      if (code.length === 4) {
        const known = headings.get(code) ?? []
        headings.set(code, [...known, ...all.map((each): [string, string] => [locale, each])])
      }
    }
  return { subheadings, headings }
}

type Kind = (goods: Goods, random: () => number) => Search

const phrase = ({ phrases }: Goods, random: () => number): string =>
  phrases[Math.floor(random() * phrases.length)]?.[1] ?? ''

const kinds: Readonly<Record<string, Kind>> = {
  'plain words': (goods, random) => ({ words: phrase(goods, random), size: 24 }),
  'words that all goods hold': (_, random) => ({
    words: `${manners[Math.floor(random() * manners.length)]} ${manners[Math.floor(random() * 9)]}`,
    size: 24,
  }),
  'page 50 of a word that many goods hold': ({ deep }, random) =>
    deep[Math.floor(random() * deep.length)] as Search,
  'words that nothing holds': (_, random) => ({
    words: Array.from({ length: 3 }, () => Math.floor(random() * 1e12).toString(36)).join('q '),
    size: 24,
  }),
  typo: (goods, random) => {
    const words = phrase(goods, random)
    const at = 1 + Math.floor(random() * (words.length - 1))
    return { words: words.slice(0, at) + words.slice(at + 1), size: 24 }
  },
  'words, destination and origin': (goods, random) => ({
    words: phrase(goods, random),
    ...{ destination: 'CN', origin: origins[Math.floor(random() * 10)], size: 24 },
  }),
  'category, cheapest first': (_, random) => ({
    words: '',
    ...{
      destination: 'MY',
      category: String(10 + Math.floor(random() * 80)),
      sort: 'price',
      size: 24,
    },
  }),
  'words within a price': (goods, random) => ({
    words: phrase(goods, random),
    ...{ destination: 'CA', priceTo: 20_000n, sort: 'price', size: 24 },
  }),
  'newest of an origin': (_, random) => ({
    words: '',
    ...{ destination: 'DE', origin: origins[Math.floor(random() * 10)], size: 24 },
  }),
}

async function searchFigures(db: Database, goods: Goods, loaded: number): Promise<Figure[]> {
  const random = seeded(7)
  const names = Object.keys(kinds)
  for (let warm = 0; warm < 200; warm += 1)
    await searchOffers(db.kysely, (kinds[names[warm % names.length] ?? ''] as Kind)(goods, random))
  const times = new Map<string, number[]>(names.map((name) => [name, []]))
  const bare: number[] = []
  const work: Promise<void>[] = []
  let empty = 0
  const begun = now()
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const due = begun + (at * 1000) / perSecond
    if (due > now()) await sleep(due - now())
    const name = names[at % names.length] ?? ''
    const search = (kinds[name] as Kind)(goods, random)
    work.push(
      (async () => {
        const { keys } = await searchOffers(db.kysely, search)
        times.get(name)?.push(now() - due)
        if (keys.length === 0) empty += 1
        const asked = now()
        await db.kysely
          .selectFrom('offer_documents')
          .select('origin')
          .where('offer_id', '=', idOf(at))
          .where('home_hub', '=', idOf(0))
          .limit(1)
          .execute()
        bare.push(now() - asked)
      })(),
    )
  }
  await Promise.all(work)
  const all = [...times.values()].flat()
  const yardstick = { name: 'one row by its key', value: percentile(bare, 95) }
  const figure = (name: string, values: readonly number[]): Figure => ({
    name: `search: ${name}, p95`,
    value: percentile(values, 95),
    unit: 'ms',
    yardstick,
    bar: { of: 'figure', most: 50 },
    note: `half within ${median(values).toFixed(1)} ms, 99 of 100 within ${percentile(values, 99).toFixed(1)} ms`,
  })
  const [first = figure('all', all)] = [figure(`${offers} offers, ${perSecond}/s, all`, all)]
  first.note += `; ${empty} of ${all.length} found nothing; loaded in ${loaded.toFixed(0)} s`
  return [first, ...[...times].map(([name, values]) => figure(name, values))]
}
