import { isCurrency, minorDigits } from '../../../basis/currency.ts'
import { isBic, isIban, wrongWithAccount, type BankAccount } from '../../iso20022/account.ts'
import type { PayingAccount } from '../../iso20022/to-pain001.ts'

/** The operator's accounts with a bank that takes files. */
export type BankSettings = {
  /** The hub's name as its bank knows it. */
  readonly debtor: string
  /** One for each currency that is paid out. */
  readonly accounts: readonly PayingAccount[]
  /** The signs that names may have: those that every bank takes, or all that the standard has. */
  readonly characters: Characters
}

export type Characters = 'latin' | 'any'

/** A rail by files with real money; the built-in one without. */
export const bankName = 'bank'
export const sandboxBankName = 'sandbox-bank'

export const isBankRail = (name: string): boolean => name === bankName || name === sandboxBankName

/** The basic signs of SEPA and SWIFT: letters without marks, digits, the blank and a few more. */
const latin = /^[A-Za-z0-9/\-?:().,'+ ]+$/

export const canBeWritten = (text: string, characters: Characters): boolean =>
  characters === 'any' || (latin.test(text) && !/^\/|\/\/|\/$/.test(text))

/**
 * `EUR=DE89370400440532013000@COBADEFFXXX,JPY=0012345@WESTGB2L`: currency, IBAN or number of the account, BIC of the bank;
 * undefined when it is anything else, or names a currency twice.
 */
export function parsePayingAccounts(text: string): readonly PayingAccount[] | undefined {
  const accounts = text.split(',').map((part): PayingAccount | undefined => {
    const [, currency = '', account = '', bic = ''] =
      /^([A-Z]{3})=([^@=]+)@([A-Z0-9]+)$/.exec(part.trim()) ?? []
    if (!isCurrency(currency) || minorDigits(currency) === undefined || !isBic(bic))
      return undefined
    const read = readAccount(account)
    return read && { currency, account: read, bank: { bic } }
  })
  const read = accounts.filter((each) => each !== undefined)
  const isWhole = read.length === accounts.length
  return isWhole && new Set(read.map(({ currency }) => currency)).size === read.length
    ? read
    : undefined
}

/** An account as people type it, without blanks: what looks like an IBAN must be one. Undefined when it is none. */
export function readAccount(text: string): BankAccount | undefined {
  const compact = text.replaceAll(/\s/g, '').toUpperCase()
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact))
    return isIban(compact) ? { iban: compact } : undefined
  const account = { number: text.replaceAll(/\s/g, '') }
  const isPlain = /^[0-9A-Za-z][0-9A-Za-z./-]*$/.test(account.number)
  return isPlain && /\d/.test(account.number) && !wrongWithAccount(account) ? account : undefined
}
