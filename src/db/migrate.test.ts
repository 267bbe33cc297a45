import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { migrate, migrationsFolder } from './migrate.ts'

const now = Date.UTC(2026, 10, 22)

function migrations(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  for (const [name, text] of Object.entries(files)) write(name, text)
  return { folder, write, remove: (name: string) => rmSync(join(folder, name)) }
}

const db = await testDatabase({ migrated: false })
const emptied = async () => {
  await db.pool.query('drop schema public cascade; create schema public')
  return db
}
const tableNames = async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  return rows.map(({ name }) => name)
}

test('files are applied in order, once, with the time they were told', async () => {
  const { folder, write } = migrations({
    '0001-a.sql': 'create table a ()',
    '0002-b.sql': 'alter table a add x int',
  })
  await emptied()
  expect(await migrate(db, now, folder)).toEqual(['0001-a.sql', '0002-b.sql'])
  expect(await migrate(db, now, folder)).toEqual([])
  write('0003-c.sql', 'create table c ()')
  expect(await migrate(db, now + 1000, folder)).toEqual(['0003-c.sql'])
  const { rows } = await db.pool.query('select name, applied_at from migrations order by name')
  expect(rows.map((row) => row.applied_at)).toEqual([
    '2026-11-22T00:00:00Z',
    '2026-11-22T00:00:00Z',
    '2026-11-22T00:00:01Z',
  ])
})

test('line ends do not count as a change, anything else does', async () => {
  const { folder, write } = migrations({ '0001-a.sql': 'create table a (\n)\n' })
  await emptied()
  await migrate(db, now, folder)
  write('0001-a.sql', 'create table a (\r\n)\r\n')
  expect(await migrate(db, now, folder)).toEqual([])
  write('0001-a.sql', 'create table a ( )\n')
  await expect(migrate(db, now, folder)).rejects.toThrow(
    '0001-a.sql was changed after it was applied',
  )
})

test('an applied file that is missing is refused', async () => {
  const { folder, remove } = migrations({
    '0001-a.sql': 'create table a ()',
    '0002-b.sql': 'create table b ()',
  })
  await emptied()
  await migrate(db, now, folder)
  remove('0002-b.sql')
  await expect(migrate(db, now, folder)).rejects.toThrow(
    '0002-b.sql was applied here but its file is missing',
  )
})

test('a gap or a number used twice is refused before anything is applied', async () => {
  await emptied()
  const gap = migrations({ '0001-a.sql': 'create table a ()', '0003-b.sql': '' })
  await expect(migrate(db, now, gap.folder)).rejects.toThrow('0003-b.sql should be number 0002')
  const twice = migrations({ '0001-a.sql': 'create table a ()', '0001-b.sql': '' })
  await expect(migrate(db, now, twice.folder)).rejects.toThrow('0001-b.sql should be number 0002')
  expect(await tableNames()).toEqual([])
})

test('a file that fails half-way leaves nothing of itself; what came before stays', async () => {
  const { folder, write } = migrations({
    '0001-a.sql': 'create table a ()',
    '0002-b.sql': 'create table b (); create table c (x int); select 1 / 0;',
  })
  await emptied()
  await expect(migrate(db, now, folder)).rejects.toThrow(
    'Migration 0002-b.sql failed: division by zero',
  )
  expect(await tableNames()).toEqual(['a', 'migrations'])
  write('0002-b.sql', 'create table b ()')
  expect(await migrate(db, now, folder)).toEqual(['0002-b.sql'])
})

test('a file whose connection is killed half-way leaves nothing of itself', async () => {
  const { folder, write } = migrations({ '0001-a.sql': 'create table a (); select pg_sleep(30);' })
  await emptied()
  const broken = migrate(db, now, folder).catch((error: Error) => error)
  const killed = `select pg_terminate_backend(pid) from pg_stat_activity
                   where query like '%pg_sleep(30)%' and datname = current_database()
                     and pid <> pg_backend_pid()`
  while ((await db.pool.query(killed)).rowCount === 0) await db.sleep(5)
  expect(await broken).toBeInstanceOf(Error)
  expect(await tableNames()).toEqual(['migrations'])
  write('0001-a.sql', 'create table a ()')
  expect(await migrate(db, now, folder)).toEqual(['0001-a.sql'])
})

test('a file may not end its own transaction', async () => {
  const { folder } = migrations({ '0001-a.sql': 'create table a (); commit; create table b ();' })
  await emptied()
  await expect(migrate(db, now, folder)).rejects.toThrow('it ends its own transaction')
})

test('of hubs that start at once one does the work and the others wait for it', async () => {
  const { folder } = migrations({
    '0001-a.sql': 'create table a (); select pg_sleep(0.2);',
    '0002-b.sql': 'select 1',
  })
  await emptied()
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => migrate(db, now, folder)))
  expect(outcomes.map((names) => names.length).toSorted()).toEqual([0, 0, 0, 2])
})

test("the hub's own migrations apply to an empty database", async () => {
  await emptied()
  await migrate(db, now, migrationsFolder)
  expect(await tableNames()).toEqual(
    expect.arrayContaining(['hub', 'hub_keys', 'migrations', 'rule_versions']),
  )
})
