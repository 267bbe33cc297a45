import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { basketMaker } from './baskets.ts'
import { digitsOf } from './exchange.ts'
import { add, compare, fraction, nil, read, subtract, toWhole } from './fraction.ts'
import { loadTwinRules, quote } from './twin.ts'
import { apportion } from './work.ts'

/** What must hold of every answer, whatever the law says; and of the little arithmetic beneath. */

const invented = fileURLToPath(new URL('fixtures/rules', import.meta.url))

describe('random baskets', () => {
  const rules = loadTwinRules(invented)
  const make = basketMaker(rules)
  const seeds = Array.from({ length: 1000 }, (_, index) => index + 1)
  const answers = seeds.map((seed) => {
    const sample = make(seed)
    const { basket, to, on, strict } = sample
    return { sample, answer: quote(rules, basket, to, on, { strict }) }
  })

  test('the same seed makes the same basket', () => {
    const again = basketMaker(loadTwinRules(invented))
    for (const { sample } of answers.slice(0, 100)) expect(again(sample.seed)).toEqual(sample)
  })

  test('every status and every kind of charge is met', () => {
    expect(new Set(answers.map(({ answer }) => answer.status)).size).toBe(4)
    const charges = answers.flatMap(({ answer }) => [
      ...answer.lines.flatMap((line) => line.charges),
      ...answer.consignmentCharges,
    ])
    const kinds = new Set(charges.map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual(['duty', 'excise', 'fee', 'remedy', 'rounding', 'tax'])
  })

  test('totals are the sums of what stands in the answer', () => {
    for (const { answer } of answers) {
      const { landed, ...parts } = answer.totals
      const charges = [
        ...answer.lines.flatMap((line) => line.charges),
        ...answer.consignmentCharges,
      ]
      const sum = (texts: string[]) => texts.map(read).reduce(add, nil)
      const charged = sum(charges.map(({ amount }) => amount))
      expect(compare(sum([parts.duty, parts.tax, parts.fees]), charged)).toBe(0)
      if (landed === null) continue
      expect(compare(sum(Object.values(parts)), read(landed))).toBe(0)
      expect((landed.split('.')[1] ?? '').length).toBe(digitsOf(answer.currency))
    }
  })

  test('landed stands exactly when the answer is complete, or complete but for named kinds', () => {
    for (const { answer } of answers) {
      const stands = ['complete', 'complete-except'].includes(answer.status)
      expect(answer.totals.landed !== null).toBe(stands)
      if (answer.status === 'complete') expect(answer.notCovered).toEqual([])
    }
  })

  test('no open alternative costs less than the route proposed', () => {
    for (const { answer } of answers) {
      const { landed } = answer.totals
      for (const other of answer.alternatives) {
        if (landed === null || other.landed === null || other.needs.length > 0) continue
        expect(compare(read(landed), read(other.landed))).toBeLessThanOrEqual(0)
      }
    }
  })
})

describe('arithmetic', () => {
  test('parts re-add, and none is off by a whole unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 8 }),
        (amount, weights) => {
          const parts = apportion(amount, weights)
          const all = weights.reduce((a, b) => a + b, 0n)
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(amount)
          if (all === 0n) return
          for (const [index, part] of parts.entries()) {
            const off = subtract(fraction(part), fraction(amount * weights[index]!, all))
            expect(compare(off, fraction(1n)) < 0 && compare(off, fraction(-1n)) > 0).toBe(true)
          }
        },
      ),
    )
  })

  test.each([
    ['2.5', 'down', 2n],
    ['2.5', 'up', 3n],
    ['2.5', 'half-up', 3n],
    ['2.5', 'half-even', 2n],
    ['3.5', 'half-even', 4n],
    ['2.51', 'half-even', 3n],
    ['2.4999', 'half-up', 2n],
    ['-2.5', 'half-up', -3n],
    ['2', 'up', 2n],
  ] as const)('%s %s is %s', (text, mode, whole) => {
    expect(toWhole(read(text), mode)).toBe(whole)
  })
})
