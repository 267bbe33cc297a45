/**
 * Orders, so far their receipts: one record as page, as PDF and as UBL 2.1 (OASIS; ISO/IEC 19845) that follows EN 16931 as
 * far as its rules can be met by a sale to a consumer across a border.
 */
export * from './receipts/index.ts'
