import { addDays, dayNumber, dayOfNumber, weekday, type Day } from '../basis/day.ts'
import type { Transit } from './lane.ts'

/** When goods leave that are handed over at an instant, and between which days they arrive. */
export type Delivery = { readonly leaves: Day; readonly earliest: Day; readonly latest: Day }

/**
 * Counts the days of a lane from the instant of handing over (Unix milliseconds). What comes after the cut-off, by the
 * clock of the origin, or on a day on which the lane rests, leaves on the next day on which it works; the count begins
 * on the day after. Public holidays are not known to us and not counted.
 */
export function deliveryOf(transit: Transit, handedOver: number): Delivery {
  const { day, time } = wallClock(handedOver, transit.timeZone)
  const works = (each: Day): boolean => transit.week.includes(weekday(each))
  let leaves = time > transit.cutOff ? addDays(day, 1) : day
  while (!works(leaves)) leaves = addDays(leaves, 1)
  return {
    leaves,
    earliest: arrival(transit, leaves, transit.min),
    latest: arrival(transit, leaves, transit.max),
  }
}

/** So many days on. Working days skip what is not in the week, a whole week at a time. */
function arrival({ count, week }: Transit, leaves: Day, days: number): Day {
  if (count === 'calendar') return addDays(leaves, days)
  let at = dayNumber(leaves) + Math.floor(days / week.length) * 7
  for (let left = days % week.length; left > 0;) {
    at += 1
    if (week.includes(weekday(dayOfNumber(at)))) left -= 1
  }
  return dayOfNumber(at)
}

function wallClock(instant: number, timeZone: string): { day: Day; time: string } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  }
}
