import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import { testRandom } from '../../test/support/clock.ts'
import { openJournal } from '../basis/journal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { runReader, transact } from '../db/index.ts'
import {
  checkLedger,
  findMovements,
  findWallets,
  giveFromEscrow,
  hold,
  loadLedger,
  post,
  putInEscrow,
  railAccount,
  sealer,
  voidHold,
  walletAccount,
  writeLedger,
  type LedgerDraft,
} from './index.ts'

const hub = '0199d2f0-0000-7000-8000-000000000001'
const now = Date.UTC(2026, 10, 22)
const { bytes } = testRandom()
const newId = (): string => uuidv7(now, bytes)
const personOf = (id: string) => ({ kind: 'person', id }) as const
const walletOf = (id: string): string => walletAccount(personOf(id), 'MYR')
const rail = railAccount('sandbox', 'MYR')

// Signs as a hub does, with a key that is short enough to read: the seal is the hash of what is sealed.
const keys = {
  sign: (message: Uint8Array) => ({
    keyId: 'test',
    signature: Uint8Array.from(message).toReversed(),
  }),
  verify: (id: string, message: Uint8Array, signature: Uint8Array) =>
    id === 'test' && Buffer.from(signature).equals(Uint8Array.from(message).toReversed()),
} as never

const change = <T>(
  db: TestDatabase,
  wanted: Parameters<typeof loadLedger>[2],
  work: (draft: LedgerDraft) => T,
): Promise<T> =>
  transact(db, async (tx) => {
    const draft = await loadLedger(tx, openJournal(), wanted, now)
    const result = work(draft)
    await writeLedger(tx, draft, { hub, now })
    return result
  })

const topUp = (db: TestDatabase, person: string, amount: bigint) =>
  change(db, { accounts: [rail, walletOf(person)] }, (draft) =>
    post(draft, {
      ...{ id: newId(), kind: 'top-up', reference: person, at: now },
      postings: [
        { account: rail, amount: -amount },
        { account: walletOf(person), amount },
      ],
    }),
  )

/** Seals whatever waits; another test file's open transaction may hold it for a moment. */
async function sealAll(db: TestDatabase): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    await runReader(db, sealer({ keys, now: () => now }), { now })
    if ((await checkLedger(db, keys)).unsealed.length === 0) return
    await db.sleep(25)
  }
  throw new Error('the entries were not sealed')
}

/** As somebody does who has the database's own password. */
async function behindOurBack({ pool }: TestDatabase, statement: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(statement)
    await client.query('reset session_replication_role')
  } finally {
    client.release()
  }
}

describe('the ledger on PostgreSQL', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase()
  })

  test('money comes in, is held, goes into escrow and out again; the books are right and sealed', async () => {
    const [amina, bo, order, held] = [newId(), newId(), newId(), newId()]
    await topUp(db, amina, 10_000n)
    const wanted = { id: held, account: walletOf(amina), amount: 2_000n, purpose: 'payout' }
    await change(db, { accounts: [walletOf(amina)] }, (draft) =>
      hold(draft, { ...wanted, reference: held, expiresAt: undefined }, now),
    )
    expect(await findWallets(db.kysely, personOf(amina))).toEqual([
      { account: walletOf(amina), currency: 'MYR', balance: 10_000n, held: 2_000n },
    ])
    await change(
      db,
      { accounts: [walletOf(amina), 'escrow:goods:MYR', 'escrow:duty:MYR'] },
      (draft) =>
        putInEscrow(
          draft,
          { id: newId(), kind: 'checkout', at: now },
          { id: order, payer: walletOf(amina), currency: 'MYR' },
          [
            { leg: 'goods', amount: 6_000n, beneficiary: walletOf(bo) },
            { leg: 'duty', amount: 900n, beneficiary: 'payable:duty:CN:MYR' },
          ],
        ),
    )
    await change(db, { accounts: [], holds: [held], orders: [order] }, (draft) => {
      voidHold(draft, held, now)
      return giveFromEscrow(draft, { id: newId(), kind: 'release', at: now }, order, [
        { number: 1, amount: 6_000n, to: walletOf(bo) },
        { number: 2, amount: 400n, to: walletOf(amina) },
      ])
    })
    const moves = await findMovements(db.kysely, { account: walletOf(amina) })
    expect(moves.map(({ kind, amount, balance }) => `${kind} ${amount} ${balance}`)).toEqual([
      'release 400 3500',
      'checkout -6900 3100',
      'top-up 10000 10000',
    ])
    await sealAll(db)
    const report = await checkLedger(db, keys)
    expect(report).toMatchObject({ faults: [], unsealed: [], entries: 3, postings: 9 })
  })

  test('what is changed before it is sealed breaks the seal', async () => {
    const amina = newId()
    const { id } = (await topUp(db, amina, 10_000n)) as { id: string }
    await behindOurBack(db, `update entries set actor = 'mallory' where entry_id = '${id}'`)
    await sealAll(db)
    const place = `entry ${id}`
    expect((await checkLedger(db, keys)).faults).toMatchObject([{ code: 'entry-changed', place }])
    await behindOurBack(db, `update entries set actor = null where entry_id = '${id}'`)
    expect((await checkLedger(db, keys)).faults).toEqual([])
  })

  test('events of a hub that did not tell leaves yet are sealed from the rows', async () => {
    await topUp(db, newId(), 10_000n)
    await topUp(db, newId(), 20_000n)
    const last = `select max(seq) from events where kind = 'ledger.posted'`
    await behindOurBack(db, `update events set body = body - 'leaves' where seq = (${last})`)
    await sealAll(db)
    expect((await checkLedger(db, keys)).faults).toEqual([])
  })

  test('two that spend the same money at once: one gets it', async () => {
    const amina = newId()
    await topUp(db, amina, 100n)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => {
        const to = walletOf(newId())
        return change(db, { accounts: [walletOf(amina), to] }, (draft) =>
          post(draft, {
            ...{ id: newId(), kind: 'payment', reference: amina, at: now },
            postings: [
              { account: walletOf(amina), amount: -60n },
              { account: to, amount: 60n },
            ],
          }),
        )
      }),
    )
    expect(outcomes.filter((each) => !('refused' in each))).toHaveLength(1)
  })

  test('PostgreSQL itself refuses what our code should never send', async () => {
    const amina = newId()
    await topUp(db, amina, 100n)
    const account = walletOf(amina)
    const number = sql`(select number from accounts where account = ${account})`
    const odd = sql`insert into account_postings values (${number}, 2, ${newId()}, 5, 0)`
    const wrong: readonly [says: RegExp, statement: () => Promise<unknown>][] = [
      [/do not add up/, () => odd.execute(db.kysely)],
      [
        /postings are never changed/,
        () => sql`update account_postings set amount_minor = 1`.execute(db.kysely),
      ],
      [/entries are never changed/, () => sql`delete from entries`.execute(db.kysely)],
      [/postings are never changed/, () => sql`truncate account_postings`.execute(db.kysely)],
      [
        /accounts_stay_above_their_floor/,
        () =>
          sql`update accounts set balance_minor = -1 where account = ${account}`.execute(db.kysely),
      ],
    ]
    for (const [says, statement] of wrong) await expect(statement()).rejects.toThrow(says)
  })
})

describe('edits by somebody with the database password', () => {
  const tamper = (db: TestDatabase, statement: string) =>
    transact(db, async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx)
      await sql.raw(statement).execute(tx)
    })

  /** An edit, and what the check says of it. */
  const edits: readonly [name: string, statement: string, says: RegExp][] = [
    [
      'a posting',
      `update account_postings set amount_minor = amount_minor + 1 where account = NUMBER of 'W1' and position = 2`,
      /broken-run W1 #2.*|entry-changed/,
    ],
    [
      'a posting, its entry and all balances after it, so that everything adds up',
      `update account_postings set amount_minor = amount_minor + 5, balance_minor = balance_minor + 5 where account = NUMBER of 'W1' and position = 1;
       update account_postings set balance_minor = balance_minor + 5 where account = NUMBER of 'W1' and position > 1; update accounts set balance_minor = balance_minor + 5 where account = 'W1';
       update account_postings set amount_minor = amount_minor - 5, balance_minor = balance_minor - 5 where account = NUMBER of 'RAIL' and position = 1;
       update account_postings set balance_minor = balance_minor - 5 where account = NUMBER of 'RAIL' and position > 1; update accounts set balance_minor = balance_minor - 5 where account = 'RAIL'`,
      /^entry-changed entry E1$/m,
    ],
    [
      'a balance',
      `update accounts set balance_minor = balance_minor + 1 where account = 'W1'`,
      /balance-differs-from-its-postings W1/,
    ],
    [
      'a floor',
      `update accounts set floor_minor = null where account = 'W1'`,
      /floor-differs-from-the-plan W1/,
    ],
    [
      'when it was',
      `update entries set at = at - interval '1 day' where entry_id = 'E1'`,
      /^entry-changed entry E1$/m,
    ],
    [
      'what it was for',
      `update entries set reference = 'other' where entry_id = 'E1'`,
      /^entry-changed entry E1$/m,
    ],
    [
      'an entry taken out',
      `delete from entries where entry_id = 'E1'`,
      /^entry-missing entry E1$/m,
    ],
    [
      'an entry taken out whole, with its block',
      `delete from account_postings where entry_id = 'E1'; delete from entries where entry_id = 'E1';
       delete from ledger_blocks where 'E1' = any(entries)`,
      /^entry-missing entry E1$/m,
    ],
    [
      'an entry put in',
      `insert into entries values ('${hub}', 'gift', 'me', now(), null, null)`,
      /^entry-without-event entry 0199d2f0-0000-7000-8000-000000000001$/m,
    ],
    [
      'a leg of escrow',
      `update escrows set lefts_minor[1] = lefts_minor[1] - 1 where order_id = 'O1'`,
      /leg-differs-from-its-entries O1 escrow:goods:MYR/,
    ],
    [
      'for whom a leg is',
      `update escrows set beneficiaries[1] = 'W1' where order_id = 'O1'`,
      /entry-changed/,
    ],
    ['a hold', `update holds set amount_minor = 7 where account = 'W1'`, /holds-differ W1/],
    [
      'a block',
      `update ledger_blocks set sealed_at = sealed_at + interval '1 s' where number = 1`,
      /^block-changed block 1$/m,
    ],
    [
      'the order of blocks',
      `update ledger_blocks set number = number + 10 where number = 2`,
      /^block-missing block 2$/m,
    ],
    [
      'a signature',
      `update ledger_blocks set signature = '\\x00' where number = 1`,
      /^signature-wrong block 1$/m,
    ],
    [
      'a leaf',
      `update ledger_blocks set leaves = sha256('x') where number = 1`,
      /^leaves-changed block 1$/m,
    ],
  ]

  test.each(edits)('%s', async (_, statement, says) => {
    const db = await testDatabase()
    const [amina, bo, order] = [newId(), newId(), newId()]
    const first = await topUp(db, amina, 10_000n)
    await sealAll(db)
    await change(db, { accounts: [walletOf(amina)] }, (draft) =>
      hold(
        draft,
        {
          ...{ id: newId(), account: walletOf(amina), amount: 9n, purpose: 'payment' },
          reference: 'x',
          expiresAt: now,
        },
        now,
      ),
    )
    await change(db, { accounts: [walletOf(amina), 'escrow:goods:MYR'] }, (draft) =>
      putInEscrow(
        draft,
        { id: newId(), kind: 'checkout', at: now },
        { id: order, payer: walletOf(amina), currency: 'MYR' },
        [{ leg: 'goods', amount: 50n, beneficiary: walletOf(bo) }],
      ),
    )
    await sealAll(db)
    expect((await checkLedger(db, keys)).faults).toEqual([])
    const named = (text: string): string =>
      text
        .replaceAll(/NUMBER of ('\w+')/g, '(select number from accounts where account = $1)')
        .replaceAll('W1', walletOf(amina))
        .replaceAll('RAIL', rail)
        .replaceAll('O1', order)
        .replaceAll('E1', 'id' in first ? first.id : '')
    await tamper(db, named(statement))
    const { faults } = await checkLedger(db, keys)
    expect(faults.map(({ code, place }) => `${code} ${place}`).join('\n')).toMatch(
      new RegExp(named(says.source), says.flags),
    )
  })
})
