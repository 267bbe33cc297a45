import { runReader, transact, type EventReader } from '../../db/index.ts'
import { isRefused } from '../../basis/refusal.ts'
import type { RandomBytes } from '../../basis/uuid.ts'
import { keepPicture, saveOffers, type OfferKey } from '../../catalogue/index.ts'
import { shopReader } from '../../catalogue/routes.tsx'
import { judgeOfToday, refreshPartsOf } from '../capabilities.ts'
import type { Hub } from '../create-hub.ts'
import { drawPicture, type ReadyPicture } from './draw-picture.ts'
import type { DemoGoods } from './make-goods.ts'
import type { DemoSeller } from './make-people.ts'

export type SavedGoods = {
  readonly key: OfferKey
  readonly slug: string
  readonly country: string
  readonly seller: string
  readonly digest: string
  readonly status: string
  readonly missing: readonly string[]
}

type Parts = {
  readonly hub: Hub
  readonly now: () => number
  readonly random: RandomBytes
}

/** Offers saved, published and made findable at a time: a transaction of a few seconds. */
const batch = 40

/** Draws and saves the goods, puts them on sale where they are export-ready, and makes them findable. */
export async function saveGoods(
  parts: Parts,
  goods: readonly DemoGoods[],
  sellers: readonly DemoSeller[],
): Promise<SavedGoods[]> {
  const reader = shopReader(refreshPartsOf(parts.hub))
  const owners = new Map(sellers.map((seller) => [seller.slug, seller]))
  const saved: SavedGoods[] = []
  const batches = Array.from({ length: Math.ceil(goods.length / batch) }, (_, at) =>
    goods.slice(at * batch, (at + 1) * batch),
  )
  let drawn = drawAll(batches[0])
  for (const [at, some] of batches.entries()) {
    const pictures = await drawn
    // Drawing runs on other threads: the next batch is drawn while this one is saved.
    drawn = drawAll(batches[at + 1])
    drawn.catch(() => {})
    saved.push(...(await saveBatch({ ...parts, reader }, some, pictures, owners)))
  }
  await waitUntilFound(parts.hub, reader)
  return saved
}

const drawAll = (goods: readonly DemoGoods[] = []): Promise<ReadyPicture[]> =>
  Promise.all(goods.map(({ drawing }) => drawPicture(drawing)))

async function saveBatch(
  { hub, now, random, reader }: Parts & { reader: EventReader },
  goods: readonly DemoGoods[],
  pictures: readonly ReadyPicture[],
  owners: ReadonlyMap<string, DemoSeller>,
): Promise<SavedGoods[]> {
  const at = now()
  const commands = goods.map(({ draft, seller }, index) => {
    const owner = owners.get(seller)
    if (!owner) throw new Error(`Nobody is ${seller}`)
    const alt = Object.fromEntries((draft.texts ?? []).map(({ locale, title }) => [locale, title]))
    return {
      homeHub: hub.config.id,
      businessId: owner.businessId,
      actor: owner.personId,
      draft: { ...draft, pictures: [{ digest: pictures[index]?.digest ?? '', alt }] },
    }
  })
  const saved = await transact(hub.db, async (tx) => {
    for (const picture of pictures) await keepPicture(tx, picture)
    const knowsCode = (code: string): boolean => hub.nomenclature().isSubheading(code)
    return saveOffers(tx, commands, { now: at, random, judge: judgeOfToday(hub), knowsCode })
  })
  const outcomes = saved.map((outcome, index): SavedGoods => {
    const [one, command] = [goods[index], commands[index]]
    if (isRefused(outcome) || !one || !command)
      throw new Error(`${one?.seller}/${one?.slug} was refused: ${JSON.stringify(outcome)}`)
    const { homeHub, businessId } = command
    return {
      key: { homeHub, businessId, offerId: outcome.offerId },
      ...{ slug: one.slug, country: one.country, seller: one.seller, status: outcome.status },
      digest: pictures[index]?.digest ?? '',
      missing: outcome.missing ?? [],
    }
  })
  await makeFindable(hub, reader)
  return outcomes
}

/**
 * Runs the reader that search and the lists of the shops follow the event log with. A hub at work runs it too: they take
 * turns, and nothing is done twice.
 */
async function makeFindable(hub: Hub, reader: EventReader): Promise<void> {
  for (;;) {
    const run = await runReader(hub.db, reader, { now: hub.clock.now(), limit: 200 })
    if (run.state === 'failed') throw run.error
    if (run.state !== 'ran' || !run.more) return
  }
}

/** Events wait for older transactions of the whole server; whoever has to wait longer than this is told by the hub's own reader. */
const mostLooks = 100

async function waitUntilFound(hub: Hub, reader: EventReader): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    await makeFindable(hub, reader)
    const unfound = await hub.db.kysely
      .selectFrom('offers as o')
      .leftJoin('offer_documents as d', (join) =>
        join
          .onRef('d.home_hub', '=', 'o.home_hub')
          .onRef('d.business_id', '=', 'o.business_id')
          .onRef('d.offer_id', '=', 'o.offer_id'),
      )
      .select('o.offer_id')
      .where('o.status', '=', 'published')
      .where('d.offer_id', 'is', null)
      .limit(1)
      .executeTakeFirst()
    if (!unfound) return
    await hub.clock.sleep(100)
  }
}
