// Makes the demo world of a hub: people, businesses, goods with drawn pictures, lanes, pavilions. Everything goes through
// the use cases that real sellers use, so what the demo shows is what the hub does.
import { Refusal } from '../../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import { demoLanes, importLanes, laneFile } from '../../logistics/index.ts'
import { timestamptz, transact } from '../../db/index.ts'
import { partiesPartsOf } from '../capabilities.ts'
import type { Hub } from '../create-hub.ts'
import { makeGoods, type DemoGoods } from './make-goods.ts'
import { makeGuests, makeSellers, type DemoSeller } from './make-people.ts'
import { makePavilions } from './make-pavilions.ts'
import { readDemoData, type Row } from './read-data.ts'
import { saveGoods, type SavedGoods } from './save-goods.ts'
import type { DemoPart } from './schema.ts'
import { seededRandom } from './seeded-random.ts'

export type DemoReport = {
  readonly seed: number
  /** False when the world was there already and nothing was touched. */
  readonly made: boolean
  readonly sellers: number
  readonly offers: number
  readonly published: number
  readonly pictures: number
  /** Offers that could not go on sale, with what they miss. */
  readonly unpublished: readonly { readonly slug: string; readonly missing: readonly string[] }[]
  readonly milliseconds: number
}

export type SeedOptions = {
  readonly seed?: number
  /** Makes the goods of the first so many sellers only; for tests. */
  readonly sellers?: number
  readonly onProgress?: (message: string) => void
}

/** When the demo world began. Its own clock starts here, so that the same seed gives the same ids. */
const began = Date.parse('2026-11-01T08:00:00Z')

/**
 * Makes the world, or goes on with one whose making was stopped; a finished one is left as it is. Refuses a hub that
 * somebody real has joined: one click would then sign anybody in beside them.
 */
export async function seedDemo(
  hub: Hub,
  { seed = 1, sellers: most = Infinity, onProgress = () => {} }: SeedOptions = {},
): Promise<DemoReport> {
  const start = hub.clock.now()
  const found = await begin(hub, seed)
  const since = (): number => hub.clock.now() - start
  if (found === 'finished') return { ...(await countWorld(hub, seed)), milliseconds: since() }
  // One that was stopped cannot begin its ids again: some of them are taken.
  const random = found === 'new' ? seededRandom(seed) : hub.random.bytes
  const now = tickingFrom(began)
  const parts = {
    ...{ ...partiesPartsOf(hub), now, random },
    ...{ screening: hub.screening, screenedAt: start },
  }
  const data = readDemoData()

  onProgress('lanes')
  await loadLanes(hub)
  onProgress('people and businesses')
  const rows = data.sellers.slice(0, most)
  const guests = await makeGuests(parts)
  const sellers = await makeSellers(parts, rows, guests)
  await keepPeople(hub, guests, sellers, rows)
  onProgress('goods')
  const chosen = new Set(sellers.map(({ slug }) => slug))
  const goods = shuffled(
    makeGoods(data).filter(({ seller }) => chosen.has(seller)),
    random,
  )
  const saved = await saveGoods({ hub, now, random }, goods, sellers)
  onProgress('pavilions')
  await makePavilions({ hub, now, random }, data.pavilions, saved, sellers)
  await hub.db.kysely
    .updateTable('demo_worlds')
    .set({ finished_at: timestamptz(hub.clock.now()) })
    .where('home_hub', '=', hub.config.id)
    .execute()
  return { ...report(seed, sellers, saved), milliseconds: since() }
}

/** Marks the hub as a demo before anything is made, so that it is never mistaken for a real one. */
async function begin(hub: Hub, seed: number): Promise<'new' | 'begun' | 'finished'> {
  const home_hub = hub.config.id
  return transact(hub.db, async (tx) => {
    const world = await tx
      .selectFrom('demo_worlds')
      .select(['seed', 'finished_at'])
      .where('home_hub', '=', home_hub)
      .executeTakeFirst()
    if (world && world.seed !== seed) throw new Refusal('demo-other-seed', { seed: world.seed })
    if (world) return world.finished_at === null ? 'begun' : 'finished'
    const anybody = await tx.selectFrom('people').select('person_id').limit(1).executeTakeFirst()
    if (anybody) throw new Refusal('demo-not-empty', { hub: hub.config.name })
    await tx
      .insertInto('demo_worlds')
      .values({ home_hub, seed, begun_at: timestamptz(hub.clock.now()), finished_at: null })
      .execute()
    return 'new'
  })
}

/** A clock of the world's own: every look at it is a second later. */
function tickingFrom(instant: number): () => number {
  let at = instant
  return () => (at += 1_000)
}

async function loadLanes(hub: Hub): Promise<void> {
  const done = await importLanes(hub.db, laneFile(demoLanes()), { today: hub.clock.today() })
  if (!done.loaded) throw new Error(`The demo lanes were refused: ${JSON.stringify(done.faults)}`)
}

async function keepPeople(
  hub: Hub,
  guests: ReadonlyMap<DemoPart, string>,
  sellers: readonly DemoSeller[],
  rows: readonly Row[],
): Promise<void> {
  const seller = sellers[0]
  if (!seller) throw new Error('The demo world has no sellers')
  const home_hub = hub.config.id
  const people: { part: DemoPart; person_id: string; business_name: string | null }[] = [
    { part: 'seller', person_id: seller.personId, business_name: rows[0]?.['name'] ?? seller.slug },
    ...(['visitor', 'officer', 'operator'] as const).map((part) => ({
      ...{ part, person_id: guests.get(part) ?? '', business_name: null },
    })),
  ]
  await hub.db.kysely
    .insertInto('demo_people')
    .values(people.map((person, position) => ({ ...person, home_hub, position })))
    .onConflict((conflict) => conflict.constraint('demo_people_key').doNothing())
    .execute()
}

/** In an order that hangs on the seed alone, so that what is new is not one seller's only. */
function shuffled(goods: readonly DemoGoods[], random: RandomBytes): DemoGoods[] {
  const order = new Map(goods.map((each) => [each, uuidv7(0, random)]))
  return goods.toSorted((a, b) => ((order.get(a) ?? '') < (order.get(b) ?? '') ? -1 : 1))
}

function report(
  seed: number,
  sellers: readonly DemoSeller[],
  saved: readonly SavedGoods[],
): Omit<DemoReport, 'milliseconds'> {
  const outside = saved.filter(({ status }) => status !== 'published')
  return {
    seed,
    made: true,
    sellers: sellers.length,
    offers: saved.length,
    published: saved.length - outside.length,
    pictures: new Set(saved.map(({ digest }) => digest)).size,
    unpublished: outside.map(({ slug, missing }) => ({ slug, missing })),
  }
}

/** What a finished world holds now; people may have changed it since. */
async function countWorld(hub: Hub, seed: number): Promise<Omit<DemoReport, 'milliseconds'>> {
  const db = hub.db.kysely
  const count = db.fn.countAll().as('count')
  const [businesses, offers, pictures] = await Promise.all([
    db.selectFrom('businesses').select(count).executeTakeFirstOrThrow(),
    db.selectFrom('offers').select(['status', count]).groupBy('status').execute(),
    db
      .selectFrom('picture_files')
      .select(count)
      .where('form', '=', 'original')
      .executeTakeFirstOrThrow(),
  ])
  const total = offers.reduce((sum, row) => sum + Number(row.count), 0)
  const published = offers.find(({ status }) => status === 'published')
  return {
    ...{ seed, made: false, sellers: Number(businesses.count), offers: total },
    ...{ published: Number(published?.count ?? 0), pictures: Number(pictures.count) },
    unpublished: [],
  }
}
