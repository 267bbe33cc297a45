import { join, resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { Refusal } from '../basis/refusal.ts'
import { registerDemo } from './commands/demo.ts'
import { registerDoctor } from './commands/doctor.ts'
import { registerServe } from './commands/serve.ts'
import { registerLedger } from '../ledger/commands.ts'
import { registerLogistics } from '../logistics/commands.ts'
import { registerNomenclature } from '../nomenclature/commands.ts'
import { registerScreen } from '../parties/commands.ts'
import { registerTariff } from '../tariff/commands.ts'
import type { Database } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import { realClock } from './clock.ts'
import { packageVersion } from './config.ts'
import type { Store } from './start-hub.ts'

/**
 * The exit codes of every verb. A verb with a negative answer sets `process.exitCode =
 * exitCodes.refused`; what it throws is sorted here.
 */
export const exitCodes = { ok: 0, refused: 1, usage: 2, fault: 3 } as const

/**
 * Each capability registers its verbs here; heavy modules are imported inside their actions, to
 * start quickly.
 */
function createProgram(): Command {
  const program = new Command('ewtp')
    .description(
      'Open Electronic World Trade Platform: run a hub where small firms sell across borders',
    )
    .version(packageVersion())
    .showHelpAfterError('(ewtp --help tells more)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 refused or a negative answer, 2 wrong usage, 3 something broke',
    )
    .exitOverride()
  registerServe(program)
  registerDemo(program)
  registerDoctor(program)
  registerNomenclature(program)
  registerLogistics(program, { today: () => realClock().today(), openStore: storeIn })
  registerScreen(program, {
    now: () => realClock().now(),
    async withDatabase(dataFolder, work) {
      const store = await storeIn(dataFolder)
      try {
        return await work(store.db)
      } finally {
        await store.stop()
      }
    },
  })
  registerLedger(program, { now: () => realClock().now(), withBooks })
  registerTariff(program, { today: () => realClock().today() })
  return program
}

/** The database of a folder, or the one of DATABASE_URL, for a verb that needs no hub. */
async function storeIn(dataFolder: string): Promise<Store> {
  const { openStore } = await import('./start-hub.ts')
  return openStore({ dataFolder, databaseUrl: process.env['DATABASE_URL'] })
}

/** The same with the hub's keys. A folder in which no hub ever ran gets its first key. */
async function withBooks<T>(
  dataFolder: string,
  work: (database: Database, keys: Keys) => Promise<T>,
): Promise<T> {
  const { openKeys } = await import('../keys/index.ts')
  const store = await storeIn(dataFolder)
  try {
    const folder = join(resolve(dataFolder), 'keys')
    return await work(store.db, await openKeys(store.db, folder, store.clock.now()))
  } finally {
    await store.stop()
  }
}

/** Runs one command line and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    process.exitCode = report(error)
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error instanceof Error && 'code' in error && error.code === 'ewtp.usage') {
    console.error(error.message)
    return exitCodes.usage
  }
  if (error instanceof Refusal || (error instanceof Error && error.name === 'FolderInUse')) {
    console.error(error.message)
    return exitCodes.refused
  }
  console.error(
    process.env['EWTP_DEBUG']
      ? error
      : `ewtp: ${error instanceof Error ? error.message : String(error)}`,
  )
  return exitCodes.fault
}
