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
    const numbers = items.flatMap(({ rows }) => rows).toSorted((a, b) => a - b)
    const rows = await findRows(db, found, numbers)
    const cells = new Map(numbers.map((number, at) => [number, rows[at]?.cells ?? []]))
    yield items
      .flatMap(({ rows: own, faults }) =>
        own.map((number) =>
          csvLine([
            ...(cells.get(number) ?? []),
            faults
              .filter(({ row }) => row === number)
              .map(words.describe)
              .join('; '),
          ]),
        ),
      )
      .join('')
    from = (items.at(-1)?.itemNo ?? 0) + 1
  }
}

const atOnce = 200
