import { sql } from 'kysely'
import { appendEvents, inTurns, timestamptz, type Tx } from '../db/index.ts'
import { leafOf } from './hash-entries.ts'
import { legKey, type Hold, type Leg, type LedgerDraft } from './draft.ts'
import './schema.ts'

/** The event that says which entries a transaction posted, with their leaves; the sealer follows it. */
export const postedEvent = 'ledger.posted'

/**
 * Writes down what the commands of a batch did, in at most eight statements whatever its size; shared accounts are updated
 * once. `hub`: the id of the hub, for the log.
 */
export async function writeLedger(
  tx: Tx,
  draft: LedgerDraft,
  { hub, now }: { readonly hub: string; readonly now: number },
): Promise<void> {
  await inTurns([
    () => updateAccounts(tx, draft),
    () => insertPostings(tx, draft),
    () => insertEntries(tx, draft),
    () => Promise.all([writeHolds(tx, draft), writeLegs(tx, draft)]),
    () => appendPosted(tx, draft, hub, now),
  ])
}

async function appendPosted(tx: Tx, draft: LedgerDraft, hub: string, at: number): Promise<void> {
  const [first] = draft.entries
  if (!first) return
  const fresh = [...draft.legs.values()].filter((leg) => !draft.before.legs.has(legKey(leg)))
  const legs = Map.groupBy(fresh, ({ entry }) => entry)
  const body = {
    entries: draft.entries.map(({ id }) => id),
    leaves: draft.entries.map((entry) => leafOf(entry, legs.get(entry.id) ?? [])),
  }
  await appendEvents(tx, [{ hub, kind: postedEvent, subject: first.id, body, at }])
}

async function updateAccounts(tx: Tx, { accounts, before }: LedgerDraft): Promise<void> {
  const changed = [...accounts.values()].filter(
    (each) => each !== before.accounts.get(each.account),
  )
  if (changed.length === 0) return
  await sql`
    update accounts a set balance_minor = new.balance, held_minor = new.held, postings = new.postings
      from unnest(${changed.map(({ number }) => number)}::bigint[], ${changed.map(({ balance }) => balance)}::bigint[],
                  ${changed.map(({ held }) => held)}::bigint[], ${changed.map(({ postings }) => postings)}::bigint[])
             as new (number, balance, held, postings)
     where a.number = new.number`.execute(tx)
}

async function insertEntries(tx: Tx, { entries }: LedgerDraft): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into entries (entry_id, kind, reference, at, actor, corrects)
    select * from unnest(${entries.map(({ id }) => id)}::uuid[], ${entries.map(({ kind }) => kind)}::text[],
      ${entries.map(({ reference }) => reference)}::text[], ${entries.map(({ at }) => timestamptz(at))}::timestamptz[],
      ${entries.map(({ actor }) => actor ?? null)}::text[],
      ${entries.map(({ corrects }) => corrects ?? null)}::uuid[])`.execute(tx)
}

async function insertPostings(tx: Tx, { entries }: LedgerDraft): Promise<void> {
  if (entries.length === 0) return
  const postings = entries.flatMap((entry) => entry.postings)
  await sql`
    insert into account_postings (account, position, entry_id, amount_minor, balance_minor)
    select * from unnest(${postings.map(({ number }) => number)}::bigint[],
      ${postings.map(({ position }) => position)}::bigint[], ${postings.map(({ entry }) => entry)}::uuid[],
      ${postings.map(({ amount }) => amount)}::bigint[], ${postings.map(({ balance }) => balance)}::bigint[])`.execute(
    tx,
  )
}

const instant = (at: number | undefined): string | null =>
  at === undefined ? null : timestamptz(at)

/** New ones are inserted, so that an id that was used before is a fault; the others have ended. */
async function writeHolds(tx: Tx, { holds, before }: LedgerDraft): Promise<void> {
  const changed = [...holds.values()].filter((each) => each !== before.holds.get(each.id))
  const fresh = changed.filter(({ id }) => !before.holds.has(id))
  const ended = changed.filter(({ id }) => before.holds.has(id))
  await Promise.all([insertHolds(tx, fresh), endHolds(tx, ended)])
}

async function insertHolds(tx: Tx, fresh: readonly Hold[]): Promise<void> {
  if (fresh.length > 0)
    await sql`
      insert into holds (hold_id, account, amount_minor, purpose, reference, state, made_at, expires_at, ended_at, entry_id)
      select * from unnest(${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ account }) => account)}::text[],
        ${fresh.map(({ amount }) => amount)}::bigint[], ${fresh.map(({ purpose }) => purpose)}::text[],
        ${fresh.map(({ reference }) => reference)}::text[], ${fresh.map(({ state }) => state)}::text[],
        ${fresh.map(({ madeAt }) => timestamptz(madeAt))}::timestamptz[],
        ${fresh.map(({ expiresAt }) => instant(expiresAt))}::timestamptz[],
        ${fresh.map(({ endedAt }) => instant(endedAt))}::timestamptz[],
        ${fresh.map(({ entry }) => entry ?? null)}::uuid[])`.execute(tx)
}

async function endHolds(tx: Tx, ended: readonly Hold[]): Promise<void> {
  if (ended.length > 0)
    await sql`
      update holds h set state = new.state, ended_at = new.ended_at, entry_id = new.entry_id
        from unnest(${ended.map(({ id }) => id)}::uuid[], ${ended.map(({ state }) => state)}::text[],
                    ${ended.map(({ endedAt }) => instant(endedAt))}::timestamptz[],
                    ${ended.map(({ entry }) => entry ?? null)}::uuid[])
               as new (hold_id, state, ended_at, entry_id)
       where h.hold_id = new.hold_id`.execute(tx)
}

/** Every leg of an order is in one row, and was loaded with the others of its order. */
async function writeLegs(tx: Tx, { legs, before }: LedgerDraft): Promise<void> {
  const orders = [...Map.groupBy(legs.values(), ({ order }) => order).values()]
  const fresh = orders.filter((all) => !before.legs.has(legKey(all[0]!)))
  const given = orders.filter((all) =>
    all.some((leg) => before.legs.has(legKey(leg)) && leg !== before.legs.get(legKey(leg))),
  )
  const column = (all: readonly Leg[][], of: (leg: Leg) => string): string[] =>
    all.map(([first]) => of(first!))
  const lists = (all: readonly Leg[][], of: (leg: Leg) => string | bigint): string[] =>
    all.map((order) => `{${order.map(of).join(',')}}`)
  if (fresh.length > 0)
    await sql`
      insert into escrows (order_id, currency, payer, entry_id, legs, amounts_minor, lefts_minor, beneficiaries)
      select order_id, currency, payer, entry_id, legs::text[], amounts::bigint[], lefts::bigint[], beneficiaries::text[]
        from unnest(${column(fresh, ({ order }) => order)}::uuid[], ${column(fresh, ({ currency }) => currency)}::text[],
          ${column(fresh, ({ payer }) => payer)}::text[], ${column(fresh, ({ entry }) => entry)}::uuid[],
          ${lists(fresh, ({ leg }) => leg)}::text[], ${lists(fresh, ({ amount }) => amount)}::text[],
          ${lists(fresh, ({ left }) => left)}::text[], ${lists(fresh, ({ beneficiary }) => beneficiary)}::text[])
               as new (order_id, currency, payer, entry_id, legs, amounts, lefts, beneficiaries)`.execute(
      tx,
    )
  if (given.length > 0)
    await sql`
      update escrows e set lefts_minor = new.lefts::bigint[]
        from unnest(${column(given, ({ order }) => order)}::uuid[],
                    ${lists(given, ({ left }) => left)}::text[]) as new (order_id, lefts)
       where e.order_id = new.order_id`.execute(tx)
}
