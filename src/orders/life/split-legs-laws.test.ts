import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escrowLegs } from '../../ledger/index.ts'
import { splitLegs, type Ending, type Share, type SplitLeg } from './split-legs.ts'

// An order of Chen's as it lies in escrow, and what is left of it once shares were given.
const chen = 'wallet:person:chen:CNY'
const legsOf = (amounts: readonly bigint[]): SplitLeg[] =>
  amounts.map((amount, at) => ({
    ...{ order: 'order', number: at + 1, leg: escrowLegs[at]!, currency: 'CNY', amount },
    ...{ left: amount, payer: chen, beneficiary: `payable:${escrowLegs[at]}:x:CNY`, entry: 'e' },
  }))
const after = (legs: readonly SplitLeg[], shares: readonly Share[]): SplitLeg[] =>
  legs.map((leg) => ({
    ...leg,
    left: leg.left - sumOf(shares.filter(({ number }) => number === leg.number)),
  }))
const sumOf = (list: readonly { readonly amount: bigint }[]) =>
  list.reduce((sum, { amount }) => sum + amount, 0n)
const got = (shares: readonly Share[], whom: string) =>
  sumOf(shares.filter(({ to }) => to === whom))
const walk = (legs: readonly SplitLeg[], endings: readonly Omit<Ending, 'incoterm'>[]): Share[] => {
  let now = [...legs]
  return endings.flatMap((ending) => {
    const { shares } = splitLegs({ incoterm: 'DAP', ...ending }, now)
    now = after(now, shares)
    return shares
  })
}

const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 6, maxLength: 6 })
const last = fc.record({
  outcome: fc.constantFrom('close', 'cancel', 'refuse', 'return', 'lose', 'settle'),
  fault: fc.constantFrom('buyer', 'seller', 'carrier'),
  incoterm: fc.constantFrom('DDP', 'DAP'),
}) as fc.Arbitrary<Ending>
const law = <T>(each: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(each, check), { numRuns: 1_000 })

describe('laws of an order from its payment to its end', () => {
  test('step by step or closed at once, everybody has got the same', () =>
    law(amounts, (each) => {
      const legs = legsOf(each)
      const steps = walk(legs, [
        { outcome: 'release' },
        { outcome: 'deliver' },
        { outcome: 'close' },
      ])
      const once = walk(legs, [{ outcome: 'close' }])
      for (const { beneficiary, amount } of legs) {
        expect(got(steps, beneficiary)).toBe(amount)
        expect(got(once, beneficiary)).toBe(amount)
      }
    }))

  test('what lay in escrow for one purpose goes to whom it was meant for or to who paid it', () =>
    law(fc.tuple(amounts, last), ([each, ending]) => {
      const legs = legsOf(each)
      for (const { number, to } of splitLegs(ending, legs).shares)
        expect([chen, legs[number - 1]!.beneficiary]).toContain(to)
    }))

  test('what ended is empty: no second ending moves anything', () =>
    law(fc.tuple(amounts, last, last), ([each, ending, again]) => {
      const legs = legsOf(each)
      const rest = after(legs, splitLegs(ending, legs).shares)
      expect(splitLegs(again, rest).shares).toEqual([])
    }))

  test('what customs and carriers were given never comes back out of escrow, whatever happens later', () =>
    law(fc.tuple(amounts, last), ([each, ending]) => {
      const legs = legsOf(each)
      const shares = walk(legs, [{ outcome: 'deliver' }, ending])
      const back = shares.filter(({ why }) => why === 'back')
      expect(back.every(({ leg }) => leg === 'goods')).toBe(true)
      for (const leg of legs.slice(1)) expect(got(shares, leg.beneficiary)).toBe(leg.amount)
    }))

  test('refund after refund, buyer and seller have got exactly the price between them', () =>
    law(fc.tuple(amounts, fc.array(fc.bigInt({ min: 0n, max: 1_000n }))), ([each, permille]) => {
      const legs = legsOf(each)
      let [left, refunded] = [each[0]!, 0n]
      const refunds = permille.map((part) => {
        const refund = (left * part) / 1_000n
        left -= refund
        refunded += refund
        return { outcome: 'refund' as const, refund }
      })
      const shares = walk(legs, [...refunds, { outcome: 'close' }])
      expect(got(shares, chen)).toBe(refunded)
      expect(got(shares, legs[0]!.beneficiary)).toBe(each[0]! - refunded)
    }))

  test('a decided part is paid to the fen: the buyer that much of the price, the seller the rest', () =>
    law(fc.tuple(amounts, fc.bigInt({ min: 0n, max: 999n }), last), ([each, part, ending]) => {
      const refund = (each[0]! * part) / 1_000n
      const legs = legsOf(each)
      const { shares, claims } = splitLegs({ ...ending, outcome: 'settle', refund }, legs)
      expect(got(shares, chen)).toBe(refund)
      expect(got(shares, legs[0]!.beneficiary)).toBe(each[0]! - refund)
      expect(claims).toEqual([])
    }))
})
