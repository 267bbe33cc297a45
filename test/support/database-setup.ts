import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { realClock } from '../../src/app/clock.ts'
import { realRandom } from '../../src/app/random.ts'
import { administer, databaseUrl } from './database-admin.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for the database server of this run. */
    databasePort: number
  }
}

/** What a test file is told: a superuser's URL, and the migrated database to make copies of. */
export interface TestServer {
  url: string
  template: string
}

const prefix = 'ewtp-test-data-'
const clock = realClock()
const { bytes, fraction } = realRandom()

/**
 * One throwaway server per run, started when the first test file asks for it: a run without the
 * database pays nothing. EWTP_TEST_DATABASE_URL (a superuser's) puts another server in its place,
 * as CI does with PostgreSQL 15.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<TestServer & { stop(): Promise<void> }> | undefined
  const door = createServer((socket) => {
    started ??= startServer(process.env['EWTP_TEST_DATABASE_URL'])
    started.then(
      ({ url, template }) => socket.end(JSON.stringify({ url, template })),
      (error: Error) => socket.end(JSON.stringify({ error: error.message })),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  project.provide('databasePort', (door.address() as AddressInfo).port)
  return async () => {
    door.close()
    await started?.then(({ stop }) => stop())
    removeModels()
  }
}

/** The ready-made data folders of `usedDataFolder`. */
function removeModels(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(`ewtp-hub-model-${process.pid}-`)) continue
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

async function startServer(
  url: string | undefined,
): Promise<TestServer & { stop(): Promise<void> }> {
  // Imported here, as a run without the database should not wait for its modules either.
  const { migrate, openDatabase } = await import('../../src/db/index.ts')
  const template = `ewtp_test_${process.pid}_template`
  const server = url ? { url, stop: async () => {} } : await startThrowaway()
  await administer(
    server.url,
    `create database ${template} template template0 encoding 'UTF8' ${localeOf(url)}`,
  )
  const db = await openDatabase({
    url: databaseUrl(server.url, template),
    sleep: clock.sleep,
    fraction,
  })
  await migrate(db, clock.now())
  await db.close()
  const stop = async () => {
    if (url) await administer(url, `drop database ${template} with (force)`)
    await server.stop()
  }
  return { url: server.url, template, stop }
}

/** The embedded database has the right locale already; a server may have any. */
const localeOf = (url: string | undefined) => (url ? `lc_collate 'C' lc_ctype 'C.UTF-8'` : '')

async function startThrowaway(): Promise<{ url: string; stop(): Promise<void> }> {
  const { startEmbedded } = await import('../../src/db/index.ts')
  await removeAbandoned()
  const folder = join(tmpdir(), prefix + process.pid)
  const settings = {
    ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    // Each file has a database, or two, and pools of its own.
    max_connections: '200',
  }
  const embedded = await startEmbedded({ folder, sleep: clock.sleep, random: bytes, settings })
  const { host, port, user, database } = embedded.address
  const stop = async () => {
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `postgres://${user}@localhost:${port}/${database}?host=${host}`, stop }
}

/** A killed run leaves its server behind. */
async function removeAbandoned(): Promise<void> {
  const { isAlive, worksIn } = await import('../../src/db/embedded/process.ts')
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length)))) continue
    const folder = join(tmpdir(), name)
    const cluster = join(folder, 'postgres')
    const pidFile = join(cluster, 'postmaster.pid')
    const [pid, , , , socketFolder] = existsSync(pidFile)
      ? readFileSync(pidFile, 'utf8').split('\n')
      : []
    if (pid && worksIn(Number(pid), cluster)) process.kill(Number(pid), 'SIGQUIT')
    while (pid && worksIn(Number(pid), cluster)) await clock.sleep(20)
    if (socketFolder) rmSync(socketFolder, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
