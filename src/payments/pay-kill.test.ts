import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { dataFolder, killPostmaster } from '../../test/support/hub-process.ts'
import { startPaying, type Paying } from '../../test/support/paying.ts'
import { gather, migrate, openDatabase, startEmbedded, type Command } from '../db/index.ts'
import { payRequests, type Pay } from './pay.ts'

// Twenty buyers pay while something is killed again and again, at no moment of ours; who got no answer sends the same
// again. EWTP_KILLS says how often: a few in a usual run, 200 for a proof.
const kills = Number(process.env['EWTP_KILLS'] ?? 12)
const databaseKills = Number(process.env['EWTP_DATABASE_KILLS'] ?? 3)
const db = await testDatabase()
const { sleep } = testClock()

/** Each buyer pays 1, 2, 3 ... sen until `killing` is over; `send` tells the status, or nothing when nobody answered. */
async function payDuring(
  paying: Paying,
  send: (command: Command<Pay>) => Promise<number | undefined>,
  killing: (paid: () => number) => Promise<void>,
): Promise<Map<string, bigint>> {
  const acknowledged = new Map<string, bigint>()
  let over = false
  const buying = paying.buyers.map(async (buyer) => {
    for (let amount = 1n; !over; amount += 1n) {
      const command = paying.command(buyer, amount)
      let status: number | undefined
      while ((status = await send(command)) === undefined) await sleep(5)
      expect(status).toBe(201)
      acknowledged.set(command.key, amount)
    }
  })
  await Promise.race([killing(() => acknowledged.size), Promise.all(buying)])
  over = true
  await Promise.all(buying)
  return acknowledged
}

/** It has begun to answer again; then at any moment of some batch. */
async function anyMoment(paid: () => number, round: number): Promise<void> {
  const before = paid()
  while (paid() < before + 20) await sleep(2)
  await sleep((round * 37) % 60)
}

const loader = fileURLToPath(new URL('../../bin/loader.js', import.meta.url))
const payFile = fileURLToPath(new URL('pay.ts', import.meta.url))
const dbFile = fileURLToPath(new URL('../db/index.ts', import.meta.url))
/** Lines of commands in, lines of answers out. */
const code = `
  import { createInterface } from 'node:readline'
  import { gather, openDatabase } from ${JSON.stringify(dbFile)}
  import { payRequests } from ${JSON.stringify(payFile)}
  const [url, hub, now] = process.argv.slice(1)
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const db = await openDatabase({ url, sleep, fraction: Math.random })
  const parts = { db, hub: { id: hub } }
  const send = gather({ run: (commands) => payRequests(parts, commands, Number(now)) })
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line)
    command.body.amount = BigInt(command.body.amount)
    send(command).then(
      (answer) => console.log(JSON.stringify({ key: command.key, answer })),
      (error) => console.log(JSON.stringify({ key: command.key, fault: String(error) })),
    )
  }`

type Told = { key: string; answer?: { answer: string; outcome?: { status: number } } }

test(`the process that pays is killed ${kills} times: what was acknowledged is there, once`, async () => {
  const paying = await startPaying(db)
  const waiting = new Map<string, (told: Told) => void>()
  let died: string | undefined
  let child: ChildProcess
  const start = (): void => {
    const args = ['--import', loader, '--input-type=module', '-e', code]
    args.push(db.url, paying.hub.id, String(paying.now))
    child = spawn(process.execPath, args, {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.setMaxListeners(0)
    // One that ends by itself would leave everybody waiting for ever.
    const mine = child
    mine.once('exit', (status) => {
      if (status !== null) died = `a process ended by itself with ${status}`
    })
    child.stdin?.on('error', () => {})
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const told = JSON.parse(line) as Told
      waiting.get(told.key)?.(told)
    })
  }
  const send = async (command: Command<Pay>): Promise<number | undefined> => {
    if (died) throw new Error(died)
    const told = await new Promise<Told | undefined>((resolve) => {
      const here = child
      const body = { ...command.body, amount: String(command.body.amount) }
      waiting.set(command.key, resolve)
      here.stdin?.write(`${JSON.stringify({ ...command, body })}\n`)
      here.once('close', () => resolve(undefined))
      if (here.exitCode !== null || here.signalCode !== null) resolve(undefined)
    })
    waiting.delete(command.key)
    return told?.answer?.answer === 'done' ? told.answer.outcome?.status : undefined
  }
  start()
  const acknowledged = await payDuring(paying, send, async (paid) => {
    for (let round = 0; round < kills; round += 1) {
      await anyMoment(paid, round)
      const killed = child
      const closed = new Promise((resolve) => killed.once('close', resolve))
      killed.kill('SIGKILL')
      await closed
      start()
    }
  })
  child!.kill('SIGKILL')
  expect(await paying.wrongWith(db, acknowledged)).toEqual([])
}, 600_000)

test(`PostgreSQL is killed ${databaseKills} times: the same`, async () => {
  const folder = dataFolder()
  const embedded = await startEmbedded({ folder, sleep, random: randomBytes })
  onTestFinished(() => embedded.stop())
  const own = await openDatabase({ embedded, sleep, fraction: () => 0.5 })
  onTestFinished(() => own.close())
  await migrate(own, 0)
  const paying = await startPaying(own)
  const pay = gather({
    run: (commands: readonly Command<Pay>[]) =>
      payRequests({ db: own, hub: paying.hub }, commands, paying.now),
  })
  const send = async (command: Command<Pay>): Promise<number | undefined> => {
    const answer = await pay(command).catch(() => undefined)
    return answer?.answer === 'done' ? answer.outcome.status : undefined
  }
  const acknowledged = await payDuring(paying, send, async (paid) => {
    for (let round = 0; round < databaseKills; round += 1) {
      await anyMoment(paid, round)
      await killPostmaster(folder)
    }
    await anyMoment(paid, 0)
  })
  expect(await paying.wrongWith(own, acknowledged)).toEqual([])
}, 600_000)
