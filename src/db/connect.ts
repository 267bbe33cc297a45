import { Kysely, PostgresDialect } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import type { Embedded } from './embedded/index.ts'
import { parsers } from './parsers.ts'
import { sendLists } from './array-text.ts'
import { prepareInTransactions } from './prepare.ts'
import { sendTogether } from './send-together.ts'
import type { Tables } from './tables.ts'

/** Reads and single statements go through here; what locks takes a `Tx` (transaction.ts). */
export type Db = Kysely<Tables>

/** An open database: the typed queries, the pool below them, and what a retry needs. */
export interface Database {
  kysely: Db
  /** How statements become SQL, for what makes a transaction of its own (transaction.ts). */
  dialect: PostgresDialect
  pool: Pool
  /** Where it is, for another thread to open it as well; holds its password. */
  readonly at: PoolConfig
  sleep: (milliseconds: number) => Promise<void>
  /** From 0 up to 1. */
  fraction: () => number
  /** Answers within a second or fails, however busy the pool is: its connection is its own. */
  ping(): Promise<void>
  close(): Promise<void>
}

export type DatabaseOptions = (
  | { url: string }
  | { embedded: Pick<Embedded, 'address'> }
  | { at: PoolConfig }
) & {
  sleep: (milliseconds: number) => Promise<void>
  fraction: () => number
  /** Most connections at once; an embedded server has 60 for everybody. */
  connections?: number
}

/** Opens the database and refuses one that is too old to work on. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const where = placeOf(options)
  const pool = openPool({
    ...where,
    max: options.connections ?? 16,
    connectionTimeoutMillis: 5_000,
  })
  const pinging = openPool({ ...where, max: 1, connectionTimeoutMillis: 900, query_timeout: 900 })
  const dialect = new PostgresDialect({ pool })
  const kysely = new Kysely<Tables>({ dialect })
  let closing: Promise<unknown> | undefined
  // Kysely ends the pool only where a query was made through it.
  const endPool = async () => {
    await kysely.destroy()
    if (!pool.ending) await pool.end()
  }
  const close = async () => {
    closing ??= Promise.all([endPool(), pinging.end()])
    await closing
  }
  try {
    const { rows } = await pool.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version,
              current_setting('server_encoding') as encoding`,
    )
    assertSupported(Number(rows[0]?.version), rows[0]?.encoding ?? '')
  } catch (error) {
    await close()
    throw error
  }
  const ping = async () => void (await pinging.query('select 1'))
  const { sleep, fraction } = options
  return { kysely, dialect, pool, at: where, sleep, fraction, ping, close }
}

export function assertSupported(version: number, encoding: string): void {
  if (version < 15_00_00) {
    const found = `${Math.floor(version / 10_000)}.${version % 10_000}`
    throw new Error(`The hub needs PostgreSQL 15 or newer; this server is ${found}`)
  }
  if (encoding !== 'UTF8')
    throw new Error(`The hub needs a database in UTF8; this one is in ${encoding}`)
}

function openPool(config: PoolConfig): Pool {
  const pool = new Pool({
    application_name: 'ewtp',
    statement_timeout: 30_000,
    // An open transaction holds back the event readers of the whole server (ARCHITECTURE 5).
    idle_in_transaction_session_timeout: 30_000,
    types: parsers,
    // Statements that a transaction asks for at the same time are sent at once (transaction.ts).
    pipeline: true,
    ...config,
  })
  // A connection that dies fails its query or the next one; without these listeners it would end
  // the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    sendTogether(client)
    prepareInTransactions(client)
    sendLists(client)
  })
  return pool
}

/** The parsers rely on these. */
const session = '-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601'

function placeOf(options: DatabaseOptions): PoolConfig {
  if ('at' in options) return options.at
  if ('embedded' in options) return { ...options.embedded.address, ssl: false, options: session }
  if (!URL.canParse(options.url))
    throw new Error('DATABASE_URL is not a URL (postgres://user@host/database)')
  // Into the URL, as the driver lets what a URL says override what stands beside it.
  const url = new URL(options.url)
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} ${session}`.trim())
  return { connectionString: url.href }
}
