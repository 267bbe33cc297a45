// A bank's own file against what we booked: camt.053 or camt.054 as the operator brings it.
import { sql } from 'kysely'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { timestamptz, type Db } from '../../db/index.ts'
import { gapOf, type BankFile } from '../iso20022/bank-file.ts'
import { readCamt } from '../iso20022/read-camt.ts'
import { reconcile, reportedIn, type Expected, type Reconciliation } from '../iso20022/reconcile.ts'

export type FileReconciliation = {
  readonly file: Pick<BankFile, 'message' | 'version' | 'id'>
  readonly accounts: readonly string[]
  /** What is missing between the balances of each statement, in minor units; undefined where the file does not say. */
  readonly gaps: readonly (bigint | undefined)[]
  readonly lists: Reconciliation
}

const day = 24 * 60 * 60_000

/**
 * Reads the file and compares it with the transfers of a rail that were booked on its days or that it names. Refused as
 * `readCamt` refuses.
 */
export async function reconcileFile(
  db: Db,
  rail: string,
  bytes: Uint8Array,
): Promise<FileReconciliation | Refused> {
  const file = readCamt(bytes)
  if (isRefused(file)) return file
  const theirs = reportedIn(file)
  const days = theirs
    .flatMap(({ bookedOn }) => (bookedOn ? [Date.parse(bookedOn)] : []))
    .toSorted((a, b) => a - b)
  const ids = theirs.flatMap(({ endToEndId, creditorReference }) =>
    [endToEndId, creditorReference].flatMap((text) => uuidIn(text) ?? []),
  )
  const ours = await bookedOn(db, rail, { from: days[0], to: days.at(-1), ids })
  const { message, version, id, statements } = file
  return {
    file: { message, version, id },
    accounts: statements.map(({ account }) => account),
    gaps: statements.map(gapOf),
    lists: reconcile(ours, theirs),
  }
}

/** A UUID as banks write it: without hyphens, at times in capitals. */
function uuidIn(text: string | undefined): string | undefined {
  const hex = text?.replaceAll('-', '').toLowerCase()
  return hex && /^[0-9a-f]{32}$/.test(hex)
    ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined
}

async function bookedOn(
  db: Db,
  rail: string,
  { from, to, ids }: { from: number | undefined; to: number | undefined; ids: readonly string[] },
): Promise<Expected[]> {
  const [first, last] = [from ?? 0, to === undefined ? 0 : to + day]
  const { rows } = await sql<{
    id: string
    kind: string
    amount: bigint
    currency: string
    at: string
  }>`
    select transfer_id as id, kind, amount_minor as amount, currency, ended_at as at from rail_transfers
     where rail = ${rail} and entry_id is not null
       and ((ended_at >= ${timestamptz(first)} and ended_at < ${timestamptz(last)}) or transfer_id = any(${ids}::uuid[]))
     order by transfer_id`.execute(db)
  return rows.map(({ id, kind, amount, currency, at }) => ({
    ...{ id, currency, amountMinor: amount, at: Date.parse(at) },
    direction: kind === 'top-up' ? 'credit' : 'debit',
  }))
}
