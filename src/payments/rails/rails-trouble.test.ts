import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { scriptedWorld } from '../../../test/support/rail-world.ts'
import { transact } from '../../db/index.ts'
import { askProviderAgain, findOddTransfers, findTransfer } from './rails.ts'

const db = await testDatabase()
let world = scriptedWorld(db)
let amina = world.person()

beforeEach(() => {
  world = scriptedWorld(db)
  amina = world.person()
})

const day = 24 * 60 * 60_000

/** What the operator is shown. */
const oddOnes = async (): Promise<string[]> =>
  (await findOddTransfers(db.kysely, world.clock.now())).map(({ id }) => id)

describe('trouble at the provider', () => {
  test('it is down, then its answer is lost: asked again under the same id, moved once', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    world.provider.mishaps.push('down', 'lost-answer')
    for (const pause of [0, 10_000, 20_000]) {
      world.pass(pause)
      await world.work()
    }
    expect(world.provider.calls).toEqual(Array.from({ length: 3 }, () => `take-in ${ask.id}`))
    expect(await world.stateOf(ask.id)).toBe('sent')
    expect(world.faults).toHaveLength(2)
  })

  test('it refuses: what was held is free again', async () => {
    await world.toppedUp(amina, 500n)
    const ask = world.payout(amina, 300n)
    await world.ask(ask)
    world.provider.mishaps.push('refuse')
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('failed provider-refused/no_way')
    expect(await world.wallet(amina)).toBe('500 held 0')
  })

  test('silent for longer than it keeps keys: not asked again, as that might pay twice', async () => {
    await world.toppedUp(amina, 500n)
    const ask = world.payout(amina, 300n)
    await world.ask(ask)
    world.provider.mishaps.push('lost-answer')
    await world.work()
    const asked = world.provider.calls.length
    world.pass(day)
    await world.work()
    expect(world.provider.calls).toHaveLength(asked)
    expect(await world.stateOf(ask.id)).toBe('wrong perhaps-sent')
    expect(await world.wallet(amina)).toBe('500 held 300')
    expect(await oddOnes()).toContain(ask.id)
    // The provider had paid, and says so in the end: to the operator's question, or by a callback.
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('done')
    expect(await world.wallet(amina)).toBe('200 held 0')
  })

  test('a top-up that nobody pays is given up after a day; money that comes later is booked', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    await world.work()
    world.pass(day)
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('failed silent')
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('done')
    expect(await world.wallet(amina)).toBe('100 held 0')
  })

  test('a payout is never given up: what is held stays held until the provider has said', async () => {
    await world.toppedUp(amina, 500n)
    const ask = world.payout(amina, 300n)
    await world.ask(ask)
    await world.work()
    world.pass(30 * day)
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('sent')
    expect(await world.wallet(amina)).toBe('500 held 300')
    expect(await oddOnes()).toContain(ask.id)
  })

  test('a payout that was paid and came back is booked back by an entry that corrects the first', async () => {
    await world.toppedUp(amina, 500n)
    const ask = world.payout(amina, 300n)
    await world.ask(ask)
    await world.work()
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    world.ends(ask.id, { state: 'failed' })
    await world.callBack(world.event(ask.id))
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('failed provider-failed')
    expect(await world.wallet(amina)).toBe('500 held 0')
    const { rows } = await sql`
      select kind, corrects from entries where reference = ${ask.id} order by kind`.execute(
      db.kysely,
    )
    expect(rows).toEqual([
      { kind: 'payout', corrects: null },
      { kind: 'payout-returned', corrects: ask.id },
    ])
    await world.expectBooksRight()
  })

  test('paid after it had failed, and the money is spent: wrong, until there is money again', async () => {
    await world.toppedUp(amina, 500n)
    const ask = world.payout(amina, 300n)
    await world.ask(ask)
    await world.work()
    world.ends(ask.id, { state: 'failed' })
    await world.callBack(world.event(ask.id))
    await world.work()
    await world.ask(world.payout(amina, 500n))
    world.ends(ask.id, { state: 'done' })
    await world.callBack(world.event(ask.id))
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('wrong not-enough-money')
    await world.toppedUp(amina, 300n)
    expect(await askProviderAgain(world.parts, ask.id)).toBe(true)
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('done')
    await world.expectBooksRight()
  })

  test('the provider takes a top-up back: said to the operator, not taken from the wallet', async () => {
    const id = await world.toppedUp(amina, 500n)
    world.ends(id, { state: 'failed' })
    await world.callBack(world.event(id))
    await world.work()
    expect(await world.stateOf(id)).toBe('done taken-back')
    expect(await oddOnes()).toContain(id)
    world.ends(id, { state: 'done' })
    await askProviderAgain(world.parts, id)
    await world.work()
    expect(await world.stateOf(id)).toBe('done')
  })

  test('a callback that comes while the provider answers is not forgotten', async () => {
    const ask = world.topUp(amina, 100n)
    await world.ask(ask)
    await world.work()
    const { rail, truth } = world.provider
    world.ends(ask.id, { state: 'failed' })
    const asked = rail.find
    rail.find = async (ref) => {
      if (ref !== `ref-${ask.id}`) return asked(ref)
      // It has read the old state; then the money comes, and the callback overtakes the answer.
      const old = truth.get(ask.id)
      rail.find = asked
      world.ends(ask.id, { state: 'done' })
      await world.callBack(world.event(ask.id, { amount: 7n }))
      return old
    }
    world.pass(10_000)
    await world.work()
    expect(await world.stateOf(ask.id)).toBe('done')
  })

  test('two workers at once ask for each transfer once', async () => {
    const asks = Array.from({ length: 20 }, () => world.topUp(amina, 1n))
    await world.ask(...asks)
    await Promise.all([world.work(), world.work(), world.work()])
    expect(world.provider.calls.toSorted()).toEqual(
      asks.map(({ id }) => `take-in ${id}`).toSorted(),
    )
  })

  test('a worker does not wait for what another one holds', async () => {
    const [held, free] = [world.topUp(amina, 1n), world.topUp(amina, 1n)]
    await world.ask(held, free)
    await transact(db, async (tx) => {
      await sql`select from rail_transfers where transfer_id = ${held.id} for update`.execute(tx)
      await world.work()
      expect(world.provider.calls).toEqual([`take-in ${free.id}`])
    })
    await world.work()
    expect(await world.stateOf(held.id)).toBe('sent')
  })

  test('each change of state is an event of the log', async () => {
    const id = await world.toppedUp(amina, 500n)
    const { rows } = await sql<{ kind: string }>`
      select kind from events where subject = ${id} and kind like 'top-up.%' order by seq`.execute(
      db.kysely,
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['top-up.asked', 'top-up.done'])
    expect(await findTransfer(db.kysely, world.newId())).toBeUndefined()
  })
})
