import { describe, expect, test } from 'vitest'
import { realTariff, rulesFolder } from '../../test/cli/real-rules.ts'
import { isDay } from '../basis/day.ts'
import { toAnswer } from './assess/answer.ts'
import { checkExample, readExamples, type WorkedCase } from './examples.ts'
import { parseBasket } from './parse-basket.ts'

// The law as written in rules/: every territory loads, and every worked case of rules/*/examples comes out.

const tariff = realTariff
const cases = readExamples(rulesFolder)
const byAuthority = cases.filter(({ by }) => by === 'authority')

/** What there must be at least, a little under what there is (467 and 24 on 22 November 2026): cases never get lost. */
const floor = { cases: 450, byAuthority: 22 }
const today = '2026-11-22'

/** Columns that no schedule held has: Malaysia's is not published as one file; Australia's is in test/defects.md. */
const knownToLack: Readonly<Record<string, readonly string[]>> = { MY: ['sales-tax'] }

describe('every territory', () => {
  test.each(tariff.territories)('%s loads, with every cell of its schedules', (code) => {
    const rules = tariff.rules(code)
    expect(rules.territory).toBe(code)
    for (const { path, file } of rules.schedules) {
      const schedule = tariff.schedule(path, `${code}/${file}`)
      expect(schedule.size).toBeGreaterThan(0)
      for (const line of schedule.lines())
        for (const column of schedule.columns.slice(3)) schedule.cell(line, column)
    }
  })

  test.each(tariff.destinations)('%s has a law today: money, a regime, a worked case', (code) => {
    const { currency, regimes, valuations } = tariff.on(code, today)
    expect(currency).toMatch(/^[A-Z]{3}$/)
    expect(regimes.length).toBeGreaterThan(0)
    expect(valuations.length).toBeGreaterThan(0)
    expect(cases.some(({ to }) => to === code)).toBe(true)
  })

  test.each(tariff.territories)(
    '%s: a column that an agreement or a tax reads stands in a schedule',
    (code) => {
      const { schedules, agreements, taxes, mfnExceptions } = tariff.rules(code)
      const columns = new Set(
        schedules.flatMap(({ path, file }) => tariff.schedule(path, file).columns),
      )
      const read = [...agreements, ...taxes, ...mfnExceptions].flatMap(({ column }) => column ?? [])
      const missing = read.filter((column) => !columns.has(column))
      expect(missing.filter((column) => !knownToLack[code]?.includes(column))).toEqual([])
    },
  )
})

describe('the worked cases', () => {
  test(`are ${cases.length}, ${byAuthority.length} of them an authority's own`, () => {
    console.log(`${cases.length} worked cases, ${byAuthority.length} by authority`)
    expect(cases.length).toBeGreaterThanOrEqual(floor.cases)
    expect(byAuthority.length).toBeGreaterThanOrEqual(floor.byAuthority)
    const names = cases.map(({ id }) => id)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test.each(cases.map((each) => [each.id, each.file, each] as const))('%s (%s)', (_, __, each) => {
    expect(checkExample(tariff, each)).toEqual([])
  })

  test('each asks something on a day, in words that a basket knows', () => {
    for (const { id, on, basket, expect: wanted, derivation, by } of cases) {
      expect(isDay(on), id).toBe(true)
      expect(parseBasket(basket), id).toHaveProperty('basket')
      expect(wanted.totals ?? wanted.charges ?? wanted.reasons ?? wanted.status, id).toBeDefined()
      if (by === 'hand') expect(derivation?.length, id).toBeGreaterThan(10)
      else expect(by, id).toBe('authority')
    }
  })

  test.each(byAuthority.map((each) => [each.id, each] as const))(
    '%s cites the page, quotes its figures, and meets one of them',
    (_, each) => {
      expect(each.citation?.title).toMatch(/\w/)
      expect(each.citation?.publisher).toMatch(/\w/)
      expect(each.citation?.url).toMatch(/^https?:\/\/\w/)
      expect(isDay(each.citation?.read ?? '')).toBe(true)
      const quoted = Object.values(each.quoted ?? {}).flatMap((figure) => figuresIn(String(figure)))
      expect(quoted.length).toBeGreaterThan(0)
      const answered = new Set(figuresOfAnswer(each))
      expect(quoted.filter((figure) => answered.has(figure))).not.toEqual([])
    },
  )

  test('each can fail: a minor unit more, another route or another status is noticed', () => {
    for (const each of cases) {
      const { totals, charges, status, route } = each.expect
      const wrong: WorkedCase['expect'][] = [
        ...Object.entries(totals ?? {}).map(([key, amount]) => ({
          totals: { [key]: amount === null ? '1' : next(amount) },
        })),
        ...(charges ?? []).map((charge) => ({
          charges: [{ ...charge, amount: next(charge.amount) }],
        })),
        ...(status === undefined ? [] : [{ status: `not-${status}` }]),
        ...(route === undefined ? [] : [{ route: `not-${route}` }]),
      ]
      expect(wrong.length, each.id).toBeGreaterThan(0)
      // One that is taken for right would make the case worthless; the first of each is enough.
      for (const expectation of wrong.slice(0, 2))
        expect(checkExample(tariff, { ...each, expect: expectation }), each.id).not.toEqual([])
    }
  })
})

/** An amount with its last digit moved. */
const next = (amount: string): string =>
  amount.slice(0, -1) + String((Number(amount.at(-1)) + 1) % 10)

/** `1,234.50` and `1234.5` are one figure. */
const figuresIn = (text: string): string[] =>
  (text.match(/\d[\d,. ]*\d|\d/g) ?? []).map((figure) => {
    const plain = figure.replace(/[, ]/g, '')
    return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
  })

function figuresOfAnswer({ basket, to, on }: WorkedCase): string[] {
  const parsed = parseBasket(basket)
  if (!('basket' in parsed)) return []
  const answer = toAnswer(tariff.assess(parsed.basket, to, on))
  const charges = [...answer.charges, ...answer.lines.flatMap((line) => line.charges)]
  return [
    ...Object.values(answer.totals),
    ...answer.lines.flatMap(({ price, customsValue }) => [price, customsValue]),
    ...charges.flatMap(({ amount, basis, rate }) => [amount, basis, rate ?? '']),
  ].flatMap((figure) => (figure === null ? [] : figuresIn(figure)))
}
