// Conditions of docs/rules-schema.md section 6, compiled for one territory and day. A line condition falls
// into what code and origin alone decide (known once per line of law) and what needs the basket.
import { parseDecimal, type Ratio } from '../../basis/ratio.ts'
import type { BasketState, LineState } from '../assess/state.ts'
import type { BasketCondition, LineCondition, ValueTest } from './records.ts'

/** Whether a condition holds for a basket; `held` are the registrations that count in this route. */
export type BasketTest = (state: BasketState, held: ReadonlySet<string>) => boolean

export type LineTest = {
  /** What code and origin decide. */
  matches(digits: string, origin: string): boolean
  /** One of the prefixes begins with these digits: the code is too short to tell. */
  mayMatch(digits: string, origin: string): boolean
  /** What the basket decides; undefined when nothing is left to decide. */
  readonly rest: ((line: LineState, state: BasketState) => boolean) | undefined
}

/** What compiling a condition needs to know of its territory and day. */
export type ConditionContext = {
  /** The countries of `MY` or `@asean` on the day. */
  countries(place: string): readonly string[]
  /** An amount such as `150.00 EUR` in exact minor units of the territory; undefined without a rate. */
  toMinor(amount: string): Ratio | undefined
}

export const always: LineTest = { matches: () => true, mayMatch: () => false, rest: undefined }

export function compileBasketCondition(
  condition: BasketCondition | undefined,
  context: ConditionContext,
): BasketTest | undefined {
  if (!condition) return undefined
  const tests: BasketTest[] = []
  const { consignee, transport, holds, holds_not: holdsNot } = condition
  if (consignee) tests.push(({ basket }) => basket.consignee === consignee)
  if (transport) tests.push(({ basket }) => transport.includes(basket.transport))
  if (condition.from) {
    const places = placesOf(condition.from, context)
    tests.push(({ basket }) => places.has(basket.from))
  }
  if (condition.from_not) {
    const places = placesOf(condition.from_not, context)
    tests.push(({ basket }) => !places.has(basket.from))
  }
  if (holds) tests.push((_, held) => held.has(holds))
  if (holdsNot) tests.push((_, held) => !held.has(holdsNot))
  for (const [key, wanted] of lineQuantifiers) {
    const inner = condition[key]
    if (!inner) continue
    const test = compileLineCondition(inner, context)
    tests.push((state) => wanted(state.lines, (line) => holdsForLine(test, line, state)))
  }
  if (condition.value) tests.push(compileBasketValue(condition.value, context))
  if (condition.yearly) tests.push(compileYearly(condition.yearly, context))
  return allOf(tests)
}

/** One test of several: each calls the next, so that no list is walked. */
function allOf<A, B>(
  tests: readonly ((first: A, second: B) => boolean)[],
): (first: A, second: B) => boolean {
  if (tests.length === 0) return () => true
  return tests.reduceRight(
    (others, test) => (first, second) => test(first, second) && others(first, second),
  )
}

const lineQuantifiers = [
  ['every_line', (lines, test) => lines.every(test)],
  ['any_line', (lines, test) => lines.some(test)],
  ['no_line', (lines, test) => !lines.some(test)],
] as const satisfies readonly (readonly [
  keyof BasketCondition,
  (lines: readonly LineState[], test: (line: LineState) => boolean) => boolean,
])[]

export function compileLineCondition(
  condition: LineCondition | undefined,
  context: ConditionContext,
  moreCodes?: readonly string[],
): LineTest {
  if (!condition && !moreCodes) return always
  const wanted = [...(condition?.codes ?? []), ...(moreCodes ?? [])]
  const inCodes = wanted.length > 0 ? compileCodes(wanted) : undefined
  const notCodes = condition?.codes_not ? compileCodes(condition.codes_not) : undefined
  const origins = condition?.origin && placesOf(condition.origin, context)
  const originsNot = condition?.origin_not && placesOf(condition.origin_not, context)
  const originFits = (origin: string): boolean =>
    (!origins || origins.has(origin)) && !originsNot?.has(origin)
  const rest = compileRest(condition, context)
  return {
    matches: (digits, origin) =>
      originFits(origin) && (!inCodes || inCodes.has(digits)) && !notCodes?.has(digits),
    mayMatch: (digits, origin) =>
      originFits(origin) && !!inCodes && !inCodes.has(digits) && inCodes.beginsWith(digits),
    rest,
  }
}

/** Whether the whole line condition holds; code and origin are looked at afresh. */
export function holdsForLine(test: LineTest, line: LineState, state: BasketState): boolean {
  return test.matches(line.law.digits, line.line.origin) && (!test.rest || test.rest(line, state))
}

function compileRest(
  condition: LineCondition | undefined,
  context: ConditionContext,
): LineTest['rest'] {
  const tests: NonNullable<LineTest['rest']>[] = []
  const { fact, fact_not: factNot, value } = condition ?? {}
  if (fact) tests.push(({ line }) => line.facts[fact] === true)
  if (factNot) tests.push(({ line }) => line.facts[factNot] !== true)
  if (value) {
    const within = compileLimits(value, context)
    tests.push((line, state) =>
      value.per === 'consignment'
        ? within(state, state[total[value.of]], undefined)
        : within(
            state,
            lineValue(line, value.of),
            value.per === 'item' ? line.line.quantity : undefined,
          ),
    )
  }
  return tests.length === 0 ? undefined : allOf(tests)
}

const total = { price: 'price', cif: 'cif', 'customs-value': 'customsValue' } as const

function lineValue(line: LineState, of: ValueTest['of']): bigint {
  if (of === 'price') return line.price
  return of === 'cif' ? line.price + line.freight + line.insurance : line.customsValue
}

function compileBasketValue(value: ValueTest, context: ConditionContext): BasketTest {
  const within = compileLimits(value, context)
  if (value.per === 'consignment')
    return (state) => within(state, state[total[value.of]], undefined)
  return (state) =>
    state.lines.every((line) =>
      within(
        state,
        lineValue(line, value.of),
        value.per === 'item' ? line.line.quantity : undefined,
      ),
    )
}

type Within = (state: BasketState, value: bigint, times: Ratio | undefined) => boolean

/** Compares a value with limits converted exactly; a limit without an exchange rate decides nothing and says so. */
function compileLimits(value: ValueTest, context: ConditionContext): Within {
  const checks: Within[] = []
  const add = (amount: string | undefined, holds: (difference: bigint) => boolean): void => {
    if (amount === undefined) return
    const limit = context.toMinor(amount)
    checks.push((state, minor, times) => {
      if (!limit) {
        state.unconverted.push(amount.slice(-3))
        return false
      }
      return times
        ? holds(minor * limit.d * times.d - limit.n * times.n)
        : holds(minor * limit.d - limit.n)
    })
  }
  add(value.max, (difference) => difference <= 0n)
  add(value.below, (difference) => difference < 0n)
  add(value.min, (difference) => difference >= 0n)
  add(value.above, (difference) => difference > 0n)
  return checks.reduceRight(
    (others, check) => (state, minor, times) =>
      check(state, minor, times) && others(state, minor, times),
  )
}

function compileYearly(
  yearly: NonNullable<BasketCondition['yearly']>,
  context: ConditionContext,
): BasketTest {
  const limit = context.toMinor(yearly.limit)
  const currency = yearly.limit.slice(-3)
  return (state) => {
    const given = state.basket.facts[yearly.fact] ?? '0'
    const used = parseDecimal(given) && context.toMinor(`${given} ${currency}`)
    if (!limit || !used) {
      state.unconverted.push(currency)
      return false
    }
    const value = state[total[yearly.of]]
    return (value * used.d + used.n) * limit.d <= limit.n * used.d
  }
}

function placesOf(places: readonly string[], context: ConditionContext): ReadonlySet<string> {
  return new Set(places.flatMap((place) => context.countries(place)))
}

type Codes = { has(digits: string): boolean; beginsWith(digits: string): boolean }

/** Prefixes and ranges of prefixes; a code shorter than a prefix does not match it. */
export function compileCodes(codes: readonly string[]): Codes {
  const prefixes = new Set(codes.filter((code) => !code.includes('-')))
  const lengths = [...new Set([...prefixes].map((prefix) => prefix.length))]
  const ranges = codes
    .filter((code) => code.includes('-'))
    .map((code) => code.split('-') as [string, string])
  const sorted = [...prefixes].sort()
  const hasLonger = (digits: string): boolean => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] as string) <= digits) low = middle + 1
      else high = middle
    }
    return sorted[low]?.startsWith(digits) ?? false
  }
  return {
    has: (digits) =>
      lengths.some((length) => digits.length >= length && prefixes.has(digits.slice(0, length))) ||
      ranges.some(([low, high]) => {
        const prefix = digits.slice(0, low.length)
        return prefix.length === low.length && prefix >= low && prefix <= high
      }),
    beginsWith: (digits) =>
      hasLonger(digits) ||
      ranges.some(
        ([low, high]) =>
          low.length > digits.length &&
          digits >= low.slice(0, digits.length) &&
          digits <= high.slice(0, digits.length),
      ),
  }
}
