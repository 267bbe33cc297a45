// Check digits of national registers. Each takes a number without blanks, in capitals.

const digitsOf = (text: string): number[] => [...text].map(Number)

const weigh = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0)

/** ISO 7064 mod 97,10 over letters as 10 to 35: 1 for a valid LEI (ISO 17442). */
export function mod97(text: string): number {
  return [...text].reduce((rest, sign) => {
    const value = Number.parseInt(sign, 36)
    return (rest * (value > 9 ? 100 : 10) + value) % 97
  }, 0)
}

/** ISO/IEC 7812: every second digit doubled from the right. */
export function luhn(text: string): boolean {
  const sum = digitsOf(text)
    .toReversed()
    .map((digit, index) => (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2))
    .reduce((total, value) => total + value, 0)
  return sum % 10 === 0
}

/** ISO 7064 mod 11,10, as in German VAT numbers. */
export function mod1110(text: string): boolean {
  const rest = digitsOf(text.slice(0, -1)).reduce((product, digit) => {
    const sum = (product + digit) % 10 || 10
    return (sum * 2) % 11
  }, 10)
  return (11 - rest) % 10 === Number(text.at(-1))
}

/** Australian Business Number: the first digit less one, weighed, mod 89. */
export function isAbn(number: string): boolean {
  if (!/^[1-9]\d{10}$/.test(number)) return false
  const [first = 0, ...rest] = digitsOf(number)
  return weigh([first - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0
}

/** Canadian Business Number, with or without a program account such as RT0001. */
export const isBusinessNumber = (number: string): boolean =>
  /^\d{9}((RC|RM|RP|RR|RT|RZ)\d{4})?$/.test(number) && luhn(number.slice(0, 9))

const usccSigns = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Chinese Unified Social Credit Code (GB 32100-2015). */
export function isUscc(number: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(number)) return false
  const values = [...number].map((sign) => usccSigns.indexOf(sign))
  return (31 - (weigh(values, usccWeights) % 31)) % 31 === values[17]
}

const base36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Indian GSTIN: state, PAN, entity, Z, and a Luhn sign in base 36. */
export function isGstin(number: string): boolean {
  if (!/^(0[1-9]|[1-3]\d)[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(number)) return false
  const sum = [...number].reduce((total, sign, index) => {
    const value = base36.indexOf(sign) * (index % 2 === 1 && index < 14 ? 2 : 1)
    return total + (index === 14 ? value : Math.floor(value / 36) + (value % 36))
  }, 0)
  return sum % 36 === 0
}

/** Japanese Corporate Number: the check digit leads. */
export function isCorporateNumber(number: string): boolean {
  if (!/^[1-9]\d{12}$/.test(number)) return false
  const [check, ...rest] = digitsOf(number)
  const sum = rest
    .toReversed()
    .reduce((total, digit, index) => total + digit * (1 + (index % 2)), 0)
  return 9 - (sum % 9) === check
}

/** Thai tax number, of persons and firms alike. */
export function isThaiTaxNumber(number: string): boolean {
  if (!/^\d{13}$/.test(number)) return false
  const sum = weigh(digitsOf(number), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  return (11 - (sum % 11)) % 10 === Number(number[12])
}

const uenSigns = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'

/** Singapore's Unique Entity Number, in its three forms. */
export function isUen(number: string): boolean {
  if (/^\d{8}[A-Z]$/.test(number))
    return 'XMKECAWLJDB'[weigh(digitsOf(number), [10, 4, 9, 3, 8, 2, 7, 1]) % 11] === number[8]
  if (/^(19|20)\d{7}[A-Z]$/.test(number))
    return 'ZKCMDNERGWH'[weigh(digitsOf(number), [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11] === number[9]
  if (!/^[RST]\d{2}[A-Z]{2}\d{4}[A-Z]$/.test(number)) return false
  const values = [...number].map((sign) => uenSigns.indexOf(sign))
  const sum = weigh(values, [4, 3, 5, 3, 10, 2, 2, 5, 7]) - 5
  return uenSigns[((sum % 11) + 11) % 11] === number[9]
}
