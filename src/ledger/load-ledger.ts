import { sql } from 'kysely'
import { currencyNumber } from '../basis/currency.ts'
import type { Journal } from '../basis/journal.ts'
import { instantOf, timestamptz, type Tx } from '../db/index.ts'
import { currencyOf, floorOf, type EscrowLeg } from './account.ts'
import { openDraft, type Account, type Hold, type Leg, type LedgerDraft } from './draft.ts'
import './schema.ts'

export type Wanted = {
  /** Names of accounts; those that do not exist are opened. */
  readonly accounts: readonly string[]
  /** Ids of holds that are to be ended; their accounts are loaded, too. */
  readonly holds?: readonly string[]
  /** Ids of orders whose legs are given out; their escrow accounts are loaded, too. */
  readonly orders?: readonly string[]
}

/**
 * Locks what a whole batch needs, last in the order of locks: legs by order, holds by id, then accounts by name. Their
 * balances of now are what the batch decides on.
 */
export async function loadLedger(
  tx: Tx,
  journal: Journal,
  { accounts, holds = [], orders = [] }: Wanted,
  now: number,
): Promise<LedgerDraft> {
  const legs = orders.length > 0 ? await lockLegs(tx, orders) : []
  const held = holds.length > 0 ? await lockHolds(tx, holds) : []
  const names = [
    ...accounts,
    ...held.map(({ account }) => account),
    ...legs.flatMap((leg) => [`escrow:${leg.leg}:${leg.currency}`, leg.payer, leg.beneficiary]),
  ]
  return openDraft(journal, await lockAccounts(tx, [...new Set(names)].sort(), now), held, legs)
}

async function lockAccounts(tx: Tx, names: readonly string[], now: number): Promise<Account[]> {
  const found = await selectAccounts(tx, names)
  if (found.length === names.length) return found
  const known = new Set(found.map(({ account }) => account))
  const missing = names.filter((name) => !known.has(name))
  await sql`
    insert into accounts (account, number, currency, floor_minor, opened_at)
    select account, nextval('account_numbers') * 1024 + currency_number, currency, floor_minor, ${timestamptz(now)}::timestamptz
      from unnest(${missing}::text[], ${missing.map(currencyOf)}::text[],
                  ${missing.map((name) => Number(currencyNumber(currencyOf(name))))}::integer[],
                  ${missing.map((name) => floorOf(name) ?? null)}::bigint[])
             as new (account, currency, currency_number, floor_minor)
     order by account
    on conflict do nothing`.execute(tx)
  return [...found, ...(await selectAccounts(tx, missing))]
}

async function selectAccounts(tx: Tx, names: readonly string[]): Promise<Account[]> {
  const { rows } = await sql<{
    account: string
    number: bigint
    currency: string
    floor_minor: bigint | null
    balance_minor: bigint
    held_minor: bigint
    postings: bigint
  }>`
    select account, number, currency, floor_minor, balance_minor, held_minor, postings
      from accounts where account = any(${names}::text[]) order by account for update`.execute(tx)
  return rows.map((row) => ({
    account: row.account,
    number: row.number,
    currency: row.currency,
    floor: row.floor_minor ?? undefined,
    balance: row.balance_minor,
    held: row.held_minor,
    postings: row.postings,
  }))
}

async function lockHolds(tx: Tx, ids: readonly string[]): Promise<Hold[]> {
  const rows = await tx
    .selectFrom('holds')
    .selectAll()
    .where('hold_id', 'in', [...new Set(ids)])
    .orderBy('hold_id')
    .forUpdate()
    .execute()
  return rows.map((row) => ({
    id: row.hold_id,
    account: row.account,
    amount: row.amount_minor,
    purpose: row.purpose,
    reference: row.reference,
    state: row.state,
    madeAt: instantOf(row.made_at),
    expiresAt: row.expires_at === null ? undefined : instantOf(row.expires_at),
    endedAt: row.ended_at === null ? undefined : instantOf(row.ended_at),
    entry: row.entry_id ?? undefined,
  }))
}

async function lockLegs(tx: Tx, orders: readonly string[]): Promise<Leg[]> {
  const rows = await tx
    .selectFrom('escrows')
    .selectAll()
    .where('order_id', '=', sql<string>`any(${[...new Set(orders)]}::uuid[])`)
    .orderBy('order_id')
    .forUpdate()
    .execute()
  return rows.flatMap((row) =>
    row.legs.map((leg, index) => ({
      order: row.order_id,
      number: index + 1,
      leg: leg as EscrowLeg,
      currency: row.currency,
      amount: row.amounts_minor[index]!,
      left: row.lefts_minor[index]!,
      payer: row.payer,
      beneficiary: row.beneficiaries[index]!,
      entry: row.entry_id,
    })),
  )
}
