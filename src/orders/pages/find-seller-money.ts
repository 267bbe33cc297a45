// A seller's money: what waits in escrow for them, what is in the wallet, and what was paid out; read from the books.
import { sql } from 'kysely'
import { instantOf, type Db } from '../../db/index.ts'
import { findWallets, walletAccount, type AccountView } from '../../ledger/index.ts'

/** Held for the seller: in the buyers' money, and the currency in which they get it. Minor units. */
export type HeldSum = {
  readonly currency: string
  readonly into: string
  readonly amount: bigint
  readonly orders: bigint
}

/** Paid out from a wallet and not come back; minor units. */
export type PaidOut = { readonly currency: string; readonly amount: bigint }

export type SellerMoney = {
  readonly held: readonly HeldSum[]
  readonly wallets: readonly AccountView[]
  readonly paidOut: readonly PaidOut[]
}

export async function findSellerMoney(db: Db, hub: string, business: string): Promise<SellerMoney> {
  const holder = { kind: 'business' as const, id: business }
  const [held, wallets, paid] = await Promise.all([
    sql<{ currency: string; into: string; amount: bigint; orders: bigint }>`
      select l.currency, right(l.beneficiary, 3) as into, sum(l.left_minor)::bigint as amount,
             count(distinct o.order_id) as orders
        from orders o join escrow_legs l on l.order_id = o.order_id
       where o.home_hub = ${hub} and o.seller_id = ${business}
         and l.left_minor > 0 and l.beneficiary like ${`${walletAccount(holder, '')}%`}
       group by 1, 2 order by 1, 2`.execute(db),
    findWallets(db, holder),
    sql<{ currency: string; amount: bigint }>`
      select a.currency, -sum(p.amount_minor)::bigint as amount
        from accounts a join postings p on p.account = a.account join entries e on e.entry_id = p.entry_id
       where a.account like ${`${walletAccount(holder, '')}%`} and e.kind in ('payout', 'payout-returned')
       group by 1 order by 1`.execute(db),
  ])
  return { held: held.rows, wallets, paidOut: paid.rows }
}

/** One entry behind a total. */
export type MoneyLine = {
  readonly at: number
  /** The order, or what the provider calls the payout. */
  readonly order: string | undefined
  readonly reference: string
  readonly amount: bigint
  readonly currency: string
}

const most = 200

/** The orders behind what is held in a currency, the newest first, at most 200. */
export async function findHeld(
  db: Db,
  hub: string,
  business: string,
  currency: string,
): Promise<MoneyLine[]> {
  const prefix = walletAccount({ kind: 'business', id: business }, '')
  const { rows } = await sql<{ order_id: string; placed_at: string; left_minor: bigint }>`
    select o.order_id, o.placed_at, l.left_minor
      from orders o join escrow_legs l on l.order_id = o.order_id
     where o.home_hub = ${hub} and o.seller_id = ${business} and l.currency = ${currency}
       and l.left_minor > 0 and l.beneficiary like ${`${prefix}%`}
     order by o.order_id desc limit ${most}`.execute(db)
  return rows.map(({ order_id, placed_at, left_minor }) => ({
    ...{ at: instantOf(placed_at), order: order_id, reference: order_id },
    ...{ amount: left_minor, currency },
  }))
}

/** The payouts behind a total, the newest first, at most 200. */
export async function findPayouts(
  db: Db,
  business: string,
  currency: string,
): Promise<MoneyLine[]> {
  const account = walletAccount({ kind: 'business', id: business }, currency)
  const { rows } = await sql<{ at: string; reference: string; amount_minor: bigint }>`
    select e.at, e.reference, p.amount_minor
      from postings p join entries e on e.entry_id = p.entry_id
     where p.account = ${account} and e.kind in ('payout', 'payout-returned')
     order by p.position desc limit ${most}`.execute(db)
  return rows.map(({ at, reference, amount_minor }) => ({
    ...{ at: instantOf(at), order: undefined, reference, amount: -amount_minor, currency },
  }))
}
