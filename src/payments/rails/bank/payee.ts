import { z } from 'zod'
import { isReadable } from '../../../basis/clean-text.ts'
import { isCountry } from '../../../basis/country.ts'
import { isRefused, refused, type Refused } from '../../../basis/refusal.ts'
import { isWhole } from '../../../basis/xml-text.ts'
import {
  isBic,
  wrongWithAccount,
  wrongWithBank,
  type Bank,
  type BankAccount,
} from '../../iso20022/account.ts'
import { canBeWritten, readAccount, type Characters } from './settings.ts'

/** Who is paid, and where: the destination of a payout by file. */
export type Payee = {
  readonly name: string
  readonly town: string
  readonly country: string
  readonly account: BankAccount
  /** An IBAN says by itself which bank it is. */
  readonly bank?: Bank | undefined
}

/** As a person types it: `account` an IBAN or a number, `bank` a BIC or `USABA 021000021`. */
export type TypedPayee = Readonly<Record<(typeof payeeFields)[number], string>>

export const payeeFields = ['name', 'town', 'country', 'account', 'bank'] as const

/**
 * Reads what was typed. Refused, in this order, as `payee-name`, `payee-town`, `payee-country`, `payee-account`,
 * `payee-bank`. Names are kept whole: one that a bank would cut or write otherwise is another name.
 */
export function readPayee(typed: TypedPayee, characters: Characters): Payee | Refused {
  const account = readAccount(typed.account)
  const bank = readBank(typed.bank)
  const { name, town, country } = typed
  const payee = {
    ...{ name, town, country, account: account ?? { iban: '' } },
    ...(typed.bank === '' ? {} : { bank: bank ?? { bic: '' } }),
  }
  return wrongWithPayee(payee, characters) ?? payee
}

export function wrongWithPayee(payee: Payee, characters: Characters): Refused | undefined {
  const fits = (text: string, most: number): boolean =>
    isReadable(text) && isWhole(text, most) && canBeWritten(text, characters)
  if (!fits(payee.name, 70)) return refused('payee-name')
  if (!fits(payee.town, 35)) return refused('payee-town')
  if (!isCountry(payee.country)) return refused('payee-country')
  if (wrongWithAccount(payee.account)) return refused('payee-account')
  const { bank } = payee
  if (bank ? wrongWithBank(bank) : !('iban' in payee.account)) return refused('payee-bank')
  return undefined
}

function readBank(text: string): Bank | undefined {
  const typed = text.toUpperCase()
  const bic = typed.replaceAll(/\s/g, '')
  if (isBic(bic)) return { bic }
  const [, clearingSystem = '', member = ''] = /^([A-Z]{5})\s+([0-9A-Z-]{1,35})$/.exec(typed) ?? []
  return member === '' ? undefined : { clearingSystem, member }
}

/** As it stands in a transfer. */
export const writePayee = (payee: Payee): string => JSON.stringify(payee)

const written = z.strictObject({
  name: z.string(),
  town: z.string(),
  country: z.string(),
  account: z.union([
    z.strictObject({ iban: z.string() }),
    z.strictObject({ number: z.string(), scheme: z.string().optional() }),
  ]),
  bank: z
    .union([
      z.strictObject({ bic: z.string() }),
      z.strictObject({ clearingSystem: z.string(), member: z.string() }),
    ])
    .optional(),
})

/** The payee of a transfer; undefined when the text is none. */
export function payeeIn(text: string): Payee | undefined {
  try {
    return written.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** What was typed for it, to be typed no second time. */
export function typedFrom({ name, town, country, account, bank }: Payee): TypedPayee {
  const code =
    bank &&
    ('bic' in bank ? bank.bic : 'member' in bank ? `${bank.clearingSystem} ${bank.member}` : '')
  return { name, town, country, account: numberOf(account), bank: code ?? '' }
}

export const numberOf = (account: BankAccount): string =>
  'iban' in account ? account.iban : account.number

/** Refused as `readPayee` refuses, or `destination-not-valid` for what is no payee at all. */
export function wrongWithDestination(text: string, characters: Characters): Refused | undefined {
  const payee = payeeIn(text)
  if (!payee) return refused('destination-not-valid')
  const wrong = wrongWithPayee(payee, characters)
  return isRefused(wrong) ? wrong : undefined
}
