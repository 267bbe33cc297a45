import { csvLine } from '../../basis/csv.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { checkStatement, type StatementMovement, type Statement } from './statement.ts'

// RFC 4180, one row a movement between a row for each balance. Names of columns are part of the format, for programs
// read them; amounts are decimals with the currency's own digits, instants ISO 8601 in UTC.

export const statementColumns = [
  'position',
  'at',
  'kind',
  'reference',
  'counterparty',
  'amount',
  'balance',
  'currency',
  'entry',
] as const

/** The statement, line by line; refused as a whole where it does not re-add. */
export function toCsv(statement: Statement): Iterable<string> | Refused {
  const wrong = checkStatement(statement)
  return isRefused(wrong) ? wrong : lines(statement)
}

function* lines(statement: Statement): Generator<string> {
  const { from, to, opening, closing, currency } = statement
  yield csvLine(statementColumns)
  yield csvLine(balanceRow(from, 'opening-balance', opening, currency))
  for (const movement of statement.movements) yield csvLine(rowOf(movement, currency))
  yield csvLine(balanceRow(to, 'closing-balance', closing, currency))
}

const balanceRow = (at: number, kind: string, minor: bigint, currency: string): string[] => [
  '',
  instant(at),
  kind,
  '',
  '',
  '',
  formatMinor(minor, currency),
  currency,
  '',
]

const rowOf = (movement: StatementMovement, currency: string): string[] => [
  String(movement.position),
  instant(movement.at),
  movement.kind,
  movement.reference,
  movement.counterparty ?? '',
  formatMinor(movement.amount, currency),
  formatMinor(movement.balance, currency),
  currency,
  movement.entry,
]

const instant = (at: number): string => new Date(at).toISOString()
