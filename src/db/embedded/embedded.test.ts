import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import {
  dataFolder,
  postmasterPid,
  serverProcesses,
  until,
  usedDataFolder,
} from '../../../test/support/hub-process.ts'
import { testClock } from '../../../test/support/clock.ts'
import { advisoryLocks } from '../locks.ts'
import { startEmbedded, type EmbeddedOptions } from './index.ts'

// Real servers in real folders; fsync stays on, as in a hub.
const { sleep } = testClock()
const random = randomBytes
const isRoot = process.getuid?.() === 0

async function start(folder: string, options: Partial<EmbeddedOptions> = {}) {
  const embedded = await startEmbedded({ folder, sleep, random, ...options })
  onTestFinished(() => embedded.stop())
  return embedded
}

async function ask<T>(address: object, query: string): Promise<T[]> {
  const client = new Client({ ...address, ssl: false })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(query)).rows as T[]
  } finally {
    await client.end().catch(() => {})
  }
}

test('a first start says so, later ones are silent; a stop leaves nothing running', async () => {
  const folder = dataFolder()
  const said: string[] = []
  const onProgress = (message: string) => said.push(message)
  const first = await start(folder, { onProgress })
  expect(said).toEqual(['preparing the database, once'])
  await ask(first.address, 'create table kept as select 1 as x')
  const socketFolder = first.address.host
  await first.stop()
  expect(serverProcesses(folder)).toEqual([])
  expect(existsSync(socketFolder)).toBe(false)

  const second = await start(folder, { onProgress })
  expect(said).toHaveLength(1)
  expect(await ask(second.address, 'select * from kept')).toEqual([{ x: 1 }])
})

test('it is durable, speaks UTF-8 by code point, and listens to nobody outside', async () => {
  const { address } = await start(await usedDataFolder())
  const settings = `select name, setting from pg_settings where name in
    ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'server_encoding',
     'TimeZone', 'data_checksums', 'wal_segment_size')`
  const rows = await ask<{ name: string; setting: string }>(address, settings)
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
    TimeZone: 'UTC',
    wal_segment_size: String(4 * 1024 * 1024),
  })
  expect(statSync(address.host).mode & 0o777).toBe(0o700)
  const [text] = await ask(
    address,
    `select lower('ÉÀ Ψ') as lower, 'Z' < 'a' as by_code_point, '渝' ~ '^\\w$' as letter`,
  )
  expect(text).toEqual({ lower: 'éà ψ', by_code_point: true, letter: true })
})

test('the contrib modules that search needs are there', async () => {
  const { address } = await start(await usedDataFolder())
  await ask(
    address,
    'create extension pg_trgm; create extension unaccent; create extension btree_gist',
  )
})

test('a second hub on the same folder is refused by name, and disturbs nothing', async () => {
  const folder = await usedDataFolder()
  const { address, pid } = await start(folder)
  const before = pid()
  await expect(start(folder)).rejects.toThrow(
    `Another hub (process ${process.pid}) is using the data folder ${folder}`,
  )
  expect(pid()).toBe(before)
  expect(await ask(address, 'select 1 as x')).toEqual([{ x: 1 }])
})

test('a data folder with a path longer than a socket may have', async () => {
  const folder = dataFolder({
    inside: join(...Array.from({ length: 12 }, () => 'a-rather-long-name')),
  })
  expect(folder.length).toBeGreaterThan(200)
  const { address } = await start(folder)
  expect(await ask(address, 'select 1 as x')).toEqual([{ x: 1 }])
})

test.runIf(isRoot)('as root in a folder that the database user cannot enter', async () => {
  const folder = dataFolder({ mode: 0o700 })
  const { address, pid, stop } = await start(folder)
  expect(statSync(`/proc/${pid()}`).uid).not.toBe(0)
  await ask(address, 'create table kept as select 1 as x; checkpoint')
  await stop()
  const again = await start(folder)
  expect(await ask(again.address, 'select * from kept')).toEqual([{ x: 1 }])
})

test.runIf(isRoot)('data that root copied here is given back to the database user', async () => {
  const folder = await usedDataFolder()
  await (await start(folder)).stop()
  const cluster = join(folder, 'postgres')
  const all = readdirSync(cluster, { recursive: true }).map((path) => join(cluster, String(path)))
  for (const path of [cluster, ...all]) chownSync(path, 0, 0)
  const { address } = await start(folder)
  expect(await ask(address, 'select 1 as x')).toEqual([{ x: 1 }])
})

test('a killed server is started again at the same address with everything committed', async () => {
  const folder = await usedDataFolder()
  const { address, pid } = await start(folder)
  await ask(address, 'create table kept as select 1 as x')
  const killed = pid() ?? 0
  process.kill(killed, 'SIGKILL')
  const answers = () =>
    ask(address, 'select * from kept').then(
      (rows) => rows.length === 1,
      () => false,
    )
  expect(await until(answers)).toBeLessThan(5_000)
  expect(pid()).not.toBe(killed)
})

test('also while one of its processes is deep in a query and outlives it', async () => {
  const { address, pid } = await start(await usedDataFolder())
  const busy = ask(
    address,
    `do $$ declare n int := 0; begin loop n := n + 1; end loop; end $$`,
  ).catch(() => 'lost')
  await until(
    async () =>
      (await ask(address, `select from pg_stat_activity where query like 'do %'`)).length > 0,
  )
  process.kill(pid() ?? 0, 'SIGKILL')
  const answers = () =>
    ask(address, 'select 1').then(
      () => true,
      () => false,
    )
  expect(await until(answers)).toBeLessThan(5_000)
  expect(await busy).toBe('lost')
})

test('a process id that belongs to somebody else by now does not stop it', async () => {
  const folder = await usedDataFolder()
  const first = await start(folder)
  process.kill(first.pid() ?? 0, 'SIGQUIT')
  await first.stop()
  const file = join(folder, 'postgres/postmaster.pid')
  const foreign = [
    process.ppid,
    join(folder, 'postgres'),
    1,
    5432,
    '/nowhere',
    '',
    '0 0',
    'ready',
    '',
  ]
  writeFileSync(file, foreign.join('\n'))
  const { address } = await start(folder)
  expect(await ask(address, 'select 1 as x')).toEqual([{ x: 1 }])
})

test('on a port it takes the password that lies beside the data', async () => {
  const folder = dataFolder()
  const { address } = await start(folder, { listen: 'port' })
  expect(address).toMatchObject({
    host: '127.0.0.1',
    password: expect.stringMatching(/^[0-9a-f]{48}$/),
  })
  expect(await ask(address, 'select 1 as x')).toEqual([{ x: 1 }])
  await expect(ask({ ...address, password: 'guess' }, 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
})

test('data of another version, or files that are no data, are refused and left alone', async () => {
  const folder = dataFolder()
  const cluster = join(folder, 'postgres')
  mkdirSync(cluster, { recursive: true })
  writeFileSync(join(cluster, 'letter.txt'), 'dear')
  await expect(start(folder)).rejects.toThrow('holds files but no database')
  writeFileSync(join(cluster, 'PG_VERSION'), '12\n')
  await expect(start(folder)).rejects.toThrow(/is of PostgreSQL 12, the built-in programs are 18/)
  expect(readFileSync(join(cluster, 'letter.txt'), 'utf8')).toBe('dear')
})

test('what a killed first start left half made is cleared away', async () => {
  const folder = dataFolder()
  mkdirSync(join(folder, 'postgres.new-999999999/base'), { recursive: true })
  await start(folder)
  expect(readdirSync(folder).toSorted()).toEqual(['postgres', 'postgres.log'])
  expect(postmasterPid(folder)).toBeGreaterThan(0)
})

test('a hub that loses the folder to another is told, and leaves the database to it', async () => {
  const folder = await usedDataFolder()
  const { promise: lost, resolve: onLost } = Promise.withResolvers<Error>()
  const first = await start(folder, { onLost })

  const other = new Client({
    ...first.address,
    database: 'postgres',
    ssl: false,
    application_name: 'ewtp hub 1',
  })
  await other.connect()
  onTestFinished(() => other.end())
  const taken = other.query('select pg_advisory_lock($1, $2)', [
    advisoryLocks.space,
    advisoryLocks.hub,
  ])
  await ask(
    first.address,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'ewtp hub ${process.pid}'`,
  )
  await taken
  expect((await lost).message).toContain('Another hub (process 1) is using')
  await first.stop()
  expect((await other.query('select 1 as x')).rows).toEqual([{ x: 1 }])
})
