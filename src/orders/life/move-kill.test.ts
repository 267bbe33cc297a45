import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  hub,
  leftOf,
  moving,
  now,
  placeThem,
  pursesOf,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import type { Command } from '../../db/index.ts'
import { checkLedger } from '../../ledger/index.ts'
import { findMoves } from '../find-orders.ts'
import type { MoveOrder } from './move-orders.ts'

// Twenty people move their orders on while the process is killed again and again, at no moment of ours; who got no answer
// sends the same again. EWTP_KILLS says how often: a few in a usual run, 200 for a proof.
const kills = Number(process.env['EWTP_KILLS'] ?? 8)
const db = await testDatabase()
const { sleep } = testClock()

type Way = readonly [move: MoveOrder['move'], role: MoveOrder['role'], facts?: Partial<MoveOrder>]
const begin: readonly Way[] = [
  ['accept', 'seller'],
  ['refund', 'seller', { refund: 1_000n }],
  ['pack', 'seller'],
  ['hand-over', 'seller'],
]
/** Three ways that a journey may go, and what buyer and seller have in the end. */
const ways: readonly (readonly [readonly Way[], { buyer: bigint; seller: bigint }])[] = [
  [
    [...begin, ['release', 'customs'], ['deliver', 'carrier'], ['close', 'buyer']],
    { buyer: 1_000n, seller: 5_760n },
  ],
  [
    [
      ...begin,
      ...([
        ['deliver', 'buyer'],
        ['dispute', 'buyer'],
      ] as const),
      ['settle', 'operator', { fault: 'seller', refund: 1_500n }],
    ],
    { buyer: 2_500n, seller: 4_800n },
  ],
  [[...begin, ['refuse', 'customs', { fault: 'buyer' }]], { buyer: 10_550n, seller: 0n }],
]

const loader = fileURLToPath(new URL('../../../bin/loader.js', import.meta.url))
const moveFile = fileURLToPath(new URL('move-orders.ts', import.meta.url))
const dbFile = fileURLToPath(new URL('../../db/index.ts', import.meta.url))
/** Lines of commands in, lines of answers out. */
const code = `
  import { createInterface } from 'node:readline'
  import { gather, openDatabase } from ${JSON.stringify(dbFile)}
  import { moveOrders } from ${JSON.stringify(moveFile)}
  const [url, id, now] = process.argv.slice(1)
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const db = await openDatabase({ url, sleep, fraction: Math.random })
  const parts = { db, hub: { id, name: 'Hangzhou', territory: 'CN' }, today: () => '2026-11-22' }
  const send = gather({ run: (commands) => moveOrders(parts, commands, Number(now)) })
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line)
    if (command.body.refund !== undefined) command.body.refund = BigInt(command.body.refund)
    send(command).then(
      (answer) => console.log(JSON.stringify({ key: command.key, answer })),
      (error) => console.log(JSON.stringify({ key: command.key, fault: String(error) })),
    )
  }`

type Told = { key: string; answer?: { answer: string; outcome?: { status: number } } }

/** A process that moves orders and can be killed; `send` tells the status, or nothing when nobody answered. */
function startMoving() {
  const waiting = new Map<string, (told: Told) => void>()
  let died: string | undefined
  let child: ChildProcess
  const start = (): void => {
    const args = ['--import', loader, '--input-type=module', '-e', code, db.url, hub, String(now)]
    child = spawn(process.execPath, args, {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.setMaxListeners(0)
    // One that ends by itself would leave everybody waiting for ever.
    child.once('exit', (status) => {
      if (status !== null) died = `a process ended by itself with ${status}`
    })
    child.stdin?.on('error', () => {})
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const told = JSON.parse(line) as Told
      waiting.get(told.key)?.(told)
    })
  }
  start()
  return {
    async send(command: Command<MoveOrder>): Promise<number | undefined> {
      if (died) throw new Error(died)
      const told = await new Promise<Told | undefined>((resolve) => {
        const here = child
        const line = JSON.stringify(command, (_, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        )
        waiting.set(command.key, resolve)
        here.stdin?.write(`${line}\n`)
        here.once('close', () => resolve(undefined))
        if (here.exitCode !== null || here.signalCode !== null) resolve(undefined)
      })
      waiting.delete(command.key)
      return told?.answer?.answer === 'done' ? told.answer.outcome?.status : undefined
    },
    async kill(again: boolean): Promise<void> {
      const killed = child
      const closed = new Promise((resolve) => killed.once('close', resolve))
      killed.kill('SIGKILL')
      await closed
      if (again) start()
    },
  }
}

test(`the process that moves orders is killed ${kills} times: what was acknowledged is there, once`, async () => {
  const mover = startMoving()
  const ended: { order: Placed; way: number }[] = []
  let acknowledged = 0
  let over = false
  const person = async (first: number) => {
    for (let way = first; !over; way += 1) {
      const order = (await placeThem(db, 1))[0]!
      const [steps] = ways[way % 3]!
      for (const [move, role, facts] of steps) {
        const command = moving(order, move, role, facts)
        let status: number | undefined
        while ((status = await mover.send(command)) === undefined) await sleep(5)
        expect(status, `${move} by ${role}`).toBe(201)
        acknowledged += 1
      }
      ended.push({ order, way: way % 3 })
    }
  }
  const people = Promise.all(Array.from({ length: 20 }, (_, index) => person(index)))
  const killing = async () => {
    for (let round = 0; round < kills; round += 1) {
      const before = acknowledged
      while (acknowledged < before + 20) await sleep(2)
      await sleep((round * 37) % 60)
      await mover.kill(true)
    }
  }
  await Promise.race([killing(), people])
  over = true
  await people
  await mover.kill(false)
  expect(ended.length).toBeGreaterThan(19)
  for (const { order, way } of ended) {
    const [steps, purses] = ways[way]!
    const made = await findMoves(db.kysely, hub, order.id)
    expect(made.map(({ move }) => move)).toEqual(steps.map(([move]) => move))
    expect(await pursesOf(db, order)).toEqual(purses)
    expect(await leftOf(db, order)).toBe('')
  }
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
}, 600_000)
