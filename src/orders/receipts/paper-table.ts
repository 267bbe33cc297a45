// Tables on paper: rows are never torn, and the heads come again on every page, said once to a screen reader.
import type { Sheet, SheetRow, SheetTable } from './describe-receipt.ts'
import type { Style } from './set-text.ts'
import {
  artifact,
  block,
  draw,
  heading,
  highestOf,
  left,
  makeRoom,
  right,
  rule,
  styles,
  type Block,
  type Paper,
} from './paper.ts'

/**
 * A table; the widths, in points, are those of all columns but the first, which takes what is left. Without rows there is
 * none.
 */
export function table(
  paper: Paper,
  { caption, heads, rows }: SheetTable,
  widths: readonly number[],
): void {
  if (rows.length === 0) return
  const { doc, tree } = paper
  const [name = '', ...cells] = heads
  const headCells = cellsOf(paper, { name, notes: [], cells }, widths, styles.head)
  const headHeight = highestOf(headCells) + 6
  makeRoom(paper, headHeight + 80)
  heading(paper, 'H2', caption)
  const body = doc.struct('Table')
  tree.add(body)
  const headRow = headCells.map((cell) => headCell(paper, 'Column', cell))
  body.add(doc.struct('TR', {}, headRow))
  paper.y += headHeight
  for (const row of rows) {
    const drawn = cellsOf(paper, row, widths, styles.normal)
    const height = highestOf(drawn) + 6
    if (makeRoom(paper, height)) {
      for (const cell of headCells) artifact(paper, () => draw(paper, cell))
      paper.y += headHeight
    }
    rule(paper)
    paper.y += 3
    const dataCells = drawn.map((cell) => doc.struct('TD', {}, () => draw(paper, cell)))
    body.add(doc.struct('TR', {}, dataCells))
    paper.y += height - 3
  }
  body.end()
}

function cellsOf(
  paper: Paper,
  { name, notes, source, cells }: SheetRow,
  widths: readonly number[],
  style: Style,
): Block[][] {
  const first = right - left - widths.reduce((sum, width) => sum + width, 0) - 8
  const { small } = styles
  const texts = [
    block(paper, name, first, style),
    ...notes.map((note) => block(paper, note, first, small)),
    ...(source ? [block(paper, source.words, first, { ...small, link: source.url })] : []),
  ]
  let x = left + first + 8
  const atEnd: Style = { ...style, align: 'end' }
  const rest = cells.map((cell, index) => {
    const width = widths[index] ?? 0
    x += width
    return [block(paper, cell, width - 6, atEnd, x)]
  })
  return [texts, ...rest]
}

function headCell(paper: Paper, scope: 'Column' | 'Row', cell: readonly Block[]) {
  // pdfkit knows the scope of a head, its types do not.
  const options: { scope: string; title?: string } = { scope }
  return paper.doc.struct('TH', options, () => draw(paper, cell))
}

/** The totals, at the end of the page's width; the last stands out. */
export function sums(paper: Paper, { caption, rows, total }: Sheet['totals']): void {
  const { doc, tree } = paper
  makeRoom(paper, (rows.length + 1) * 16 + 40)
  heading(paper, 'H2', caption)
  const body = doc.struct('Table')
  tree.add(body)
  for (const row of [...rows, total]) {
    const style: Style = row === total ? styles.strong : styles.normal
    const name = [block(paper, row.label, 300, style)]
    const sum = [block(paper, row.amount, 180, { ...style, align: 'end' }, right)]
    rule(paper)
    paper.y += 2
    const cells = [headCell(paper, 'Row', name), doc.struct('TD', {}, () => draw(paper, sum))]
    body.add(doc.struct('TR', {}, cells))
    paper.y += highestOf([name, sum]) + 2
  }
  body.end()
}
