// Instants as people in a country read them, where the country has one time; else in UTC. The zone always stands beside.
import type { Language } from '../../ui/index.ts'

/** China keeps one lawful time; the data of zones lists another that is in use. */
const oneLawful: Readonly<Record<string, string>> = { CN: 'Asia/Shanghai' }

/** Unix milliseconds; `country` is ISO 3166-1, undefined for readers from anywhere. */
export function timeText(language: Language, at: number, country: string | undefined): string {
  const timeZone = zoneOf(at, country)
  const time = language.dateTime(new Date(at), timeZone)
  return language.t('orders.time', { time, zone: offsetOf(at, timeZone) })
}

/** ECMA-402 has the method; engines of before it was settled have the member. */
type ZonedLocale = Intl.Locale & {
  readonly timeZones?: readonly string[]
  getTimeZones?: () => readonly string[]
}

function zoneOf(at: number, country: string | undefined): string {
  if (country === undefined) return 'UTC'
  const lawful = oneLawful[country]
  if (lawful !== undefined) return lawful
  const locale: ZonedLocale = new Intl.Locale(`und-${country}`)
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? []
  const [first] = zones
  const offsets = new Set(zones.map((zone) => offsetOf(at, zone)))
  return first !== undefined && offsets.size === 1 ? first : 'UTC'
}

/** `GMT+8`, in every language: as it stands on papers. */
const offsetOf = (at: number, timeZone: string): string =>
  timeZone === 'UTC'
    ? timeZone
    : (new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone)
