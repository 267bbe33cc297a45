import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../../basis/journal.ts'
import { currencyOf, escrowAccount, escrowLegs, legsOf, putInEscrow } from '../../ledger/index.ts'
import { floorOf } from '../../ledger/account.ts'
import { openDraft } from '../../ledger/draft.ts'
import {
  endStates,
  isLawfulFrom,
  moves,
  movesOf,
  type Fault,
  type MoveName,
  type Order,
  type Role,
} from '../order.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { decideMove, type MoveState } from './decide-move.ts'
import type { MoveOrder } from './move-orders.ts'

// What no sequence of moves can do to an order and its money. Pure: one order in memory, no database.

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const hub = id(1)
const buyer = `wallet:person:${id(2)}:CNY`
const seller = `wallet:business:${id(3)}:MYR`
const to = {
  ...{ goods: seller, freight: 'payable:freight:pos:CNY', insurance: 'payable:insurance:pos:CNY' },
  ...{ duty: 'payable:duty:CN:CNY', tax: 'payable:tax:CN:CNY', fee: 'payable:fee:CN:CNY' },
}
const accounts = [buyer, ...Object.values(to), 'dealer:CNY', 'dealer:MYR']
const begun = Date.UTC(2026, 10, 22)
const day = 24 * 3_600_000

type Begun = { amounts: readonly bigint[]; dutyPaid: boolean; as: bigint }
/** An order that was just placed: its legs are in escrow, nothing else is anywhere. */
function world({ amounts, dutyPaid, as }: Begun): { state: MoveState; total: bigint } {
  const total = amounts.reduce((sum, each) => sum + each, 0n)
  const journal = openJournal()
  const all = [...accounts, ...escrowLegs.map((leg) => escrowAccount(leg, 'CNY'))]
  const ledger = openDraft(
    journal,
    all.map((account, at) => ({
      ...{ account, number: BigInt(at), currency: currencyOf(account), floor: floorOf(account) },
      ...{ balance: account === buyer ? total : 0n, held: 0n, postings: 0n },
    })),
  )
  const legs = escrowLegs.flatMap((leg, at) => {
    const amount = amounts[at] ?? 0n
    return amount === 0n ? [] : [{ leg, amount, beneficiary: to[leg] }]
  })
  const head = { id: id(90), kind: 'escrow', at: begun }
  putInEscrow(ledger, head, { id: id(7), payer: buyer, currency: 'CNY' }, legs)
  const quote = {
    ...{ id: id(8), buyer: id(2), currency: 'CNY', ratesUntil: begun + 9_999 * day },
    ...{ seller: { hub, id: id(3) }, lines: [], lane: { dutyPaid } },
    legs: legs.map(({ leg, amount, beneficiary }) => ({
      ...{ leg, amount: String(amount), to: beneficiary },
      ...(leg === 'goods' ? { as: String(as) } : {}),
    })),
  } as unknown as QuoteBody
  const order = {
    ...{ homeHub: hub, id: id(7), number: 'X', quote: id(8), destination: 'CN', currency: 'CNY' },
    ...{ total, shipTo: {}, tracking: '', state: 'placed', moves: 0, placedAt: begun },
    ...{
      changedAt: begun,
      due: { at: begun + 3 * day, move: 'cancel' },
      hold: undefined,
      facts: {},
    },
    buyer: { hub, id: id(2), account: buyer },
    seller: { hub, id: id(3) },
  } as unknown as Order
  const nothing = { journal, used: new Map(), before: new Map() }
  const state: MoveState = {
    ...{ journal, hub, ledger, orders: new Map([[order.id, order]]) },
    ...{ quotes: new Map([[quote.id, quote]]), blocked: new Set<string>(), made: [] },
    ...{ stock: { ...nothing, shelves: new Map() } as never, allowances: nothing as never },
    rateOfDay: () => undefined,
  }
  return { state, total }
}

type Tried = Pick<MoveOrder, 'move' | 'role' | 'fault' | 'refund'> & { days: number }
const names = Object.keys(moves) as MoveName[]
const roles: readonly Role[] = ['buyer', 'seller', 'carrier', 'customs', 'operator', 'hub']
const sum = fc.bigInt({ min: 0n, max: 10n ** 9n })
const begins: fc.Arbitrary<Begun> = fc.record({
  amounts: fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), sum, sum, sum, sum, sum)
    .map((list) => [...list]),
  dutyPaid: fc.boolean(),
  as: fc.bigInt({ min: 1n, max: 10n ** 9n }),
})
type Picked = {
  pick: number
  isWild: boolean
  fault: Fault | undefined
  share: number
  days: number
}
const picks: fc.Arbitrary<Picked> = fc.record({
  pick: fc.nat(9_999),
  isWild: fc.integer({ min: 0, max: 5 }).map((each) => each === 0),
  fault: fc.constantFrom('buyer', 'seller', 'carrier', 'seller', undefined),
  /** Of what is left of the goods, in percent; more is too much. */
  share: fc.integer({ min: 0, max: 110 }),
  days: fc.constantFrom(0, 0, 1, 2, 15, 61),
})
const every = roles.flatMap((role) => names.map((move) => ({ role, move })))

/** Of what is lawful one as likely as another, but an early end: seven in eight go on. One in six tries anything. */
function choose({ orders, ledger }: MoveState, each: Picked): Tried {
  const { pick, isWild, fault, share, days } = each
  const order = orders.get(id(7))!
  const isEnd = (move: MoveName) => ['cancel', 'withdraw', 'expire', 'confirm'].includes(move)
  const lawful = every.filter(({ role, move }) => movesOf(order, role).includes(move))
  const onward = lawful.filter(({ move }) => pick % 8 === 0 || !isEnd(move))
  const from = isWild || onward.length === 0 ? every : onward
  const left = legsOf(ledger, id(7)).find(({ leg }) => leg === 'goods')?.left ?? 0n
  return { ...from[pick % from.length]!, fault, refund: (left * BigInt(share)) / 100n, days }
}
const lives = fc.tuple(begins, fc.array(picks, { minLength: 1, maxLength: 14 }))

type Step = {
  readonly tried: Tried
  readonly before: Order
  readonly after: Order
  readonly result: ReturnType<typeof decideMove>
  readonly now: number
}

function live(from: Begun, list: readonly Picked[], blocked?: number) {
  const { state, total } = world(from)
  if (blocked !== undefined) (state.blocked as Set<string>).add(id(blocked))
  let now = begun
  const steps = list.map((each, index): Step => {
    const tried = choose(state, each)
    now += tried.days * day
    const before = state.orders.get(id(7))!
    const { move, role, fault, refund } = tried
    const command = { order: id(7), move, role, fault, refund, entry: id(100 + index) }
    const result = decideMove(state, command, id(50), now)
    return { tried, before, after: state.orders.get(id(7))!, result, now }
  })
  return { state, steps, total }
}
const balance = ({ ledger }: MoveState, account: string): bigint =>
  ledger.accounts.get(account)!.balance
const inEscrow = ({ ledger }: MoveState): bigint =>
  legsOf(ledger, id(7)).reduce((left, leg) => left + leg.left, 0n)
const law = (check: (life: ReturnType<typeof live>, from: Begun) => void) =>
  fc.assert(
    fc.property(lives, ([from, list]) => check(live(from, list), from)),
    { numRuns: 400 },
  )
const made = (steps: readonly Step[]) => steps.filter(({ result }) => !('refused' in result))

describe('laws of what becomes of an order', () => {
  test('no yuan is made or lost: what was paid is with the buyer, in escrow, or with whom it was meant for', () =>
    law(({ state, total }) => {
      const yuan = [...state.ledger.accounts.values()].filter(({ currency }) => currency === 'CNY')
      expect(yuan.reduce((all, each) => all + each.balance, 0n)).toBe(total)
      const escrow = escrowLegs.reduce(
        (all, leg) => all + balance(state, escrowAccount(leg, 'CNY')),
        0n,
      )
      expect(escrow).toBe(inEscrow(state))
      // The dealer gives the ringgit that the seller gets.
      expect(balance(state, 'dealer:MYR')).toBe(-balance(state, seller))
    }))

  test('the seller never gets more than the quote says, nor the buyer more than they paid', () =>
    law(({ state, total }, { as }) => {
      expect(balance(state, seller)).toBeLessThanOrEqual(as)
      expect(balance(state, buyer)).toBeLessThanOrEqual(total)
    }))

  test('an ended order has nothing in escrow, and one that has nothing in escrow has ended or was refunded', () =>
    law(({ state, steps }) => {
      const { state: where } = state.orders.get(id(7))!
      if (endStates.includes(where)) expect(inEscrow(state)).toBe(0n)
      else if (inEscrow(state) === 0n)
        expect(
          made(steps).some(({ tried }) => ['refund', 'deliver', 'release'].includes(tried.move)),
        ).toBe(true)
    }))

  test('what has ended is never moved again', () =>
    law(({ steps }) => {
      for (const { before, result } of steps)
        if (endStates.includes(before.state)) expect(result).toHaveProperty('refused')
    }))

  test('nobody makes a move that the table does not give them, from where it does not start', () =>
    law(({ steps }) => {
      for (const { tried, before } of made(steps)) {
        expect((moves[tried.move] as { by: readonly Role[] }).by).toContain(tried.role)
        expect(isLawfulFrom(tried.move, before)).toBe(true)
      }
    }))

  test('a refused move leaves no trace', () =>
    law(({ steps, state }) => {
      for (const { before, after, result } of steps)
        if ('refused' in result) expect(after).toBe(before)
      expect(state.made).toHaveLength(made(steps).length)
    }))

  test('moves are numbered from one without a hole, each beginning where the one before ended', () =>
    law(({ state }) => {
      let where = 'placed'
      for (const [index, each] of state.made.entries()) {
        expect([each.number, each.before]).toEqual([index + 1, where])
        where = each.after
      }
      expect(state.orders.get(id(7))!.moves).toBe(state.made.length)
    }))

  test('a part that is given back changes neither where the order stands nor its deadline', () =>
    law(({ steps }) => {
      for (const { tried, before, after } of made(steps))
        if (tried.move === 'refund')
          expect([after.state, after.due]).toEqual([before.state, before.due])
    }))

  test('what the seller gets for a part of the goods is worth no more than that part', () =>
    law(({ state }, { as, amounts: [goods = 1n] }) => {
      expect(balance(state, seller) * goods).toBeLessThanOrEqual(as * balance(state, 'dealer:CNY'))
    }))

  test('no deadline lies in the past of the move that set it', () =>
    law(({ steps }) => {
      for (const { tried, after, now } of made(steps))
        if (after.due && tried.move !== 'refund') expect(after.due.at).toBeGreaterThan(now)
    }))

  test('the hub moves nothing before it is due', () =>
    law(({ steps }) => {
      for (const { tried, before, now } of made(steps))
        if (tried.role === 'hub') {
          expect(before.due?.move).toBe(tried.move)
          expect(before.due!.at).toBeLessThanOrEqual(now)
        }
    }))

  test('only what customs may repay is called drawback, and nobody owes themselves', () =>
    law(({ state }) => {
      for (const { claims } of state.made)
        for (const { kind, debtor, creditor, amount, what } of claims) {
          expect(amount).toBeGreaterThan(0n)
          expect(debtor).not.toBe(creditor)
          expect(debtor === 'customs').toBe(kind === 'drawback')
          if (kind === 'drawback') expect(['duty', 'tax']).toContain(what)
        }
    }))

  test('duty and tax that customs got never come back out of escrow', () =>
    law(({ state, steps }) => {
      const released = made(steps).some(({ tried }) => ['release', 'deliver'].includes(tried.move))
      const border = (['duty', 'tax', 'fee'] as const).reduce(
        (all, leg) => all + balance(state, to[leg]),
        0n,
      )
      if (!released) return
      const [, , , duty = 0n, tax = 0n, fee = 0n] = escrowLegs.map(
        (leg) => legsOf(state.ledger, id(7)).find((each) => each.leg === leg)?.amount ?? 0n,
      )
      expect(border).toBe(duty + tax + fee)
    }))

  test('nothing is paid to anybody by a seller who names another’s fault, until that other agrees or the hub settles', () =>
    law(({ state, steps }) => {
      for (const [index, { tried, after }] of made(steps).entries())
        if (tried.move === 'return' && tried.role === 'seller' && tried.fault !== 'seller') {
          expect(after.state).toBe('disputed')
          expect([state.made[index]?.entry, state.made[index]?.claims]).toEqual([undefined, []])
          expect(after.due).toBeUndefined()
        }
    }))

  test('money moves by no move but those that say so, and by each at most in one entry', () =>
    law(({ state }) => {
      const entries = state.made.flatMap(({ entry }) => entry ?? [])
      expect(new Set(entries).size).toBe(entries.length)
      for (const { move, entry } of state.made)
        if (['accept', 'pack', 'hand-over', 'arrive', 'dispute'].includes(move))
          expect(entry).toBeUndefined()
    }))

  test('with either side blocked nothing is ever paid to it', () =>
    fc.assert(
      fc.property(lives, fc.constantFrom(2, 3), ([from, list], who) => {
        const { state } = live(from, list, who)
        expect(balance(state, who === 2 ? buyer : seller)).toBe(0n)
      }),
      { numRuns: 400 },
    ))
})
