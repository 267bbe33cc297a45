import { sql } from 'kysely'
import { timestamptz } from '../../db/index.ts'
import { isUuid } from '../../basis/uuid.ts'
import {
  reconcile,
  type Expected,
  type Reconciliation,
  type Reported,
} from '../iso20022/reconcile.ts'
import { transferOf } from './find-transfers.ts'
import type { RailParts } from './parts.ts'
import type { RailMovement } from './rail.ts'
import type { RailTransferTable } from './schema.ts'
import type { Transfer } from './transfer.ts'

/** A provider and we may put the same movement on two sides of midnight. */
const margin = 24 * 60 * 60_000

/**
 * What we booked with a provider from one instant to before another against its report: the same lists as with a bank. What
 * came back after it was paid is `reversed` on both sides; fees and the like are `onlyTheirs`, as they are nobody's transfer.
 */
export async function reconcileRail(
  parts: Pick<RailParts, 'db' | 'rails'>,
  name: string,
  from: number,
  to: number,
): Promise<Reconciliation> {
  const rail = parts.rails.get(name)
  if (!rail) throw new RangeError(`there is no rail ${name}`)
  const lines: RailMovement[] = []
  for await (const line of rail.report(from - margin, to + margin)) lines.push(line)
  const isInSpan = (at: number | undefined): boolean => at !== undefined && at >= from && at < to
  const known = await findBooked(parts, name, { from, to, lines })
  const idOf = idsOf(known)
  const inSpan = lines.filter(({ at }) => isInSpan(at))
  const named = new Set(inSpan.map(idOf))
  const ours = known.filter(({ id, endedAt }) => isInSpan(endedAt) || named.has(id))
  const wanted = new Set(ours.map(({ id }) => id))
  const theirs = lines.filter((line) => isInSpan(line.at) || wanted.has(idOf(line) ?? ''))
  return reconcile(
    ours.map(expectedOf),
    theirs.map((line) => reportedOf(line, idOf(line))),
  )
}

/** Booked in the span, or named by the report. */
async function findBooked(
  { db }: Pick<RailParts, 'db'>,
  rail: string,
  { from, to, lines }: { from: number; to: number; lines: readonly RailMovement[] },
): Promise<Transfer[]> {
  const ids = lines.flatMap(({ transfer = '' }) => (isUuid(transfer) ? transfer : []))
  const refs = lines.map(({ providerRef }) => providerRef)
  const { rows } = await sql<RailTransferTable>`
    select * from rail_transfers
     where rail = ${rail} and entry_id is not null
       and (ended_at >= ${timestamptz(from)} and ended_at < ${timestamptz(to)}
            or transfer_id = any(${ids}::uuid[]) or provider_ref = any(${refs}::text[]))
     order by transfer_id`.execute(db.kysely)
  return rows.map(transferOf)
}

function idsOf(known: readonly Transfer[]): (line: RailMovement) => string | undefined {
  const ids = new Set(known.map(({ id }) => id))
  const byRef = new Map(known.map(({ providerRef, id }) => [providerRef, id]))
  return ({ transfer, providerRef }) =>
    transfer !== undefined && ids.has(transfer) ? transfer : byRef.get(providerRef)
}

const expectedOf = ({ id, kind, amount, currency, endedAt, madeAt }: Transfer): Expected => ({
  ...{ id, currency, amountMinor: amount, at: endedAt ?? madeAt },
  direction: kind === 'top-up' ? 'credit' : 'debit',
})

const reportedOf = (line: RailMovement, id: string | undefined): Reported => ({
  place: line.providerRef,
  amountMinor: line.amount,
  currency: line.currency,
  direction: line.direction === 'in' ? 'credit' : 'debit',
  status: 'booked',
  reversal: line.reversal,
  bookedOn: new Date(line.at).toISOString().slice(0, 10),
  endToEndId: id,
  servicerReference: line.providerRef,
  counterparty: line.what,
})
