import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PoolClient } from 'pg'
import type { Database } from './connect.ts'
import { advisoryLocks } from './locks.ts'
import { timestamptz } from './parsers.ts'

/** Where the frozen files lie; never edit one that was released, add the next number. */
export const migrationsFolder = fileURLToPath(new URL('../../db/migrations/', import.meta.url))

interface Migration {
  name: string
  sha256: string
  sql: string
}

/**
 * Brings the database up to date and says what was applied. Two hubs that start at once take turns.
 */
export async function migrate(
  database: Database,
  now: number,
  folder = migrationsFolder,
): Promise<string[]> {
  const files = readMigrations(folder)
  const client = await database.pool.connect()
  try {
    // Without the lock first: a start with nothing to do costs one query.
    if (pending(files, await applied(client)).length === 0) return []
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1, $2)', [
      advisoryLocks.space,
      advisoryLocks.migration,
    ])
    await client.query(
      `create table if not exists migrations
         (name text collate "C" primary key, sha256 text not null,
          applied_at timestamptz not null)`,
    )
    const due = pending(files, await applied(client))
    for (const file of due) await apply(client, file, now)
    return due.map((file) => file.name)
  } finally {
    client.release(true) // closes the connection, and with it the lock and the setting
  }
}

/**
 * The files in order: numbered from 0001 without a gap, so that two branches cannot both add a
 * number.
 */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  return names.map((name, index) => {
    const expected = String(index + 1).padStart(4, '0')
    if (!name.startsWith(`${expected}-`))
      throw new Error(`Migration ${name} should be number ${expected}`)
    // Git may check files out with other line ends.
    const sql = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

async function apply(
  client: PoolClient,
  { name, sql, sha256 }: Migration,
  now: number,
): Promise<void> {
  await client.query('begin')
  try {
    const before = await transactionId(client)
    await client.query(sql)
    if ((await transactionId(client)) !== before) throw new Error('it ends its own transaction')
    await client.query('insert into migrations values ($1, $2, $3)', [
      name,
      sha256,
      timestamptz(now),
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    throw new Error(`Migration ${name} failed: ${(cause as Error).message}`, { cause })
  }
}

async function transactionId(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  return rows[0]?.id ?? ''
}

async function applied(client: PoolClient): Promise<Map<string, string>> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('migrations') is not null as found`,
  )
  if (!exists.rows[0]?.found) return new Map()
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migrations',
  )
  return new Map(rows.map((row) => [row.name, row.sha256]))
}

/** What is still to do, after making sure that what was done is what the files say. */
function pending(files: Migration[], done: Map<string, string>): Migration[] {
  const known = new Map(files.map((file) => [file.name, file.sha256]))
  for (const [name, sha256] of done) {
    if (!known.has(name)) {
      throw new Error(
        `Migration ${name} was applied here but its file is missing: did a newer hub make it?`,
      )
    }
    if (known.get(name) !== sha256) {
      throw new Error(
        `Migration ${name} was changed after it was applied; restore the file and add a new one`,
      )
    }
  }
  return files.filter((file) => !done.has(file.name))
}
