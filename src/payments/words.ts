// Words of the books in the reader's language.
import type en from '../../messages/en/payments.json'
import { formatMinor } from '../basis/money.ts'
import type { RefusalFacts } from '../basis/refusal.ts'
import type { FieldError, Language, MessageKey } from '../ui/index.ts'
import type { PaymentRequest } from './payment-request.ts'

declare module '../ui/messages.ts' {
  interface Catalogue {
    payments: keyof typeof en
  }
}

/** The sentence for each code of a refusal, and the field that it is about. */
const places: Readonly<Record<string, readonly [field: string, key: MessageKey]>> = {
  'currency-not-known': ['currency', 'payments.error.currency'],
  'amount-not-valid': ['amount', 'payments.error.amount'],
  'amount-too-large': ['amount', 'payments.error.tooLarge'],
  'amount-differs': ['amount', 'payments.error.differs'],
  'purpose-too-long': ['purpose', 'payments.error.purpose'],
  'not-enough-money': ['amount', 'payments.error.notEnough'],
  'over-limit': ['amount', 'payments.error.overLimit'],
  'limit-no-rate': ['currency', 'payments.error.limitNoRate'],
  'pays-oneself': ['from', 'payments.error.oneself'],
  'request-paid': ['code', 'payments.error.paid'],
  'request-cancelled': ['code', 'payments.error.cancelled'],
  'request-expired': ['code', 'payments.error.expired'],
  'no-such-request': ['code', 'payments.error.noRequest'],
  'short-code-length': ['code', 'payments.error.code'],
  'short-code-sign': ['code', 'payments.error.code'],
  'short-code-check': ['code', 'payments.error.codeCheck'],
  'link-not-ours': ['code', 'payments.error.otherHub'],
  'payer-blocked': ['amount', 'payments.error.selfBlocked'],
  'payee-blocked': ['code', 'payments.error.blocked'],
  'destination-not-valid': ['to', 'payments.error.destination'],
  'payee-name': ['payee-name', 'payments.error.payeeName'],
  'payee-town': ['payee-town', 'payments.error.payeeTown'],
  'payee-country': ['payee-country', 'payments.error.payeeCountry'],
  'payee-account': ['payee-account', 'payments.error.payeeAccount'],
  'payee-bank': ['payee-bank', 'payments.error.payeeBank'],
  'currency-not-paid': ['currency', 'payments.error.notPaidIn'],
  'same-currency': ['to', 'payments.error.sameCurrency'],
  'no-rate': ['to', 'payments.error.noRate'],
  'rate-too-old': ['to', 'payments.error.rateTooOld'],
  'amount-too-small': ['amount', 'payments.error.tooSmall'],
  'quote-expired': ['quote', 'payments.error.quoteExpired'],
  'quote-used': ['quote', 'payments.error.quoteUsed'],
  'quote-unknown': ['quote', 'payments.error.quoteUnknown'],
  'quote-of-another': ['quote', 'payments.error.quoteOfAnother'],
  'payer-code-broken': ['code', 'payments.error.payerCode'],
  'payer-code-version': ['code', 'payments.error.payerCode'],
  'payer-code-of-another-hub': ['code', 'payments.error.payerCodeOtherHub'],
  'payer-code-unknown': ['code', 'payments.error.payerCodeUnknown'],
  'payer-code-used': ['code', 'payments.error.payerCodeUsed'],
  'payer-code-expired': ['code', 'payments.error.payerCodeExpired'],
  'payer-code-currency': ['currency', 'payments.error.payerCodeCurrency'],
  'above-ceiling': ['amount', 'payments.error.aboveCeiling'],
  'payer-may-not': ['code', 'payments.error.payerMayNot'],
  'payer-lacks-money': ['amount', 'payments.error.payerLacksMoney'],
  'statement-too-long': ['from', 'payments.error.statementTooLong'],
  'too-many-tries': ['amount', 'payments.error.tooMany'],
  'statement-period': ['from', 'payments.error.period'],
}

/** A refusal as the one error of a form; facts that are amounts are told in the currency beside them. */
export function errorOf(language: Language, code: string, facts: RefusalFacts): FieldError {
  const [field, key] = places[code] ?? ['code', 'payments.error.refused']
  const { currency, day } = facts
  const amounts: Record<string, string> = {}
  for (const name of ['missing', 'left', 'limit'])
    if (typeof currency === 'string' && typeof facts[name] === 'string')
      amounts[name] = moneyText(language, BigInt(facts[name]), currency)
  const days = typeof day === 'string' ? { day: language.date(day) } : {}
  const values = {
    currency: textOf(currency),
    from: textOf(facts['from']),
    to: textOf(facts['to']),
    period: textOf(facts['period']),
    next: textOf(facts['next']),
    minutes: typeof facts['minutes'] === 'number' ? facts['minutes'] : 0,
  }
  return { field, message: language.t(key, { ...values, ...amounts, ...days, code }) }
}

const textOf = (fact: RefusalFacts[string] | undefined): string =>
  typeof fact === 'string' ? fact : ''

export const moneyText = (language: Language, minor: bigint, currency: string): string =>
  language.money(formatMinor(minor, currency), currency)

const states = {
  open: 'payments.state.open',
  paid: 'payments.state.paid',
  cancelled: 'payments.state.cancelled',
  expired: 'payments.state.expired',
} as const

export const stateWord = ({ t }: Language, state: PaymentRequest['state'] | 'expired'): string =>
  t(states[state])

/** What an entry was, by its kind; kinds of later capabilities are told by their own word. */
const kinds: Readonly<Record<string, MessageKey>> = {
  payment: 'payments.kind.payment',
  exchange: 'payments.kind.exchange',
  'top-up': 'payments.kind.topUp',
  payout: 'payments.kind.payout',
  refund: 'payments.kind.refund',
  'payout-returned': 'payments.kind.payoutReturned',
  'refund-returned': 'payments.kind.refundReturned',
  escrow: 'payments.kind.escrow',
  release: 'payments.kind.release',
  'share-out': 'payments.kind.shareOut',
  claim: 'payments.kind.claim',
}

export const kindWord = ({ t }: Language, kind: string): string => {
  const key = kinds[kind]
  return key ? t(key) : kind
}

export const toneOfTransfer = {
  asked: 'plain',
  sent: 'plain',
  done: 'ok',
  failed: 'warn',
  wrong: 'bad',
} as const

const transferStates = {
  asked: 'payments.transfer.asked',
  sent: 'payments.transfer.sent',
  done: 'payments.transfer.done',
  failed: 'payments.transfer.failed',
  wrong: 'payments.transfer.wrong',
} as const

export const transferWord = ({ t }: Language, state: keyof typeof transferStates): string =>
  t(transferStates[state])

/** Why a transfer did not work: in words, with what the provider called it. */
const faults: Readonly<Record<string, MessageKey>> = {
  'provider-refused': 'payments.fault.providerRefused',
  'provider-failed': 'payments.fault.providerFailed',
  silent: 'payments.fault.silent',
  'amount-differs': 'payments.fault.amountDiffers',
  'currency-differs': 'payments.fault.currencyDiffers',
  'perhaps-sent': 'payments.fault.perhapsSent',
  'unknown-to-provider': 'payments.fault.unknownToProvider',
  'done-after-return': 'payments.fault.doneAfterReturn',
  'not-enough-money': 'payments.fault.notEnoughMoney',
  'taken-back': 'payments.fault.takenBack',
  'currency-not-supported': 'payments.fault.currencyNotSupported',
  'bank-returned': 'payments.fault.bankReturned',
  'operator-failed': 'payments.fault.operatorFailed',
  'amount-too-fine': 'payments.fault.amountTooFine',
}

export function faultWords({ t }: Language, fault: string): string {
  const [code = '', ...rest] = fault.split('/')
  const key = faults[code]
  return [key ? t(key) : code, ...rest].join(' · ')
}
