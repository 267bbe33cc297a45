import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { scriptedWorld } from '../../../test/support/rail-world.ts'
import { findEntriesFor } from '../../ledger/index.ts'
import type { RailEvent } from './rail.ts'
import { findOddEvents, findTransfersOf, sendTransfer, takeWebhook } from './rails.ts'

const db = await testDatabase()
let world = scriptedWorld(db)
let amina = world.person()

beforeEach(() => {
  world = scriptedWorld(db)
  amina = world.person()
})

describe('the way of the money', () => {
  test('a top-up: nothing in the wallet before the provider has captured it', async () => {
    const ask = world.topUp(amina, 5_000n)
    await world.ask(ask)
    const sent = await sendTransfer(world.parts, ask.id)
    expect(sent).toMatchObject({ state: 'sent', continueUrl: 'https://hub.test/w?paid' })
    expect(await world.wallet(amina)).toBe('0 held 0')
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    expect(await world.wallet(amina)).toBe('5000 held 0')
    expect(await findEntriesFor(db.kysely, ask.id)).toMatchObject([
      {
        kind: 'top-up',
        postings: [
          { account: 'rail:test:MYR', amount: -5_000n },
          { account: `wallet:person:${amina.id}:MYR`, amount: 5_000n },
        ],
      },
    ])
  })

  test('a payout: held at once, taken when it is paid', async () => {
    await world.toppedUp(amina, 5_000n)
    const ask = world.payout(amina, 3_000n)
    expect(await world.ask(ask, world.payout(amina, 2_001n))).toEqual([
      '201',
      '422 not-enough-money',
    ])
    expect(await world.wallet(amina)).toBe('5000 held 3000')
    await world.work()
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    expect(await world.wallet(amina)).toBe('2000 held 0')
    await world.expectBooksRight()
  })

  test('a refund: out of the wallet before the provider is asked, and never more than came in', async () => {
    const topUp = await world.toppedUp(amina, 5_000n)
    world.pass(1_000)
    const first = world.refund(amina, topUp, 3_000n)
    expect(await world.ask(first, world.refund(amina, topUp, 2_001n))).toEqual([
      '201',
      '422 more-than-left',
    ])
    expect(await world.ask(world.refund(amina, topUp, 2_001n))).toEqual(['422 more-than-left'])
    expect(await world.ask(world.refund(world.person(), topUp, 1n))).toEqual(['404 no-such-top-up'])
    expect(await world.wallet(amina)).toBe('5000 held 3000')
    await world.work()
    expect(world.provider.calls.at(-1)).toBe(`give-back ${first.id}`)
    world.ends(first.id, { state: 'done' })
    await world.callBack(world.event(first.id))
    expect(await world.wallet(amina)).toBe('2000 held 0')
    const all = await findTransfersOf(db.kysely, amina)
    expect(all.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['refund done', 'top-up done'])
  })

  test('money that was topped up and spent cannot be refunded', async () => {
    const topUp = await world.toppedUp(amina, 5_000n)
    await world.ask(world.payout(amina, 4_000n))
    expect(await world.ask(world.refund(amina, topUp, 1_001n))).toEqual(['422 not-enough-money'])
  })

  const refusals: readonly [says: string, ask: () => Parameters<typeof world.ask>[0]][] = [
    ['422 rail-not-known', () => ({ ...world.topUp(amina, 1n), rail: 'nobody' })],
    ['422 currency-not-known', () => ({ ...world.topUp(amina, 1n), currency: 'XYZ' })],
    ['422 amount-not-valid', () => world.topUp(amina, 0n)],
    ['422 amount-not-valid', () => world.payout(amina, -1n)],
    ['422 amount-too-large', () => world.topUp(amina, 10n ** 15n + 1n)],
    ['422 destination-not-valid', () => ({ ...world.payout(amina, 1n), to: 'a b' })],
    ['422 not-enough-money', () => world.payout(amina, 1n)],
    ['404 no-such-top-up', () => world.refund(amina, world.newId(), 1n)],
  ]
  test.each(refusals)('refused: %s', async (says, ask) => {
    expect(await world.ask(ask())).toEqual([says])
    expect(await findTransfersOf(db.kysely, amina)).toEqual([])
  })

  test('a top-up that is not done cannot be given back, and an id serves once', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    expect(await world.ask(world.refund(amina, ask.id, 1n))).toEqual(['422 not-refundable'])
    const again = { ...world.payout(amina, 7n), id: ask.id }
    expect(await world.ask(again)).toEqual(['409 id-used'])
  })
})

describe('what callbacks say', () => {
  /** A payout of 300 of 500; what the provider did, the callbacks that come, and what is so in the end. */
  const cases: readonly [
    name: string,
    truth: Partial<RailEvent>,
    callbacks: readonly Partial<RailEvent>[],
    ended: string,
    wallet: string,
  ][] = [
    ['paid', { state: 'done' }, [{}], 'done', '200 held 0'],
    ['paid, told twice', { state: 'done' }, [{}, {}], 'done', '200 held 0'],
    ['failed', { state: 'failed' }, [{}], 'failed provider-failed', '500 held 0'],
    ['never told', { state: 'done' }, [], 'done', '200 held 0'],
    [
      'paid, and a stale failure after',
      { state: 'done' },
      [{}, { state: 'failed' }],
      'done',
      '200 held 0',
    ],
    [
      'a stale failure, then paid',
      { state: 'done' },
      [{ state: 'failed' }, {}],
      'done',
      '200 held 0',
    ],
    [
      'paid, told in another amount first',
      { state: 'done' },
      [{ amount: 299n }, {}],
      'done',
      '200 held 0',
    ],
    [
      'paid, told in another currency after',
      { state: 'done' },
      [{}, { currency: 'SGD' }],
      'done',
      '200 held 0',
    ],
    [
      'another amount was paid',
      { state: 'done', amount: 301n },
      [{}],
      'wrong amount-differs',
      '500 held 300',
    ],
    [
      'another currency was paid',
      { state: 'done', currency: 'SGD' },
      [{}],
      'wrong currency-differs',
      '500 held 300',
    ],
    [
      'another reference',
      { state: 'pending' },
      [{ state: 'done', providerRef: 'other' }],
      'sent',
      '500 held 300',
    ],
  ]
  test.each(cases)('%s', async (_, truth, callbacks, ended, wallet) => {
    await world.toppedUp(amina, 500n)
    const ask = world.payout(amina, 300n)
    await world.ask(ask)
    await world.work()
    world.ends(ask.id, truth)
    for (const each of callbacks) {
      await world.callBack(world.event(ask.id, each))
      await world.work()
    }
    world.pass(10_000)
    await world.work()
    expect(await world.stateOf(ask.id)).toBe(ended)
    expect(await world.wallet(amina)).toBe(wallet)
    await world.expectBooksRight()
  })

  test('the same callback again and again counts once', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    await world.work()
    world.ends(ask.id, { state: 'done' })
    const same = world.event(ask.id)
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.callBack(same)))
    expect(answers.filter((each) => 'events' in each && each.events === 1)).toHaveLength(1)
    expect(await world.wallet(amina)).toBe('100 held 0')
  })

  test('a callback that comes before our own note of the reference is booked', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    world.provider.mishaps.push('lost-answer')
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('asked')
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    expect(await world.stateOf(ask.id)).toBe('done')
    world.pass(60_000)
    await world.work()
    expect(await world.wallet(amina)).toBe('100 held 0')
  })

  test('what names nothing of ours is kept for the operator, and moves nothing', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    await world.work()
    const told = { state: 'done', amount: 100n, currency: 'MYR' } as const
    const stray = { ...told, id: world.newId(), providerRef: 'stray', transfer: 'no uuid' }
    const other = { ...told, id: world.newId(), providerRef: 'other', transfer: ask.id }
    expect(await world.callBack(stray, other)).toEqual({ events: 2 })
    const odd = await findOddEvents(db.kysely)
    const outcomeOf = ({ id }: { id: string }) => odd.find((each) => each.id === id)?.outcome
    expect([outcomeOf(stray), outcomeOf(other)]).toEqual(['unknown', 'other-reference'])
    expect(await world.wallet(amina)).toBe('0 held 0')
  })

  test('a rail that is not there', async () => {
    const answer = await takeWebhook(world.parts, 'nobody', new Headers(), Buffer.from('[]'))
    expect(answer).toMatchObject({ refused: 'no-such-rail' })
  })
})
