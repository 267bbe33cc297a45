/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// What reads product files, on a thread of its own: it answers one question after another of file-reader.ts, in
// slices that the hub passes on to the database without looking into them.
import { parentPort } from 'node:worker_threads'
import type { Refused } from '../../basis/refusal.ts'
import { decodeFile, type Encoding } from './decode-file.ts'
import type { Mapping, Settings } from './fields.ts'
import { makeItems } from './make-items.ts'
import { storableText } from './plain-text.ts'
import { countryReader } from './read-values.ts'
import { readTable, type Format, type TableRow } from './read-table.ts'
import { detectSource, mappingFor, settingsFor, type Source } from './sources.ts'

export type FileQuestions = {
  /** Reads a file; its rows are what `next` gives. */
  readonly read: {
    readonly asked: { bytes: Uint8Array; encoding: Encoding | undefined; locale: string }
    readonly answer: FileHead | Refused
  }
  /** Rows for `make`, `cells` as JSON; those from 0 on take the place of all. */
  readonly take: {
    readonly asked: { from: number; rows: readonly { line: number; cells: string }[] }
    readonly answer: undefined
  }
  /** Makes offers out of the rows taken; they are what `next` gives. Answers how many. */
  readonly make: { readonly asked: ItemsToMake; readonly answer: number }
  /** JSON of some more rows (`n`, `l`, `c`) or offers; undefined after the last. */
  readonly next: { readonly asked: undefined; readonly answer: string | undefined }
}

export type FileHead = {
  readonly encoding: Encoding
  readonly format: Format
  readonly columns: readonly string[]
  readonly source: Source
  readonly mapping: Mapping
  readonly settings: Settings
  readonly rowCount: number
}

export type ItemsToMake = {
  readonly source: Source
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly settings: Settings
  readonly locales: readonly string[]
}

/** What a thread knows between two questions. */
type Held = { rows: TableRow[]; slices: Iterator<string> }

type Answers = {
  [K in keyof FileQuestions]: (
    held: Held,
    asked: FileQuestions[K]['asked'],
  ) => FileQuestions[K]['answer']
}

const answers: Answers = {
  read(held, { bytes, encoding: chosen, locale }) {
    const decoded = decodeFile(bytes, chosen)
    if ('refused' in decoded) return decoded
    const table = readTable(decoded.text)
    if ('refused' in table) return table
    const { format, columns, rows } = table
    const source = detectSource(columns)
    const mapping = mappingFor(source, columns)
    const settings = settingsFor(columns, mapping, rows, locale)
    held.slices = slicesOf(rows, ({ line: l, cells }, n) => ({ n, l, c: cells.map(storableText) }))
    return {
      ...{ encoding: decoded.encoding, format, columns: columns.map(storableText) },
      ...{ source, mapping, settings, rowCount: rows.length },
    }
  },
  take(held, { from, rows }) {
    if (from === 0) held.rows = []
    for (const { line, cells } of rows)
      held.rows.push({ line, cells: JSON.parse(cells) as string[] })
    return undefined
  },
  make(held, { locales, ...asked }) {
    const items = makeItems({ ...asked, rows: held.rows, countryOf: countryReader(locales) })
    held.slices = slicesOf(items, (item, n) => ({ n, ...item }))
    return items.length
  },
  next: (held) => held.slices.next().value as string | undefined,
}

const most = { values: 1_000, letters: 256 * 1024 } as const

/** Lists as JSON of a length that nobody has to wait for. */
function* slicesOf<T>(
  values: readonly T[],
  shown: (value: T, at: number) => object,
): Generator<string, undefined> {
  let [slice, letters]: [string[], number] = [[], 0]
  for (const [at, value] of values.entries()) {
    const text = JSON.stringify(shown(value, at))
    slice.push(text)
    letters += text.length
    if (slice.length < most.values && letters < most.letters) continue
    yield `[${slice.join(',')}]`
    slice = []
    letters = 0
  }
  if (slice.length > 0) yield `[${slice.join(',')}]`
}

const held: Held = { rows: [], slices: slicesOf([], () => ({})) }
parentPort?.on('message', ([name, asked]: [keyof Answers, never]) =>
  parentPort?.postMessage(answers[name](held, asked)),
)
