import { isCountry } from '../../basis/country.ts'
import { minorDigits } from '../../basis/currency.ts'
import { isDay, type Day } from '../../basis/day.ts'
import { formatMinor } from '../../basis/money.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import {
  accountXml,
  bankXml,
  wrongWithAccount,
  wrongWithBank,
  type Bank,
  type BankAccount,
} from './account.ts'
import { element, xmlText } from '../../basis/xml-text.ts'

// ISO 20022 pain.001.001.09, Customer Credit Transfer Initiation: the file by which a hub asks its bank to pay people
// out. Banks compare the control sum and the number of transfers with what they find; both are exact.

export type Payout = {
  /** A UUID; without its dashes the end-to-end id, by which the bank's statement names this payout again. */
  readonly id: string
  readonly amountMinor: bigint
  readonly currency: string
  /** The day on which the bank shall pay. */
  readonly on: Day
  readonly creditor: {
    readonly name: string
    readonly country: string
    readonly town?: string | undefined
    readonly account: BankAccount
    /** An IBAN says by itself which bank it is. */
    readonly bank?: Bank | undefined
  }
  /** What the creditor reads on their statement. */
  readonly reference?: string | undefined
}

/** The hub's own account in a currency. */
export type PayingAccount = {
  readonly currency: string
  readonly account: BankAccount
  readonly bank: Bank
}

export type PayoutFile = {
  /** A UUID, the id of the message. */
  readonly id: string
  readonly createdAt: number
  /** The hub's name, as its bank knows it. */
  readonly debtor: string
  readonly accounts: readonly PayingAccount[]
  readonly payouts: readonly Payout[]
}

/**
 * The file as XML, with one group of payments for each day and currency. Refused, in this order: `payout-file` (id,
 * name of the debtor, an account of ours), `payout-wrong` with the payout and its field, `payout-file-too-large`.
 */
export function toPain001(file: PayoutFile): string | Refused {
  const wrong = wrongWithFile(file) ?? wrongWithPayouts(file)
  if (wrong) return wrong
  const groups = [...Map.groupBy(file.payouts, ({ on, currency }) => `${on} ${currency}`)]
  const sum = controlSum(file.payouts)
  // The id of a group has room for three digits, and a sum for eighteen.
  if (groups.length > 999 || sum.replace('.', '').length > 18)
    return refused('payout-file-too-large', { groups: groups.length, sum })
  const id = compact(file.id)
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>\n`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${new Date(file.createdAt).toISOString()}</CreDtTm>`,
    `<NbOfTxs>${file.payouts.length}</NbOfTxs><CtrlSum>${sum}</CtrlSum>`,
    `<InitgPty>${name(file.debtor)}</InitgPty></GrpHdr>\n`,
    ...groups
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, payouts], index) =>
        groupXml(file, payouts, `${id}${String(index + 1).padStart(3, '0')}`),
      ),
    `</CstmrCdtTrfInitn></Document>\n`,
  ].join('')
}

function wrongWithFile({ id, debtor, accounts, payouts }: PayoutFile): Refused | undefined {
  if (!isUuid(id)) return refused('payout-file', { field: 'id' })
  if (name(debtor) === '') return refused('payout-file', { field: 'debtor' })
  if (payouts.length === 0) return refused('payout-file', { field: 'payouts' })
  for (const { currency, account, bank } of accounts) {
    const field = wrongWithAccount(account) ?? wrongWithBank(bank)
    if (field) return refused('payout-file', { field, currency })
  }
  return undefined
}

function wrongWithPayouts({ payouts, accounts }: PayoutFile): Refused | undefined {
  const ours = new Set(accounts.map(({ currency }) => currency))
  const seen = new Set<string>()
  for (const payout of payouts) {
    const field = seen.has(payout.id) ? 'id' : wrongField(payout, ours)
    if (field) return refused('payout-wrong', { payout: payout.id, field })
    seen.add(payout.id)
  }
  return undefined
}

/** The first field of a payout that cannot be written, in the order of the file. */
function wrongField(payout: Payout, ours: ReadonlySet<string>): string | undefined {
  const { id, amountMinor, currency, on, creditor } = payout
  if (!isUuid(id)) return 'id'
  if (!ours.has(currency) || minorDigits(currency) === undefined) return 'currency'
  if (amountMinor <= 0n || amountMinor >= 10n ** 18n) return 'amount'
  if (!isDay(on)) return 'on'
  if (name(creditor.name) === '') return 'name'
  if (!isCountry(creditor.country)) return 'country'
  const { bank, account } = creditor
  if (!bank && !('iban' in account)) return 'bank'
  return (bank && wrongWithBank(bank)) ?? wrongWithAccount(account)
}

/** All amounts added as numbers, whatever their currency, as the standard asks; no currency has more than 4 digits. */
function controlSum(payouts: readonly Payout[]): string {
  const total = payouts.reduce(
    (sum, { amountMinor, currency }) =>
      sum + amountMinor * 10n ** BigInt(4 - (minorDigits(currency) ?? 0)),
    0n,
  )
  const text = String(total).padStart(5, '0')
  return `${text.slice(0, -4)}.${text.slice(-4)}`.replace(/\.?0+$/, '')
}

function groupXml(file: PayoutFile, payouts: readonly Payout[], id: string): string {
  const { currency = '', on = '' } = payouts[0] ?? {}
  const ours = file.accounts.find((account) => account.currency === currency)
  if (!ours) throw new Error(`no account in ${currency}`)
  const sum = payouts.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  return [
    `<PmtInf><PmtInfId>${id}</PmtInfId><PmtMtd>TRF</PmtMtd>`,
    // Booked one by one, so that the statement names each.
    `<BtchBookg>false</BtchBookg>`,
    `<NbOfTxs>${payouts.length}</NbOfTxs><CtrlSum>${formatMinor(sum, currency)}</CtrlSum>`,
    `<ReqdExctnDt><Dt>${on}</Dt></ReqdExctnDt><Dbtr>${name(file.debtor)}</Dbtr>`,
    `<DbtrAcct>${accountXml(ours.account)}<Ccy>${currency}</Ccy></DbtrAcct>`,
    `<DbtrAgt>${bankXml(ours.bank)}</DbtrAgt>\n`,
    ...payouts.map(payoutXml),
    `</PmtInf>\n`,
  ].join('')
}

function payoutXml({ id, amountMinor, currency, creditor, reference }: Payout): string {
  const address = `${element('TwnNm', xmlText(creditor.town ?? '', 35))}<Ctry>${creditor.country}</Ctry>`
  return [
    `<CdtTrfTxInf><PmtId><EndToEndId>${compact(id)}</EndToEndId></PmtId>`,
    `<Amt><InstdAmt Ccy="${currency}">${formatMinor(amountMinor, currency)}</InstdAmt></Amt>`,
    creditor.bank ? `<CdtrAgt>${bankXml(creditor.bank)}</CdtrAgt>` : '',
    `<Cdtr>${name(creditor.name)}<PstlAdr>${address}</PstlAdr></Cdtr>`,
    `<CdtrAcct>${accountXml(creditor.account)}</CdtrAcct>`,
    element('RmtInf', element('Ustrd', xmlText(reference ?? '', 140))),
    `</CdtTrfTxInf>\n`,
  ].join('')
}

const name = (text: string): string => element('Nm', xmlText(text, 140))

const compact = (uuid: string): string => uuid.replaceAll('-', '')
