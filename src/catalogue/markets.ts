// Where the seller wants an offer sold. Deciding is one click; whether there is a price is another question (readiness).
import { sql } from 'kysely'
import { refused, type Refused } from '../basis/refusal.ts'
import { appendEvents, timestamptz, type Db, type Tx } from '../db/index.ts'
import type { OfferKey } from './find-offers.ts'
import { lockGoods } from './lock-goods.ts'
import './schema.ts'

/** Destinations by what the seller decided; those not in it are undecided, and not sold to. */
export async function findMarketDecisions(
  db: Db,
  key: OfferKey,
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await db
    .selectFrom('offer_markets')
    .select(['destination', 'open'])
    .where('home_hub', '=', key.homeHub)
    .where('business_id', '=', key.businessId)
    .where('offer_id', '=', key.offerId)
    .execute()
  return new Map(rows.map(({ destination, open }) => [destination, open]))
}

export type DecideMarkets = OfferKey & {
  readonly destinations: readonly string[]
  readonly open: boolean
  readonly actor?: string | undefined
}

/** Opens or closes destinations for an offer; says how many changed. */
export async function decideMarkets(
  tx: Tx,
  { destinations, open, actor, ...key }: DecideMarkets,
  now: number,
): Promise<number | Refused> {
  await lockGoods(tx, [key])
  const offer = await tx
    .selectFrom('offers')
    .select('offer_id')
    .where('home_hub', '=', key.homeHub)
    .where('business_id', '=', key.businessId)
    .where('offer_id', '=', key.offerId)
    .executeTakeFirst()
  if (!offer) return refused('not-found')
  const { rows } = await sql<{ destination: string }>`
    insert into offer_markets as m (home_hub, business_id, offer_id, destination, open, changed_at)
    select ${key.homeHub}::uuid, ${key.businessId}::uuid, ${key.offerId}::uuid, destination, ${open}::boolean,
           ${timestamptz(now)}::timestamptz
      from unnest(${[...new Set(destinations)]}::text[]) as destination
    on conflict (home_hub, business_id, offer_id, destination)
      do update set open = excluded.open, changed_at = excluded.changed_at where m.open <> excluded.open
    returning destination`.execute(tx)
  if (rows.length > 0)
    await appendEvents(tx, [
      {
        hub: key.homeHub,
        kind: 'offer.saved',
        subject: key.offerId,
        at: now,
        body: {
          business: key.businessId,
          [open ? 'opened' : 'closed']: rows.map((row) => row.destination),
        },
        ...(actor === undefined ? {} : { actor }),
      },
    ])
  return rows.length
}
