import { types } from 'pg'

/**
 * How PostgreSQL's values arrive, for one pool and never globally: nothing is rounded, nothing is
 * moved to the time zone of the machine. Whole numbers of 64 bits are bigint; exact decimals, days
 * and instants are text.
 */
export const parsers = { getTypeParser }

/** The instant of a `timestamptz` as it arrives, in Unix milliseconds; microseconds are cut off. */
export const instantOf = (text: string): number => Date.parse(text)

/** Unix milliseconds as a `timestamptz` parameter. */
export const timestamptz = (milliseconds: number): string => new Date(milliseconds).toISOString()

type Parse = (text: string) => unknown

const oid = {
  int8: 20,
  json: 114,
  numeric: 1700,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  int8s: 1016,
  numerics: 1231,
  dates: 1182,
  timestamps: 1115,
  timestamptzs: 1185,
  intervals: 1187,
} as const

const asText: Parse = (text) => text

const byType: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [oid.int8, BigInt],
  [oid.numeric, asText],
  [oid.date, asText],
  [oid.timestamp, isoLocal],
  [oid.timestamptz, isoInstant],
  [oid.interval, asText],
  [oid.int8s, listOf(BigInt)],
  [oid.numerics, listOf(asText)],
  [oid.dates, listOf(asText)],
  [oid.timestamps, listOf(isoLocal)],
  [oid.timestamptzs, listOf(isoInstant)],
  [oid.intervals, listOf(asText)],
])

function getTypeParser(type: number, format?: 'text' | 'binary'): Parse {
  const own = format === 'binary' ? undefined : byType.get(type)
  return own ?? (types.getTypeParser(type, format as 'text') as Parse)
}

/** `2026-11-22 10:53:00.123456` becomes `2026-11-22T10:53:00.123456`. */
function isoLocal(text: string): string {
  return text.replace(' ', 'T')
}

/** The session's zone is UTC, so `2026-11-22 10:53:00.5+00` becomes `2026-11-22T10:53:00.5Z`. */
function isoInstant(text: string): string {
  return isoLocal(text).replace(/\+00$/, 'Z')
}

/** The driver's own reader of text[] takes the lists apart. */
function listOf(parse: (text: string) => unknown): Parse {
  const textList = 1009 as number
  const split = types.getTypeParser(textList, 'text') as (
    text: string,
  ) => readonly (string | null)[]
  return (text) => split(text).map((item) => (item === null ? null : parse(item)))
}
