import { minorDigits } from '../../basis/currency.ts'
import { isDay, type Day } from '../../basis/day.ts'
import { parseAmount } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import {
  signed,
  type BankBalance,
  type BankDetail,
  type BankEntry,
  type BankFile,
  type BankStatement,
  type Direction,
  type EntryStatus,
} from './bank-file.ts'
import { attributeOf, partAt, partsOf, readXml, textAt, type XmlPart } from './read-xml.ts'

// ISO 20022 camt.053 and camt.054. Versions 02 to 08 differ, in what is read here, by a choice around the status and
// around parties, and by where a transfer's own amount stands; each is read wherever it is.

/** Faults are noted with their place and reading goes on: a bank's clerk wants all of them at once. */
type Faults = string[]

const mostFaults = 20

/**
 * What a bank's file says. Refused where it is no XML that we open (`readXml`), no camt.053 or camt.054 of these
 * versions (`camt-unknown`), or, with every place and what is wrong there (20 at most), `camt-broken`. A file of many
 * megabytes takes seconds: read it on a thread that answers nobody.
 */
export function readCamt(bytes: Uint8Array): BankFile | Refused {
  const root = readXml(bytes)
  if (isRefused(root)) return root
  const document = documentIn(root)
  const [, kind, version = ''] = namespaceOf(document) ?? []
  const statement = kind === '053'
  const body = partAt(document, statement ? 'BkToCstmrStmt' : 'BkToCstmrDbtCdtNtfctn')
  if (!body || !document || !kind)
    return refused('camt-unknown', {
      namespace: namespacesOf(document)
        .slice(0, 3)
        .map((each) => each.slice(0, 100)),
    })
  const faults: Faults = []
  // The way to here is the same for every place, so that places begin below it.
  const parts = partsOf({ place: '', value: body.value }, statement ? 'Stmt' : 'Ntfctn')
  if (parts.length === 0) faults.push(`${statement ? 'Stmt' : 'Ntfctn'}: missing`)
  const file: BankFile = {
    message: statement ? 'camt.053' : 'camt.054',
    version,
    id: needed({ place: '', value: body.value }, ['GrpHdr', 'MsgId'], faults),
    statements: parts.map((part) => readStatement(part, faults)),
  }
  return faults.length > 0
    ? refused('camt-broken', { faults: faults.length, places: faults.slice(0, mostFaults) })
    : file
}

/** `Document`, alone or in an envelope of up to three elements, such as one with a business header. */
function documentIn(part: XmlPart, within = 3): XmlPart | undefined {
  const value = part.value
  if (within < 0 || typeof value !== 'object' || value === null) return undefined
  const names = Object.keys(value).filter((name) => !name.startsWith('@'))
  // A second element beside the root is no XML, though the parser lets it pass.
  if (part.place === '' && names.length !== 1) return undefined
  const inner = names.flatMap((name) => partAt(part, name) ?? [])
  return (
    partAt(part, 'Document') ??
    inner.map((each) => documentIn(each, within - 1)).find((found) => found !== undefined)
  )
}

function namespacesOf(document: XmlPart | undefined): string[] {
  const value = document?.value
  if (!document || typeof value !== 'object' || value === null) return []
  return Object.keys(value)
    .filter((name) => /^@xmlns(:|$)/.test(name))
    .flatMap((name) => attributeOf(document, name.slice(1)) ?? [])
}

const namespaceOf = (document: XmlPart | undefined): RegExpExecArray | undefined =>
  namespacesOf(document)
    .map((each) => /^urn:iso:std:iso:20022:tech:xsd:camt\.(053|054)\.001\.(0[2-8])$/.exec(each))
    .find((match) => match !== null)

function readStatement(part: XmlPart, faults: Faults): BankStatement {
  const iban = textAt(part, 'Acct', 'Id', 'IBAN')
  return {
    id: needed(part, ['Id'], faults),
    account: iban ?? needed(part, ['Acct', 'Id', 'Othr', 'Id'], faults),
    balances: partsOf(part, 'Bal').map((balance) => readBalance(balance, faults)),
    entries: partsOf(part, 'Ntry').map((entry) => readEntry(entry, faults)),
  }
}

function readBalance(part: XmlPart, faults: Faults): BankBalance {
  const { amountMinor, currency } = readAmount(part, ['Amt'], faults)
  const code = ['Tp', 'CdOrPrtry']
  return {
    code: textAt(part, ...code, 'Cd') ?? needed(part, [...code, 'Prtry'], faults),
    amountMinor: signed(amountMinor, readDirection(part, faults)),
    currency,
    on: readDay(part, 'Dt', faults) ?? fault(faults, part, 'Dt', 'missing'),
  }
}

function readEntry(part: XmlPart, faults: Faults): BankEntry {
  const direction = readDirection(part, faults)
  const groups = partsOf(part, 'NtryDtls')
  return {
    place: part.place,
    ...readAmount(part, ['Amt'], faults),
    direction,
    status: readStatus(part, faults),
    reversal: readFlag(part, 'RvslInd', faults),
    bookedOn: readDay(part, 'BookgDt', faults),
    valueOn: readDay(part, 'ValDt', faults),
    reference: textAt(part, 'NtryRef'),
    servicerReference: textAt(part, 'AcctSvcrRef'),
    code: codeOf(part),
    batchCount: readCount(groups, faults),
    details: groups.flatMap((group) =>
      partsOf(group, 'TxDtls').map((detail) => readDetail(detail, direction, faults)),
    ),
  }
}

/** Undefined where the bank says of no group how many there are in it. */
function readCount(groups: readonly XmlPart[], faults: Faults): number | undefined {
  const counts = groups.flatMap((group) => {
    const text = textAt(group, 'Btch', 'NbOfTxs')
    if (text === undefined || /^\d{1,15}$/.test(text))
      return text === undefined ? [] : [Number(text)]
    return fault(faults, group, 'Btch/NbOfTxs', 'no-count') || []
  })
  return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : undefined
}

function readDetail(part: XmlPart, whole: Direction, faults: Faults): BankDetail {
  const own = partAt(part, 'CdtDbtInd') ? readDirection(part, faults) : whole
  const amount = [['Amt'], ['AmtDtls', 'TxAmt', 'Amt']].find((path) => partAt(part, ...path))
  const other = own === 'credit' ? 'Dbtr' : 'Cdtr'
  const texts = partsOf(partAt(part, 'RmtInf'), 'Ustrd').flatMap(({ value }) =>
    typeof value === 'string' ? value : [],
  )
  const structured = partsOf(partAt(part, 'RmtInf'), 'Strd')
  return {
    place: part.place,
    endToEndId: textAt(part, 'Refs', 'EndToEndId'),
    servicerReference: textAt(part, 'Refs', 'AcctSvcrRef'),
    creditorReference: structured.flatMap((each) => textAt(each, 'CdtrRefInf', 'Ref') ?? [])[0],
    remittance: texts.join(' '),
    counterparty:
      textAt(part, 'RltdPties', other, 'Pty', 'Nm') ?? textAt(part, 'RltdPties', other, 'Nm'),
    ...(amount && readAmount(part, amount, faults)),
    direction: own,
    returnReason: partAt(part, 'RtrInf') && (textAt(part, 'RtrInf', 'Rsn', 'Cd') ?? 'NARR'),
  }
}

/** An amount of the standard is not negative; exact in the minor units of its currency, or a fault. */
function readAmount(
  part: XmlPart,
  path: readonly string[],
  faults: Faults,
): { amountMinor: bigint; currency: string } {
  const currency = attributeOf(partAt(part, ...path), 'Ccy') ?? ''
  const text = textAt(part, ...path) ?? ''
  const place = path.join('/')
  if (text === '') fault(faults, part, place, 'missing')
  else if (minorDigits(currency) === undefined) fault(faults, part, place, 'currency')
  else if (!/^\d{1,18}(\.\d{1,5})?$/.test(text)) fault(faults, part, place, 'no-amount')
  else {
    const amountMinor = parseAmount(text, currency)
    if (amountMinor !== undefined) return { amountMinor, currency }
    fault(faults, part, place, 'finer-than-currency')
  }
  return { amountMinor: 0n, currency }
}

function readDirection(part: XmlPart, faults: Faults): Direction {
  const text = textAt(part, 'CdtDbtInd')
  if (text !== 'CRDT' && text !== 'DBIT')
    fault(faults, part, 'CdtDbtInd', text ? 'unknown' : 'missing')
  return text === 'DBIT' ? 'debit' : 'credit'
}

const statuses: ReadonlyMap<string, EntryStatus> = new Map([
  ['BOOK', 'booked'],
  ['PDNG', 'pending'],
  ['INFO', 'information'],
  ['FUTR', 'future'],
])

/** A bank's own word for a status says nothing of whether money moved, so that it is a fault. */
function readStatus(part: XmlPart, faults: Faults): EntryStatus {
  const text = textAt(part, 'Sts', 'Cd') ?? textAt(part, 'Sts')
  const status = statuses.get(text ?? '')
  if (!status) fault(faults, part, 'Sts', partAt(part, 'Sts') ? 'unknown' : 'missing')
  return status ?? 'information'
}

function readFlag(part: XmlPart, name: string, faults: Faults): boolean {
  const text = textAt(part, name) ?? 'false'
  if (!/^(true|false|0|1)$/.test(text)) fault(faults, part, name, 'unknown')
  return text === 'true' || text === '1'
}

/** The day as it was written; an instant and a time zone are cut away. */
function readDay(part: XmlPart, name: string, faults: Faults): Day | undefined {
  if (!partAt(part, name)) return undefined
  const text = textAt(part, name, 'Dt') ?? textAt(part, name, 'DtTm') ?? ''
  const day = text.slice(0, 10)
  return isDay(day) && /^(T|Z|[+-]|$)/.test(text.slice(10))
    ? day
    : fault(faults, part, name, 'no-day')
}

function codeOf(part: XmlPart): string {
  const domain = partAt(part, 'BkTxCd', 'Domn')
  const parts = [['Cd'], ['Fmly', 'Cd'], ['Fmly', 'SubFmlyCd']].flatMap(
    (path) => textAt(domain, ...path) ?? [],
  )
  return parts.length > 0 ? parts.join('/') : (textAt(part, 'BkTxCd', 'Prtry', 'Cd') ?? '')
}

function needed(part: XmlPart, path: readonly string[], faults: Faults): string {
  return textAt(part, ...path) ?? fault(faults, part, path.join('/'), 'missing')
}

/** Notes what is wrong where; empty, to stand in for what should have been there. */
function fault(faults: Faults, part: XmlPart, name: string, wrong: string): '' {
  faults.push(`${part.place === '' ? '' : `${part.place}/`}${name}: ${wrong}`)
  return ''
}
