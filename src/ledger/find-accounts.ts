import { sql } from 'kysely'
import { instantOf, timestamptz, type Db } from '../db/index.ts'
import { walletAccount, type Holder } from './account.ts'
import './schema.ts'

/** An account for a page; amounts in minor units of its currency. */
export type AccountView = {
  readonly account: string
  readonly currency: string
  readonly balance: bigint
  /** What pending holds reserve. */
  readonly held: bigint
}

/** The wallets of a person or business, by currency; those that were never used do not exist. */
export async function findWallets(db: Db, holder: Holder): Promise<AccountView[]> {
  const prefix = walletAccount(holder, '')
  const rows = await db
    .selectFrom('accounts')
    .select(['account', 'currency', 'balance_minor', 'held_minor'])
    // The name begins with the holder: a range of the primary key.
    .where('account', '>=', prefix)
    .where('account', '<', `${prefix}~`)
    .orderBy('account')
    .execute()
  return rows.map((row) => ({
    account: row.account,
    currency: row.currency,
    balance: row.balance_minor,
    held: row.held_minor,
  }))
}

/** One change of an account with the entry that made it. */
export type Movement = {
  readonly position: bigint
  readonly at: number
  readonly amount: bigint
  /** Of the account after it. */
  readonly balance: bigint
  readonly entry: string
  readonly kind: string
  readonly reference: string
}

export type MovementQuery = {
  readonly account: string
  /** Only positions below it: the next page. */
  readonly before?: bigint | undefined
  readonly limit?: number | undefined
}

/** The movements of an account, the latest first. */
export async function findMovements(
  db: Db,
  { account, before, limit = 50 }: MovementQuery,
): Promise<Movement[]> {
  const rows = await movements(db)
    .where('postings.account', '=', account)
    .$if(before !== undefined, (query) => query.where('postings.position', '<', before!))
    .orderBy('postings.position', 'desc')
    .limit(limit)
    .execute()
  return rows.map(movementOf)
}

/** What an entry did to an account, if it did anything. */
export async function findMovementOf(
  db: Db,
  account: string,
  entry: string,
): Promise<Movement | undefined> {
  const row = await movements(db)
    .where('postings.entry_id', '=', entry)
    .where('postings.account', '=', account)
    .executeTakeFirst()
  return row && movementOf(row)
}

/** Whose wallet was on the other side of each entry, where it was exactly one. */
export async function findOtherWallets(
  db: Db,
  account: string,
  entries: readonly string[],
): Promise<ReadonlyMap<string, Holder>> {
  if (entries.length === 0) return new Map()
  const { rows } = await sql<{ entry_id: string; account: string }>`
    select entry_id, min(account) as account from postings
     where entry_id = any(${entries}::uuid[]) and account like 'wallet:%' and account <> ${account}
     group by entry_id having count(*) = 1`.execute(db)
  return new Map(
    rows.map((row) => {
      const [, kind, id = ''] = row.account.split(':')
      return [row.entry_id, { kind: kind === 'person' ? 'person' : 'business', id }]
    }),
  )
}

/** What a statement takes of the books: `statements/statement.ts`. */
export type Span = {
  readonly opening: bigint
  readonly closing: bigint
  readonly movements: readonly Movement[]
}

/** More movements than a page or a file should have at once. */
export const mostMovements = 50_000

/**
 * The movements from one instant to before another, by position and without a gap, with the balances around them.
 * Undefined when there are more than `mostMovements`: ask for a shorter time.
 */
export async function findSpan(
  db: Db,
  account: string,
  from: number,
  to: number,
): Promise<Span | undefined> {
  const { rows } = await sql<{ first: bigint | null; last: bigint | null }>`
    select min(p.position) filter (where e.at >= ${timestamptz(from)}) as first,
           max(p.position) filter (where e.at < ${timestamptz(to)}) as last
      from postings p join entries e using (entry_id) where p.account = ${account}`.execute(db)
  const [first, last] = [rows[0]?.first ?? undefined, rows[0]?.last ?? undefined]
  if (last === undefined) return { opening: 0n, closing: 0n, movements: [] }
  if (first === undefined || first > last) {
    const balance = await balanceAt(db, account, last)
    return { opening: balance, closing: balance, movements: [] }
  }
  if (last - first >= BigInt(mostMovements)) return undefined
  const found = await movements(db)
    .where('postings.account', '=', account)
    .where('postings.position', '>=', first)
    .where('postings.position', '<=', last)
    .orderBy('postings.position')
    .execute()
  const all = found.map(movementOf)
  const opening = all[0]!.balance - all[0]!.amount
  return { opening, closing: all.at(-1)!.balance, movements: all }
}

async function balanceAt(db: Db, account: string, position: bigint): Promise<bigint> {
  const row = await db
    .selectFrom('postings')
    .select('balance_minor')
    .where('account', '=', account)
    .where('position', '=', position)
    .executeTakeFirstOrThrow()
  return row.balance_minor
}

const movements = (db: Db) =>
  db
    .selectFrom('postings')
    .innerJoin('entries', 'entries.entry_id', 'postings.entry_id')
    .select([
      'postings.position',
      'entries.at',
      'postings.amount_minor',
      'postings.balance_minor',
      'entries.entry_id',
      'entries.kind',
      'entries.reference',
    ])

type MovementRow = {
  position: bigint
  at: string
  amount_minor: bigint
  balance_minor: bigint
  entry_id: string
  kind: string
  reference: string
}

const movementOf = (row: MovementRow): Movement => ({
  position: row.position,
  at: instantOf(row.at),
  amount: row.amount_minor,
  balance: row.balance_minor,
  entry: row.entry_id,
  kind: row.kind,
  reference: row.reference,
})

/** An entry with all its postings, for who may see one of them. */
export type EntryView = {
  readonly id: string
  readonly kind: string
  readonly reference: string
  readonly at: number
  readonly postings: readonly { readonly account: string; readonly amount: bigint }[]
}

/** Every entry for one thing (an order, a top-up), the earliest first. */
export async function findEntriesFor(db: Db, reference: string): Promise<EntryView[]> {
  const rows = await db
    .selectFrom('entries')
    .innerJoin('postings', 'postings.entry_id', 'entries.entry_id')
    .select([
      'entries.entry_id',
      'entries.kind',
      'entries.reference',
      'entries.at',
      'postings.account',
      'postings.amount_minor',
    ])
    .where('entries.reference', '=', reference)
    .orderBy('entries.entry_id')
    .orderBy('postings.account')
    .execute()
  const found = new Map<string, EntryView & { postings: { account: string; amount: bigint }[] }>()
  for (const row of rows) {
    const entry = found.get(row.entry_id) ?? {
      id: row.entry_id,
      kind: row.kind,
      reference: row.reference,
      at: instantOf(row.at),
      postings: [],
    }
    entry.postings.push({ account: row.account, amount: row.amount_minor })
    found.set(row.entry_id, entry)
  }
  return [...found.values()]
}
