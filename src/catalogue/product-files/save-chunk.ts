import { sql } from 'kysely'
import type { Tx } from '../../db/index.ts'
import { findOffers } from '../find-offers.ts'
import type { Offer, OfferDraft, Owner } from '../offer.ts'
import { saveOffers, type SaveOutcome, type SaveParts } from '../save-offers.ts'
import { draftOf } from './draft-of.ts'
import type { Before, StoredItem } from './find-items.ts'
import type { ProductImport } from './find-imports.ts'
import type { ItemFault } from './item.ts'

export type ItemOutcome = {
  readonly outcome: string
  /** All that is wrong with it; left out, they stay as they are. */
  readonly faults?: readonly ItemFault[] | undefined
  readonly offerId?: string | undefined
  readonly version?: bigint | undefined
  readonly before?: Before | undefined
}

/** Saves the offers of some items and says of each what became of it. */
export async function saveChunk(
  tx: Tx,
  found: ProductImport,
  items: readonly StoredItem[],
  parts: SaveParts,
): Promise<ItemOutcome[]> {
  const good = items.filter(({ draft }) => draft !== null)
  const ids = await knownOffers(tx, found, good)
  const before = new Map(
    (
      await findOffers(
        tx,
        [...ids.values()].map((offerId) => ({ ...found, offerId })),
      )
    ).map((offer) => [offer.offerId, offer]),
  )
  const commands = good.map((item) => {
    const offerId = ids.get(item.itemNo)
    const existing = before.get(offerId ?? '')
    return {
      homeHub: found.homeHub,
      businessId: found.businessId,
      draft: existing ? asChange(item, existing) : (item.draft as OfferDraft),
      source: 'import' as const,
      ...(found.actor ? { actor: found.actor } : {}),
    }
  })
  const outcomes = await saveOffers(tx, commands, parts)
  const byItem = new Map(good.map(({ itemNo }, at) => [itemNo, outcomes[at]]))
  const after = await offersAfter(tx, found, outcomes)
  await rememberOrigins(tx, found, good, byItem)
  await rememberPictures(tx, found, good, byItem)
  return items.map((item) => outcomeOf(item, byItem.get(item.itemNo), before, after))
}

/** An offer that is known keeps the address its seller gave it, and its origin where the file names none. */
const asChange = ({ draft, notes }: StoredItem, { offerId, origin }: Offer): OfferDraft => ({
  ...draft,
  slug: undefined,
  offerId,
  ...(origin !== null && notes.some(({ code }) => code === 'origin-taken')
    ? { origin: undefined }
    : {}),
})

/** Which items are offers here already: by their name at the source, then by the seller's numbers. */
async function knownOffers(
  tx: Tx,
  { homeHub, businessId, source }: ProductImport,
  items: readonly StoredItem[],
): Promise<Map<number, string>> {
  const asked = items.map(({ itemNo, key, draft }) => ({
    n: itemNo,
    k: key,
    s: draft?.slug ?? null,
    v: (draft?.variants ?? []).flatMap(({ sku }) => sku ?? []),
  }))
  const { rows } = await sql<{ n: number; offerId: string }>`
    select n, coalesce(
             (select o.offer_id from product_origins o
               where (o.home_hub, o.business_id, o.source, o.key)
                   = (${homeHub}, ${businessId}, ${source}, k) and k <> ''),
             (select o.offer_id from offers o
               where (o.home_hub, o.business_id, o.slug) = (${homeHub}, ${businessId}, s)),
             (select case when count(distinct v.offer_id) = 1 then min(v.offer_id::text)::uuid end
                from jsonb_array_elements_text(v_) as wanted
                join variants v on (v.home_hub, v.business_id, v.sku)
                                 = (${homeHub}, ${businessId}, wanted) and v.active)) as "offerId"
      from jsonb_to_recordset(${JSON.stringify(asked.map(({ v, ...rest }) => ({ ...rest, v_: v })))}::jsonb)
        as r(n int, k text, s text, v_ jsonb)`.execute(tx)
  return new Map(rows.flatMap(({ n, offerId }) => (offerId ? [[n, offerId] as const] : [])))
}

async function offersAfter(
  tx: Tx,
  owner: Owner,
  outcomes: readonly SaveOutcome[],
): Promise<Map<string, Offer>> {
  const ids = outcomes.flatMap((each) => ('refused' in each ? [] : [each.offerId]))
  const offers = await findOffers(
    tx,
    ids.map((offerId) => ({ ...owner, offerId })),
  )
  return new Map(offers.map((offer) => [offer.offerId, offer]))
}

async function rememberOrigins(
  tx: Tx,
  { homeHub, businessId, source }: ProductImport,
  items: readonly StoredItem[],
  outcomes: ReadonlyMap<number, SaveOutcome | undefined>,
): Promise<void> {
  const values = items.flatMap(({ itemNo, key }) => {
    const outcome = outcomes.get(itemNo)
    return key !== '' && outcome && !('refused' in outcome) ? [{ k: key, o: outcome.offerId }] : []
  })
  const last = [...new Map(values.map((value) => [value.k, value])).values()]
  await sql`
    insert into product_origins (home_hub, business_id, source, key, offer_id)
    select ${homeHub}, ${businessId}, ${source}, k, o
      from jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as r(k text, o uuid)
        on conflict (home_hub, business_id, source, key) do update set offer_id = excluded.offer_id`.execute(
    tx,
  )
}

/** The file's addresses take the place of those of an earlier file; one without pictures leaves them. */
async function rememberPictures(
  tx: Tx,
  { homeHub, businessId }: ProductImport,
  items: readonly StoredItem[],
  outcomes: ReadonlyMap<number, SaveOutcome | undefined>,
): Promise<void> {
  const values = items.flatMap(({ itemNo, pictures }) => {
    const outcome = outcomes.get(itemNo)
    if (!outcome || 'refused' in outcome) return []
    return pictures.map(({ address, alt }, at) => ({
      o: outcome.offerId,
      p: at,
      a: address,
      t: alt,
    }))
  })
  if (values.length === 0) return
  const unique = [...new Map(values.map((value) => [`${value.o} ${value.p}`, value])).values()]
  const json = JSON.stringify(unique)
  await sql`
    delete from picture_addresses
     where home_hub = ${homeHub} and business_id = ${businessId}
       and offer_id in (select o from jsonb_to_recordset(${json}::jsonb) as r(o uuid))`.execute(tx)
  await sql`
    insert into picture_addresses (home_hub, business_id, offer_id, position, address, alt)
    select ${homeHub}, ${businessId}, o, p, a, t
      from jsonb_to_recordset(${json}::jsonb) as r(o uuid, p int, a text, t text)`.execute(tx)
}

function outcomeOf(
  item: StoredItem,
  outcome: SaveOutcome | undefined,
  before: ReadonlyMap<string, Offer>,
  after: ReadonlyMap<string, Offer>,
): ItemOutcome {
  // What the rows themselves were refused for stays said.
  if (!outcome) return { outcome: 'refused' }
  if ('refused' in outcome) return { outcome: 'refused', faults: faultsOf(item, outcome) }
  const now = after.get(outcome.offerId)
  const then = before.get(outcome.offerId)
  const stock = now?.variants.map(({ variantId, onHand }) => [variantId, String(onHand)]) ?? []
  return {
    outcome: outcome.outcome,
    faults: [],
    offerId: outcome.offerId,
    version: now?.version,
    ...(then && outcome.outcome === 'updated'
      ? { before: { draft: draftOf(then, now), onHandAfter: Object.fromEntries(stock) } }
      : {}),
  }
}

/** `variants[2].price: bad-price` is a fault of the third row that is bought. */
function faultsOf(
  item: StoredItem,
  { refused, facts }: { refused: string; facts: Readonly<Record<string, unknown>> },
): ItemFault[] {
  const listed = Array.isArray(facts['faults']) ? (facts['faults'] as string[]) : []
  const all = listed.length > 0 ? listed : [`${String(facts['at'] ?? '')}: ${refused}`]
  return all.map((text) => {
    const [at = '', code = refused] = text.split(': ')
    const place = /^variants\[(\d+)\]/.exec(at)
    const index = place ? Math.min(Number(place[1]), item.rows.length - 1) : 0
    const value = typeof facts['sku'] === 'string' ? facts['sku'] : ''
    return { row: item.rows[index] ?? 0, field: at.split('.').at(-1) ?? '', code, value }
  })
}
