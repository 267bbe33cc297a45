// Harmonized System codes (WCO HS Convention): chapter 2, heading 4, subheading 6 digits, the same
// in every contracting party; below six digits each territory has tariff lines of its own.

/** Digits only, 4 to 12 of them, an even number: a heading, a subheading or a national tariff line. */
export type TariffCode = string

const written = /^\d[\d. ]*\d$/

/** Reads `6109.10.00`, `610910` or `6109 10`; undefined unless 4 to 12 digits in a chapter that exists. */
export function parseTariffCode(text: string): TariffCode | undefined {
  const trimmed = text.trim()
  if (!written.test(trimmed)) return undefined
  const digits = trimmed.replace(/[. ]/g, '')
  if (digits.length < 4 || digits.length > 12 || digits.length % 2 !== 0) return undefined
  const chapter = Number(digits.slice(0, 2))
  // Chapter 77 is reserved; 98 and 99 are left to national use.
  return chapter === 0 || chapter === 77 ? undefined : digits
}

export const chapterOf = (code: TariffCode): string => code.slice(0, 2)
export const headingOf = (code: TariffCode): string => code.slice(0, 4)
export const subheadingOf = (code: TariffCode): string => code.slice(0, 6)

/** `6109100010` as people write it: `6109.10.00.10`. */
export function formatTariffCode(code: TariffCode): string {
  const parts = [code.slice(0, 4)]
  for (let at = 4; at < code.length; at += 2) parts.push(code.slice(at, at + 2))
  return parts.join('.')
}

/** Editions by the year on whose 1 January they come into force; no correlation to 2028 is published yet. */
export const hsEditions = ['2012', '2017', '2022', '2028'] as const
export type HsEdition = (typeof hsEditions)[number]
