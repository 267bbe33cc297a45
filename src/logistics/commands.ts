// `ewtp lanes import | price`: takes carriers' prices in from a file, and asks them. Exit codes as everywhere: 0 done or
// priced, 1 refused or no lane, 2 wrong usage, 3 a fault.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { isCountry } from '../basis/country.ts'
import { isDay, type Day } from '../basis/day.ts'
import { formatMinor } from '../basis/money.ts'
import { isRefused, Refusal } from '../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../basis/uuid.ts'
import type { Database } from '../db/index.ts'
import type { Language } from '../ui/index.ts'
import type { LaneImport } from './import-lanes.ts'
import type { LaneQuote } from './price-lane.ts'

export type LogisticsCommandContext = {
  /** Today by the hub's clock. */
  today(): Day
  /** The hub's database, from DATABASE_URL or the data folder. */
  openStore(dataFolder: string): Promise<LogisticsStore>
}

export type LogisticsStore = {
  readonly db: Database
  /** Unix milliseconds. */
  readonly clock: { now(): number }
  readonly random: { readonly bytes: RandomBytes }
  stop(): Promise<void>
}

export function registerLogistics(program: Command, context: LogisticsCommandContext): void {
  const lanes = program.command('lanes').description("carriers' services, lanes and rate cards")
  registerImport(lanes, context)
  registerPrice(lanes, context)
}

type ImportOptions = { dryRun?: true; data: string; json?: true }

function registerImport(lanes: Command, context: LogisticsCommandContext): void {
  lanes
    .command('import <csv>')
    .description('take a lane file in, whole or not at all (docs/how-to/lanes.md)')
    .option('--dry-run', 'say what it would do, and load nothing')
    .option('-d, --data <folder>', 'folder with the database', '.ewtp')
    .option('--json', 'print the outcome as json')
    .action(async (file: string, options: ImportOptions) => {
      const { languageFor } = await import('../ui/index.ts')
      const handle = await open(file).catch((error: Error) => {
        throw new Refusal('file-not-readable', { file, reason: error.message })
      })
      const store = await context.openStore(options.data)
      try {
        const bytes = handle.createReadStream()
        const done = await importFile(store, basename(file), bytes, {
          today: context.today(),
          dryRun: options.dryRun ?? false,
        })
        if (options.json) console.log(JSON.stringify(done))
        else console.log(await importText(done, options, languageFor('en')))
        if (done.faultCount > 0) process.exitCode = 1
      } finally {
        await store.stop()
      }
    })
}

async function importFile(
  { db, clock, random }: LogisticsStore,
  fileName: string,
  file: AsyncIterable<Uint8Array>,
  options: { today: Day; dryRun: boolean },
): Promise<LaneImport> {
  const { importLanes } = await import('./import-lanes.ts')
  const { hashed, noteImport } = await import('./note-import.ts')
  const at = clock.now()
  const importId = uuidv7(at, random.bytes)
  const { bytes, sha256 } = hashed(file)
  return importLanes(db, bytes, {
    ...options,
    async record(tx, counts) {
      const { rows } = await sql<{ id: string }>`select id from hub`.execute(tx)
      // A database that no hub has been started on has no name yet to write an event under.
      const [hub] = rows
      if (hub) await noteImport(tx, { importId, at, hub: hub.id, fileName, sha256 }, counts)
    },
  })
}

async function importText(
  done: LaneImport,
  { dryRun }: ImportOptions,
  language: Language,
): Promise<string> {
  const { faultSentence } = await import('./words.ts')
  const { rows, added, ended, unchanged, faults, faultCount } = done
  if (faultCount === 0) {
    const counts = `${rows} rows: ${added} new, ${ended} ended, ${unchanged} held already`
    return `${counts}${dryRun ? '; nothing was loaded (--dry-run)' : ''}`
  }
  const lines = faults.map((fault) => {
    const where = fault.column === '' ? `line ${fault.line}` : `line ${fault.line}, ${fault.column}`
    return `  ${where}: ${faultSentence(language, fault)}`
  })
  const more = faultCount > faults.length ? [`  and ${faultCount - faults.length} more`] : []
  return [`Nothing was loaded: ${faultCount} faults`, ...lines, ...more].join('\n')
}

type PriceOptions = {
  from: string
  to: string
  kg: string
  size?: string
  code?: string[]
  on?: string
  data: string
  json?: true
}

function registerPrice(lanes: Command, context: LogisticsCommandContext): void {
  lanes
    .command('price')
    .description('what carriers ask for a parcel')
    .requiredOption('--from <country>', 'where it leaves, such as MY')
    .requiredOption('--to <country>', 'where it goes, such as CA')
    .requiredOption('--kg <mass>', 'its mass in kilograms, such as 0.8')
    .option('--size <sides>', 'its sides in centimetres, such as 30x20x10')
    .option('--code <codes...>', 'HS codes of what is inside')
    .option('--on <day>', 'the day whose prices are asked, YYYY-MM-DD')
    .option('-d, --data <folder>', 'folder with the database', '.ewtp')
    .option('--json', 'print the quotes as json')
    .action(async (options: PriceOptions) => {
      const { gramsOf, sizeOf } = await import('./read-parcel.ts')
      const massG = gramsOf(options.kg)
      if (!massG) throw usage(`--kg takes a mass such as 0.8, not ${options.kg}`)
      const size = options.size === undefined ? {} : sizeOf(options.size)
      if (!size) throw usage(`--size takes three sides such as 30x20x10, not ${options.size}`)
      const [from, to] = [options.from.toUpperCase(), options.to.toUpperCase()]
      for (const country of [from, to])
        if (!isCountry(country)) throw usage(`${country} is no country (ISO 3166, such as MY)`)
      const day = options.on ?? context.today()
      if (!isDay(day)) throw usage(`${day} is not a day (YYYY-MM-DD)`)
      const store = await context.openStore(options.data)
      try {
        const { findLanes } = await import('./find-lanes.ts')
        const { priceLoad } = await import('./freight.ts')
        const found = await findLanes(store.db.kysely, { from, to, day })
        const items = [{ massG, ...size, quantity: 1 }]
        const freight = priceLoad(
          found,
          { items, ...(options.code ? { codes: options.code } : {}) },
          day,
        )
        console.log(await priceText(freight, { from, to, day, json: options.json ?? false }))
        if (isRefused(freight)) process.exitCode = 1
      } finally {
        await store.stop()
      }
    })
}

type Asked = { from: string; to: string; day: Day; json: boolean }

async function priceText(
  freight: ReturnType<(typeof import('./freight.ts'))['priceLoad']>,
  { from, to, day, json }: Asked,
): Promise<string> {
  const { refusalSentence } = await import('./words.ts')
  const { tellQuote } = await import('./tell-quote.ts')
  const { languageFor } = await import('../ui/index.ts')
  const language = languageFor('en')
  if (isRefused(freight))
    return json
      ? JSON.stringify({ from, to, day, ...freight })
      : `${from} to ${to} on ${day}: ${refusalSentence(language, freight)}`
  const { quotes, refusals } = freight
  if (json) return JSON.stringify({ from, to, day, quotes: quotes.map(tellQuote), refusals })
  return [
    `${from} to ${to} on ${day}`,
    ...quotes.flatMap((quote) => quoteText(quote)),
    ...refusals.map(
      (each) => `  not by ${each.carrier}, ${each.service}: ${refusalSentence(language, each)}`,
    ),
  ].join('\n')
}

function quoteText(quote: LaneQuote): string[] {
  const amount = (minor: bigint): string =>
    `${formatMinor(minor, quote.currency)} ${quote.currency}`
  const { min, max, count } = quote.days
  const notes = [
    quote.dutyPaid ? 'duty and tax paid by the carrier' : 'duty and tax not included',
    ...(quote.byMassOnly ? ['by mass only, as the size is not known'] : []),
    ...quote.possible.map(({ name, needs }) => `${name} may come on top (${needs} not known)`),
  ]
  return [
    `  ${amount(quote.amountMinor)}  ${quote.carrier}, ${quote.service} (${quote.transport}), ${min}-${max} ${count} days`,
    `      freight ${amount(quote.freightMinor)}${quote.surcharges.map(({ name, amountMinor }) => `, ${name} ${amount(amountMinor)}`).join('')}`,
    `      ${notes.join('; ')}`,
    `      ${quote.source.title}, ${quote.source.publisher}, read ${quote.source.read}`,
  ]
}

/** Commander's own way of saying that the words were wrong: exit code 2. */
function usage(message: string): Error {
  return Object.assign(new Error(message), { code: 'ewtp.usage', exitCode: 2 })
}
