import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../basis/journal.ts'
import {
  currencyOf,
  escrowAccount,
  escrowLegs,
  floorOf,
  payableAccount,
  walletAccount,
} from './account.ts'
import { available, openDraft, post, type LedgerDraft, type NewPosting } from './draft.ts'
import { giveFromEscrow, putInEscrow } from './escrow.ts'
import { expireHold, hold, postHold, voidHold } from './holds.ts'

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const amina = walletAccount({ kind: 'person', id: id(1) }, 'MYR')
const bo = walletAccount({ kind: 'business', id: id(2) }, 'MYR')
const customs = payableAccount('duty', 'CN', 'MYR')
const rail = 'rail:sandbox:MYR'
const yuan = 'rail:sandbox:CNY'
const escrow = escrowLegs.map((leg) => escrowAccount(leg, 'MYR'))
const plan = [amina, bo, customs, rail, yuan, ...escrow]

const draftOf = (balances: Record<string, bigint> = {}): LedgerDraft => {
  const rest = -Object.values(balances).reduce((sum, each) => sum + each, 0n)
  const all: Record<string, bigint> = { [rail]: rest, ...balances }
  return openDraft(
    openJournal(),
    plan.map((account, index) => ({
      account,
      number: BigInt(index),
      currency: currencyOf(account),
      floor: floorOf(account),
      balance: all[account] ?? 0n,
      held: 0n,
      postings: 0n,
    })),
  )
}
const balanceOf = (draft: LedgerDraft, account: string): bigint =>
  draft.accounts.get(account)!.balance
const entry = (n: number, postings: NewPosting[], at = 0) => ({
  ...{ id: id(n), kind: 'payment', reference: 'test', at, postings },
})
const pay = (amount: bigint): NewPosting[] => [
  { account: amina, amount: -amount },
  { account: bo, amount },
]

describe('posting', () => {
  const cases: readonly [name: string, postings: NewPosting[], outcome: string][] = [
    ['all that there is', pay(5_000n), 'posted'],
    ['a sen more than there is', pay(5_001n), 'not-enough-money 1'],
    ['nothing', [], 'nothing-to-post'],
    ['more than trade ever moves', pay(10n ** 15n + 1n), 'amount-too-large'],
  ]
  test.each(cases)('%s', (_, postings, outcome) => {
    const draft = draftOf({ [amina]: 5_000n })
    const result = post(draft, entry(1, postings))
    expect(
      'refused' in result ? `${result.refused} ${result.facts['missing'] ?? ''}`.trim() : 'posted',
    ).toBe(outcome)
    if ('refused' in result) expect(draft.entries).toEqual([])
  })

  const faults: readonly [name: string, postings: NewPosting[], says: RegExp][] = [
    ['one side only', [{ account: amina, amount: -1n }], /out of balance by -1 MYR/],
    ['an account twice', [...pay(1n), ...pay(1n)], /twice/],
    ['nothing to an account', [{ account: amina, amount: 0n }], /posts nothing/],
    [
      'ringgit against yuan',
      [
        { account: amina, amount: -1n },
        { account: yuan, amount: 1n },
      ],
      /out of balance/,
    ],
    [
      'an account that nobody planned',
      [
        { account: 'tips:MYR', amount: -1n },
        { account: bo, amount: 1n },
      ],
      /was not loaded/,
    ],
  ]
  test.each(faults)('%s is a fault of ours', (_, postings, says) => {
    expect(() => post(draftOf({ [amina]: 9n }), entry(1, postings))).toThrow(says)
  })

  test('what is held cannot be spent, and comes back when it is voided', () => {
    const draft = draftOf({ [amina]: 100n })
    const wanted = { id: id(9), account: amina, amount: 60n, purpose: 'payment', reference: 'x' }
    expect(hold(draft, { ...wanted, expiresAt: 1_000 }, 0)).toMatchObject({ state: 'pending' })
    expect(post(draft, entry(1, pay(41n)))).toMatchObject({ refused: 'not-enough-money' })
    expect(voidHold(draft, id(9), 5)).toMatchObject({ state: 'voided', endedAt: 5 })
    expect(post(draft, entry(2, pay(100n)))).toMatchObject({ id: id(2) })
    expect(voidHold(draft, id(9), 6)).toMatchObject({ refused: 'hold-ended' })
  })

  test('a hold is posted once, before it expires, for no more than it holds', () => {
    const draft = draftOf({ [amina]: 100n })
    const wanted = { id: id(9), account: amina, amount: 60n, purpose: 'payment', reference: 'x' }
    hold(draft, { ...wanted, expiresAt: 1_000 }, 0)
    expect(expireHold(draft, id(9), 999)).toMatchObject({ refused: 'hold-not-due' })
    expect(postHold(draft, id(9), entry(1, pay(61n)))).toMatchObject({ refused: 'more-than-held' })
    expect(postHold(draft, id(9), entry(2, pay(50n), 1_000))).toMatchObject({
      refused: 'hold-expired',
    })
    expect(postHold(draft, id(9), entry(3, pay(50n), 999))).toMatchObject({ id: id(3) })
    expect(draft.accounts.get(amina)).toMatchObject({ balance: 50n, held: 0n })
    expect(postHold(draft, id(9), entry(4, pay(1n), 999))).toMatchObject({ refused: 'hold-ended' })
  })
})

/** Any mix of moves, some lawful, most of random size. */
type Move =
  | { do: 'pay' | 'top-up' | 'pay-back'; amount: bigint }
  | { do: 'hold'; hold: number; amount: bigint; expiresAt: number }
  | { do: 'post-hold' | 'void-hold' | 'expire-hold'; hold: number; amount: bigint }
  | { do: 'order'; order: number; amounts: bigint[] }
  | { do: 'give'; order: number; leg: number; amount: bigint; back: boolean }
  | { do: 'all-or-nothing'; first: bigint; second: bigint }

const amount = fc.bigInt({ min: -5n, max: 120n })
const small = fc.integer({ min: 1, max: 4 })
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constantFrom('pay', 'top-up', 'pay-back'), amount }),
  fc.record({ do: fc.constant('hold'), hold: small, amount, expiresAt: fc.nat(60) }),
  fc.record({
    do: fc.constantFrom('post-hold', 'void-hold', 'expire-hold'),
    hold: small,
    amount,
  }),
  fc.record({
    do: fc.constant('order'),
    order: small,
    amounts: fc.array(amount, { minLength: 1, maxLength: 6 }),
  }),
  fc.record({
    do: fc.constant('give'),
    order: small,
    leg: fc.integer({ min: 1, max: 7 }),
    amount,
    back: fc.boolean(),
  }),
  fc.record({ do: fc.constant('all-or-nothing'), first: amount, second: amount }),
) as fc.Arbitrary<Move>

/** Undefined where the move cannot be asked (an order that is there already, an amount that is no posting). */
function make(draft: LedgerDraft, each: Move, n: number): unknown {
  const head = { id: id(1_000 + n), kind: 'move', at: n }
  if (each.do === 'hold' && draft.holds.has(id(each.hold))) return undefined
  if (each.do === 'hold')
    return hold(
      draft,
      { ...each, id: id(each.hold), account: amina, purpose: 'payment', reference: 'x' },
      n,
    )
  if (each.do === 'void-hold') return voidHold(draft, id(each.hold), n)
  if (each.do === 'expire-hold') return expireHold(draft, id(each.hold), n)
  if (each.do === 'order') {
    if (draft.legs.has(`${id(each.order)} 1`)) return undefined
    const legs = each.amounts.map((sum, index) => ({
      leg: escrowLegs[index]!,
      amount: sum,
      beneficiary: bo,
    }))
    return putInEscrow(draft, head, { id: id(each.order), payer: amina, currency: 'MYR' }, legs)
  }
  if (each.do === 'give')
    return giveFromEscrow(draft, head, id(each.order), [
      { number: each.leg, amount: each.amount, to: each.back ? amina : bo },
    ])
  if (each.do === 'all-or-nothing') {
    if (each.first === 0n || each.second === 0n) return undefined
    return draft.journal.attempt(() => {
      const first = post(draft, { ...head, reference: 'x', postings: pay(each.first) })
      return 'refused' in first
        ? first
        : post(draft, { ...head, id: id(5_000 + n), reference: 'x', postings: pay(each.second) })
    })
  }
  if (each.amount === 0n) return undefined
  const postings =
    each.do === 'top-up'
      ? [
          { account: rail, amount: -each.amount },
          { account: amina, amount: each.amount },
        ]
      : pay(each.do === 'pay-back' ? -each.amount : each.amount)
  if (each.do === 'post-hold')
    return postHold(draft, id(each.hold), { ...head, reference: 'x', postings: pay(each.amount) })
  return post(draft, { ...head, reference: 'x', postings })
}

const wasRefused = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'refused' in result
const snapshot = (draft: LedgerDraft): string =>
  JSON.stringify(
    [[...draft.accounts.values()], [...draft.holds], [...draft.legs], draft.entries],
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  )

describe('whatever is done, in any order', () => {
  const after = (check: (draft: LedgerDraft, result: unknown, before: string) => void) =>
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const draft = draftOf({ [amina]: 300n, [bo]: 50n })
        for (const [n, each] of moves.entries()) {
          const before = snapshot(draft)
          check(draft, make(draft, each, n), before)
        }
      }),
      { numRuns: 1_000 },
    )

  test('all balances add up to nothing', () => {
    after((draft) => {
      const sum = [...draft.accounts.values()].reduce((total, { balance }) => total + balance, 0n)
      expect(sum).toBe(0n)
    })
  })
  test('nobody spends what is not theirs or what is held', () => {
    after((draft) => {
      for (const account of draft.accounts.values())
        expect(available(account) ?? 0n).toBeGreaterThanOrEqual(0n)
    })
  })
  test('a refusal changes nothing', () => {
    after((draft, result, before) => {
      if (wasRefused(result)) expect(snapshot(draft)).toBe(before)
    })
  })
  test('what is left of the legs is what the escrow accounts hold', () => {
    after((draft) => {
      for (const leg of escrowLegs) {
        const left = [...draft.legs.values()].filter((each) => each.leg === leg)
        const sum = left.reduce((total, each) => total + each.left, 0n)
        expect(balanceOf(draft, escrowAccount(leg, 'MYR'))).toBe(sum)
      }
    })
  })
  test('what accounts say is held is what pending holds reserve', () => {
    after((draft) => {
      const pending = [...draft.holds.values()].filter(({ state }) => state === 'pending')
      const sum = pending.reduce((total, each) => total + each.amount, 0n)
      expect(draft.accounts.get(amina)!.held).toBe(sum)
    })
  })
  test('postings of an account run without a hole, each to its balance', () => {
    after((draft) => {
      const runs = new Map<string, { position: bigint; balance: bigint }>()
      for (const { postings } of draft.entries)
        for (const { account, position, amount: change, balance } of postings) {
          const start = draft.before.accounts.get(account)!
          const last = runs.get(account) ?? { position: 0n, balance: start.balance }
          expect(position).toBe(last.position + 1n)
          expect(balance).toBe(last.balance + change)
          runs.set(account, { position, balance })
        }
      for (const [account, last] of runs)
        expect(draft.accounts.get(account)).toMatchObject({
          postings: last.position,
          balance: last.balance,
        })
    })
  })
})
