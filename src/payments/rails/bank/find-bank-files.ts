import { sql } from 'kysely'
import { instantOf, type Db } from '../../../db/index.ts'
import { transferOf } from '../find-transfers.ts'
import type { RailTransferTable } from '../schema.ts'
import type { Transfer } from '../transfer.ts'
import './schema.ts'

/** Payouts that wait to be put in a file, the oldest first. */
export async function findWaiting(db: Db, rail: string, limit: number): Promise<Transfer[]> {
  const { rows } = await sql<RailTransferTable>`
    select t.* from rail_transfers t
     where t.rail = ${rail} and t.kind = 'payout' and t.state in ('asked', 'sent')
       and not exists (select from bank_file_payouts p where p.transfer_id = t.transfer_id)
       and not exists (select from bank_outcomes o where o.transfer_id = t.transfer_id)
     order by t.transfer_id limit ${limit}`.execute(db)
  return rows.map(transferOf)
}

export type BankFileView = {
  readonly id: string
  readonly rail: string
  readonly madeAt: number
  readonly paysOn: string
  /** SHA-256, in hexadecimal. */
  readonly digest: string
  readonly payouts: number
  /** Those of which nobody told how they ended. */
  readonly open: number
  readonly sums: readonly { readonly currency: string; readonly amount: bigint }[]
}

type FileRow = {
  readonly file_id: string
  readonly rail: string
  readonly made_at: string
  readonly pays_on: string
  readonly digest: string
  readonly currency: string
  readonly amount: bigint
  readonly payouts: number
  readonly open: number
}

/** The files of a rail, the latest first; of an id that one alone. */
export async function findBankFiles(
  db: Db,
  rail: string,
  id: string | null = null,
): Promise<BankFileView[]> {
  const { rows } = await sql<FileRow>`
    select f.file_id, f.rail, f.made_at, f.pays_on, encode(f.digest, 'hex') as digest, t.currency,
           sum(t.amount_minor)::bigint as amount, count(*)::int as payouts,
           count(*) filter (where t.state in ('asked', 'sent'))::int as open
      from (select * from bank_files where rail = ${rail} and (${id}::uuid is null or file_id = ${id}::uuid)
             order by file_id desc limit 50) f
      join bank_file_payouts using (file_id) join rail_transfers t using (transfer_id)
     group by 1, 2, 3, 4, 5, 6 order by f.file_id desc, t.currency`.execute(db)
  return [...Map.groupBy(rows, ({ file_id }) => file_id).values()].map((sums) => {
    const { file_id, made_at, pays_on, digest } = sums[0]!
    return {
      ...{ id: file_id, rail, madeAt: instantOf(made_at), paysOn: pays_on, digest },
      payouts: sums.reduce((total, { payouts }) => total + payouts, 0),
      open: sums.reduce((total, { open }) => total + open, 0),
      sums: sums.map(({ currency, amount }) => ({ currency, amount })),
    }
  })
}

/** A file with its bytes as they were made. */
export function findBankFileBytes(
  db: Db,
  rail: string,
  id: string,
): Promise<{ readonly bytes: Buffer } | undefined> {
  return db
    .selectFrom('bank_files')
    .select('bytes')
    .where('rail', '=', rail)
    .where('file_id', '=', id)
    .executeTakeFirst()
}

/** The payouts in a file, in the order of their ids. */
export async function findPayoutsIn(db: Db, file: string): Promise<Transfer[]> {
  const { rows } = await sql<RailTransferTable>`
    select t.* from bank_file_payouts join rail_transfers t using (transfer_id)
     where file_id = ${file} order by t.transfer_id`.execute(db)
  return rows.map(transferOf)
}

/** Why payouts ended as they did, by the last word on each. */
export async function findReasons(
  db: Db,
  payouts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (payouts.length === 0) return new Map()
  const { rows } = await sql<{ id: string; reason: string }>`
    select distinct on (id) id, reason from (
      select transfer_id as id, reason, told_at from bank_outcomes where transfer_id = any(${payouts}::uuid[])
      union all
      select transfer_id, reason, told_at from transfer_settlements where transfer_id = any(${payouts}::uuid[])
    ) told order by id, told_at desc`.execute(db)
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}
