import './schema.ts'
import { sql } from 'kysely'
import { instantOf, type Db } from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import type { VerificationTable } from './schema.ts'
import type { Verification } from './verification.ts'

/** The holder's verifications, the newest first. */
export async function findVerificationsOf(
  db: Db,
  hub: string,
  { kind, id }: Holder,
): Promise<Verification[]> {
  const rows = await db
    .selectFrom('verifications')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('holder_kind', '=', kind)
    .where('holder_id', '=', id)
    .orderBy('verification_id', 'desc')
    .limit(20)
    .execute()
  return rows.map(read)
}

/** Who waits, the longest first. */
export async function findWaitingVerifications(
  db: Db,
  hub: string,
  most: number,
): Promise<Verification[]> {
  const rows = await db
    .selectFrom('verifications')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('state', '=', 'waiting')
    .orderBy('verification_id')
    .limit(most)
    .execute()
  return rows.map(read)
}

/** What was decided, withdrawn or ended last, the newest first. */
export async function findDecidedVerifications(
  db: Db,
  hub: string,
  most: number,
): Promise<Verification[]> {
  const rows = await db
    .selectFrom('verifications')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('state', '<>', 'waiting')
    .orderBy('decided_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(read)
}

export const countWaiting = async (db: Db, hub: string): Promise<number> => {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from verifications where home_hub = ${hub} and state = 'waiting'`.execute(
    db,
  )
  return rows[0]?.waiting ?? 0
}

/** With a lock where it is about to change. */
export async function findVerification(
  db: Db,
  hub: string,
  id: string,
  { lock = false } = {},
): Promise<Verification | undefined> {
  const found = db
    .selectFrom('verifications')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('verification_id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  return row && read(row)
}

export type Side = { readonly number: number; readonly width: number; readonly height: number }

/** The pictures that are there, without their bytes. */
export const findSides = (db: Db, hub: string, id: string): Promise<Side[]> =>
  db
    .selectFrom('verification_pictures')
    .select(['number', 'width', 'height'])
    .where('home_hub', '=', hub)
    .where('verification_id', '=', id)
    .orderBy('number')
    .execute()

/** A picture as WebP. */
export async function findSide(
  db: Db,
  hub: string,
  id: string,
  number: number,
): Promise<Uint8Array | undefined> {
  const found = await db
    .selectFrom('verification_pictures')
    .select('bytes')
    .where('home_hub', '=', hub)
    .where('verification_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  return found?.bytes
}

const read = (row: VerificationTable): Verification => ({
  id: row.verification_id,
  holder: { kind: row.holder_kind, id: row.holder_id },
  name: row.name,
  document: row.document,
  country: row.country,
  state: row.state,
  validUntil: row.valid_until ?? undefined,
  askedAt: instantOf(row.asked_at),
  decidedAt: row.decided_at === null ? undefined : instantOf(row.decided_at),
  reason: row.reason,
})
