import { sql } from 'kysely'
import { Socket } from 'node:net'
import { Connection } from 'pg'
import { beforeEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { constraintName, transact, type Tx } from './index.ts'

const db = await testDatabase({ migrated: false })
await db.pool.query(
  `create table purse (
     owner text primary key,
     amount bigint not null constraint purse_not_negative check (amount >= 0)
   )`,
)

beforeEach(async () => {
  await db.pool.query(`truncate purse; insert into purse values ('amina', 100), ('bo', 100)`)
})

const amountOf = async (tx: Tx, owner: string) => {
  const { rows } = await sql<{
    amount: bigint
  }>`select amount from purse where owner = ${owner}`.execute(tx)
  return rows[0]?.amount ?? 0n
}
const setAmount = (tx: Tx, owner: string, amount: bigint) =>
  sql`update purse set amount = ${amount} where owner = ${owner}`.execute(tx)

async function amounts(): Promise<Record<string, bigint>> {
  const { rows } = await db.pool.query<{ owner: string; amount: bigint }>('select * from purse')
  return Object.fromEntries(rows.map(({ owner, amount }) => [owner, amount]))
}

test('a fault undoes everything', async () => {
  const work = transact(db, async (tx) => {
    await setAmount(tx, 'amina', 1n)
    throw new Error('broken')
  })
  await expect(work).rejects.toThrow('broken')
  expect(await amounts()).toEqual({ amina: 100n, bo: 100n })
})

test('losers of a serialization conflict try again until all are right', async () => {
  let attempts = 0
  const addTen = () =>
    transact(
      db,
      async (tx) => {
        attempts += 1
        await setAmount(tx, 'amina', (await amountOf(tx, 'amina')) + 10n)
      },
      { isolation: 'serializable', retries: 20 },
    )
  await Promise.all(Array.from({ length: 8 }, addTen))
  expect(await amounts()).toEqual({ amina: 180n, bo: 100n })
  expect(attempts).toBeGreaterThan(8)
})

test('a deadlock has a loser who tries again', async () => {
  let together = 0
  const bothInside = Promise.withResolvers<void>()
  const move = (from: string, to: string) =>
    transact(db, async (tx) => {
      await sql`update purse set amount = amount - 1 where owner = ${from}`.execute(tx)
      together += 1
      if (together === 2) bothInside.resolve()
      await bothInside.promise
      await sql`update purse set amount = amount + 1 where owner = ${to}`.execute(tx)
    })
  await Promise.all([move('amina', 'bo'), move('bo', 'amina')])
  expect(await amounts()).toEqual({ amina: 100n, bo: 100n })
  expect(together).toBe(3)
})

test('pauses grow, differ, and end with the retries', async () => {
  const pauses: number[] = []
  const patient = { ...db, fraction: () => 0.5, sleep: async (ms: number) => void pauses.push(ms) }
  const conflict = Object.assign(new Error('lost'), { code: '40001' })
  await expect(transact(patient, () => Promise.reject(conflict), { retries: 3 })).rejects.toBe(
    conflict,
  )
  expect(pauses).toEqual([5, 10, 20])
})

test('what is no conflict is not tried again', async () => {
  let attempts = 0
  const work = transact(db, async (tx) => {
    attempts += 1
    await setAmount(tx, 'amina', -1n)
  })
  const error = await work.catch((caught: unknown) => caught)
  expect(constraintName(error)).toBe('purse_not_negative')
  expect(attempts).toBe(1)
  expect(constraintName(new Error('else'))).toBeUndefined()
})

const needsTx = (tx: Tx) => tx.isTransaction

test('the type tells a transaction from the database', () => {
  // @ts-expect-error a function that locks does not take the database
  expect(needsTx(db.kysely)).toBe(false)
})

test('what is asked for at the same time is sent at once and done in that order', async () => {
  const { sent, answers } = await transact(db, async (tx) => {
    const spied = vi.spyOn(Connection.prototype, 'sync')
    const written = vi.spyOn(Socket.prototype, '_writev')
    const asked = Promise.all(
      ['a', 'b', 'c'].map((name) =>
        sql<{ name: string; at: string }>`
          select ${name} as name, clock_timestamp()::text as at`.execute(tx),
      ),
    )
    // Each statement ends with a sync of the protocol; no answer can come before this turn of the loop is over.
    await new Promise<void>((turnEnds) => process.nextTick(turnEnds))
    const sent = [spied.mock.calls.length, written.mock.calls.length]
    spied.mockRestore()
    written.mockRestore()
    return { sent, answers: await asked }
  })
  expect(sent).toEqual([3, 1])
  const rows = answers.map((answer) => answer.rows[0]!)
  expect(rows.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted())
})

test('of statements sent at once the first that failed is told, however deep it lies', async () => {
  const deep = async (tx: Tx, depth: number): Promise<unknown> =>
    depth === 0 ? setAmount(tx, 'amina', -1n) : deep(tx, depth - 1).then((done) => done)
  const work = transact(db, (tx) => Promise.all([deep(tx, 12), setAmount(tx, 'bo', 5n)]))
  const fault = await work.catch((error: unknown) => error)
  expect(constraintName(fault)).toBe('purse_not_negative')
  expect(await amounts()).toEqual({ amina: 100n, bo: 100n })
})

test('a statement that comes after the end is refused', async () => {
  let kept: Tx | undefined
  await transact(db, async (tx) => void (kept = tx))
  await expect(setAmount(kept!, 'amina', 1n)).rejects.toThrow('the transaction has ended')
  const late = Promise.withResolvers<void>()
  let straggler: Promise<unknown> | undefined
  const broken = transact(db, (tx) => {
    straggler = late.promise.then(() => setAmount(tx, 'bo', 1n))
    return Promise.all([Promise.reject(new Error('broken')), straggler])
  })
  await expect(broken).rejects.toThrow('broken')
  late.resolve()
  await expect(straggler).rejects.toThrow('the transaction has ended')
  expect(await amounts()).toEqual({ amina: 100n, bo: 100n })
})
