import type { Db } from '../../db/index.ts'
import { findItems } from './find-items.ts'
import { findRows, type ProductImport } from './find-imports.ts'
import type { ItemFault } from './item.ts'
import { csvLine } from './write-csv.ts'

/**
 * The rows that were refused, as they came and in their columns, with what is wrong in a last one:
 * mended in a spreadsheet they can be brought again, and the last column is passed over.
 */
export async function* refusedRows(
  db: Db,
  found: ProductImport,
  words: { heading: string; describe: (fault: ItemFault) => string },
): AsyncGenerator<string> {
  yield `\ufeff${csvLine([...found.columns, words.heading])}`
  let from = 0
  for (;;) {
    const items = await findItems(db, found, { from, limit: atOnce, only: 'refused' })
    if (items.length === 0) return
    const all = items.flatMap(({ rows, faults }) => rows.map((number) => ({ number, faults })))
    for (let at = 0; at < all.length; at += atOnce)
      yield await linesOf(db, found, all.slice(at, at + atOnce), words.describe)
    from = (items.at(-1)?.itemNo ?? 0) + 1
  }
}

const atOnce = 200

type RefusedRow = { readonly number: number; readonly faults: readonly ItemFault[] }

async function linesOf(
  db: Db,
  found: ProductImport,
  refused: readonly RefusedRow[],
  describe: (fault: ItemFault) => string,
): Promise<string> {
  const numbers = refused.map(({ number }) => number).toSorted((a, b) => a - b)
  const rows = await findRows(db, found, numbers)
  const cells = new Map(numbers.map((number, at) => [number, rows[at]?.cells ?? []]))
  return refused
    .map(({ number, faults }) =>
      csvLine([
        ...found.columns.map((_, at) => cells.get(number)?.[at] ?? ''),
        faults
          .filter(({ row }) => row === number)
          .map(describe)
          .join('; '),
      ]),
    )
    .join('')
}
