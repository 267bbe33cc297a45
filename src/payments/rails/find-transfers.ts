import { sql } from 'kysely'
import { instantOf, timestamptz, type Db, type Tx } from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import type { RailEventTable, RailTransferTable } from './schema.ts'
import { silentAfter, type Transfer } from './transfer.ts'
import './schema.ts'

export async function findTransfer(db: Db, id: string): Promise<Transfer | undefined> {
  const row = await db
    .selectFrom('rail_transfers')
    .selectAll()
    .where('transfer_id', '=', id)
    .executeTakeFirst()
  return row && transferOf(row)
}

/** Somebody's transfers, the latest first. */
export async function findTransfersOf(db: Db, holder: Holder, limit = 20): Promise<Transfer[]> {
  const rows = await db
    .selectFrom('rail_transfers')
    .selectAll()
    .where('holder_kind', '=', holder.kind)
    .where('holder_id', '=', holder.id)
    .orderBy('transfer_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(transferOf)
}

/**
 * What the operator has to look at, the oldest first: transfers that are wrong, those of which the provider said something
 * that does not fit after they ended, and those that have been open for a day.
 */
export async function findOddTransfers(db: Db, now: number, limit = 100): Promise<Transfer[]> {
  const { rows } = await sql<RailTransferTable>`
    select * from rail_transfers
     where (state in ('asked', 'sent', 'wrong') or fault is not null)
       and (state = 'wrong' or (state = 'done' and fault is not null)
            or (state in ('asked', 'sent') and made_at < ${timestamptz(now - silentAfter)}))
     order by transfer_id limit ${limit}`.execute(db)
  return rows.map(transferOf)
}

/** A callback, signed by the provider, that names nothing of ours or calls it by another reference. */
export type OddEvent = {
  readonly rail: string
  readonly id: string
  readonly receivedAt: number
  readonly transfer: string | undefined
  readonly providerRef: string
  readonly says: RailEventTable['says']
  readonly amount: bigint
  readonly currency: string
  readonly outcome: RailEventTable['outcome']
}

/** For the operator, the latest first. */
export async function findOddEvents(db: Db, limit = 100): Promise<OddEvent[]> {
  const rows = await db
    .selectFrom('rail_events')
    .selectAll()
    .where('outcome', 'in', ['unknown', 'other-reference'])
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    rail: row.rail,
    id: row.event_id,
    receivedAt: instantOf(row.received_at),
    transfer: row.transfer_id ?? undefined,
    providerRef: row.provider_ref,
    says: row.says,
    amount: row.amount_minor,
    currency: row.currency,
    outcome: row.outcome,
  }))
}

/** Locked in the order of their ids; before the ledger's rows. */
export async function lockTransfers(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, Transfer>> {
  const { rows } = await sql<RailTransferTable>`
    select * from rail_transfers where transfer_id = any(${[...new Set(ids)]}::uuid[])
     order by transfer_id for update`.execute(tx)
  return new Map(rows.map((row) => [row.transfer_id, transferOf(row)]))
}

const instant = (text: string | null): number | undefined =>
  text === null ? undefined : instantOf(text)

export const transferOf = (row: RailTransferTable): Transfer => ({
  id: row.transfer_id,
  kind: row.kind,
  holder: { kind: row.holder_kind, id: row.holder_id },
  account: row.account,
  currency: row.currency,
  amount: row.amount_minor,
  rail: row.rail,
  state: row.state,
  to: row.destination ?? undefined,
  returnUrl: row.return_url ?? undefined,
  of: row.refund_of ?? undefined,
  providerRef: row.provider_ref ?? undefined,
  continueUrl: row.continue_url ?? undefined,
  hold: row.hold_id ?? undefined,
  entry: row.entry_id ?? undefined,
  returnedBy: row.returned_by ?? undefined,
  madeAt: instantOf(row.made_at),
  madeBy: row.made_by,
  sentAt: instant(row.sent_at),
  nextTryAt: instant(row.next_try_at),
  tries: row.tries,
  endedAt: instant(row.ended_at),
  fault: row.fault ?? undefined,
})
