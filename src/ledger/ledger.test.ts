import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  change,
  keys,
  newId,
  now,
  personOf,
  sealAll,
  topUp,
  walletOf,
} from '../../test/support/books.ts'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  checkLedger,
  findMovements,
  findWallets,
  giveFromEscrow,
  hold,
  post,
  putInEscrow,
  voidHold,
} from './index.ts'

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
