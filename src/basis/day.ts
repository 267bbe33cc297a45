// A day is an ISO 8601 calendar date kept as text: it sorts as it reads, and law has no time zone.

/** `YYYY-MM-DD`. */
export type Day = string

const dayText = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a day that exists in the Gregorian calendar. */
export function isDay(text: string): boolean {
  const match = dayText.exec(text)
  if (!match) return false
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000
}

/** The day so many days after 1970-01-01. */
export function dayOfNumber(days: number): Day {
  return new Date(days * 86_400_000).toISOString().slice(0, 10)
}

/** Days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => dayNumber(b) - dayNumber(a)
export const addDays = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days)

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
