import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { scriptedWorld } from '../../../test/support/rail-world.ts'
import { incomeAccount, railAccount, type Holder } from '../../ledger/index.ts'
import { askProviderAgain, findSettlements, settleTransfers, type SettledAs } from './rails.ts'

// What an operator says of transfers that a provider's answers do not settle: booked once, exact, and never against the books.

const day = 24 * 60 * 60_000

async function setUp() {
  const db = await testDatabase()
  const world = scriptedWorld(db)
  const lena = world.person()
  const say = async (
    transfer: string,
    outcome: SettledAs,
    amount = 0n,
    { key = world.newId(), reason = 'The provider’s own list', own = [] as string[] } = {},
  ): Promise<string> => {
    const body = { transfer, outcome, amount, reason, own }
    const request = JSON.stringify([transfer, outcome, String(amount), reason])
    const command = { actor: world.parts.hub.id, kind: 'settle-transfer', key, request, body }
    const [answer] = await settleTransfers(world.parts, [command], world.clock.now())
    if (answer?.answer !== 'done') return String(answer?.answer)
    const { code, left, missing } = JSON.parse(answer.outcome.body) as Record<string, string>
    return [answer.outcome.status, code, left, missing].filter(Boolean).join(' ')
  }
  const balance = async (account: string): Promise<string> => {
    const { rows } = await db.pool.query<{ balance_minor: bigint }>(
      'select balance_minor from accounts where account = $1',
      [account],
    )
    return String(rows[0]?.balance_minor ?? 0n)
  }
  /** A transfer that the provider has, and of which it then says something by callback. */
  const told = async (
    ask: ReturnType<typeof world.payout | typeof world.topUp>,
    change: object,
  ) => {
    await world.ask(ask)
    await world.work()
    world.ends(ask.id, change)
    await world.callBack(world.event(ask.id))
    await world.work()
    return ask.id
  }
  const payout = async (change: object, has = 500n): Promise<string> => {
    await world.toppedUp(lena, has)
    return told(world.payout(lena, 300n), change)
  }
  const takenBack = async (holder: Holder = lena, amount = 500n): Promise<string> => {
    const id = await world.toppedUp(holder, amount)
    world.ends(id, { state: 'failed' })
    await world.callBack(world.event(id))
    await world.work()
    return id
  }
  return { ...world, db, lena, say, balance, told, payoutThat: payout, takenBack }
}

test('a top-up of which another amount came is booked with what came, and fits from then on', async () => {
  const { lena, told, topUp, say, stateOf, wallet, parts, work, db, ...world } = await setUp()
  const id = await told(topUp(lena, 100n), { state: 'done', amount: 90n })
  expect([await stateOf(id), await wallet(lena)]).toEqual(['wrong amount-differs', '0 held 0'])
  expect(await say(id, 'moved', 90n)).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['done', '90 held 0'])
  await askProviderAgain(parts, id)
  await work()
  expect(await stateOf(id)).toBe('done')
  expect(await findSettlements(db.kysely, id)).toMatchObject([
    { outcome: 'moved', asked: 100n, amount: 90n, borne: 0n, reason: 'The provider’s own list' },
  ])
  await world.expectBooksRight()
})

test.each<[amount: bigint, answer: string, wallet: string]>([
  [300n, '200', '200 held 0'],
  [250n, '200', '250 held 0'],
  [350n, '200', '150 held 0'],
  [500n, '200', '0 held 0'],
  [501n, '422 not-enough-money 1', '500 held 300'],
  [0n, '422 amount-not-valid', '500 held 300'],
  [-5n, '422 amount-not-valid', '500 held 300'],
])('a payout of 300 of which %s left', async (amount, answer, after) => {
  const { lena, payoutThat, say, stateOf, wallet, balance, expectBooksRight } = await setUp()
  const id = await payoutThat({ state: 'done', amount: 299n })
  expect(await stateOf(id)).toBe('wrong amount-differs')
  expect(await say(id, 'moved', amount)).toBe(answer)
  expect(await wallet(lena)).toBe(after)
  if (answer === '200')
    expect(await balance(railAccount('test', 'MYR'))).toBe(String(amount - 500n))
  await expectBooksRight()
})

test('what did not move is free again; should it have moved after all, that is booked', async () => {
  const { lena, payoutThat, say, stateOf, wallet, expectBooksRight, ...world } = await setUp()
  const id = await payoutThat({ state: 'done', currency: 'EUR' })
  expect(await stateOf(id)).toBe('wrong currency-differs')
  expect(await say(id, 'moved', 300n)).toBe('422 nothing-to-settle')
  expect(await say(id, 'not-moved')).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['failed operator-failed', '500 held 0'])
  expect(await say(id, 'moved', 300n)).toBe('422 nothing-to-settle')
  world.ends(id, { state: 'done', currency: 'MYR' })
  await world.callBack(world.event(id))
  await world.work()
  expect([await stateOf(id), await wallet(lena)]).toEqual(['done', '200 held 0'])
  await expectBooksRight()
})

test('an open one is the provider’s to tell for a day', async () => {
  const { lena, payoutThat, say, stateOf, wallet, pass, expectBooksRight } = await setUp()
  const id = await payoutThat({ state: 'pending' })
  expect(await say(id, 'not-moved')).toBe('422 nothing-to-settle')
  pass(day)
  expect(await say(id, 'taken-back', 300n)).toBe('422 nothing-to-settle')
  expect(await say(id, 'moved', 300n)).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['done', '200 held 0'])
  await expectBooksRight()
})

test('paid again after it came back: the second time is an entry of its own', async () => {
  const { lena, payoutThat, say, stateOf, wallet, expectBooksRight, ...world } = await setUp()
  const id = await payoutThat({ state: 'done' })
  for (const state of ['failed', 'done'] as const) {
    world.ends(id, { state })
    await world.callBack(world.event(id))
    await world.work()
  }
  expect([await stateOf(id), await wallet(lena)]).toEqual(['wrong done-after-return', '500 held 0'])
  expect(await say(id, 'moved', 300n)).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['done', '200 held 0'])
  await expectBooksRight()
})

test('what a provider took back leaves the wallet; what the wallet lacks the hub bears', async () => {
  const { lena, takenBack, say, stateOf, wallet, balance, db, expectBooksRight, ...world } =
    await setUp()
  const id = await takenBack()
  await world.ask(world.payout(lena, 450n))
  // Held money is promised to somebody else.
  expect(await say(id, 'taken-back', 500n)).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['failed taken-back', '450 held 450'])
  expect(await balance(incomeAccount('taken-back', 'MYR'))).toBe('-450')
  expect(await balance(railAccount('test', 'MYR'))).toBe('0')
  expect(await findSettlements(db.kysely, id)).toMatchObject([{ amount: 500n, borne: 450n }])
  expect(await say(id, 'taken-back', 1n)).toBe('422 nothing-to-settle')
  await expectBooksRight()
})

test('no more is taken back than came and was not given back', async () => {
  const { lena, takenBack, say, stateOf, wallet, expectBooksRight, ...world } = await setUp()
  const id = await takenBack()
  await world.ask(world.refund(lena, id, 100n))
  expect(await say(id, 'taken-back', 401n)).toBe('422 more-than-came 400')
  expect(await say(id, 'taken-back', 150n)).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['done', '350 held 100'])
  expect(await say(id, 'taken-back', 1n)).toBe('422 nothing-to-settle')
  world.ends(id, { state: 'failed' })
  await world.callBack(world.event(id))
  await world.work()
  expect(await say(id, 'taken-back', 251n)).toBe('422 more-than-came 250')
  expect(await say(id, 'taken-back', 250n)).toBe('200')
  expect(await wallet(lena)).toBe('100 held 100')
  await expectBooksRight()
})

test('what the provider did not take back stays, and is odd no longer', async () => {
  const { lena, takenBack, say, stateOf, wallet } = await setUp()
  const id = await takenBack()
  expect(await say(id, 'kept')).toBe('200')
  expect([await stateOf(id), await wallet(lena)]).toEqual(['done', '500 held 0'])
  expect(await say(id, 'kept')).toBe('422 nothing-to-settle')
})

test('words without a reason, of one’s own or of nothing are refused; said twice it counts once', async () => {
  const { lena, takenBack, say, wallet, newId, db } = await setUp()
  const id = await takenBack()
  const key = newId()
  expect(await say(newId(), 'kept')).toBe('404 no-such-transfer')
  expect(await say(id, 'kept', 0n, { reason: ' \u200b ' })).toBe('422 reason-missing')
  expect(await say(id, 'kept', 0n, { reason: 'x'.repeat(501) })).toBe('422 reason-too-long')
  expect(await say(id, 'kept', 0n, { own: [lena.id] })).toBe('422 own-transfer')
  const said = await Promise.all([1, 2, 3].map(() => say(id, 'taken-back', 200n, { key })))
  expect(said.filter((each) => each === '200').length).toBeGreaterThan(0)
  expect(said.filter((each) => each !== '200' && each !== 'at-work')).toEqual([])
  expect(await say(id, 'taken-back', 200n, { key })).toBe('200')
  expect(await wallet(lena)).toBe('300 held 0')
  expect(await findSettlements(db.kysely, id)).toHaveLength(1)
})

test('of several operators who say something at the same moment one is heard', async () => {
  const { lena, takenBack, say, wallet, expectBooksRight } = await setUp()
  const id = await takenBack()
  const said = await Promise.all([500n, 500n, 500n].map((amount) => say(id, 'taken-back', amount)))
  expect(said.toSorted()).toEqual(['200', '422 nothing-to-settle', '422 nothing-to-settle'])
  expect(await wallet(lena)).toBe('0 held 0')
  await expectBooksRight()
})
