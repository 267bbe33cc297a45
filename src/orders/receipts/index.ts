/**
 * Receipts: one record of an order that was paid, or of what was given back, in three renderings of the same figures. The
 * page and the PDF (ISO 32000-1, tagged) show every charge with its rule, rate, day and source; the electronic invoice
 * is UBL 2.1 (ISO/IEC 19845) and follows the business rules of EN 16931-1 as far as a record of it can.
 */
export { checkReceipt } from './check-receipt.ts'
export { openFonts, type Fonts } from './open-fonts.ts'
export * from './receipt.ts'
export { ReceiptPage, type ReceiptPageProps } from './receipt-page.tsx'
export { toPdf } from './to-pdf.ts'
export { toUbl, unmetRules } from './to-ubl.ts'
export { refusalSentence } from './words.ts'
