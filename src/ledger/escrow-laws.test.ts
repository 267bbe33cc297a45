import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../basis/journal.ts'
import { currencyOf, escrowAccount, escrowLegs, floorOf } from './account.ts'
import { openDraft, type LedgerDraft } from './draft.ts'
import { giveFromEscrow, legsOf, putInEscrow } from './escrow.ts'

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const chen = `wallet:person:${id(1)}:CNY`
const amina = `wallet:business:${id(2)}:MYR`
const carrier = 'payable:freight:pos:CNY'
const dealers = ['dealer:CNY', 'dealer:MYR']
const plan = [
  chen,
  amina,
  carrier,
  ...dealers,
  ...escrowLegs.map((leg) => escrowAccount(leg, 'CNY')),
]
const order = { id: id(7), payer: chen, currency: 'CNY' }
const head = (n: number) => ({ id: id(n), kind: 'order', at: 0 })

const books = (balance: bigint): LedgerDraft =>
  openDraft(
    openJournal(),
    plan.map((account, at) => ({
      ...{ account, number: BigInt(at), currency: currencyOf(account), floor: floorOf(account) },
      ...{ balance: account === chen ? balance : 0n, held: 0n, postings: 0n },
    })),
  )
const total = (list: readonly bigint[]) => list.reduce((sum, each) => sum + each, 0n)
const balanceOf = (draft: LedgerDraft, account: string) => draft.accounts.get(account)!.balance
const inMoney = (draft: LedgerDraft, currency: string) =>
  total(
    [...draft.accounts.values()].map((each) => (each.currency === currency ? each.balance : 0n)),
  )
const legsFor = (amounts: readonly bigint[]) =>
  amounts.map((amount, at) => ({ leg: escrowLegs[at % 6]!, amount, beneficiary: carrier }))
const filled = (amounts: readonly bigint[]): LedgerDraft => {
  const draft = books(total(amounts))
  putInEscrow(draft, head(10), order, legsFor(amounts))
  return draft
}
const state = (draft: LedgerDraft) => [
  [...draft.accounts.values()],
  [...draft.legs.values()],
  [...draft.entries],
]
const refusal = (result: object) => ('refused' in result ? result.refused : 'done')

const sum = fc.bigInt({ min: 2n, max: 10n ** 12n })
const sums = fc.array(sum, { minLength: 1, maxLength: 9 })
const law = <T>(each: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(each, check), { numRuns: 500 })

describe('laws of escrow', () => {
  test('what the payer no longer has lies in the legs, to the last fen', () =>
    law(fc.tuple(sums, sum), ([amounts, more]) => {
      const draft = books(total(amounts) + more)
      putInEscrow(draft, head(10), order, legsFor(amounts))
      expect(balanceOf(draft, chen)).toBe(more)
      expect(legsOf(draft, order.id).map(({ left }) => left)).toEqual(amounts)
    }))

  test('a fen short, and not even a part is put in', () =>
    law(sums, (amounts) => {
      const draft = books(total(amounts) - 1n)
      const before = state(draft)
      expect(refusal(putInEscrow(draft, head(10), order, legsFor(amounts)))).toBe(
        'not-enough-money',
      )
      expect(state(draft)).toEqual(before)
    }))

  test('put in and all given back to the payer, every account is as it was', () =>
    law(sums, (amounts) => {
      const draft = filled(amounts)
      const shares = amounts.map((amount, at) => ({ number: at + 1, amount, to: chen }))
      expect(refusal(giveFromEscrow(draft, head(11), order.id, shares))).toBe('done')
      for (const account of plan)
        expect(balanceOf(draft, account)).toBe(account === chen ? total(amounts) : 0n)
    }))

  test('a leg gives out no more than was put in, in however many parts it is asked', () =>
    law(fc.tuple(sum, fc.array(sum, { maxLength: 12 })), ([amount, asked]) => {
      // The seventh leg lies in the same account: it must not pay for the first.
      const draft = filled([amount, 2n, 2n, 2n, 2n, 2n, 10n ** 14n])
      let left = amount
      for (const [n, part] of asked.entries()) {
        const share = { number: 1, amount: part, to: carrier }
        const given = refusal(giveFromEscrow(draft, head(20 + n), order.id, [share])) === 'done'
        expect(given).toBe(part <= left)
        if (given) left -= part
      }
      expect(balanceOf(draft, carrier)).toBe(amount - left)
    }))

  test('the same leg named twice in one giving counts twice against what is left', () =>
    law(fc.tuple(sum, sum), ([one, other]) => {
      const draft = filled([one + other - 1n, 2n])
      const shares = [one, other].map((amount) => ({ number: 1, amount, to: carrier }))
      expect(refusal(giveFromEscrow(draft, head(11), order.id, shares))).toBe('more-than-in-escrow')
    }))

  test('a giving with one bad share gives nothing of any leg', () =>
    law(fc.tuple(sums, fc.constantFrom(0n, -1n, 'more', 'no leg')), ([amounts, bad]) => {
      const draft = filled(amounts)
      const before = state(draft)
      const last = amounts.length
      const good = amounts
        .slice(0, -1)
        .map((amount, at) => ({ number: at + 1, amount, to: carrier }))
      const number = bad === 'no leg' ? last + 1 : last
      const amount = typeof bad === 'bigint' ? bad : amounts.at(-1)! + 1n
      const shares = [...good, { number, amount, to: carrier }]
      expect(refusal(giveFromEscrow(draft, head(11), order.id, shares))).not.toBe('done')
      expect(state(draft)).toEqual(before)
    }))

  test('the order in which legs are given changes no balance', () =>
    law(sums, (amounts) => {
      const give = (numbers: readonly number[]) => {
        const draft = filled(amounts)
        for (const n of numbers)
          giveFromEscrow(draft, head(20 + n), order.id, [
            { number: n + 1, amount: amounts[n]!, to: n % 2 ? carrier : chen },
          ])
        return plan.map((account) => balanceOf(draft, account))
      }
      const numbers = amounts.map((_, n) => n)
      expect(give(numbers.toReversed())).toEqual(give(numbers))
    }))

  test('in one entry or leg by leg, the same people have the same money', () =>
    law(sums, (amounts) => {
      const [whole, parts] = [filled(amounts), filled(amounts)]
      const shares = amounts.map((amount, at) => ({ number: at + 1, amount, to: carrier }))
      giveFromEscrow(whole, head(11), order.id, shares)
      for (const [n, each] of shares.entries())
        giveFromEscrow(parts, head(20 + n), order.id, [each])
      for (const account of plan) expect(balanceOf(whole, account)).toBe(balanceOf(parts, account))
    }))

  test('paid out in other money, neither money is made or lost: the dealer stands between', () =>
    law(fc.tuple(sum, sum, sum), ([amount, more, as]) => {
      const draft = filled([amount + more])
      const before = [inMoney(draft, 'CNY'), inMoney(draft, 'MYR')]
      const share = { number: 1, amount, to: amina, as }
      expect(refusal(giveFromEscrow(draft, head(11), order.id, [share]))).toBe('done')
      expect([inMoney(draft, 'CNY'), inMoney(draft, 'MYR')]).toEqual(before)
      expect(balanceOf(draft, amina)).toBe(as)
      expect(dealers.map((dealer) => balanceOf(draft, dealer))).toEqual([amount, -as])
    }))
})
