import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { openDatabase, transact, type Database, type Tx } from './index.ts'

const { url } = await testDatabase({ migrated: false })
/** One connection, so that what it keeps is what the next statement meets. */
const open = (): Promise<Database> =>
  openDatabase({ url, connections: 1, sleep: async () => {}, fraction: () => 0.5 })

const prepared = async (db: Database): Promise<string[]> => {
  const { rows } = await db.pool.query('select statement from pg_prepared_statements')
  return rows.map(({ statement }: { statement: string }) => statement)
}

const add = (db: Database, left: number) =>
  transact(db, async (tx: Tx) => {
    const { rows } = await sql<{ sum: number }>`select ${left}::integer + 1 as sum`.execute(tx)
    return rows[0]!.sum
  })

test('what comes again in transactions is planned once per connection, what comes once is not', async () => {
  const db = await open()
  for (const left of [1, 2, 3, 4]) expect(await add(db, left)).toBe(left + 1)
  expect(await prepared(db)).toEqual(['select $1::integer + 1 as sum'])
  for (let round = 0; round < 5; round += 1)
    await sql`select ${round}::text as outside`.execute(db.kysely)
  expect(await prepared(db)).toHaveLength(1)
  await db.close()
})

test('texts without end are not kept without end', async () => {
  const db = await open()
  for (let text = 0; text < 250; text += 1)
    for (let times = 0; times < 3; times += 1)
      await transact(db, (tx) =>
        sql`select ${1}::integer as ${sql.ref(`column_${text}`)}`.execute(tx),
      )
  expect((await prepared(db)).length).toBe(200)
  await db.close()
})

test('a table that is changed below a plan costs another try, nobody a fault', async () => {
  const db = await open()
  await db.pool.query('create table shelf (id integer, word text)')
  let tries = 0
  const look = () =>
    transact(db, (tx) => {
      tries += 1
      return sql`select * from shelf where id > ${0}`.execute(tx)
    })
  for (let times = 0; times < 5; times += 1) await look()
  await db.pool.query('alter table shelf add column more text')
  await db.pool.query('insert into shelf values (1, $1, $2)', ['a', 'b'])
  expect((await look()).rows).toEqual([{ id: 1, word: 'a', more: 'b' }])
  expect(tries).toBe(7)
  await db.close()
})
