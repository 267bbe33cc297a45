import { isCountry } from '../../basis/country.ts'
import { isWhole, xmlText } from '../../basis/xml-text.ts'

/** An account at a bank: by IBAN, or by a number of its own with the scheme that the number is of. */
export type BankAccount =
  | { readonly iban: string }
  | { readonly number: string; readonly scheme?: string | undefined }

/** A bank: by BIC, as a member of a clearing system (`CNAPS` and the number of the bank there), or by a word of another's. */
export type Bank =
  | { readonly bic: string }
  | { readonly clearingSystem: string; readonly member: string }
  | { readonly other: string }

/**
 * Whether the text is an IBAN (ISO 13616) in capitals without blanks: country, two check digits by ISO 7064 mod 97,10,
 * account. How long a country's numbers are is not checked.
 */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) || !isCountry(text.slice(0, 2))) return false
  const check = Number(text.slice(2, 4))
  if (check < 2 || check > 98) return false
  const digits = [...text.slice(4), ...text.slice(0, 4)].map((sign) => Number.parseInt(sign, 36))
  return BigInt(digits.join('')) % 97n === 1n
}

/** Whether the text is a BIC (ISO 9362): institution, country, place and perhaps a branch, in capitals. */
export const isBic = (text: string): boolean =>
  /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text) && isCountry(text.slice(4, 6))

/** What is wrong with an account, by the name of the field; undefined when it can be written. */
export function wrongWithAccount(account: BankAccount): 'iban' | 'number' | 'scheme' | undefined {
  if ('iban' in account) return isIban(account.iban) ? undefined : 'iban'
  if (!isWhole(account.number, 34)) return 'number'
  return account.scheme === undefined || isWhole(account.scheme, 35) ? undefined : 'scheme'
}

/** The same for a bank. */
export function wrongWithBank(
  bank: Bank,
): 'bic' | 'clearing-system' | 'member' | 'other' | undefined {
  if ('bic' in bank) return isBic(bank.bic) ? undefined : 'bic'
  if ('other' in bank) return isWhole(bank.other, 35) ? undefined : 'other'
  if (!/^[A-Z0-9]{1,5}$/.test(bank.clearingSystem)) return 'clearing-system'
  return isWhole(bank.member, 35) ? undefined : 'member'
}

/** The content of `DbtrAcct` or `CdtrAcct`; the account must have been checked. */
export function accountXml(account: BankAccount): string {
  if ('iban' in account) return `<Id><IBAN>${account.iban}</IBAN></Id>`
  const scheme =
    account.scheme === undefined
      ? ''
      : `<SchmeNm><Prtry>${xmlText(account.scheme, 35)}</Prtry></SchmeNm>`
  return `<Id><Othr><Id>${xmlText(account.number, 34)}</Id>${scheme}</Othr></Id>`
}

/** The content of `DbtrAgt` or `CdtrAgt`; the bank must have been checked. */
export function bankXml(bank: Bank): string {
  if ('bic' in bank) return `<FinInstnId><BICFI>${bank.bic}</BICFI></FinInstnId>`
  if ('other' in bank)
    return `<FinInstnId><Othr><Id>${xmlText(bank.other, 35)}</Id></Othr></FinInstnId>`
  const system = `<ClrSysId><Cd>${bank.clearingSystem}</Cd></ClrSysId>`
  const member = `<MmbId>${xmlText(bank.member, 35)}</MmbId>`
  return `<FinInstnId><ClrSysMmbId>${system}${member}</ClrSysMmbId></FinInstnId>`
}
