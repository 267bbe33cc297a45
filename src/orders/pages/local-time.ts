// Instants as people in a country read them, where the country has one time; else in UTC. The zone always stands beside.
import type { Language } from '../../ui/index.ts'

/** China keeps one lawful time; the data of zones lists another that is in use. */
const oneLawful: Readonly<Record<string, string>> = { CN: 'Asia/Shanghai' }

/** Unix milliseconds; `country` is ISO 3166-1, undefined for readers from anywhere. */
export const timeText = (language: Language, at: number, country: string | undefined): string =>
  timeTeller(language, country)(at)

/** The same for many instants of one page: formats are slow to make, and are made once. */
export function timeTeller(
  language: Language,
  country: string | undefined,
): (at: number) => string {
  const zones = zonesOf(country)
  const offsetOf = makeOffsets()
  return (at) => {
    const [first] = zones
    const offsets = new Set(zones.map((zone) => offsetOf(at, zone)))
    const timeZone = first !== undefined && offsets.size === 1 ? first : 'UTC'
    const time = language.dateTime(new Date(at), timeZone)
    return language.t('orders.time', { time, zone: offsetOf(at, timeZone) })
  }
}

/** ECMA-402 has the method; engines of before it was settled have the member. */
type ZonedLocale = Intl.Locale & {
  readonly timeZones?: readonly string[]
  getTimeZones?: () => readonly string[]
}

function zonesOf(country: string | undefined): readonly string[] {
  if (country === undefined) return []
  const lawful = oneLawful[country]
  if (lawful !== undefined) return [lawful]
  const locale: ZonedLocale = new Intl.Locale(`und-${country}`)
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

/** `GMT+8`, in every language: as it stands on papers. */
function makeOffsets(): (at: number, timeZone: string) => string {
  const formats = new Map<string, Intl.DateTimeFormat>()
  return (at, timeZone) => {
    if (timeZone === 'UTC') return timeZone
    const known = formats.get(timeZone)
    const format = known ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
    formats.set(timeZone, format)
    const parts = format.formatToParts(at)
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  }
}
