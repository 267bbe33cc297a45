// A bank's own file against what we booked: camt.053 or camt.054 as the operator brings it.
import { sql } from 'kysely'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { timestamptz, type Db } from '../../db/index.ts'
import { gapOf, type BankFile } from '../iso20022/bank-file.ts'
import { readCamt } from '../iso20022/read-camt.ts'
import { takeStatement, type TakenStatement } from '../rails/bank/take-statement.ts'
import { isBankRail, type RailParts } from '../rails/rails.ts'
import { reconcile, reportedIn, type Expected, type Reconciliation } from '../iso20022/reconcile.ts'

export type FileReconciliation = {
  readonly file: Pick<BankFile, 'message' | 'version' | 'id'>
  readonly accounts: readonly string[]
  /** What is missing between the balances of each statement, in minor units; undefined where the file does not say. */
  readonly gaps: readonly (bigint | undefined)[]
  readonly lists: Reconciliation
  /** Of a bank that takes files: how many payouts ended by what it says. */
  readonly ended?: Pick<TakenStatement, 'done' | 'failed'> | undefined
}

const day = 24 * 60 * 60_000

/**
 * Reads the file and compares it with the transfers of a rail that were booked on its days or that it names; what it says of
 * payouts in files counts. Refused as `readCamt` refuses.
 */
export async function reconcileFile(
  parts: RailParts,
  rail: string,
  bytes: Uint8Array,
  by: string,
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
  const { message, version, id, statements } = file
  const about = {
    file: { message, version, id },
    accounts: statements.map(({ account }) => account),
    gaps: statements.map(gapOf),
  }
  const [from, to] = [days[0], days.at(-1)]
  if (!isBankRail(rail)) {
    const ours = await bookedOn(parts.db.kysely, rail, { from, to, ids })
    return { ...about, lists: reconcile(ours, theirs) }
  }
  // A notification tells of some movements, a statement of all on its days.
  const isWhole = file.message === 'camt.053' && from !== undefined && to !== undefined
  const scope = { named: ids, days: isWhole ? ([from, to] as const) : undefined }
  const { lists, done, failed } = await takeStatement(parts, rail, file, theirs, scope, by)
  return { ...about, lists, ended: { done, failed } }
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
