import { add, compare, fraction, multiply, read } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { readLimit } from './exchange.ts'
import { Undecided } from './rates.ts'
import type { BasketCondition, Group, LineCondition, ValueTest } from './types.ts'
import { isWithin } from './versions.ts'
import { limitInMinor } from './work.ts'
import type { Line, Work } from './work.ts'

/** Section 6: conditions. */

export function basketConditionHolds(
  work: Work,
  when: BasketCondition = {},
  schemes: string[] = work.schemes,
  holdsAside = false,
): boolean {
  const { basket, lines } = work
  if (when.consignee !== undefined && when.consignee !== basket.consignee) return false
  if (when.transport && !when.transport.includes(basket.transport)) return false
  if (when.from && !isAmong(work, when.from, basket.from)) return false
  if (when.from_not && isAmong(work, when.from_not, basket.from)) return false
  if (when.holds !== undefined && !holdsAside && !schemes.includes(when.holds)) return false
  if (when.holds_not !== undefined && schemes.includes(when.holds_not)) return false
  const meets = (condition: LineCondition) => (line: Line) =>
    lineConditionHolds(work, condition, line)
  if (when.every_line && !lines.every(meets(when.every_line))) return false
  if (when.no_line && lines.some(meets(when.no_line))) return false
  if (when.any_line && !lines.some(meets(when.any_line))) return false
  if (when.value && !valueHolds(work, when.value)) return false
  if (when.yearly && !yearlyHolds(work, when.yearly)) return false
  return true
}

/** Where several lines of the schedule come into question all must meet it (12.1). */
export function lineConditionHolds(
  work: Work,
  condition: LineCondition | undefined,
  line: Line,
): boolean {
  return line.digits.every((digits) => lineConditionHoldsFor(work, condition, line, digits))
}

export function linesDisagreeOn(work: Work, condition: LineCondition, line: Line): boolean {
  const outcomes = line.digits.map((digits) => lineConditionHoldsFor(work, condition, line, digits))
  return new Set(outcomes).size > 1
}

export function lineConditionHoldsFor(
  work: Work,
  condition: LineCondition = {},
  line: Line,
  digits: string,
): boolean {
  if (condition.codes && !matches(condition.codes, digits)) return false
  if (condition.codes_not && matches(condition.codes_not, digits)) return false
  return lineConditionHoldsButCodes(work, condition, line)
}

export function lineConditionHoldsButCodes(
  work: Work,
  condition: LineCondition,
  line: Line,
): boolean {
  const { origin, facts } = line.asked
  if (condition.origin && !isAmong(work, condition.origin, origin)) return false
  if (condition.origin_not && isAmong(work, condition.origin_not, origin)) return false
  if (condition.fact !== undefined && facts?.[condition.fact] !== true) return false
  if (condition.fact_not !== undefined && facts?.[condition.fact_not] === true) return false
  return !condition.value || valueHolds(work, condition.value, line)
}

/** Prefixes, or ranges of prefixes of equal length `2203-2208`. */
export function matches(codes: (string | number)[], digits: string): boolean {
  return codes.some((each) => {
    const [first = '', last = first] = String(each).split('-')
    const start = digits.slice(0, first.length)
    return start.length === first.length && first <= start && start <= last
  })
}

/** One of the prefixes begins with these digits: the code is too short to tell (12.14). */
export function couldMatch(codes: (string | number)[], digits: string): boolean {
  return codes.some((each) => {
    const [first = '', last = first] = String(each).split('-')
    const [from, to] = [first.slice(0, digits.length), last.slice(0, digits.length)]
    return digits.length < first.length && from <= digits && digits <= to
  })
}

export function isAmong(work: Work, list: string[], country: string): boolean {
  return list.some((name) =>
    name.startsWith('@')
      ? membersOf(work.rules.groups, name.slice(1), work.on).includes(country)
      : name === country,
  )
}

function membersOf(groups: Group[], id: string, on: string): string[] {
  const group = groups.find((each) => each.id === id)
  if (!group) throw new Error(`no group '${id}'`)
  return group.members.filter((members) => isWithin(members, on)).flatMap((each) => each.countries)
}

export function valueHolds(work: Work, test: ValueTest, line?: Line): boolean {
  const per = test.per ?? (line ? 'line' : 'consignment')
  const of = (each: Line) => fraction(valueOf(each, test.of ?? 'price'))
  const perItem = (each: Line) => isWithinLimits(work, test, of(each), read(each.asked.quantity))
  if (per === 'consignment') {
    return isWithinLimits(work, test, work.lines.map(of).reduce(add), fraction(1n))
  }
  const concerned = line ? [line] : work.lines
  return concerned.every((each) =>
    per === 'item' ? perItem(each) : isWithinLimits(work, test, of(each), fraction(1n)),
  )
}

/** The value against limit x quantity (12.5); a limit without a rate makes the answer undecided. */
function isWithinLimits(work: Work, test: ValueTest, value: Fraction, times: Fraction): boolean {
  const against = (text: string) =>
    compare(value, multiply(limitInMinor(work, readLimit(text)), times))
  try {
    if (test.max !== undefined && against(test.max) > 0) return false
    if (test.min !== undefined && against(test.min) < 0) return false
    if (test.below !== undefined && against(test.below) >= 0) return false
    if (test.above !== undefined && against(test.above) <= 0) return false
    return true
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    work.reasons.add(error.code)
    return false
  }
}

function yearlyHolds(work: Work, yearly: BasketCondition['yearly'] & object): boolean {
  const { currency } = readLimit(yearly.limit)
  const fact = work.basket.facts?.[yearly.fact]
  const used = typeof fact === 'string' ? read(fact) : fraction(0n)
  const value = work.lines.map((line) => fraction(valueOf(line, yearly.of ?? 'price'))).reduce(add)
  try {
    const limit = limitInMinor(work, readLimit(yearly.limit))
    return compare(add(value, limitInMinor(work, { amount: used, currency })), limit) <= 0
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    work.reasons.add(error.code)
    return false
  }
}

function valueOf(line: Line, of: 'price' | 'cif' | 'customs-value'): bigint {
  if (of === 'price') return line.price
  if (of === 'cif') return line.price + line.freight + line.insurance
  return line.customsValue
}
