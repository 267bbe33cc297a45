// An A4 page that fills from the top. What is drawn is at the same time put into the tree that a screen reader follows;
// what only repeats or divides is marked as an artifact.
import { drawLine, setText, type Setting, type Style, type TextLine } from './set-text.ts'

/** In points; the page is 595 by 842. */
export const [left, right, top, bottom] = [48, 547, 52, 780]
export const gap = 10

export const styles = {
  normal: { size: 9 },
  small: { size: 7.5, muted: true },
  head: { size: 8, bold: true },
  strong: { size: 9, bold: true },
  H1: { size: 16, bold: true },
  H2: { size: 11, bold: true },
} as const satisfies Record<string, Style>

/** `y` is where the next thing begins. */
export type Paper = Setting & { tree: PDFKit.PDFStructureElement; y: number }

export function createPaper(setting: Setting): Paper {
  const tree = setting.doc.struct('Document')
  setting.doc.addStructure(tree)
  return { ...setting, tree, y: top }
}

/** A text with its lines, ready to be drawn at `x`. */
export type Block = { lines: readonly TextLine[]; x: number; style: Style }

export const block = (
  paper: Paper,
  text: string,
  width: number,
  style: Style,
  x: number = left,
): Block => ({ lines: text === '' ? [] : setText(paper, text, width, style), x, style })

const leading = ({ size }: Style): number => size * 1.45

export const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { lines, style }) => sum + lines.length * leading(style), 0)

export const highestOf = (all: readonly (readonly Block[])[]): number =>
  Math.max(...all.map(heightOf))

/** Draws blocks below each other, from where the next thing begins. */
export function draw(paper: Paper, blocks: readonly Block[], from: number = paper.y): void {
  let at = from
  for (const { lines, x, style } of blocks)
    for (const line of lines) {
      drawLine(paper, line, x, at + style.size * 1.1, style)
      at += leading(style)
    }
}

/** Begins a new page, and says so, when less than the height is left. */
export function makeRoom(paper: Paper, height: number): boolean {
  if (paper.y + height <= bottom) return false
  paper.doc.addPage()
  paper.y = top
  return true
}

export function artifact({ doc }: Paper, drawing: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' })
  drawing()
  doc.endMarkedContent()
}

export function rule(paper: Paper): void {
  const { doc, y } = paper
  artifact(paper, () => {
    doc.moveTo(left, y).lineTo(right, y).lineWidth(0.5).strokeColor('#999999').stroke()
  })
}

/** Texts of their own, line by line: those of an address may go on on the next page. */
function put(paper: Paper, tag: string, blocks: readonly Block[]): void {
  makeRoom(paper, heightOf(blocks))
  paper.tree.add(paper.doc.struct(tag, {}, () => draw(paper, blocks)))
  paper.y += heightOf(blocks)
}

export function heading(paper: Paper, tag: 'H1' | 'H2', text: string): void {
  if (tag === 'H2') paper.y += gap
  put(paper, tag, [block(paper, text, right - left, styles[tag])])
  paper.y += 4
}

export const paragraph = (paper: Paper, text: string): void =>
  put(paper, 'P', [block(paper, text, right - left, styles.normal)])

/** Blocks beside each other; the first line of each is its heading, the second stands out. */
export function sides(paper: Paper, all: readonly (readonly string[])[]): void {
  paper.y += gap
  const width = (right - left) / all.length
  const columns = all.map((lines, column) =>
    lines.map((line, index) => {
      const style = [styles.head, styles.strong][index] ?? styles.normal
      return block(paper, line, width - 12, style, left + column * width)
    }),
  )
  makeRoom(paper, highestOf(columns))
  for (const column of columns) paper.tree.add(paper.doc.struct('P', {}, () => draw(paper, column)))
  paper.y += highestOf(columns)
}

/** Writes the feet, now that the pages are counted, and closes the document. */
export function finish(paper: Paper, foot: (page: number, pages: number) => string): void {
  const { doc, tree } = paper
  tree.end()
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    const style: Style = { ...styles.small, align: 'end' }
    const line = block(paper, foot(page + 1, count), right - left, style, right)
    artifact(paper, () => draw(paper, [line], 800))
  }
  doc.end()
}
