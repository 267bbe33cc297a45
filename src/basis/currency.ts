// ISO 4217 (SIX, list of 2026): circulating currencies by their number of minor-unit digits. The
// platform's own table, because `Intl` gives 0 digits for sixteen of them where ISO gives 2 or 3.

const byDigits: ReadonlyArray<readonly [digits: number, codes: string]> = [
  [0, `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
    CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
    LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW
    ZWG`,
  ],
  [3, `BHD IQD JOD KWD LYD OMR TND`],
  [4, `CLF UYW`],
]

// Withdrawn from the list, and still needed to read the law and the rates of their day.
const withdrawn: typeof byDigits = [[2, 'BGN HRK']]

const digitsOf = new Map(
  [...byDigits, ...withdrawn].flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code) => [code, digits] as const),
  ),
)

/** Digits after the decimal point of the currency's minor unit; undefined for a code not in ISO 4217. */
export const minorDigits = (currency: string): number | undefined => digitsOf.get(currency)

export const isCurrency = (code: string): boolean => digitsOf.has(code)

/** Every code of the table, sorted: circulating ones, and those withdrawn that dated law still names. */
export const currencies: readonly string[] = [...digitsOf.keys()].sort()
