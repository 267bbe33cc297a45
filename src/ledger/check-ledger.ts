// `ewtp ledger check`: proves the books from the first posting on, and names the place of whatever does not fit.
import { sql } from 'kysely'
import type { Database, Tx } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import { floorOf } from './account.ts'
import { checkSeals } from './check-seals.ts'
import './schema.ts'

export type LedgerFault = {
  readonly code: string
  /** Where: an account, an account's posting, an entry, a block. */
  readonly place: string
  readonly found?: string
  readonly expected?: string
}

export type LedgerReport = {
  readonly faults: readonly LedgerFault[]
  readonly accounts: number
  readonly entries: number
  readonly postings: number
  readonly blocks: number
  /** Posted a moment ago, waiting for their seal. */
  readonly unsealed: readonly string[]
  /** By currency: what the hub owes, which is what others keep for it. */
  readonly turnover: readonly { readonly currency: string; readonly owed: bigint }[]
}

/** Most faults that are named of one kind. */
const mostNamed = 100

/**
 * Checks, on one snapshot and without stopping anybody: every entry balances, every account's postings run without a hole
 * to its balance, holds and escrow legs are what accounts say, floors are kept, seals are unbroken, and entries and event
 * log name each other. 1,000,000 postings take well under a minute.
 */
export async function checkLedger(
  database: Database,
  keys: Pick<Keys, 'verify'>,
): Promise<LedgerReport> {
  return database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local transaction read only`.execute(tx)
      await sql`set local statement_timeout = 0`.execute(tx)
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
      const faults = [
        ...(await checkAccounts(tx)),
        ...(await rowsOf(tx, brokenRuns)),
        ...(await rowsOf(tx, unbalanced)),
        ...(await rowsOf(tx, lonelyPostings)),
        ...(await rowsOf(tx, emptyEntries)),
        ...(await rowsOf(tx, wrongHolds)),
        ...(await rowsOf(tx, wrongEscrow)),
        ...(await rowsOf(tx, wrongLegs)),
      ]
      const seals = await checkSeals(tx, keys)
      return { ...seals, ...(await figures(tx)), faults: [...faults, ...seals.faults] }
    })
}

type Found = { place: string; found: string | null; expected: string | null }
type Query = { readonly code: string; readonly text: string }

async function rowsOf(tx: Tx, { code, text }: Query): Promise<LedgerFault[]> {
  const { rows } = await sql<Found>`${sql.raw(text)} limit ${mostNamed}`.execute(tx)
  return rows.map(({ place, found, expected }) => ({
    code,
    place,
    ...(found === null ? {} : { found }),
    ...(expected === null ? {} : { expected }),
  }))
}

/** Each posting stands one after the one before, and its balance is that one's plus its amount. */
const brokenRuns: Query = {
  code: 'broken-run',
  text: `select (select a.account from accounts a where a.number = p.account) || ' #' || position as place,
                position || ': ' || balance_minor as found,
                (before + 1) || ': ' || (balance_before + amount_minor) as expected
           from (select account, position, amount_minor, balance_minor,
                        coalesce(lag(position) over run, 0) as before,
                        coalesce(lag(balance_minor) over run, 0) as balance_before
                   from account_postings window run as (partition by account order by position)) p
          where position <> before + 1 or balance_minor <> balance_before + amount_minor`,
}

const unbalanced: Query = {
  code: 'entry-out-of-balance',
  text: `select u.entry_id || ' ' || (select min(a.currency) from accounts a where a.number % 1024 = u.currency) as place,
                u.sum::text as found, '0' as expected
           from (select entry_id, account % 1024 as currency, sum(amount_minor) as sum from account_postings
                  group by entry_id, account % 1024 having sum(amount_minor) <> 0) u`,
}

const lonelyPostings: Query = {
  code: 'posting-without-entry',
  text: `select (select a.account from accounts a where a.number = p.account) || ' #' || position as place,
                entry_id::text as found, null as expected
           from account_postings p where not exists (select from entries e where e.entry_id = p.entry_id)`,
}

const emptyEntries: Query = {
  code: 'entry-without-postings',
  text: `select entry_id::text as place, null as found, null as expected
           from entries e where not exists (select from account_postings p where p.entry_id = e.entry_id)`,
}

const wrongHolds: Query = {
  code: 'holds-differ',
  text: `select a.account as place, a.held_minor::text as found, coalesce(h.held, 0)::text as expected
           from accounts a
           left join (select account, sum(amount_minor) as held from holds where state = 'pending' group by account) h
             using (account)
          where a.held_minor <> coalesce(h.held, 0)`,
}

const wrongEscrow: Query = {
  code: 'escrow-differs-from-its-legs',
  text: `select coalesce(a.account, l.account) as place, coalesce(a.balance_minor, 0)::text as found,
                coalesce(l.held, 0)::text as expected
           from (select account, balance_minor from accounts where account like 'escrow:%') a
           full join (select 'escrow:' || leg || ':' || currency as account, sum(left_minor) as held
                        from escrow_legs group by leg, currency) l using (account)
          where coalesce(a.balance_minor, 0) <> coalesce(l.held, 0)`,
}

/** What is left of an order's legs of one kind is what its entries put in and took out. */
const wrongLegs: Query = {
  code: 'leg-differs-from-its-entries',
  text: `select coalesce(l.place, p.place) as place, coalesce(l.held, 0)::text as found, coalesce(p.held, 0)::text as expected
           from (select order_id::text || ' escrow:' || leg || ':' || currency as place, sum(left_minor) as held
                   from escrow_legs group by 1) l
           full join (select e.reference || ' ' || p.account as place, sum(p.amount_minor) as held
                        from postings p join entries e using (entry_id) where p.account like 'escrow:%' group by 1) p
             using (place)
          where coalesce(l.held, 0) <> coalesce(p.held, 0)`,
}

/** Balances against postings, and floors against the plan of accounts. */
async function checkAccounts(tx: Tx): Promise<LedgerFault[]> {
  const faults = await rowsOf(tx, {
    code: 'balance-differs-from-its-postings',
    text: `select coalesce(a.account, 'account ' || p.number) as place,
                  coalesce(a.postings, 0) || ': ' || coalesce(a.balance_minor, 0) as found,
                  coalesce(p.postings, 0) || ': ' || coalesce(p.balance, 0) as expected
             from accounts a
             full join (select account as number, count(*) as postings, sum(amount_minor) as balance
                          from account_postings group by account) p using (number)
            where (coalesce(a.postings, 0), coalesce(a.balance_minor, 0))
               <> (coalesce(p.postings, 0), coalesce(p.balance, 0))`,
  })
  const kinds = await tx
    .selectFrom('accounts')
    .select(({ fn }) => [
      'floor_minor',
      sql<string>`split_part(account, ':', 1)`.as('kind'),
      fn.min('account').as('account'),
    ])
    .groupBy(['floor_minor', sql`split_part(account, ':', 1)`])
    .execute()
  for (const { account, floor_minor } of kinds) {
    const expected = floorOf(account)
    if ((floor_minor ?? undefined) !== expected)
      faults.push({
        code: 'floor-differs-from-the-plan',
        place: account,
        found: String(floor_minor ?? 'none'),
        expected: String(expected ?? 'none'),
      })
  }
  return faults
}

async function figures(
  tx: Tx,
): Promise<Pick<LedgerReport, 'accounts' | 'entries' | 'postings' | 'turnover'>> {
  const count = async (table: 'accounts' | 'entries' | 'postings'): Promise<number> => {
    const { rows } = await sql<{
      n: bigint
    }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
    return Number(rows[0]?.n ?? 0n)
  }
  const { rows } = await sql<{ currency: string; owed: string }>`
    select currency, sum(balance_minor) filter (where balance_minor > 0) as owed
      from accounts group by currency order by currency`.execute(tx)
  return {
    accounts: await count('accounts'),
    entries: await count('entries'),
    postings: await count('postings'),
    turnover: rows.map(({ currency, owed }) => ({ currency, owed: BigInt(owed ?? 0) })),
  }
}
