import { afterEach, expect, test } from 'vitest'
import { bankWorld } from '../../../../test/support/bank-world.ts'
import { testClock } from '../../../../test/support/clock.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { startKilled, type KilledProcess } from '../../../../test/support/killed-process.ts'
import { findBankFileBytes, findBankFiles, findPayoutsIn, findWaiting } from './find-bank-files.ts'
import type { Command } from '../../../db/index.ts'

// The process that makes a file, or takes the operator's word, dies before and after each of its statements: then nothing of
// it is there or all of it, and the same form sent again ends in the one file and the one outcome.

const db = await testDatabase()
const world = bankWorld(db)
const { kysely } = db
const { sleep } = testClock()
const running = new Set<KilledProcess>()
afterEach(async () => {
  for (const each of running) await each.kill()
  running.clear()
})

type Crash = { when: 'before' | 'after'; statement: number }

/** Sends it to a process that dies there. False when that got through before. */
async function dies(crash: Crash, path: string, command: string, sent: Command<unknown>) {
  const file = new URL(path, import.meta.url)
  const [hub, now] = [world.parts.hub.id, world.clock.now()]
  const child = await startKilled({ url: db.url, file, command, hub, now, crash })
  running.add(child)
  const status = await child.send(sent)
  await (status === undefined ? child.ended : child.kill())
  running.delete(child)
  return status === undefined
}

/** Until the server has noticed that nobody holds the key any more. */
async function again(send: () => Promise<string>): Promise<string> {
  let code: string
  while ((code = await send()) === 'at-work') await sleep(10)
  return code
}

/** Each statement of the first transaction, until one that is not reached. */
async function atEach(die: (crash: Crash) => Promise<boolean>): Promise<number> {
  let died = 0
  for (let statement = 1; ; statement += 1) {
    const before = await die({ when: 'before', statement })
    const after = await die({ when: 'after', statement })
    died += Number(before) + Number(after)
    if (!before && !after) return died
  }
}

const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id)

test('killed while a file is made: every payout waits, or is in the file, and never in two', async () => {
  const died = await atEach(async (crash) => {
    const amina = await world.rich()
    const payouts = [await world.waiting(amina, 100n), await world.waiting(amina, 200n)]
    const form = world.fileOf(payouts)
    const did = await dies(crash, 'make-bank-files.ts', 'makeBankFiles', form)
    // Killed after COMMIT the server may still be at it.
    const waiting = idsOf(await findWaiting(kysely, world.rail.name, 500))
    const [made] = await findBankFiles(kysely, world.rail.name, form.body.id)
    if (made) expect(idsOf(await findPayoutsIn(kysely, made.id))).toEqual(payouts)
    else expect(payouts.filter((each) => !waiting.includes(each))).toEqual([])
    const bytes = made && (await findBankFileBytes(kysely, world.rail.name, made.id))?.bytes
    expect(await again(() => world.make(form))).toBe('201')
    expect(idsOf(await findPayoutsIn(kysely, form.body.id))).toEqual(payouts)
    const after = await findBankFileBytes(kysely, world.rail.name, form.body.id)
    if (bytes) expect(after?.bytes).toEqual(bytes)
    expect(await world.make(world.fileOf(payouts))).toBe('422 payouts-changed')
    return did
  })
  // keys, outcomes, locks, filed, told, blocked, file, payouts, event, outcome, commit
  expect(died).toBeGreaterThanOrEqual(20)
  await world.expectBooksRight()
}, 300_000)

test('killed while the operator says that it failed: the money is back once', async () => {
  const died = await atEach(async (crash) => {
    const amina = await world.rich()
    const payout = await world.waiting(amina, 100n)
    await world.make(world.fileOf([payout]))
    const word = world.sayCommand([payout], 'failed')
    const did = await dies(crash, 'say-how-it-ended.ts', 'sayHowItEnded', word)
    const state = await world.stateOf(payout)
    expect(await world.wallet(amina)).toBe(state === 'sent' ? '1000 held 100' : '1000 held 0')
    const { rows } = await db.pool.query('select from bank_outcomes where transfer_id = $1', [
      payout,
    ])
    expect(rows).toHaveLength(state === 'sent' ? 0 : 1)
    expect(await again(() => world.sayAgain(word))).toBe('200')
    expect(await world.stateOf(payout)).toBe('failed operator-failed')
    expect(await world.wallet(amina)).toBe('1000 held 0')
    return did
  })
  expect(died).toBeGreaterThanOrEqual(20)
  await world.expectBooksRight()
}, 300_000)
