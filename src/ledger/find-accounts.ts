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
  const rows = await db
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
    .where('postings.account', '=', account)
    .$if(before !== undefined, (query) => query.where('postings.position', '<', before!))
    .orderBy('postings.position', 'desc')
    .limit(limit)
    .execute()
  return rows.map(movementOf)
}

/** The movements of a span of time, the earliest first, a page at a time: for statements. */
export async function* movementsBetween(
  db: Db,
  account: string,
  from: number,
  to: number,
): AsyncGenerator<Movement> {
  const size = 1_000
  for (let after = 0n; ;) {
    const rows = await db
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
      .where('postings.account', '=', account)
      .where('postings.position', '>', after)
      .where('entries.at', '>=', timestamptz(from))
      .where('entries.at', '<', timestamptz(to))
      .orderBy('postings.position')
      .limit(size)
      .execute()
    for (const row of rows) yield movementOf(row)
    if (rows.length < size) return
    after = rows.at(-1)!.position
  }
}

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
