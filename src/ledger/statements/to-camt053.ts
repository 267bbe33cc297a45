import { dayOfNumber } from '../../basis/day.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import { bankCode } from './bank-code.ts'
import { checkStatement, type StatementMovement, type Statement } from './statement.ts'
import { element, isWhole, xmlText } from '../../basis/xml-text.ts'

// ISO 20022 camt.053.001.08, Bank To Customer Statement: one message, one statement, every entry booked. Days are those
// of UTC, and an entry carries its instant. Identifiers are never cut; names and references are, where the standard is
// shorter than they are.

export type StatementHead = {
  /** A UUID, the id of the message and of the statement. */
  readonly id: string
  /** The how-manieth statement of this account. */
  readonly sequence: bigint
  readonly createdAt: number
  /** Who keeps the account: the hub. */
  readonly servicer: string
}

/**
 * The statement as XML, piece by piece, so that a long one need not stand in memory. Refused, in this order, where it
 * does not re-add (`checkStatement`), the head cannot be written, the account has no id within the standard's 34
 * characters, or an amount has more than its 18 digits.
 */
export function toCamt053(statement: Statement, head: StatementHead): Iterable<string> | Refused {
  const wrong = checkStatement(statement)
  if (isRefused(wrong)) return wrong
  if (!isUuid(head.id) || head.sequence < 0n || head.sequence >= mostMinor)
    return refused('statement-head', { id: head.id, sequence: String(head.sequence) })
  const account = accountId(statement.account, statement.currency)
  if (account === undefined) return refused('statement-account', { account: statement.account })
  const position = tooLong(statement)
  if (position !== undefined) return refused('statement-amount-too-long', { position })
  return pieces(statement, head, account)
}

const mostMinor = 10n ** 18n

/** The position of the first amount with more than 18 digits, or the balance's name. */
function tooLong(statement: Statement): string | undefined {
  const isLong = (minor: bigint): boolean => minor >= mostMinor || minor <= -mostMinor
  if (isLong(statement.opening)) return 'opening'
  if (isLong(statement.closing)) return 'closing'
  const found = statement.movements.find(({ amount }) => isLong(amount))
  return found && String(found.position)
}

/** A name of more than 34 characters gives way to the UUID in it; what stands before that is the scheme. */
function accountId(account: string, currency: string): string | undefined {
  if (isWhole(account, 34)) return `<Id>${xmlText(account, 34)}</Id>`
  const parts = account.split(':')
  const index = parts.findIndex(isUuid)
  const scheme = parts.slice(0, index).join(':')
  const rest = parts.slice(index + 1).join(':')
  if (index < 1 || !isWhole(scheme, 35) || (rest !== '' && rest !== currency)) return undefined
  const schemeXml = element('SchmeNm', element('Prtry', xmlText(scheme, 35)))
  return `<Id>${compact(parts[index] ?? '')}</Id>${schemeXml}`
}

function* pieces(statement: Statement, head: StatementHead, account: string): Generator<string> {
  const { currency, from, to, opening, closing } = statement
  const id = compact(head.id)
  const created = `<CreDtTm>${instant(head.createdAt)}</CreDtTm>`
  const owner = element('Ownr', element('Nm', xmlText(statement.holder, 140)))
  const servicer = element('FinInstnId', element('Nm', xmlText(head.servicer, 140)))
  yield `<?xml version="1.0" encoding="UTF-8"?>\n`
  yield `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n`
  yield `<GrpHdr><MsgId>${id}</MsgId>${created}</GrpHdr>\n`
  yield `<Stmt><Id>${id}</Id><ElctrncSeqNb>${head.sequence}</ElctrncSeqNb>${created}`
  yield `<FrToDt><FrDtTm>${instant(from)}</FrDtTm><ToDtTm>${instant(to)}</ToDtTm></FrToDt>\n`
  yield `<Acct><Id><Othr>${account}</Othr></Id><Ccy>${currency}</Ccy>`
  yield `${element('Nm', xmlText(statement.account, 70))}${owner}${element('Svcr', servicer)}</Acct>\n`
  yield balanceXml('OPBD', opening, currency, dayOf(from))
  // The period ends before `to`: its last day is that of the millisecond before.
  yield balanceXml('CLBD', closing, currency, dayOf(to - 1))
  for (const movement of statement.movements) yield entryOf(movement, currency)
  yield `</Stmt></BkToCstmrStmt></Document>\n`
}

function balanceXml(code: string, minor: bigint, currency: string, day: string): string {
  const type = `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>`
  return `<Bal>${type}${amountXml(minor, currency)}<Dt><Dt>${day}</Dt></Dt></Bal>\n`
}

function entryOf(movement: StatementMovement, currency: string): string {
  const { at, amount } = movement
  return [
    `<Ntry><NtryRef>${movement.position}</NtryRef>${amountXml(amount, currency)}`,
    `<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>${instant(at)}</DtTm></BookgDt>`,
    `<ValDt><Dt>${dayOf(at)}</Dt></ValDt><AcctSvcrRef>${compact(movement.entry)}</AcctSvcrRef>`,
    `<BkTxCd>${bankCode(movement.kind, amount < 0n ? 'debit' : 'credit')}</BkTxCd>`,
    element('NtryDtls', element('TxDtls', details(movement))),
    `</Ntry>\n`,
  ].join('')
}

/** A reference that fits whole is the end-to-end id as well: what a reader compares with their own books. */
function details({ amount, reference, counterparty }: StatementMovement): string {
  const id = isUuid(reference) ? compact(reference) : reference
  const endToEnd = isWhole(id, 35) ? element('EndToEndId', xmlText(id, 35)) : ''
  const name = element('Pty', element('Nm', xmlText(counterparty ?? '', 140)))
  return [
    element('Refs', endToEnd),
    element('RltdPties', element(amount >= 0n ? 'Dbtr' : 'Cdtr', name)),
    element('RmtInf', element('Ustrd', xmlText(reference, 140))),
  ].join('')
}

/** The absolute amount and which way it went. */
function amountXml(minor: bigint, currency: string): string {
  const text = formatMinor(minor < 0n ? -minor : minor, currency)
  const indicator = minor < 0n ? 'DBIT' : 'CRDT'
  return `<Amt Ccy="${currency}">${text}</Amt><CdtDbtInd>${indicator}</CdtDbtInd>`
}

const compact = (uuid: string): string => uuid.replaceAll('-', '')
const instant = (at: number): string => new Date(at).toISOString()
const dayOf = (at: number): string => dayOfNumber(Math.floor(at / 86_400_000))
