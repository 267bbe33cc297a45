// Cells for other people's spreadsheets (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
// apostrophe, which it does not show and we take away again (OWASP: CSV injection). Pure.

/** What a spreadsheet may take for the beginning of a formula, in half and in full width. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u

/** A plain number may begin with its sign. */
const number = /^[+-]?\d+([.,]\d+)?$/

export const escapeFormula = (cell: string): string =>
  formula.test(cell) && !number.test(cell) ? `'${cell}` : cell

export const unescapeFormula = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) && !number.test(cell.slice(1))
    ? cell.slice(1)
    : cell

/** One line with its end. Every cell is made safe. */
export const csvLine = (cells: readonly string[], delimiter: ',' | '\t' = ','): string =>
  `${cells.map((cell) => quote(escapeFormula(cell), delimiter)).join(delimiter)}\r\n`

const quote = (cell: string, delimiter: string): string =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) || /^\s|\s$/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell
