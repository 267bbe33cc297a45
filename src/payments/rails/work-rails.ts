// The worker: hands to providers what was asked, asks about what stays silent, moves the sandbox on. A transfer is taken in
// one statement, the provider is called outside of any transaction, and what it says is applied in another. Killed in
// between, the next worker repeats it after the lease, under the same idempotency key.
import { sql } from 'kysely'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { settle, timestamptz, transact } from '../../db/index.ts'
import { applySaid } from './apply-said.ts'
import { findTransfer, transferOf } from './find-transfers.ts'
import { paceOf, type RailParts } from './parts.ts'
import type { Rail, Sent } from './rail.ts'
import type { RailTransferTable } from './schema.ts'
import { takeWebhook } from './take-webhook.ts'
import type { Said, Transfer } from './transfer.ts'

/** Most transfers that are taken at a time. */
const most = 50

/** Does what is due and tells how much that was; call it again while it is more than nothing, else after a second. */
export async function workRails(parts: RailParts): Promise<number> {
  let done = 0
  for (const rail of parts.rails.values())
    done +=
      (await rail
        .tick?.((headers, body) => takeWebhook(parts, rail.name, headers, body))
        .catch((error: unknown) => {
          parts.report?.(error, `rail ${rail.name} could not be moved on`)
          return 0
        })) ?? 0
  const due = await takeDue(parts)
  await ask(parts, due)
  return done + due.length
}

/**
 * Hands one transfer to its provider now, so that a page can send the person on to `continueUrl`. Whatever goes wrong at the
 * provider, the transfer stays and the worker goes on. Undefined when there is no such transfer.
 */
export async function sendTransfer(parts: RailParts, id: string): Promise<Transfer | undefined> {
  await ask(parts, await takeDue(parts, id))
  return findTransfer(parts.db.kysely, id)
}

/** The worker asks the provider once more, also about what has ended. False when there is nothing to ask about. */
export async function askProviderAgain({ db, now }: RailParts, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db.kysely
    .updateTable('rail_transfers')
    .set({ next_try_at: timestamptz(now()), tries: 0 })
    .where('transfer_id', '=', id)
    .where((where) =>
      where.or([where('provider_ref', 'is not', null), where('state', '=', 'asked')]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

type Due = Transfer & {
  /** The provider's id of the top-up that is given back. */
  readonly ofRef: string | undefined
}

/** Takes what is due for the time of the lease; of several workers each gets others. */
async function takeDue(parts: RailParts, only?: string): Promise<Due[]> {
  const now = parts.now()
  const { rows } = await sql<RailTransferTable & { of_ref: string | null }>`
    with due as (
      select transfer_id from rail_transfers
       where next_try_at <= ${timestamptz(now)} and rail = any(${[...parts.rails.keys()]}::text[])
             and (${only ?? null}::uuid is null or (transfer_id = ${only ?? null} and state = 'asked'))
       order by next_try_at limit ${most} for update skip locked
    )
    update rail_transfers t
       set tries = t.tries + 1, sent_at = coalesce(t.sent_at, ${timestamptz(now)}),
           next_try_at = ${timestamptz(now + paceOf(parts).lease)}
      from due where t.transfer_id = due.transfer_id
    returning t.*, (select o.provider_ref from rail_transfers o where o.transfer_id = t.refund_of) as of_ref`.execute(
    parts.db.kysely,
  )
  return rows.map((row) => ({ ...transferOf(row), ofRef: row.of_ref ?? undefined }))
}

async function ask(parts: RailParts, due: readonly Due[]): Promise<void> {
  const { db, hub, random, report } = parts
  const saids = await Promise.all(due.map((each) => askProvider(parts, each)))
  if (saids.length === 0) return
  const settled = await settle(saids, (batch) =>
    transact(db, (tx) =>
      applySaid(tx, { hub, random, pace: paceOf(parts), now: parts.now() }, batch),
    ),
  )
  for (const each of settled)
    if ('fault' in each) report?.(each.fault, 'what a provider said was not written down')
}

async function askProvider(parts: RailParts, transfer: Due): Promise<Said> {
  const about = { transfer: transfer.id, sure: true, lease: transfer.nextTryAt }
  const rail = parts.rails.get(transfer.rail)!
  try {
    if (transfer.providerRef) {
      const found = await rail.find(transfer.providerRef)
      return found
        ? { ...about, ...found }
        : { ...about, state: 'lost', fault: 'unknown-to-provider' }
    }
    // The provider may have forgotten that it was asked, and would move the money again.
    if (parts.now() - (transfer.sentAt ?? parts.now()) >= rail.keepsKeysFor)
      return { ...about, state: 'lost', fault: 'perhaps-sent' }
    const sent = await send(rail, transfer)
    if (isRefused(sent)) return { ...about, state: 'failed', fault: faultOf(sent) }
    return { ...about, ...sent }
  } catch (error) {
    parts.report?.(error, `${rail.name} did not answer about transfer ${transfer.id}`)
    return { ...about, state: 'no-answer' }
  }
}

/** Our word, and behind a stroke the provider's own, when it gave one. */
const faultOf = ({ refused, facts }: Refused): string =>
  facts['code'] ? `${refused}/${String(facts['code'])}` : refused

function send(rail: Rail, transfer: Due): Promise<Refused | Sent> {
  const { id, amount, currency, kind } = transfer
  const asked = { id, amount, currency }
  if (kind === 'top-up') return rail.takeIn({ ...asked, returnUrl: transfer.returnUrl ?? '' })
  if (kind === 'payout') return rail.payOut({ ...asked, to: transfer.to ?? '' })
  return rail.giveBack({ ...asked, of: transfer.ofRef ?? '' })
}
