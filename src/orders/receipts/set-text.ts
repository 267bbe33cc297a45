// Text on paper: each sign in a face that has it, lines broken where a language breaks them, and under every line the
// text itself, so that a search and a screen reader find what was written and not what was drawn.
import type { Face, Fonts } from './open-fonts.ts'

type Document = PDFKit.PDFDocument

export type Style = {
  size: number
  bold?: boolean
  muted?: boolean
  align?: 'start' | 'end'
  link?: string | undefined
}

type Run = { face: Face; text: string }
export type TextLine = { text: string; runs: readonly Run[]; width: number }

export type Setting = { doc: Document; fonts: Fonts; locale: string }

/** The lines of a text within a width, in points. */
export function setText(setting: Setting, text: string, width: number, style: Style): TextLine[] {
  const lines: TextLine[] = []
  let line = ''
  for (const piece of piecesOf(text, setting, width, style)) {
    if (line !== '' && measured(setting, (line + piece).trimEnd(), style).width > width) {
      lines.push(measured(setting, line.trim(), style))
      line = ''
    }
    line += piece
  }
  return [...lines, measured(setting, line.trim(), style)]
}

/** Draws a line with its baseline at `y`; `x` is where it starts, or where it ends for what stands at the end. */
export function drawLine(
  { doc }: Setting,
  line: TextLine,
  x: number,
  y: number,
  style: Style,
): void {
  const left = style.align === 'end' ? x - line.width : x
  const drawn = line.runs.map(({ text }) => text).join('')
  // Marks above and below are found out of order otherwise; readers turn Arabic back by themselves.
  const isTurned = line.runs.some(({ face }) => face.rightToLeft)
  const saysText = !isTurned && (drawn !== line.text || /\p{M}/u.test(drawn))
  doc.fillColor(style.muted ? '#444444' : '#000000')
  if (saysText) doc.markContent('Span', { actual: line.text })
  let at = left
  for (const [index, { face, text }] of line.runs.entries()) {
    useFace(doc, face, style)
    if (saysText && index === line.runs.length - 1) endSpanWithText(doc)
    doc.text(text, at, y, { lineBreak: false, baseline: 'alphabetic' })
    at += doc.widthOfString(text)
  }
  if (style.link) doc.link(left, y - style.size, line.width, style.size * 1.3, style.link)
}

/**
 * Ends the span before the state of the next text is taken back: Poppler takes the place of what a span says from the
 * state at its end, and pdfkit draws letters in a state of their own.
 */
function endSpanWithText(doc: Document): void {
  const { restore } = doc
  doc.restore = () => {
    doc.restore = restore
    doc.endMarkedContent()
    return doc.restore()
  }
}

function measured({ doc, fonts }: Setting, text: string, style: Style): TextLine {
  const runs = runsOf(text, fonts, style.bold ?? false)
  let width = 0
  for (const { face, text: part } of runs) {
    useFace(doc, face, style)
    width += doc.widthOfString(part)
  }
  return { text, runs, width }
}

function useFace(doc: Document, { name, font }: Face, { size }: Style): void {
  // pdfkit takes a font that fontkit opened, and knows it by its name the second time; its types say neither.
  doc.registerFont(name, font as unknown as Buffer)
  doc.font(name).fontSize(size)
}

/** What stands for a sign that no face has. */
const replacement = '\uFFFD'

function runsOf(text: string, fonts: Fonts, bold: boolean): Run[] {
  const runs: Run[] = []
  for (const sign of thaiInParts(text)) {
    if (/\p{Variation_Selector}|\u200D/u.test(sign)) continue
    const last = runs.at(-1)
    const stays = /\p{M}/u.test(sign) || (sign === ' ' && !last?.face.rightToLeft)
    if (last && stays && hasSign(last.face, sign)) {
      last.text += sign
      continue
    }
    const face = fonts.faceFor(sign, bold)
    if (face && last?.face === face && last.text !== ' ') last.text += sign
    else if (face) runs.push({ face, text: sign })
    else addReplacement(runs, fonts, bold, /\s/u.test(sign) ? ' ' : replacement)
  }
  return inDirection(runs)
}

function addReplacement(runs: Run[], fonts: Fonts, bold: boolean, sign: string): void {
  const face = fonts.faceFor(sign, bold) ?? fonts.faceFor('?', bold)
  if (!face) return
  const text = hasSign(face, sign) ? sign : '?'
  const last = runs.at(-1)
  if (last?.face === face) last.text += text
  else runs.push({ face, text })
}

const hasSign = ({ font }: Face, sign: string): boolean =>
  font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)

/** Sara am is drawn as its two halves, the first below the sign of the tone. */
const thaiInParts = (text: string): string =>
  text.replaceAll(/([\u0E48-\u0E4B]?)\u0E33/g, '\u0E4D$1\u0E32')

/**
 * The order in which runs are drawn, from the left. Words that run to the left stand from right to left among
 * themselves; the whole line does when it begins with one. It is less than Unicode TR 9 asks, and enough for names.
 */
function inDirection(runs: readonly Run[]): Run[] {
  const first = runs.find(({ face, text }) => face.rightToLeft || /\p{L}/u.test(text))
  if (!first) return [...runs]
  if (first.face.rightToLeft) return runs.toReversed()
  const ordered: Run[] = []
  let turned: Run[] = []
  for (const run of runs) {
    if (run.face.rightToLeft || (turned.length > 0 && run.text === ' ')) {
      turned.unshift(run)
      continue
    }
    ordered.push(...turned, run)
    turned = []
  }
  return [...ordered, ...turned]
}

/** Scripts without blanks, whose words a dictionary finds. */
const unspaced = /[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}]/u
const closing = /^[\p{Pe}\p{Pf}\p{Po}\p{M}]/u
const opening = /[\p{Ps}\p{Pi}]$/u

/** The parts between which a line may end; one that is wider than the line is cut. */
function piecesOf(text: string, setting: Setting, width: number, style: Style): string[] {
  const pieces: string[] = []
  const words = new Intl.Segmenter(setting.locale, { granularity: 'word' })
  for (const { segment } of words.segment(text)) {
    const before = pieces.at(-1)
    const mayEnd =
      before === undefined ||
      (!/^\s/.test(segment) && /[\s\-/]$/.test(before)) ||
      ((unspaced.test(segment) || unspaced.test(before.at(-1) ?? '')) &&
        !closing.test(segment) &&
        !opening.test(before))
    if (mayEnd) pieces.push(segment)
    else pieces[pieces.length - 1] = before + segment
  }
  return pieces.flatMap((piece) => cut(piece, setting, width, style))
}

function cut(piece: string, setting: Setting, width: number, style: Style): string[] {
  if (piece.length < 8 || measured(setting, piece, style).width <= width) return [piece]
  const signs = new Intl.Segmenter(setting.locale, { granularity: 'grapheme' }).segment(piece)
  const parts = ['']
  for (const { segment } of signs) {
    const longer = (parts.at(-1) ?? '') + segment
    if (parts.at(-1) !== '' && measured(setting, longer, style).width > width) parts.push(segment)
    else parts[parts.length - 1] = longer
  }
  return parts
}
