// The code that a payer shows at a till: the ceiling that the payer has set, the one code that is good now, and what became
// of it. What the code itself says is in qr/payer-code.ts.
import { sql } from 'kysely'
import { isCurrency } from '../../basis/currency.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import {
  appendEvent,
  instantOf,
  timestamptz,
  transact,
  type Database,
  type Db,
  type Tx,
} from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import { readAmount } from '../payment-request.ts'
import { makePayerCode } from '../qr/payer-code.ts'
import type { PayerCodeTable } from './schema.ts'
import './schema.ts'

/** Up to how much a code pays; in minor units. */
export type Ceiling = { readonly currency: string; readonly ceiling: bigint }

/** A code as the hub keeps it: by its hash. Instants in Unix milliseconds, amounts in minor units. */
export type PayerCode = Ceiling & {
  readonly homeHub: string
  readonly id: string
  /** SHA-256, hex. */
  readonly hash: string
  readonly payer: Holder
  readonly madeAt: number
  readonly expiresAt: number
  readonly usedAt: number | undefined
  /** The account that took it. */
  readonly payee: string | undefined
  readonly amount: bigint | undefined
  readonly entry: string | undefined
}

type Parts = {
  readonly db: Database
  readonly now: () => number
  readonly random: RandomBytes
  readonly hub: { readonly id: string }
}

/** Sets the payer's ceiling. Refused: `currency-not-known`, `amount-not-valid`, `amount-too-large`. */
export async function setCeiling(
  { db, hub, now }: Parts,
  payer: Holder,
  person: string,
  { currency, amount }: { readonly currency: string; readonly amount: string },
): Promise<Refused | Ceiling> {
  if (!isCurrency(currency)) return refused('currency-not-known', { currency })
  const ceiling = readAmount(amount, currency)
  if (isRefused(ceiling)) return ceiling
  const at = now()
  await transact(db, async (tx) => {
    const set = { currency, ceiling_minor: ceiling, set_at: timestamptz(at), set_by: person }
    await tx
      .insertInto('payer_ceilings')
      .values({ home_hub: hub.id, payer_kind: payer.kind, payer_id: payer.id, ...set })
      .onConflict((at) => at.columns(['home_hub', 'payer_kind', 'payer_id']).doUpdateSet(set))
      .execute()
    // What a code may pay was promised with it: one with another ceiling is made anew.
    await tx
      .deleteFrom('payer_codes')
      .where('home_hub', '=', hub.id)
      .where('payer_kind', '=', payer.kind)
      .where('payer_id', '=', payer.id)
      .where('used_at', 'is', null)
      .execute()
    const event = { hub: hub.id, subject: payer.id, actor: person, at }
    await appendEvent(tx, { ...event, kind: 'payment.ceiling-set' })
  })
  return { currency, ceiling }
}

export async function findCeiling(
  db: Db,
  homeHub: string,
  payer: Holder,
): Promise<Ceiling | undefined> {
  const row = await db
    .selectFrom('payer_ceilings')
    .select(['currency', 'ceiling_minor'])
    .where('home_hub', '=', homeHub)
    .where('payer_kind', '=', payer.kind)
    .where('payer_id', '=', payer.id)
    .executeTakeFirst()
  return row && { currency: row.currency, ceiling: row.ceiling_minor }
}

/** A new code in the place of the payer's last; its text is only ever given here. `hubHost`: where this hub is reached. */
export async function newPayerCode(
  { db, hub, now, random }: Parts,
  payer: Holder,
  person: string,
  { currency, ceiling }: Ceiling,
  hubHost: string,
): Promise<{ readonly id: string; readonly text: string; readonly expiresAt: number }> {
  const at = now()
  const { text, hash, expiresAt } = makePayerCode(hubHost, random, at)
  const id = uuidv7(at, random)
  const made = {
    ...{ code_id: id, code_hash: hexOf(hash), currency, ceiling_minor: ceiling, made_by: person },
    ...{ made_at: timestamptz(at), expires_at: timestamptz(expiresAt) },
    ...{ used_at: null, payee: null, amount_minor: null, entry_id: null },
  }
  await db.kysely
    .insertInto('payer_codes')
    .values({ home_hub: hub.id, payer_kind: payer.kind, payer_id: payer.id, ...made })
    .onConflict((at) => at.columns(['home_hub', 'payer_kind', 'payer_id']).doUpdateSet(made))
    .execute()
  return { id, text, expiresAt }
}

export const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

/** The payer's last code, good or not. */
export async function findPayerCode(
  db: Db,
  homeHub: string,
  payer: Holder,
): Promise<PayerCode | undefined> {
  const row = await db
    .selectFrom('payer_codes')
    .selectAll()
    .where('home_hub', '=', homeHub)
    .where('payer_kind', '=', payer.kind)
    .where('payer_id', '=', payer.id)
    .executeTakeFirst()
  return row && codeOf(row)
}

/** The codes of a batch by their hashes, locked in the order of their payers. */
export async function lockPayerCodes(
  tx: Tx,
  homeHub: string,
  hashes: readonly string[],
): Promise<Map<string, PayerCode>> {
  const { rows } = await sql<PayerCodeTable>`
    select * from payer_codes
     where home_hub = ${homeHub} and code_hash = any(${[...new Set(hashes)]}::text[])
     order by payer_kind, payer_id for update`.execute(tx)
  return new Map(rows.map((row) => [row.code_hash, codeOf(row)]))
}

const codeOf = (row: PayerCodeTable): PayerCode => ({
  homeHub: row.home_hub,
  id: row.code_id,
  hash: row.code_hash,
  payer: { kind: row.payer_kind, id: row.payer_id },
  currency: row.currency,
  ceiling: row.ceiling_minor,
  madeAt: instantOf(row.made_at),
  expiresAt: instantOf(row.expires_at),
  usedAt: row.used_at === null ? undefined : instantOf(row.used_at),
  payee: row.payee ?? undefined,
  amount: row.amount_minor ?? undefined,
  entry: row.entry_id ?? undefined,
})
