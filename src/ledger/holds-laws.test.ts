import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../basis/journal.ts'
import { available, openDraft, post, type LedgerDraft } from './draft.ts'
import { expireHold, hold, postHold, voidHold } from './holds.ts'

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const chen = `wallet:person:${id(1)}:CNY`
const amina = `wallet:business:${id(2)}:CNY`
const account = (name: string, number: bigint, balance: bigint) => ({
  ...{ account: name, number, balance, currency: 'CNY', floor: 0n, held: 0n, postings: 0n },
})
const books = (balance: bigint): LedgerDraft =>
  openDraft(openJournal(), [account(chen, 1n, balance), account(amina, 2n, 0n)])
const wanted = (n: number, amount: bigint, expiresAt?: number) => ({
  ...{ id: id(n), account: chen, amount, purpose: 'payment', reference: 'x', expiresAt },
})
const pays = (n: number, amount: bigint, at = 0) => ({
  ...{ id: id(n), kind: 'payment', reference: 'x', at },
  postings: [
    { account: chen, amount: -amount },
    { account: amina, amount },
  ],
})
const freeOf = (draft: LedgerDraft) => available(draft.accounts.get(chen)!)
const balances = (draft: LedgerDraft) => [...draft.accounts.values()].map((each) => each.balance)
const refusal = (result: object) => ('refused' in result ? result.refused : 'done')

const sum = fc.bigInt({ min: 1n, max: 10n ** 12n })
const time = fc.integer({ min: 1, max: 10 ** 9 })
const law = <T>(each: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(each, check), { numRuns: 1_000 })
const both = fc.tuple(sum, sum)

describe('laws of a hold', () => {
  test('it is made exactly when that much is free', () =>
    law(both, ([balance, amount]) => {
      expect(refusal(hold(books(balance), wanted(9, amount), 0))).toBe(
        amount <= balance ? 'done' : 'not-enough-money',
      )
    }))

  test('it moves no money, and makes as much unfree as it reserves', () =>
    law(both, ([more, amount]) => {
      const draft = books(amount + more)
      hold(draft, wanted(9, amount), 0)
      expect(balances(draft)).toEqual([amount + more, 0n])
      expect(freeOf(draft)).toBe(more)
    }))

  test('made and voided, everything is free again', () =>
    law(both, ([more, amount]) => {
      const draft = books(amount + more)
      hold(draft, wanted(9, amount), 0)
      voidHold(draft, id(9), 1)
      expect(freeOf(draft)).toBe(amount + more)
    }))

  test('captured for a part, only the part is gone and the rest is free', () =>
    law(both, ([rest, part]) => {
      const draft = books(part + rest)
      hold(draft, wanted(9, part + rest), 0)
      expect(refusal(postHold(draft, id(9), pays(10, part)))).toBe('done')
      expect(balances(draft)).toEqual([rest, part])
      expect(freeOf(draft)).toBe(rest)
    }))

  test('captured above its amount, it is refused however rich the payer is, and stays', () =>
    law(both, ([amount, more]) => {
      const draft = books((amount + more) * 2n)
      hold(draft, wanted(9, amount), 0)
      expect(refusal(postHold(draft, id(9), pays(10, amount + more)))).toBe('more-than-held')
      expect(draft.holds.get(id(9))?.state).toBe('pending')
      expect(draft.entries).toEqual([])
    }))

  test('it ends once: nothing ends it a second time, and nothing more moves', () => {
    const ends = {
      post: (draft: LedgerDraft, n: number) => postHold(draft, id(9), pays(n, 1n, 100)),
      void: (draft: LedgerDraft) => voidHold(draft, id(9), 100),
      expire: (draft: LedgerDraft) => expireHold(draft, id(9), 100),
    }
    const end = fc.constantFrom(ends.post, ends.void, ends.expire)
    law(fc.tuple(sum, fc.boolean(), end, end), ([amount, over, first, second]) => {
      const draft = books(amount)
      hold(draft, wanted(9, amount, over ? 100 : 101), 0)
      fc.pre(refusal(first(draft, 10)) === 'done')
      const before = [...balances(draft), freeOf(draft)]
      expect(refusal(second(draft, 11))).toBe('hold-ended')
      expect([...balances(draft), freeOf(draft)]).toEqual(before)
    })
  })

  test('at every moment it can be captured or expired, and never both', () =>
    law(fc.tuple(sum, time, time), ([amount, expiresAt, now]) => {
      const [one, other] = [books(amount), books(amount)]
      for (const draft of [one, other]) hold(draft, wanted(9, amount, expiresAt), 0)
      const late = now >= expiresAt
      expect(refusal(postHold(one, id(9), pays(10, amount, now)))).toBe(
        late ? 'hold-expired' : 'done',
      )
      expect(refusal(expireHold(other, id(9), now))).toBe(late ? 'done' : 'hold-not-due')
    }))

  test('without an end it never expires and can always be captured', () =>
    law(fc.tuple(sum, time), ([amount, now]) => {
      const draft = books(amount)
      hold(draft, wanted(9, amount), 0)
      expect(refusal(expireHold(draft, id(9), now))).toBe('hold-not-due')
      expect(refusal(postHold(draft, id(9), pays(10, amount, now)))).toBe('done')
    }))

  test('many holds together never reserve more than the balance', () =>
    law(fc.tuple(sum, fc.array(sum, { maxLength: 8 })), ([balance, amounts]) => {
      const draft = books(balance)
      let free = balance
      for (const [n, amount] of amounts.entries()) {
        const made = refusal(hold(draft, wanted(100 + n, amount), 0)) === 'done'
        expect(made).toBe(amount <= free)
        if (made) free -= amount
      }
      expect(freeOf(draft)).toBe(free)
    }))

  test('another payment takes what is free to the last fen, and not one more', () =>
    law(both, ([free, amount]) => {
      const draft = books(free + amount)
      hold(draft, wanted(9, amount), 0)
      expect(refusal(post(draft, pays(10, free + 1n)))).toBe('not-enough-money')
      expect(refusal(post(draft, pays(11, free)))).toBe('done')
      expect(refusal(postHold(draft, id(9), pays(12, amount)))).toBe('done')
      expect(balances(draft)).toEqual([0n, free + amount])
    }))

  test('the order in which pending holds are captured changes no balance', () =>
    law(fc.tuple(fc.array(sum, { minLength: 2, maxLength: 6 }), fc.nat()), ([amounts, turn]) => {
      const inOrder = (order: readonly number[]) => {
        const draft = books(amounts.reduce((total, each) => total + each, 0n))
        for (const [n, amount] of amounts.entries()) hold(draft, wanted(100 + n, amount), 0)
        for (const n of order) postHold(draft, id(100 + n), pays(200 + n, amounts[n]! - 1n || 1n))
        return balances(draft)
      }
      const plain = amounts.map((_, n) => n)
      const at = turn % plain.length
      const turned = [...plain.slice(at), ...plain.slice(0, at)].toReversed()
      expect(inOrder(turned)).toEqual(inOrder(plain))
    }))
})
