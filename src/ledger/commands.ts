// `ewtp ledger check`: proves the books. Exit codes as everywhere: 0 they are right, 1 they are not, 3 a fault.
import type { Command } from 'commander'
import { formatMinor } from '../basis/money.ts'
import type { Database } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import type { LedgerReport } from './check-ledger.ts'

export interface LedgerContext {
  /** The migrated database of a data folder, or of DATABASE_URL, and the hub's keys, for the time of the work. */
  withBooks<T>(dataFolder: string, work: (database: Database, keys: Keys) => Promise<T>): Promise<T>
  /** Unix milliseconds. */
  now(): number
}

interface CheckOptions {
  data: string
  json?: boolean
}

export function registerLedger(program: Command, context: LedgerContext): void {
  program
    .command('ledger')
    .description('the books of the hub')
    .command('check')
    .description(
      'prove that every entry balances, every balance is its postings, every seal unbroken',
    )
    .option('-d, --data <folder>', 'folder for the database and the keys', '.ewtp')
    .option('--json', 'print the report as json')
    .action(async ({ data, json }: CheckOptions) => {
      const { checkLedger } = await import('./check-ledger.ts')
      const begun = context.now()
      const report = await context.withBooks(data, (database, keys) => checkLedger(database, keys))
      const seconds = String((context.now() - begun) / 1000)
      console.log(json ? asJson(report) : asText(report, seconds))
      if (report.faults.length > 0) process.exitCode = 1
    })
}

const asJson = (report: LedgerReport): string =>
  JSON.stringify(
    report,
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    2,
  )

function asText(report: LedgerReport, seconds: string): string {
  const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`
  const what = [
    count(report.entries, 'entry', 'entries'),
    count(report.postings, 'posting'),
    count(report.accounts, 'account'),
    count(report.blocks, 'sealed block'),
  ].join(', ')
  const owed = report.turnover.map(
    ({ currency, owed: minor }) =>
      `  ${currency} ${formatMinor(minor, currency)} owed, and kept for it`,
  )
  const tail = report.unsealed.map((id) => `  entry ${id}`)
  const faults = report.faults.map(({ code, place, found, expected }) => {
    const figures = [found && `found ${found}`, expected && `expected ${expected}`].filter(Boolean)
    return `  ${code} at ${place}${figures.length ? `: ${figures.join(', ')}` : ''}`
  })
  return [
    `${what}, checked in ${seconds} s`,
    ...owed,
    ...(tail.length ? [`${count(tail.length, 'entry', 'entries')} not sealed yet:`, ...tail] : []),
    faults.length ? `The books are NOT right:` : 'The books are right.',
    ...faults,
  ].join('\n')
}
