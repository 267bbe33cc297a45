import type { Db } from '../../db/index.ts'
import { findItems } from './find-items.ts'
import { findRows, type ProductImport } from './find-imports.ts'
import { findUnweighed, type Unweighed } from './find-unweighed.ts'
import type { ItemFault } from './item.ts'
import { csvLine } from '../../basis/csv.ts'

export type MendWords = {
  readonly heading: string
  readonly describe: (fault: ItemFault) => string
  /** What is said of goods that are here and have no weight. */
  readonly unweighed: (item: Unweighed) => string
}

/**
 * The rows that were refused and, once the file is saved, those of goods without a weight, as they
 * came and in their columns, with what to do in a last one: mended in a spreadsheet they can be
 * brought again, and the last column is passed over.
 */
export async function* rowsToMend(
  db: Db,
  found: ProductImport,
  words: MendWords,
): AsyncGenerator<string> {
  yield `\ufeff${csvLine([...found.columns, words.heading])}`
  yield* inChunks(db, found, async (from) => {
    const items = await findItems(db, found, { from, limit: atOnce, only: 'refused' })
    const rows = items.flatMap(({ rows: numbers, faults }) =>
      numbers.map((number) => ({
        number,
        problem: faults
          .filter(({ row }) => row === number)
          .map(words.describe)
          .join('; '),
      })),
    )
    return { rows, last: items.at(-1)?.itemNo }
  })
  if (found.state !== 'saved') return
  yield* inChunks(db, found, async (from) => {
    const { items } = await findUnweighed(db, found, { from, limit: atOnce })
    const rows = items.flatMap((item) =>
      item.rows.map((number, at) => ({ number, problem: at === 0 ? words.unweighed(item) : '' })),
    )
    return { rows, last: items.at(-1)?.itemNo }
  })
}

const atOnce = 200

type RowToMend = { readonly number: number; readonly problem: string }

async function* inChunks(
  db: Db,
  found: ProductImport,
  next: (from: number) => Promise<{ rows: RowToMend[]; last: number | undefined }>,
): AsyncGenerator<string> {
  let from = 0
  for (;;) {
    const { rows, last } = await next(from)
    if (last === undefined) return
    for (let at = 0; at < rows.length; at += atOnce)
      yield await linesOf(db, found, rows.slice(at, at + atOnce))
    from = last + 1
  }
}

async function linesOf(db: Db, found: ProductImport, rows: readonly RowToMend[]): Promise<string> {
  const numbers = rows.map(({ number }) => number).toSorted((a, b) => a - b)
  const stored = await findRows(db, found, numbers)
  const cells = new Map(numbers.map((number, at) => [number, stored[at]?.cells ?? []]))
  return rows
    .map(({ number, problem }) =>
      csvLine([...found.columns.map((_, at) => cells.get(number)?.[at] ?? ''), problem]),
    )
    .join('')
}
