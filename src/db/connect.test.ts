import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { assertSupported, openDatabase } from './connect.ts'

const db = await testDatabase()
const waiting = { sleep: async () => {}, fraction: () => 0 }

test('every session has its time limits, UTC, and a name', async () => {
  const { rows } = await db.pool.query(
    `select name, setting from pg_settings where name in ('statement_timeout',
       'idle_in_transaction_session_timeout', 'TimeZone', 'application_name')`,
  )
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    application_name: 'ewtp',
    idle_in_transaction_session_timeout: '30000',
    statement_timeout: '30000',
    TimeZone: 'UTC',
  })
})

test('what the URL says of options and time limits is kept beside ours', async () => {
  const url = new URL(db.url)
  url.searchParams.set('options', '-c work_mem=3MB -c timezone=Asia/Bangkok')
  url.searchParams.set('statement_timeout', '1234')
  const other = await openDatabase({ url: url.href, ...waiting })
  const { rows } = await other.pool.query(
    `select current_setting('work_mem') as mem, current_setting('TimeZone') as zone,
            current_setting('statement_timeout') as most`,
  )
  await other.close()
  expect(rows).toEqual([{ mem: '3MB', zone: 'UTC', most: '1234ms' }])
})

test.each([
  [14_00_05, 'UTF8', 'PostgreSQL 15 or newer; this server is 14.5'],
  [15_00_00, 'LATIN1', 'a database in UTF8; this one is in LATIN1'],
])('version %i in %s is refused', (version, encoding, message) => {
  expect(() => assertSupported(version, encoding)).toThrow(message)
})

test('what is no URL is refused without repeating it, as it may hold a password', async () => {
  const attempt = openDatabase({ url: 'host=x password=canary', ...waiting })
  await expect(attempt).rejects.toThrow(/^DATABASE_URL is not a URL/)
  await expect(attempt).rejects.not.toThrow('canary')
})

test('a connection that is killed while lent out fails its query and not the process', async () => {
  const client = await db.pool.connect()
  await client.query('begin')
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  await db.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await expect(client.query('select 1')).rejects.toThrow()
  client.release(true)
  await expect(db.ping()).resolves.toBeUndefined()
})
