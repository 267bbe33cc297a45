// Sentences for what files and lanes are refused for, in the reader's language.
import type en from '../../messages/en/logistics.json'
import { formatMinor } from '../basis/money.ts'
import type { Refused } from '../basis/refusal.ts'
import type { Language, MessageKey, MessageValues } from '../ui/index.ts'
import type { RowFault } from './fault.ts'
import type { Transit } from './lane.ts'

declare module '../ui/messages.ts' {
  interface Catalogue {
    logistics: keyof typeof en
  }
}

/** `not-a-day` is the message `logistics.fault.notADay`. */
const keyOf = (group: string, code: string): MessageKey =>
  `logistics.${group}.${code.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}` as MessageKey

export const faultSentence = (language: Language, { reason, facts = {} }: RowFault): string =>
  language.t(keyOf('fault', reason), { ...facts })

/** Why there is no freight: for pages and for whoever asks by a program. */
export function refusalSentence(language: Language, { refused, facts }: Refused): string {
  return language.t(keyOf('refusal', refused), valuesOf(language, facts))
}

/** Masses and lengths in the units people use. */
function valuesOf(language: Language, facts: Refused['facts']): MessageValues {
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'number' && name.endsWith('G')) values[name] = kilograms(language, value)
    else if (typeof value === 'number' && name.endsWith('Mm'))
      values[name] = centimetres(language, value)
    else if (name.toLowerCase().endsWith('minor') && typeof facts['currency'] === 'string')
      values[name] = language.money(
        formatMinor(BigInt(String(value)), facts['currency']),
        facts['currency'],
      )
    else if (Array.isArray(value)) values[name] = language.list(value as readonly string[])
    else values[name] = typeof value === 'number' ? value : String(value)
  }
  return values
}

export const kilograms = (language: Language, grams: number): string =>
  inUnit(language, 'kilogram', grams / 1000)
const centimetres = (language: Language, millimetres: number): string =>
  inUnit(language, 'centimeter', millimetres / 10)

function inUnit({ locale }: Language, unit: string, value: number): string {
  const format = { style: 'unit', unit, maximumFractionDigits: 3 } as const
  return new Intl.NumberFormat(`${locale}-u-nu-latn`, format).format(value)
}

/** `5 to 9 working days`. */
export function daysText(
  language: Language,
  { min, max, count }: Pick<Transit, 'min' | 'max' | 'count'>,
): string {
  const range = min === max ? 'same' : 'range'
  return language.t(keyOf(`days.${range}`, count), { min, max })
}
