// The tariff's verbs on the command line: `ewtp quote`, `ewtp tariff lookup | import | coverage | check`. Each prints for a
// person or, with --json, the stable shape of docs/rules-schema.md. Exit codes as everywhere: 0 an answer with a
// figure, 1 an answer without one, 2 wrong usage, 3 a fault.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { isDay, type Day } from '../basis/day.ts'
import { Refusal } from '../basis/refusal.ts'
import type { Tariff } from './create-tariff.ts'

export type CommandContext = {
  /** Today by the hub's clock. */
  today(): Day
}
const rulesFolder = join(import.meta.dirname, '../../rules')

export function registerTariff(program: Command, context: CommandContext): void {
  registerQuote(program, context)
  const tariff = program.command('tariff').description('look into the rules, import schedules')
  registerLookup(tariff, context)
  registerImport(tariff)
  registerCoverage(tariff, context)
  registerCheck(tariff, context)
}

type QuoteOptions = {
  to: string
  on?: string
  rules?: string
  strict?: boolean
  json?: boolean
  diff?: string[]
  wanted?: string
}

function registerQuote(program: Command, context: CommandContext): void {
  program
    .command('quote <basket>')
    .description('what a basket (a json file, or - for standard input) costs at the door, and why')
    .requiredOption('--to <countries>', 'destinations such as CN,MY,US, or all')
    .option('--on <day>', 'the day whose law is asked, YYYY-MM-DD')
    .option('--rules <folder>', 'rules of your own over the shipped ones, in the same format')
    .option('--strict', 'take nothing as last seen')
    .option('--json', 'print the answer as json')
    .option('--diff <days...>', 'two days: what changed in between, cause by cause')
    .option('--wanted <amount>', 'with --to all: a price at the door such as 50.00EUR')
    .action(async (file: string, options: QuoteOptions) => {
      const { openTariff, readBasket } = await import('./command-input.ts')
      const tariff = openTariff(rulesFolder, options.rules)
      const basket = readBasket(file, tariff)
      const on = dayOption(options.on) ?? basket.on ?? context.today()
      const print = await import('./print-answer.ts')
      if (options.wanted !== undefined && (options.to !== 'all' || options.diff))
        throw usage('--wanted goes with --to all')
      if (options.diff) {
        const [a, b] = options.diff.flatMap((each) => each.split(',')).map(dayOption)
        if (!a || !b) throw usage('--diff takes two days')
        for (const to of destinations(options.to, tariff)) {
          const { compareDays } = await import('./compare-days.ts')
          const compared = compareDays(tariff, basket, to, [a, b], {
            strict: options.strict ?? false,
          })
          console.log(options.json ? JSON.stringify(compared) : print.comparison(compared))
          if (compared.difference === null) process.exitCode = 1
        }
        return
      }
      if (options.to === 'all') {
        const { findMarkets, wantedPrice } = await import('./find-markets.ts')
        const match = /^(\d+(?:\.\d+)?) ?([A-Z]{3})$/.exec(options.wanted ?? '')
        const wanted = match ? wantedPrice(match[1] as string, match[2] as string) : undefined
        if (options.wanted && !wanted) throw usage('--wanted takes an amount such as 50.00EUR')
        const markets = findMarkets(tariff, basket, on, {
          strict: options.strict ?? false,
          ...(wanted ? { wanted } : {}),
        })
        console.log(options.json ? JSON.stringify({ on, markets }) : print.markets(markets, on))
        return
      }
      const wanted = destinations(options.to, tariff)
      const { toAnswer } = await import('./assess/answer.ts')
      const answers = wanted.map((to) =>
        toAnswer(
          tariff.assess(basket, to, on, {
            strict: options.strict ?? false,
            ownDigits: wanted.length === 1,
          }),
        ),
      )
      console.log(
        options.json
          ? JSON.stringify({ answers })
          : answers.map((each) => print.answer(each)).join('\n'),
      )
      if (answers.some(({ totals }) => totals.landed === null)) process.exitCode = 1
    })
}

function registerLookup(tariff: Command, context: CommandContext): void {
  tariff
    .command('lookup <territory> <code>')
    .description('the lines of a schedule under a code, with their rates')
    .option('--on <day>', 'the day whose schedule is asked')
    .option('--json', 'print json')
    .action(async (territory: string, code: string, options: { on?: string; json?: boolean }) => {
      const { openTariff } = await import('./command-input.ts')
      const { lookUp } = await import('./look-up.ts')
      const found = lookUp(
        openTariff(rulesFolder),
        territory.toUpperCase(),
        code,
        dayOption(options.on) ?? context.today(),
      )
      const print = await import('./print-answer.ts')
      console.log(options.json ? JSON.stringify(found) : print.lookup(found))
      if (found.lines.length === 0) process.exitCode = 1
    })
}

function registerImport(tariff: Command): void {
  tariff
    .command('import <format> <files...>')
    .description('turn an official schedule into the neutral csv of docs/rules-schema.md')
    .option('--out <file>', 'where to write it; default: standard output')
    .option('--json', 'print the report as json')
    .action(async (format: string, files: string[], options: { out?: string; json?: boolean }) => {
      const { formats, importSchedule, isFormat } = await import('./import/index.ts')
      if (!isFormat(format)) throw usage(`${format} is no format; there are ${formats.join(', ')}`)
      const { csv, report } = importSchedule(
        format,
        files.map((name) => ({ name, bytes: readFileSync(name) })),
      )
      if (options.out) writeFileSync(options.out, csv)
      else process.stdout.write(csv)
      console.error(options.json ? JSON.stringify(report) : importText(report))
    })
}

type Report = ReturnType<(typeof import('./import/index.ts'))['importSchedule']>['report']

function importText({ lines, rated, understood, columns, notUnderstood }: Report): string {
  return [
    `${lines} lines, ${understood} of ${rated} main rates understood; columns ${columns.join(' ')}`,
    ...notUnderstood.map(({ code, column, text }) => `  ${code} ${column}: ${text}`),
  ].join('\n')
}

function registerCoverage(tariff: Command, context: CommandContext): void {
  tariff
    .command('coverage [territories...]')
    .description('what is known for which days, and every rate text that was not understood')
    .option('--json', 'print json')
    .option('--markdown', 'print the tables of docs/rules.md')
    .option('--texts', 'list every rate text that is outside the grammar')
    .action(
      async (
        territories: string[],
        options: { json?: boolean; markdown?: boolean; texts?: boolean },
      ) => {
        const { openTariff } = await import('./command-input.ts')
        const { coverageOf, coverageText, coverageMarkdown } = await import('./coverage.ts')
        const opened = openTariff(rulesFolder)
        const wanted = territories.length > 0 ? known(territories, opened) : opened.territories
        const coverage = wanted.map((code) =>
          coverageOf(opened, code.toUpperCase(), context.today()),
        )
        if (options.json) console.log(JSON.stringify(coverage))
        else if (options.markdown) console.log(coverageMarkdown(coverage))
        else console.log(coverageText(coverage, options.texts ?? false))
      },
    )
}

function registerCheck(tariff: Command, context: CommandContext): void {
  tariff
    .command('check [territories...]')
    .description('check the rule files and run their worked cases')
    .option('--rules <folder>', 'rules of your own over the shipped ones')
    .action(async (territories: string[], options: { rules?: string }) => {
      const { openTariff } = await import('./command-input.ts')
      const { checkRules } = await import('./check-rules.ts')
      const wanted = known(territories, openTariff(rulesFolder, options.rules))
      const { lines, wrong } = checkRules(rulesFolder, options.rules, wanted, context.today())
      console.log(lines.join('\n'))
      if (wrong > 0) process.exitCode = 1
    })
}

/** Territories and unions by their codes, in capitals or not. */
function known(territories: readonly string[], tariff: Tariff): string[] {
  const wanted = territories.map((code) => code.toUpperCase())
  for (const code of wanted)
    if (!tariff.territories.includes(code))
      throw new Refusal('unknown-territory', { territory: code, known: tariff.territories })
  return wanted
}

function destinations(text: string, tariff: Tariff): string[] {
  if (text === 'all') return [...tariff.destinations]
  const wanted = text.split(',').map((code) => code.trim().toUpperCase())
  for (const code of wanted)
    if (!tariff.destinations.includes(code))
      throw new Refusal('unknown-destination', { destination: code, known: tariff.destinations })
  return wanted
}

function dayOption(text: string | undefined): Day | undefined {
  if (text === undefined) return undefined
  if (!isDay(text)) throw usage(`${text} is not a day (YYYY-MM-DD)`)
  return text
}

/** Commander's own way of saying that the words were wrong: exit code 2. */
function usage(message: string): Error {
  return Object.assign(new Error(message), { code: 'ewtp.usage', exitCode: 2 })
}
