import type { IsolationLevel, Transaction } from 'kysely'
import type { Database } from './connect.ts'
import type { Tables } from './tables.ts'

/** The type says that you are inside a transaction: functions that lock take this, never `Db`. */
export type Tx = Transaction<Tables>

export interface TransactOptions {
  /** How often it is tried again after losing to another transaction. */
  retries?: number
  isolation?: IsolationLevel
}

/**
 * Runs the work in one transaction; all of it holds or none. When PostgreSQL chose it as the loser
 * of a conflict or a deadlock it runs again from the start, so the work must do nothing that a
 * rollback does not undo.
 */
export async function transact<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  { retries = 3, isolation = 'read committed' }: TransactOptions = {},
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await database.kysely.transaction().setIsolationLevel(isolation).execute(work)
    } catch (error) {
      if (attempt >= retries || !lostConflict(error)) throw error
    }
    // Losers that come back together would meet again: a growing pause, different for each.
    await database.sleep(5 * 2 ** attempt * (0.5 + database.fraction()))
  }
}

/** The name of the constraint that the statement broke, for a use case to turn into its refusal. */
export function constraintName(error: unknown): string | undefined {
  if (!isDatabaseError(error) || !error.code.startsWith('23')) return undefined
  return error.constraint
}

const serializationFailure = '40001'
const deadlock = '40P01'

function lostConflict(error: unknown): boolean {
  return isDatabaseError(error) && (error.code === serializationFailure || error.code === deadlock)
}

function isDatabaseError(error: unknown): error is Error & { code: string; constraint?: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
