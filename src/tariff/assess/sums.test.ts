import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { realTariff, rulesFolder, seed } from '../../../test/cli/real-rules.ts'
import { randomBaskets, type Asked } from '../../../test/cli/random-baskets.ts'
import { minorDigits } from '../../basis/currency.ts'
import { createTariff, type Answer, type AnswerCharge } from '../index.ts'
import { parseBasket } from '../parse-basket.ts'
import { wholeConsignment, type Charge } from './charge.ts'

// What must hold of every answer, whatever the law says: sums, signs, rounding, shape. The real rules, random baskets.

const tariff = realTariff
const runs = { numRuns: 600, seed }
const asked = randomBaskets(tariff, rulesFolder)

const holds =
  (law: (answer: Answer, asked: Asked) => void, numRuns = runs.numRuns): (() => void) =>
  () =>
    fc.assert(
      fc.property(asked, (each) => law(quote(each), each)),
      { ...runs, numRuns },
    )

const quote = ({ basket, to, on }: Asked, strict = false): Answer =>
  tariff.quote(basket, to, { on, strict })

/** Minor units of an amount as the answer writes it; throws when it has another number of digits. */
function minor(text: string, currency: string): bigint {
  const digits = minorDigits(currency) ?? 0
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match || (match[3] ?? '').length !== digits) throw new Error(`${text} is no ${currency}`)
  return BigInt(`${match[1]}${match[2]}${match[3] ?? ''}`)
}
const sum = (texts: readonly string[], currency: string): bigint =>
  texts.reduce((total, text) => total + minor(text, currency), 0n)

const allCharges = ({ lines, charges }: Answer): AnswerCharge[] => [
  ...lines.flatMap((line) => line.charges),
  ...charges,
]

function bucketOf({ kind, of }: AnswerCharge): 'duty' | 'tax' | 'fees' {
  if (kind === 'fee') return 'fees'
  return kind === 'duty' || kind === 'remedy' || of === 'duty' ? 'duty' : 'tax'
}

test('the random baskets meet every kind of charge, and every status but “complete”', () => {
  const answers = fc.sample(asked, runs).map((each) => quote(each))
  const count = (words: readonly string[]): string[] => [...new Set(words)].sort()
  // Restrictions are written for few destinations, so hardly an answer is complete without an exception.
  expect(count(answers.map(({ status }) => status))).toEqual(
    expect.arrayContaining(['cannot-decide', 'complete-except', 'needs-facts']),
  )
  const kinds = answers.flatMap((answer) => allCharges(answer).map(({ kind }) => kind))
  expect(count(kinds)).toEqual(['duty', 'excise', 'fee', 'remedy', 'rounding', 'tax'])
  const struck = answers.flatMap((answer) =>
    allCharges(answer).map((each) => each.struck ?? 'charged'),
  )
  expect(count(struck)).toEqual(['charged', 'none', 'relief', 'waiver'])
})

describe('sums', () => {
  test(
    'every total is the sum of its charges, and landed the sum of the totals',
    holds((answer) => {
      const { totals, currency } = answer
      for (const bucket of ['duty', 'tax', 'fees'] as const) {
        const charges = allCharges(answer).filter((charge) => bucketOf(charge) === bucket)
        const amounts = charges.map(({ amount }) => amount)
        expect(minor(totals[bucket], currency)).toBe(sum(amounts, currency))
      }
      const { goods, freight, insurance, duty, tax, fees, landed } = totals
      if (landed !== null)
        expect(minor(landed, currency)).toBe(
          sum([goods, freight, insurance, duty, tax, fees], currency),
        )
    }),
  )

  test(
    'prices, freight and insurance of the lines re-add to the whole',
    holds(({ lines, totals, currency, reasons }) => {
      if (reasons.some(({ code }) => code === 'no-exchange-rate')) return
      const total = (part: 'price' | 'freight' | 'insurance'): bigint =>
        sum(
          lines.map((line) => line[part]),
          currency,
        )
      expect(total('price')).toBe(minor(totals.goods, currency))
      expect(total('freight')).toBe(minor(totals.freight, currency))
      expect(total('insurance')).toBe(minor(totals.insurance, currency))
    }),
  )

  test(
    'what is collected at the sale and what is due at the door are the charges',
    holds(({ totals, currency }, { basket }) => {
      const { duty, tax, fees, collectedAtSale, dueAtDoor } = totals
      if (dueAtDoor === null) return
      const charged = sum([duty, tax, fees], currency)
      const expected = basket.incoterm === 'DDP' ? 0n : charged - minor(collectedAtSale, currency)
      expect(minor(dueAtDoor, currency)).toBe(expected)
    }),
  )

  test(
    'nothing is below zero but a rounding',
    holds((answer) => {
      const { totals, currency } = answer
      for (const { kind, amount, basis } of allCharges(answer)) {
        if (kind !== 'rounding') expect(minor(amount, currency)).toBeGreaterThanOrEqual(0n)
        expect(minor(basis, currency)).toBeGreaterThanOrEqual(0n)
      }
      for (const amount of Object.values(totals))
        if (amount !== null) expect(minor(amount, currency)).toBeGreaterThanOrEqual(0n)
    }),
  )
})

describe('rounding', () => {
  test('every amount is its exact amount, rounded by the rule that the charge names', () =>
    fc.assert(
      fc.property(asked, ({ basket, to, on }) => {
        const parsed = parseBasket(basket)
        if (!('basket' in parsed)) throw new Error('a random basket must be a good one')
        const { proposed, alternatives } = tariff.assess(parsed.basket, to, on)
        for (const { route } of [...(proposed ? [proposed] : []), ...alternatives])
          for (const charge of route.charges)
            if (charge.line !== wholeConsignment) checkRounded(charge)
      }),
      runs,
    ))
})

/** Law that rounds the consignment leaves a line at one minor unit; law that rounds the line, at its own step. */
function checkRounded({ n, d, amount, rounding, struck, kind }: Charge): void {
  if (struck === 'waiver') return
  if (!rounding || struck) {
    expect([n, amount]).toEqual([0n, 0n])
    return
  }
  const step = rounding.level === 'consignment' && kind !== 'fee' ? 1n : rounding.step
  expect(amount % step).toBe(0n)
  // Twice the distance to the exact amount, over twice the denominator: no division, no rounding of ours.
  const above = amount * d - n
  const [whole, half] = [step * d, 2n * (above < 0n ? -above : above)]
  if (rounding.mode === 'down') expect(above <= 0n && -above < whole).toBe(true)
  else if (rounding.mode === 'up') expect(above >= 0n && above < whole).toBe(true)
  else expect(half <= whole).toBe(true)
  if (half === whole) {
    if (rounding.mode === 'half-up') expect(above > 0n).toBe(true)
    if (rounding.mode === 'half-down') expect(above < 0n).toBe(true)
    if (rounding.mode === 'half-even') expect((amount / step) % 2n).toBe(0n)
  }
}

describe('shape', () => {
  test(
    'the answer survives json, and every amount is a plain decimal',
    holds((answer) => {
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
      const amounts = [
        ...Object.values(answer.totals),
        ...answer.lines.flatMap(({ price, freight, insurance, customsValue }) => [
          price,
          freight,
          insurance,
          customsValue,
        ]),
        ...allCharges(answer).flatMap(({ basis, amount }) => [basis, amount]),
        ...answer.alternatives.flatMap(({ landed, saves }) => [landed, saves ?? null]),
      ]
      for (const amount of amounts) if (amount !== null) expect(amount).toMatch(/^-?\d+(\.\d+)?$/)
    }),
  )

  test(
    'a figure stands exactly when the answer is complete, or complete but for what it names',
    holds(({ status, totals, notCovered, lines, reasons }) => {
      const known = status === 'complete' || status === 'complete-except'
      expect(totals.landed !== null).toBe(known)
      if (status === 'complete') expect(notCovered).toEqual([])
      if (status === 'complete-except') expect(notCovered).not.toEqual([])
      if (known) expect([...reasons, ...lines.flatMap((line) => line.reasons)]).toEqual([])
      else expect([...reasons, ...lines.flatMap((line) => line.reasons)]).not.toEqual([])
    }),
  )

  test(
    'no open route is cheaper than the one proposed',
    holds(({ totals, alternatives, currency }) => {
      const { landed } = totals
      if (landed === null) return
      for (const other of alternatives)
        if (other.landed !== null && other.needs.length === 0)
          expect(minor(other.landed, currency)).toBeGreaterThanOrEqual(minor(landed, currency))
    }),
  )

  test(
    'every charge names its rule, and a citation stands beside every rule of law',
    holds((answer) => {
      for (const { rule, name, citation, rounding, kind } of allCharges(answer)) {
        expect(rule).not.toBe('')
        expect(name).not.toBe('')
        if (kind !== 'rounding' || rounding?.rule !== 'default')
          expect(citation?.url).toMatch(/^https?:/)
      }
    }),
  )
})

test('the same question gets the same bytes, whatever was asked before', () => {
  const fresh = createTariff({ rulesFolder })
  const questions = fc.sample(asked, { ...runs, numRuns: 200 })
  const bytes = questions.map((each) => JSON.stringify(quote(each)))
  const again = questions
    .toReversed()
    .map(({ basket, to, on }) => JSON.stringify(fresh.quote(basket, to, { on })))
  expect(again.toReversed()).toEqual(bytes)
})
