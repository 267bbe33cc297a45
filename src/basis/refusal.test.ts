import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused, Refusal, refused } from './refusal.ts'

const runs = { numRuns: 1000 }
const code = fc.stringMatching(/^[a-z]+(-[a-z]+)*$/)
const fact = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()))
const facts = fc.dictionary(fc.string({ minLength: 1 }), fact)

test('a refusal carries its code and facts, as a value and as an exception', () => {
  fc.assert(
    fc.property(code, facts, (name, known) => {
      const value = refused(name, known)
      expect(isRefused(value)).toBe(true)
      expect(value).toEqual({ refused: name, facts: known })
      const thrown = new Refusal(name, known)
      expect(thrown).toBeInstanceOf(Error)
      expect(thrown).toMatchObject({ name: 'Refusal', code: name, facts: known })
      expect(thrown.message.startsWith(name)).toBe(true)
    }),
    runs,
  )
})

test('nothing else is taken for a refusal', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const has = typeof value === 'object' && value !== null && 'refused' in value
      expect(isRefused(value)).toBe(has)
    }),
    runs,
  )
  for (const value of [null, undefined, 'refused', 0, [], new Error('refused')])
    expect(isRefused(value)).toBe(false)
  expect(refused('out-of-stock')).toEqual({ refused: 'out-of-stock', facts: {} })
})
