import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../basis/journal.ts'
import { giveBackAllowance, useAllowance, type AllowanceDraft } from './allowances.ts'

const yearly = (person: string, period = '2026') => ({
  ...{ subject: `person:${person}`, allowance: 'CN/cbec-used-this-year', period, currency: 'CNY' },
})
const chen = yearly('chen')
const others = [yearly('bo'), yearly('chen', '2027'), { ...chen, currency: 'MYR' }]
const opened = (used = 0n): AllowanceDraft => {
  const rows = [chen, ...others].map((key) => {
    const { subject, allowance, period, currency } = key
    const name = JSON.stringify([subject, allowance, period, currency])
    return [name, { key, used: key === chen ? used : 0n }] as const
  })
  return { journal: openJournal(), used: new Map(rows), before: new Map(rows) }
}
const usedBy = (draft: AllowanceDraft) => [...draft.used.values()].map(({ used }) => used)
const sum = fc.bigInt({ min: 0n, max: 5_000_000n })
const law = <T>(each: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(each, check), { numRuns: 1_000 })

describe('laws of allowances', () => {
  test('a use is granted exactly when it fits under the limit, the limit itself included', () =>
    law(fc.tuple(sum, sum, sum), ([used, amount, limit]) => {
      const draft = opened(used)
      const granted = useAllowance(draft, chen, amount, limit) === undefined
      expect(granted).toBe(used + amount <= limit)
      expect(usedBy(draft)[0]).toBe(granted ? used + amount : used)
    }))

  test('what a refusal says is left can be used, and then nothing more', () =>
    law(fc.tuple(sum, sum, sum), ([used, amount, limit]) => {
      const draft = opened(used)
      const no = useAllowance(draft, chen, amount, limit)
      fc.pre(no !== undefined && used <= limit)
      expect(useAllowance(draft, chen, BigInt(String(no?.facts['left'])), limit)).toBeUndefined()
      expect(useAllowance(draft, chen, 1n, limit)?.facts['left']).toBe('0')
    }))

  test('used and given back, as much is left as before', () =>
    law(fc.tuple(sum, sum), ([used, amount]) => {
      const draft = opened(used)
      useAllowance(draft, chen, amount, used + amount)
      giveBackAllowance(draft, chen, amount)
      expect(usedBy(draft)).toEqual([used, 0n, 0n, 0n])
    }))

  test('more than was ever used is never given back', () =>
    law(fc.tuple(sum, sum), ([used, more]) => {
      expect(() => giveBackAllowance(opened(used), chen, used + more + 1n)).toThrow(RangeError)
    }))

  test('whatever is used and given back, never below nothing nor above the limit', () =>
    law(fc.tuple(sum, fc.array(fc.tuple(sum, fc.boolean()), { maxLength: 30 })), ([limit, all]) => {
      const draft = opened()
      const orders: bigint[] = []
      for (const [amount, back] of all) {
        const last = back ? orders.pop() : undefined
        if (last !== undefined) giveBackAllowance(draft, chen, last)
        else if (!useAllowance(draft, chen, amount, limit)) orders.push(amount)
        const used = usedBy(draft)[0]!
        expect(used).toBe(orders.reduce((total, each) => total + each, 0n))
        expect(used >= 0n && used <= limit).toBe(true)
      }
    }))

  test('another person, year or currency has an allowance of its own', () =>
    law(fc.tuple(sum, fc.constantFrom(...others)), ([amount, other]) => {
      const draft = opened()
      useAllowance(draft, chen, amount, amount)
      expect(useAllowance(draft, other, amount, amount)).toBeUndefined()
      expect(usedBy(draft)[0]).toBe(amount)
    }))
})
