import { sql } from 'kysely'
import { appendEvents, timestamptz, type Tx } from '../db/index.ts'
import type { LedgerDraft } from './draft.ts'
import './schema.ts'

/** The event that says which entries a transaction posted; the sealer follows it. */
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
  await updateAccounts(tx, draft)
  await insertEntries(tx, draft)
  await writeHolds(tx, draft)
  await writeLegs(tx, draft)
  const [first] = draft.entries
  if (!first) return
  const entries = draft.entries.map(({ id }) => id)
  await appendEvents(tx, [
    { hub, kind: postedEvent, subject: first.id, body: { entries }, at: now },
  ])
}

async function updateAccounts(tx: Tx, { accounts, before }: LedgerDraft): Promise<void> {
  const changed = [...accounts.values()].filter(
    (each) => each !== before.accounts.get(each.account),
  )
  if (changed.length === 0) return
  await sql`
    update accounts a set balance_minor = new.balance, held_minor = new.held, postings = new.postings
      from unnest(${changed.map(({ account }) => account)}::text[], ${changed.map(({ balance }) => balance)}::bigint[],
                  ${changed.map(({ held }) => held)}::bigint[], ${changed.map(({ postings }) => postings)}::bigint[])
             as new (account, balance, held, postings)
     where a.account = new.account`.execute(tx)
}

async function insertEntries(tx: Tx, { entries }: LedgerDraft): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into entries (entry_id, kind, reference, at, actor, corrects)
    select * from unnest(${entries.map(({ id }) => id)}::uuid[], ${entries.map(({ kind }) => kind)}::text[],
      ${entries.map(({ reference }) => reference)}::text[], ${entries.map(({ at }) => timestamptz(at))}::timestamptz[],
      ${entries.map(({ actor }) => actor ?? null)}::text[],
      ${entries.map(({ corrects }) => corrects ?? null)}::uuid[])`.execute(tx)
  const postings = entries.flatMap((entry) => entry.postings)
  await sql`
    insert into postings (account, position, entry_id, amount_minor, balance_minor)
    select * from unnest(${postings.map(({ account }) => account)}::text[],
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
  if (ended.length > 0)
    await sql`
      update holds h set state = new.state, ended_at = new.ended_at, entry_id = new.entry_id
        from unnest(${ended.map(({ id }) => id)}::uuid[], ${ended.map(({ state }) => state)}::text[],
                    ${ended.map(({ endedAt }) => instant(endedAt))}::timestamptz[],
                    ${ended.map(({ entry }) => entry ?? null)}::uuid[])
               as new (hold_id, state, ended_at, entry_id)
       where h.hold_id = new.hold_id`.execute(tx)
}

async function writeLegs(tx: Tx, { legs, before }: LedgerDraft): Promise<void> {
  const changed = [...legs].filter(([key, each]) => each !== before.legs.get(key))
  const fresh = changed.filter(([key]) => !before.legs.has(key)).map(([, leg]) => leg)
  const given = changed.filter(([key]) => before.legs.has(key)).map(([, leg]) => leg)
  if (fresh.length > 0)
    await sql`
      insert into escrow_legs (order_id, number, leg, currency, amount_minor, left_minor, payer, beneficiary, entry_id)
      select * from unnest(${fresh.map(({ order }) => order)}::uuid[], ${fresh.map(({ number }) => number)}::smallint[],
        ${fresh.map(({ leg }) => leg)}::text[], ${fresh.map(({ currency }) => currency)}::text[],
        ${fresh.map(({ amount }) => amount)}::bigint[], ${fresh.map(({ left }) => left)}::bigint[],
        ${fresh.map(({ payer }) => payer)}::text[], ${fresh.map(({ beneficiary }) => beneficiary)}::text[],
        ${fresh.map(({ entry }) => entry)}::uuid[])`.execute(tx)
  if (given.length > 0)
    await sql`
      update escrow_legs l set left_minor = new.left_minor
        from unnest(${given.map(({ order }) => order)}::uuid[], ${given.map(({ number }) => number)}::smallint[],
                    ${given.map(({ left }) => left)}::bigint[]) as new (order_id, number, left_minor)
       where (l.order_id, l.number) = (new.order_id, new.number)`.execute(tx)
}
