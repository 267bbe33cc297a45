import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'

/** Whose money it is, in one currency, in minor units: what the hub owes is positive, what others hold for it negative. */
export type MoneySum = {
  readonly currency: string
  readonly kind: MoneyKind
  readonly amount: bigint
  /** Of it, held for something that is under way. */
  readonly held: bigint
  readonly accounts: number
}

/** Kinds of accounts, in the order in which they are read: `other` is none that stands before it. */
export const moneyKinds = [
  'wallet',
  'escrow',
  'payable',
  'income',
  'dealer',
  'rail',
  'peer',
  'other',
] as const
export type MoneyKind = (typeof moneyKinds)[number]

const isKind = (text: string): text is MoneyKind => moneyKinds.some((kind) => kind === text)

/** The sums of all accounts by currency and kind; those of a currency are nothing together, as every entry balances. */
export async function findSums(db: Db): Promise<MoneySum[]> {
  const { rows } = await sql<{
    kind: string
    currency: string
    amount: bigint
    held: bigint
    accounts: number
  }>`
    select split_part(account, ':', 1) as kind, right(account, 3) as currency, sum(balance_minor)::bigint as amount,
           sum(held_minor)::bigint as held, count(*)::int as accounts
      from accounts group by 1, 2`.execute(db)
  const order = (kind: string): number => moneyKinds.findIndex((each) => each === kind)
  return rows
    .map(({ kind, ...rest }): MoneySum => ({ ...rest, kind: isKind(kind) ? kind : 'other' }))
    .toSorted((a, b) =>
      a.currency === b.currency ? order(a.kind) - order(b.kind) : a.currency < b.currency ? -1 : 1,
    )
}
