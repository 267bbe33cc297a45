import { Transaction, type DatabaseConnection, type IsolationLevel } from 'kysely'
import type { Database } from './connect.ts'
import { isOutdatedPlan } from './prepare.ts'
import type { Tables } from './tables.ts'

/** The type says that you are inside a transaction: functions that lock take this, never `Db`. */
export type Tx = Transaction<Tables>

export interface TransactOptions {
  /** How often it is tried again after losing to another transaction. */
  retries?: number
  isolation?: IsolationLevel
  /** The first statements of the work only lock or read: they are sent together with the begin. */
  readsFirst?: boolean
}

/**
 * Runs the work in one transaction; all of it holds or none. When PostgreSQL chose it as the loser
 * of a conflict or a deadlock it runs again from the start, so the work must do nothing that a
 * rollback does not undo.
 */
export async function transact<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  { retries = 3, ...options }: TransactOptions = {},
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(database, work, options)
    } catch (error) {
      if (attempt >= retries || !(lostConflict(error) || isOutdatedPlan(error))) throw error
    }
    // Losers that come back together would meet again: a growing pause, different for each.
    await database.sleep(5 * 2 ** attempt * (0.5 + database.fraction()))
  }
}

/**
 * Statements that the work asks for at the same time (`Promise.all`) are sent at once and done in that order, where Kysely's
 * own transaction lets each wait until the one before was answered: on a busy hub every answer waits for its turn. One that
 * fails fails those after it.
 */
function once<T>(
  { kysely, dialect }: Database,
  work: (tx: Tx) => Promise<T>,
  { isolation = 'read committed', readsFirst = false }: TransactOptions,
): Promise<T> {
  const executor = kysely.getExecutor()
  const driver = dialect.createDriver()
  return executor.provideConnection(async (connection) => {
    let open = true
    let firstFault: unknown
    // What comes after the end would stand alone, or in the transaction of somebody else.
    const provideConnection = async <R>(use: (connection: DatabaseConnection) => Promise<R>) => {
      if (!open) throw new Error('the transaction has ended')
      try {
        return await use(connection)
      } catch (error) {
        firstFault ??= error
        throw error
      }
    }
    const own = executor.withConnectionProvider({ provideConnection })
    const tx = new Transaction<Tables>({ config: { dialect }, dialect, driver, executor: own })
    const begun = driver.beginTransaction(connection, { isolationLevel: isolation })
    if (!readsFirst) await begun
    try {
      // Where it was not begun that is known before anything of the first statements is, and nothing is sent any more.
      const [, done] = await Promise.all([begun, work(tx)])
      open = false
      await driver.commitTransaction(connection)
      return done
    } catch (error) {
      open = false
      // Where this fails too, the connection is lost and the transaction with it; what went wrong first is what counts.
      await driver.rollbackTransaction(connection).catch(() => {})
      // One of the statements behind it may be heard of before it.
      throw isDatabaseError(error) && error.code === inFailedTransaction ? firstFault : error
    }
  })
}

/** The name of the constraint that the statement broke, for a use case to turn into its refusal. */
export function constraintName(error: unknown): string | undefined {
  if (!isDatabaseError(error) || !error.code.startsWith('23')) return undefined
  return error.constraint
}

const serializationFailure = '40001'
const deadlock = '40P01'
const inFailedTransaction = '25P02'

function lostConflict(error: unknown): boolean {
  return isDatabaseError(error) && (error.code === serializationFailure || error.code === deadlock)
}

function isDatabaseError(error: unknown): error is Error & { code: string; constraint?: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
