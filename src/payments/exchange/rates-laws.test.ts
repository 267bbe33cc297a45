import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies } from '../../basis/currency.ts'
import { equal, multiply, one } from '../../basis/ratio.ts'
import { isRefused } from '../../basis/refusal.ts'
import { createTariff } from '../../tariff/index.ts'
import { workOutExchange } from './exchange-quote.ts'
import { rateOfToday } from './quote-exchange.ts'

// The rates that this project really ships, as the dealer uses them.

const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../../../rules') })
const parts = {
  ...{ tariff: () => tariff, today: () => '2026-11-22', hub: { id: '' }, now: () => 0 },
  rails: { rails: new Map() },
}
const rateOf = (from: string, to: string) =>
  rateOfToday(parts as unknown as Parameters<typeof rateOfToday>[0], from, to)
const changed = currencies.filter((code) => code !== 'EUR' && !isRefused(rateOf('EUR', code)))
const three = fc.uniqueArray(fc.constantFrom('EUR', ...changed), { minLength: 3, maxLength: 3 })

test('more than a hundred currencies can be changed', () => {
  expect(changed.length).toBeGreaterThan(100)
})

test('there and back is one for one, for any two currencies', () => {
  fc.assert(
    fc.property(three, ([a = '', b = '']) => {
      const [there, back] = [rateOf(a, b), rateOf(b, a)]
      if (isRefused(there) || isRefused(back)) throw new Error(`${a} ${b}`)
      expect(equal(multiply(there.mid, back.mid), one)).toBe(true)
      expect([there.day, there.day <= '2026-11-22']).toEqual([back.day, true])
    }),
    { numRuns: 1000 },
  )
})

test('by way of a third currency it is the same, so nobody gains by going round', () => {
  fc.assert(
    fc.property(three, ([a = '', b = '', c = '']) => {
      const [ab, bc, ac] = [rateOf(a, b), rateOf(b, c), rateOf(a, c)]
      if (isRefused(ab) || isRefused(bc) || isRefused(ac)) throw new Error(`${a} ${b} ${c}`)
      expect(equal(multiply(ab.mid, bc.mid), ac.mid)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('every two currencies re-add: received and spread are what the mid rate gives', () => {
  fc.assert(
    fc.property(three, fc.bigInt(1n, 10n ** 9n), ([from = '', to = ''], gives) => {
      const rate = rateOf(from, to)
      if (isRefused(rate)) throw new Error(`${from} ${to}`)
      const worked = workOutExchange(gives, from, to, rate.mid, 50)
      const all = workOutExchange(gives, from, to, rate.mid, 0)
      if (isRefused(worked) || isRefused(all)) return
      expect([all.spread, worked.gets + worked.spread]).toEqual([0n, all.gets])
    }),
    { numRuns: 1000 },
  )
})
