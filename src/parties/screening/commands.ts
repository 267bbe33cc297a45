// `ewtp screen "name"` and `ewtp screen import`: compare a name with the lists of denied parties, and read lists in.
// Exit codes as everywhere: 0 nothing that needs an officer, 1 something does, 2 wrong usage, 3 a fault.
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Refusal } from '../../basis/refusal.ts'
import type { Database } from '../../db/index.ts'
import type { ListCode, ListedEntry } from './listed.ts'
import type { Hit, Screening } from './screener.ts'

export interface ScreenContext {
  /** The migrated database of a data folder, or of DATABASE_URL, for the time of the work. */
  withDatabase<T>(dataFolder: string, work: (database: Database) => Promise<T>): Promise<T>
  /** Unix milliseconds. */
  now(): number
}

interface ScreenOptions {
  data: string
  json?: boolean
  list?: string[]
}

export function registerScreen(program: Command, context: ScreenContext): void {
  const screen = program
    .command('screen')
    .argument('[names...]', 'names in any script')
    .description('compare names with the lists of denied parties')
    .option('-d, --data <folder>', 'folder for the database and the keys', '.ewtp')
    .option(
      '--list <files...>',
      'ask files instead of the database: un:<file>, eu:<file>, ofac:<sdn>,<alt>',
    )
    .option('--json', 'print the answers as json')
    .action(async (names: string[], options: ScreenOptions) => {
      if (names.length === 0) throw usage('screen takes a name: ewtp screen "Jane Roe"')
      await answer(names, options, context)
    })
  registerImport(screen, context)
}

interface ImportOptions {
  json?: boolean
  older?: boolean
  date?: string
}

function registerImport(screen: Command, context: ScreenContext): void {
  screen
    .command('import <list> <files...>')
    .description('read a list in: un <xml>, eu <xml or tables>, ofac <sdn> <alt> [add], bis <txt>')
    .option('--date <day>', 'the day of the list where its files do not say it, YYYY-MM-DD')
    .option('--older', 'take it although the list in use is younger')
    .option('--json', 'print the report as json')
    .action(async (list: string, files: string[], options: ImportOptions, command: Command) => {
      const { data, json } = command.optsWithGlobals<ScreenOptions & ImportOptions>()
      const read = await readFiles(list, files)
      const { isDay } = await import('../../basis/day.ts')
      const listDate = options.date ?? read.listDate
      if (listDate !== undefined && !isDay(listDate)) throw usage(`${listDate} is no day`)
      const dated = listDate === undefined ? read : { ...read, listDate }
      const { keepList } = await import('./keep-list.ts')
      const { openScreening } = await import('./open-screening.ts')
      const { rescreenDue } = await import('./screen-subjects.ts')
      const report = await context.withDatabase(data, async (database) => {
        const at = context.now()
        const hub = await database.pool.query<{ id: string }>('select id from hub')
        // A folder in which no hub ever ran has no id yet; the list is read in for whoever comes.
        const homeHub = hub.rows[0]?.id ?? '00000000-0000-0000-0000-000000000000'
        const older = options.older ?? false
        const kept = await keepList(database, dated, { homeHub, at, older })
        const again = await rescreenDue(database, openScreening(), at)
        return { ...kept, screenedAgain: again }
      })
      if (json) console.log(JSON.stringify(report))
      else {
        const dateText = report.listDate ? ` of ${report.listDate}` : ''
        const done = report.already ? 'was in use already' : 'is in use now'
        console.log(
          `list ${report.list}${dateText} ${done}: ${report.entries} entries, ${report.names} names; ` +
            `${report.unread.length} rows not read; ${report.screenedAgain} screened again`,
        )
        for (const row of report.unread) console.log(`  ${row}`)
      }
    })
}

async function answer(
  names: readonly string[],
  { data, json, list }: ScreenOptions,
  context: ScreenContext,
): Promise<void> {
  const { createScreener, reviewFrom } = await import('./screener.ts')
  const ask = (screener: ReturnType<typeof createScreener>): Screening[] => {
    if (screener.entries === 0)
      throw new Refusal('no-list-yet', { readOneInWith: 'ewtp screen import' })
    return names.map((name) => screener.check(name))
  }
  const answers = list
    ? ask(createScreener(await entriesOf(list), 'files'))
    : await context.withDatabase(data, async (database) => {
        const { openScreening } = await import('./open-screening.ts')
        return ask(await openScreening().screener(database.kysely))
      })
  const needs = (hits: readonly Hit[]): boolean => (hits[0]?.score ?? 0) >= reviewFrom
  if (json) {
    const { keptHit } = await import('./kept-hit.ts')
    console.log(
      JSON.stringify({
        reviewFrom,
        answers: answers.map(({ name, key, hits }) => ({
          ...{ name, key, needsReview: needs(hits), hits: hits.map(keptHit) },
        })),
      }),
    )
  } else for (const each of answers) console.log(answerText(each, reviewFrom))
  if (answers.some(({ hits }) => needs(hits))) process.exitCode = 1
}

function answerText({ name, hits }: Screening, reviewFrom: number): string {
  if (hits.length === 0) return `${name}: nothing comes near`
  const lines = hits.map(({ score, listed, entry, reasons }) => {
    const why = reasons.map(({ how, asked, listed: met }) => {
      if (how === 'same' || how === 'missing') return `${how} ${met}`
      return how === 'extra' ? `extra ${asked}` : `${how} ${asked} ~ ${met}`
    })
    const mark = score >= reviewFrom ? '!' : ' '
    return `${mark} ${String(score).padStart(5)}  ${listed.name} (${entry.kind}, ${entry.list} ${entry.id}): ${why.join(', ')}`
  })
  return [`${name}: an officer must look from ${reviewFrom} on`, ...lines].join('\n')
}

async function readFiles(list: string, files: readonly string[]) {
  const { listCodes } = await import('./listed.ts')
  const code = listCodes.find((each) => each === list)
  if (!code) throw usage(`${list} is no list; there are ${listCodes.join(', ')}`)
  return readNamed(code, files)
}

async function readNamed(list: ListCode, files: readonly string[]) {
  const { readList } = await import('./import/index.ts')
  return readList(
    list,
    files.map((name) => ({ name, bytes: readFileSync(name) })),
  )
}

/** `ofac:sdn.csv,alt.csv` */
async function entriesOf(lists: readonly string[]): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = []
  for (const each of lists) {
    const [list = '', files = ''] = each.split(/:(.*)/s)
    entries.push(...(await readFiles(list, files.split(','))).entries)
  }
  return entries
}

/** Commander's own way of saying that the words were wrong: exit code 2. */
function usage(message: string): Error {
  return Object.assign(new Error(message), { code: 'ewtp.usage', exitCode: 2 })
}
