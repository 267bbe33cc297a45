import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, inject } from 'vitest'
import { realClock } from '../../src/app/clock.ts'
import { realRandom } from '../../src/app/random.ts'
import { openDatabase, type Database } from '../../src/db/index.ts'
import { administer, databaseUrl } from './database-admin.ts'
import type { TestServer } from './database-setup.ts'

export interface TestDatabase extends Database {
  url: string
}

export interface TestDatabaseOptions {
  /** False gives a database without tables. */
  migrated?: boolean
}

/**
 * A database of the test file's own, copied from the migrated template in some 25 ms and dropped
 * after the file:
 *
 *     const db = await testDatabase()
 */
export async function testDatabase({
  migrated = true,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { sleep } = realClock()
  const { bytes, fraction } = realRandom()
  const server = await testServer()
  const name = `ewtp_test_${process.pid}_${Buffer.from(bytes(6)).toString('hex')}`
  // Without tables still means the template's encoding and locale: only what migrations made is
  // left out.
  await administer(server.url, `create database ${name} template ${server.template}`)
  const url = databaseUrl(server.url, name)
  if (!migrated) await administer(url, 'drop schema public cascade; create schema public')

  const db = await openDatabase({ url, sleep, fraction })
  afterAll(async () => {
    await db.close()
    await administer(server.url, `drop database ${name} with (force)`)
  })
  return { ...db, url }
}

async function testServer(): Promise<TestServer> {
  const answer = JSON.parse(
    await text(connect(inject('databasePort'), '127.0.0.1')),
  ) as TestServer & { error?: string }
  if (answer.error) throw new Error(`The test database did not start: ${answer.error}`)
  return answer
}
