// The words of this capability, and the sentences for codes of faults, of what is missing and of states.
import en from '../../../messages/en/catalogue.json' with { type: 'json' }
import tariffWords from '../../../messages/en/tariff.json' with { type: 'json' }
import type { Language, MessageKey } from '../../ui/index.ts'
import type { OfferStatus } from '../offer.ts'
import type { Missing } from '../readiness.ts'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    catalogue: keyof typeof en
  }
}

const known: ReadonlySet<string> = new Set(Object.keys(en))

/** `bad-price` of `fault` is `catalogue.fault.badPrice`. */
const keyFor = (group: string, code: string): string =>
  `catalogue.${group}.${code.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())}`

/** The sentence for a code; where nobody has written one, the general one of its group. */
function sentence(
  { t }: Language,
  group: 'fault' | 'missing' | 'picture',
  code: string,
  values: Record<string, string> = {},
): string {
  const key = keyFor(group, code)
  return known.has(key) ? t(key as MessageKey, values) : t(`catalogue.${group}.other`, { code })
}

export const faultWords = (language: Language, code: string): string =>
  sentence(language, 'fault', code)
export const pictureFaultWords = (language: Language, code: string): string =>
  sentence(language, 'picture', code)

/** What to do about something that is missing, with the measure or fact it asks for. */
export function missingWords(language: Language, { code, field, facts }: Missing): string {
  if (code === 'no-rate') return noRateWords(language, field, facts)
  return sentence(language, 'missing', code, { what: askedWords(language, facts) })
}

/** Why the tariff of a destination gives no figure, in the tariff's own words where it has some. */
function noRateWords(language: Language, destination: string, facts: Missing['facts']): string {
  const reasons = Array.isArray(facts['reasons']) ? (facts['reasons'] as string[]) : []
  const key = reasons.map((reason) => whyNoRate[reason]).find(Boolean)
  const values = { country: language.country(destination), code: String(facts['code'] ?? '') }
  return key ? language.t(key, values) : language.t('catalogue.missing.noRate')
}

const whyNoRate: Readonly<Record<string, MessageKey>> = {
  'measure-without-rate': 'tariff.reason.measureWithoutRate',
  'remedy-unknown': 'tariff.reason.remedyUnknown',
  'no-line': 'tariff.reason.noLine',
  'no-rate': 'tariff.reason.noRate',
  'out-of-season': 'tariff.reason.outOfSeason',
  'no-regime': 'tariff.reason.noRegime',
  'no-valuation': 'tariff.reason.noValuation',
}

function askedWords(language: Language, facts: Missing['facts']): string {
  const key = facts['key']
  if (typeof key === 'string') return measureWords(language, key)
  return String(facts['fact'] ?? facts['unit'] ?? '').replaceAll(/[-_]/g, ' ')
}

/** A measure of one piece, with its unit. */
export function measureWords({ t }: Language, key: string): string {
  const message = keyFor(
    'measure',
    key.replaceAll(/\d/g, (digit) => (digit === '2' ? '-two' : digit === '3' ? '-three' : '')),
  )
  return known.has(message) ? t(message as MessageKey) : key
}

export const statusWords = ({ t }: Language, status: OfferStatus): string =>
  t(`catalogue.status.${status}`)

const tariffKeys: ReadonlySet<string> = new Set(Object.keys(tariffWords))

/** A paper or a proof in the tariff's own words; one that has none is spelled out. */
export function tariffName(t: Language['t'], group: 'paper' | 'proof', id: string): string {
  const name = id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const key = `tariff.${group}.${name}`
  return tariffKeys.has(key) ? t(key as MessageKey) : id.replaceAll(/[-_]/g, ' ')
}
