import { locales, messagesFor, type Translate } from './messages.ts'

/**
 * One reader's language: its words, its direction, and how it writes amounts, dates and countries.
 * Pages make one per request and hand it to the components that need words or figures.
 */
export interface Language {
  locale: string
  dir: 'ltr' | 'rtl'
  t: Translate
  /** An exact decimal such as `1204.50`; as many decimals are shown as are given. */
  number(decimal: string): string
  /** `7.5` becomes 7.5%. */
  percent(decimal: string): string
  /** `1204.50` and `CNY` become CNY 1,204.50, with the code where the language puts it. */
  money(amount: string, currency: string): string
  moneyParts(amount: string, currency: string): MoneyParts
  /** A calendar day, `2026-07-01`. */
  date(day: string): string
  dateTime(instant: Date, timeZone: string): string
  country(iso2: string): string
  /** The name of a currency, of which a reader may not know the code. */
  currency(code: string): string
  list(items: readonly string[]): string
}

/** The digits, and what stands before and after them. */
export interface MoneyParts {
  before: string
  digits: string
  after: string
}

const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'ug', 'ur', 'yi'])
const languages: ReadonlyMap<string, Language> = new Map(locales.map((l) => [l, language(l)]))

export function languageFor(locale: string): Language {
  const found = languages.get(locale)
  if (!found) throw new Error(`No language ${locale}`)
  return found
}

export interface LocaleWishes {
  /** The `lang` parameter of the address. */
  query?: string | undefined
  cookie?: string | undefined
  acceptLanguage?: string | undefined
}

/** The first wish we can meet: the address, then the cookie, then the browser, else `standard`. */
export function chooseLocale(wishes: LocaleWishes, standard = 'en'): string {
  const browser = (wishes.acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', weight = 'q=1'] = range.trim().split(/\s*;\s*/)
      return { tag, weight: Number(weight.replace('q=', '')) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
  for (const wish of [wishes.query, wishes.cookie, ...browser]) {
    const match = wish && locales.find((locale) => sameWriting(locale, wish))
    if (match) return match
  }
  return standard
}

/** zh-CN reads zh-Hans; zh-TW does not. en-GB reads en. */
function sameWriting(locale: string, wish: string): boolean {
  try {
    const [a, b] = [new Intl.Locale(locale).maximize(), new Intl.Locale(wish).maximize()]
    return a.language === b.language && a.script === b.script
  } catch {
    return false // Not a language tag at all: whatever came in over the wire.
  }
}

/** The name of a language in that language itself. */
export function nameOfLanguage(locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

/** Links to this same page in every language, for the language menu. */
export function languageLinks(url: URL, current: string) {
  // Two slashes at the start would lead to another site.
  const path = url.pathname.replace(/^\/+/, '/')
  return locales.map((locale) => {
    const query = new URLSearchParams(url.search)
    query.set('lang', locale)
    return { locale, href: `${path}?${query}`, current: locale === current }
  })
}

/**
 * Western digits and the Gregorian calendar everywhere: these figures are compared with customs
 * papers.
 */
function language(locale: string): Language {
  const written = `${locale}-u-ca-gregory-nu-latn`
  const inDigits = decimalFormats(written)
  const money = (amount: string, currency: string) =>
    inDigits(amount, { style: 'currency', currency, currencyDisplay: 'code' })
  const day = new Intl.DateTimeFormat(written, { dateStyle: 'medium', timeZone: 'UTC' })
  const regions = new Intl.DisplayNames(locale, { type: 'region' })
  const currencies = new Intl.DisplayNames(locale, { type: 'currency' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  return {
    locale,
    dir: rightToLeft.has(new Intl.Locale(locale).language) ? 'rtl' : 'ltr',
    t: messagesFor(locale),
    number: (decimal) => inDigits(decimal, {}).format(exact(decimal)),
    percent: (decimal) =>
      inDigits(decimal, { style: 'unit', unit: 'percent' }).format(exact(decimal)),
    money: (amount, currency) => money(amount, currency).format(exact(amount)),
    moneyParts: (amount, currency) =>
      splitMoney(money(amount, currency).formatToParts(exact(amount))),
    date: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    dateTime: (instant, timeZone) =>
      new Intl.DateTimeFormat(written, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone,
      }).format(instant),
    country: (iso2) => regions.of(iso2) ?? iso2,
    currency: (code) => currencies.of(code) ?? code,
    list: (items) => lists.format(items),
  }
}

/** Number formats that show as many decimals as the figure has; kept, since making one is slow. */
function decimalFormats(written: string) {
  const formats = new Map<string, Intl.NumberFormat>()
  return (decimal: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const digits = decimal.split('.')[1]?.length ?? 0
    const name = `${digits} ${options.currency ?? options.unit ?? ''}`
    let format = formats.get(name)
    if (!format) {
      const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits }
      format = new Intl.NumberFormat(written, { ...options, ...fixed })
      formats.set(name, format)
    }
    return format
  }
}

function splitMoney(parts: readonly Intl.NumberFormatPart[]): MoneyParts {
  const at = parts.findIndex(({ type }) => type === 'currency')
  const code = parts[at]?.value ?? ''
  const digits = parts
    .filter(({ type }) => type !== 'currency' && type !== 'literal')
    .map(({ value }) => value)
    .join('')
  // A minus sign may stand before the code, so the code leads when it is first or second.
  return at <= 1 ? { before: code, digits, after: '' } : { before: '', digits, after: code }
}

/** Intl formats decimal strings exactly, so amounts never become floats. */
function exact(decimal: string): Intl.StringNumericLiteral {
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) throw new Error(`Not a decimal: ${decimal}`)
  return decimal as Intl.StringNumericLiteral
}
