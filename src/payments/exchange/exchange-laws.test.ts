import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencies, minorDigits } from '../../basis/currency.ts'
import { compare, divide, multiply, one, type Ratio } from '../../basis/ratio.ts'
import { isRefused } from '../../basis/refusal.ts'
import { roundingModes, type RoundingMode } from '../../basis/rounding.ts'
import { currencyOf, largestAmount } from '../../ledger/index.ts'
import { convertMinor } from './convert-minor.ts'
import { checkExchange, postingsOf, workOutAsked, workOutExchange } from './exchange-quote.ts'

// What holds of every change of money: any two currencies (of 0, 2, 3 or 4 decimals), any rate from a millionth to a million.

const runs = { numRuns: 1000 }
const currency = fc.constantFrom(...currencies)
const pair = fc.tuple(currency, currency).filter(([from, to]) => from !== to)
const minor = fc.oneof(fc.bigInt(1n, 10n), fc.bigInt(1n, 100_000n), fc.bigInt(1n, largestAmount))
const six = 1_000_000n
const rate: fc.Arbitrary<Ratio> = fc
  .tuple(fc.bigInt(1n, six * six), fc.bigInt(1n, six * six))
  .map(([n, d]) => ({ n, d }))
  .filter((each) => compare(each, { n: 1n, d: six }) >= 0 && compare(each, { n: six, d: 1n }) <= 0)
const points = fc.integer({ min: 0, max: 10_000 })

/** What is received; nothing where it is refused as too little or too much. */
const gets = (gives: bigint, from: string, to: string, mid: Ratio, spread: number): bigint => {
  const worked = workOutExchange(gives, from, to, mid, spread)
  return isRefused(worked) ? 0n : worked.gets
}
const isTooLarge = (gives: bigint, from: string, to: string, mid: Ratio): boolean =>
  convertMinor(gives, from, to, mid, 'down') > largestAmount

describe('asking a dealer for a sum', () => {
  const half = fc.integer({ min: 0, max: 5_000 })
  test('takes what brings the sum, and one minor unit less would not', () => {
    fc.assert(
      fc.property(pair, minor, rate, half, ([from, to], wanted, mid, spread) => {
        const asked = workOutAsked(wanted, from, to, mid, spread)
        if (typeof asked !== 'bigint' || isTooLarge(asked, from, to, mid)) return
        expect(gets(asked, from, to, mid, spread)).toBeGreaterThanOrEqual(wanted)
        expect(gets(asked - 1n, from, to, mid, spread)).toBeLessThan(wanted)
      }),
      runs,
    )
  })

  test('and changing that back brings no more than was given', () => {
    fc.assert(
      fc.property(pair, minor, rate, half, ([from, to], wanted, mid, spread) => {
        const asked = workOutAsked(wanted, from, to, mid, spread)
        if (typeof asked !== 'bigint') return
        expect(gets(wanted, to, from, divide(one, mid), spread)).toBeLessThanOrEqual(asked)
      }),
      runs,
    )
  })
})

describe('converting', () => {
  test('into the same money at one for one changes nothing, however it is rounded', () => {
    fc.assert(
      fc.property(currency, minor, fc.constantFrom(...roundingModes), (each, amount, mode) => {
        expect(convertMinor(amount, each, each, one, mode)).toBe(amount)
      }),
      runs,
    )
  })

  test('rounded down, to the nearest, or up lies in that order, at most one minor unit apart', () => {
    fc.assert(
      fc.property(pair, minor, rate, ([from, to], amount, mid) => {
        const by = (mode: RoundingMode) => convertMinor(amount, from, to, mid, mode)
        expect(by('down') <= by('half-even') && by('half-even') <= by('up')).toBe(true)
        expect(by('up') - by('down') <= 1n).toBe(true)
      }),
      runs,
    )
  })

  test('says what a slow division by decimals says', () => {
    fc.assert(
      fc.property(pair, minor, rate, ([from, to], amount, mid) => {
        // The amount as a decimal text, times the rate, cut after the digits that the other money has.
        const [a, b] = [minorDigits(from) ?? 0, minorDigits(to) ?? 0]
        const text = String(amount).padStart(a + 1, '0')
        const [whole, rest] = [text.slice(0, text.length - a), text.slice(text.length - a)]
        let [left, result] = [BigInt(whole + rest) * mid.n, '']
        const by = mid.d * BigInt(`1${'0'.repeat(a)}`)
        result = String(left / by)
        for (let digit = 0; digit < b; digit += 1) {
          left = (left % by) * 10n
          result += String(left / by)
        }
        expect(convertMinor(amount, from, to, mid, 'down')).toBe(BigInt(result))
      }),
      runs,
    )
  })

  test('there and back at the same rate, cut each time, never makes more', () => {
    fc.assert(
      fc.property(pair, minor, rate, ([from, to], amount, mid) => {
        const there = convertMinor(amount, from, to, mid, 'down')
        const back = convertMinor(there, to, from, divide(one, mid), 'down')
        expect(back <= amount).toBe(true)
      }),
      runs,
    )
  })
})

describe('changing money', () => {
  test('what is received and the spread are what the mid rate gives, to the last minor unit', () => {
    fc.assert(
      fc.property(pair, minor, rate, points, ([from, to], gives, mid, spread) => {
        const worked = workOutExchange(gives, from, to, mid, spread)
        if (isRefused(worked)) return
        expect(worked.gets + worked.spread).toBe(convertMinor(gives, from, to, mid, 'down'))
        expect(worked.gets > 0n && worked.spread >= 0n).toBe(true)
      }),
      runs,
    )
  })

  test('the spread is the share that is shown, but for less than one minor unit', () => {
    fc.assert(
      fc.property(pair, minor, rate, points, ([from, to], gives, mid, spread) => {
        const worked = workOutExchange(gives, from, to, mid, spread)
        if (isRefused(worked)) return
        const scale = (by: string): bigint => 10n ** BigInt(minorDigits(by) ?? 0)
        const all: Ratio = { n: gives * mid.n * scale(to), d: mid.d * scale(from) }
        const share = multiply(all, { n: BigInt(spread), d: 10_000n })
        const off = { n: worked.spread * share.d - share.n, d: share.d }
        expect(compare(off, one) < 0 && compare(off, { n: -1n, d: 1n }) > 0).toBe(true)
      }),
      runs,
    )
  })

  test('who gives more never gets less', () => {
    fc.assert(
      fc.property(pair, minor, minor, rate, points, ([from, to], gives, more, mid, spread) => {
        fc.pre(!isTooLarge(gives + more, from, to, mid))
        const less = gets(gives, from, to, mid, spread)
        expect(less <= gets(gives + more, from, to, mid, spread)).toBe(true)
      }),
      runs,
    )
  })

  test('a higher spread never gives more', () => {
    fc.assert(
      fc.property(pair, minor, rate, points, points, ([from, to], gives, mid, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(gets(gives, from, to, mid, high) <= gets(gives, from, to, mid, low)).toBe(true)
      }),
      runs,
    )
  })

  test('in two parts it never gives more than at once', () => {
    fc.assert(
      fc.property(pair, minor, minor, rate, points, ([from, to], a, b, mid, spread) => {
        fc.pre(!isTooLarge(a + b, from, to, mid))
        const parts = gets(a, from, to, mid, spread) + gets(b, from, to, mid, spread)
        expect(parts <= gets(a + b, from, to, mid, spread)).toBe(true)
      }),
      runs,
    )
  })

  test('there and back never makes more, whatever the spread', () => {
    fc.assert(
      fc.property(pair, minor, rate, points, ([from, to], gives, mid, spread) => {
        const there = gets(gives, from, to, mid, spread)
        expect(gets(there, to, from, divide(one, mid), spread) <= gives).toBe(true)
      }),
      runs,
    )
  })

  test('round three currencies never makes more, where the rates cross', () => {
    const three = fc.uniqueArray(currency, { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(three, minor, rate, rate, points, ([a = '', b = '', c = ''], gives, x, y, s) => {
        const inB = gets(gives, a, b, x, s)
        const inC = gets(inB, b, c, y, s)
        expect(gets(inC, c, a, divide(one, multiply(x, y)), s) <= gives).toBe(true)
      }),
      runs,
    )
  })

  test('the entry adds up to nothing in each currency, names each account once and posts no nothing', () => {
    const holder = { kind: 'person', id: '0199d2f0-0000-7000-8000-00000000000a' } as const
    fc.assert(
      fc.property(pair, minor, rate, points, ([from, to], gives, mid, spread) => {
        const worked = workOutExchange(gives, from, to, mid, spread)
        if (isRefused(worked)) return
        const postings = postingsOf({ holder, from, to, gives, ...worked })
        const sums = new Map<string, bigint>()
        for (const { account, amount } of postings) {
          const each = currencyOf(account)
          sums.set(each, (sums.get(each) ?? 0n) + amount)
        }
        expect([...sums.values()]).toEqual([0n, 0n])
        expect(new Set(postings.map(({ account }) => account)).size).toBe(postings.length)
        expect(postings.filter(({ amount }) => amount === 0n)).toEqual([])
      }),
      runs,
    )
  })

  test('whatever is typed, the form reads an amount above nothing or refuses', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d.,e+-]{0,18}$/))
    fc.assert(
      fc.property(
        typed,
        fc.oneof(currency, typed),
        fc.oneof(currency, typed),
        (amount, from, to) => {
          const read = checkExchange({ amount, from, to })
          if (isRefused(read)) expect(read.refused).toMatch(/^(currency|same|amount)-/)
          else expect(read > 0n && read <= largestAmount && from !== to).toBe(true)
        },
      ),
      runs,
    )
  })
})
