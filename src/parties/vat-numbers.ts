import { luhn, mod1110, mod97 } from './check-digits.ts'

interface VatCheck {
  example: string
  /** Of the number with its country's letters. */
  isValid(number: string): boolean
}

const weighed = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0)

const vat = (form: RegExp, example: string, check: (rest: string) => boolean): VatCheck => ({
  example,
  isValid: (number) => form.test(number) && check(number.slice(2)),
})

/** VAT numbers of the EU's VIES with their check digits, and that of the United Kingdom. */
export const vatChecks: Readonly<Record<string, VatCheck>> = {
  AT: vat(/^ATU\d{8}$/, 'ATU13585627', (rest) => {
    const sum = [...rest.slice(1, 8)].reduce((total, sign, index) => {
      const value = Number(sign) * (1 + (index % 2))
      return total + (value > 9 ? value - 9 : value)
    }, 0)
    return (96 - sum) % 10 === Number(rest[8])
  }),
  BE: vat(
    /^BE[01]\d{9}$/,
    'BE0403019261',
    (rest) => 97 - (Number(rest.slice(0, 8)) % 97) === Number(rest.slice(8)),
  ),
  DE: vat(/^DE[1-9]\d{8}$/, 'DE136695976', mod1110),
  DK: vat(
    /^DK[1-9]\d{7}$/,
    'DK13585628',
    (rest) => weighed(rest, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  ),
  ES: vat(/^ES[0-9A-Z]\d{7}[0-9A-Z]$/, 'ESB58378431', isSpanish),
  FI: vat(/^FI\d{8}$/, 'FI20774740', (rest) => weighed(rest, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0),
  FR: vat(/^FR\d{11}$/, 'FR40303265045', (rest) => {
    const siren = rest.slice(2)
    return luhn(siren) && (12 + 3 * (Number(siren) % 97)) % 97 === Number(rest.slice(0, 2))
  }),
  GB: vat(/^GB\d{9}(\d{3})?$/, 'GB980780684', (rest) => {
    const sum = weighed(rest, [8, 7, 6, 5, 4, 3, 2]) + Number(rest.slice(7, 9))
    return sum % 97 === 0 || (sum + 55) % 97 === 0
  }),
  IE: vat(/^IE\d{7}[A-W][A-IW]?$/, 'IE6433435F', (rest) => {
    const second = rest[8] ? 'WABCDEFGHI'.indexOf(rest[8]) * 9 : 0
    return (
      'WABCDEFGHIJKLMNOPQRSTUV'[(weighed(rest, [8, 7, 6, 5, 4, 3, 2]) + second) % 23] === rest[7]
    )
  }),
  IT: vat(/^IT\d{11}$/, 'IT00743110157', luhn),
  LU: vat(
    /^LU\d{8}$/,
    'LU15027442',
    (rest) => Number(rest.slice(0, 6)) % 89 === Number(rest.slice(6)),
  ),
  NL: vat(/^NL\d{9}B\d{2}$/, 'NL004495445B01', (rest) => {
    const old = weighed(rest, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(rest[8])
    return old || mod97(`NL${rest}`) === 1 // since 2020 for persons
  }),
  PL: vat(
    /^PL\d{10}$/,
    'PL8567346215',
    (rest) => weighed(rest, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(rest[9]),
  ),
  PT: vat(/^PT[1-9]\d{8}$/, 'PT501964843', (rest) => {
    const check = 11 - (weighed(rest, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)
    return (check > 9 ? 0 : check) === Number(rest[8])
  }),
  SE: vat(/^SE\d{10}01$/, 'SE123456789701', (rest) => luhn(rest.slice(0, 10))),
}

const personSigns = 'TRWAGMYFPDXBNJZSQVHLCKE'

/** Spanish numbers: of persons (NIF, NIE) a letter mod 23, of firms (CIF) a Luhn digit or letter. */
function isSpanish(rest: string): boolean {
  const first = rest[0] ?? ''
  const last = rest[8] ?? ''
  if (/[\dXYZ]/.test(first)) {
    const number = Number(rest.slice(0, 8).replace(/^[XYZ]/, (sign) => String('XYZ'.indexOf(sign))))
    return personSigns[number % 23] === last
  }
  if (/[KLM]/.test(first)) return personSigns[Number(rest.slice(1, 8)) % 23] === last
  const sum = [...rest.slice(1, 8)].reduce((total, sign, index) => {
    const value = Number(sign) * (index % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  const check = (10 - (sum % 10)) % 10
  if (/[ABEH]/.test(first)) return last === String(check)
  const letter = 'JABCDEFGHI'[check]
  if (/[NPQRSW]/.test(first)) return last === letter
  return /[CDFGJUV]/.test(first) && (last === String(check) || last === letter)
}
