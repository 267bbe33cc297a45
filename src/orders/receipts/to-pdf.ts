import { isRefused, type Refused } from '../../basis/refusal.ts'
import type { Language } from '../../ui/index.ts'
import { checkReceipt } from './check-receipt.ts'
import { cleanReceipt } from './clean-receipt.ts'
import { describeReceipt, type Sheet } from './describe-receipt.ts'
import { openFonts, type Fonts } from './open-fonts.ts'
import { table, sums } from './paper-table.ts'
import { createPaper, finish, gap, heading, paragraph, sides, type Paper } from './paper.ts'
import type { Receipt } from './receipt.ts'

/**
 * The receipt on A4, tagged (ISO 32000-1, 14.8) and with text that can be searched; the same bytes for the same record,
 * language and versions of our packages. Refused as `checkReceipt` refuses, or as `receipt-fonts-missing`. Give the
 * fonts of the last call to open none twice.
 */
export async function toPdf(
  given: Receipt,
  language: Language,
  fonts: Fonts | Refused = openFonts(),
): Promise<Uint8Array | Refused> {
  const fault = checkReceipt(given)
  if (fault) return fault
  if (isRefused(fonts)) return fonts
  const receipt = cleanReceipt(given)
  const sheet = describeReceipt(receipt, language)
  const { default: Document } = await import('pdfkit')
  const at = new Date(receipt.issued)
  const doc = new Document({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: language.locale,
    displayTitle: true,
    // Helvetica, which pdfkit would bring along, is never used.
    font: '',
    info: { Title: sheet.title, Author: receipt.seller.name, CreationDate: at, ModDate: at },
  })
  const bytes = collect(doc)
  const paper = createPaper({ doc, fonts, locale: language.locale })
  writeSheet(paper, sheet)
  finish(paper, (page, pages) =>
    language.t('receipts.page', { number: sheet.title, page: String(page), pages: String(pages) }),
  )
  return bytes
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    doc.on('data', (part: Uint8Array) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
}

function writeSheet(paper: Paper, sheet: Sheet): void {
  heading(paper, 'H1', sheet.title)
  for (const { term, detail } of sheet.facts) paragraph(paper, `${term}: ${detail}`)
  sides(
    paper,
    sheet.parties.map(({ role, name, lines }) => [role, name, ...lines]),
  )
  table(paper, sheet.goods, [64, 88, 92])
  table(paper, sheet.charges, [92, 80, 92])
  sums(paper, sheet.totals)
  table(paper, sheet.payments, [200, 92])
  paper.y += gap
  for (const note of sheet.notes) paragraph(paper, note)
}
