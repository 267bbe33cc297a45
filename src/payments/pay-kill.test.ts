import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { openJournal } from '../basis/journal.ts'
import { isRefused } from '../basis/refusal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { transact } from '../db/index.ts'
import {
  checkLedger,
  findMovementOf,
  findWallets,
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
} from '../ledger/index.ts'
import { askForMoney } from './ask-for-money.ts'

// Twenty buyers pay through a process that is killed again and again at no moment of ours; who got no answer sends the
// same again. EWTP_KILLS says how often: 12 in a usual run, 200 for a proof.
const kills = Number(process.env['EWTP_KILLS'] ?? 12)
const db = await testDatabase()
const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
const now = Date.UTC(2026, 10, 22, 9)
let drawn = 0
const newId = (): string =>
  uuidv7(now + (drawn += 1), (length) => new Uint8Array(length).fill(drawn % 251))
const buyers = Array.from({ length: 20 }, () => ({ kind: 'person', id: newId() }) as const)
const seller = { kind: 'business', id: newId() } as const

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

test(`${kills} kills under 20 buyers: what was acknowledged is there, once, and the books are right`, async () => {
  await transact(db, async (tx) => {
    const rail = railAccount('sandbox', 'MYR')
    const wallets = buyers.map((buyer) => walletAccount(buyer, 'MYR'))
    const draft = await loadLedger(tx, openJournal(), { accounts: [rail, ...wallets] }, now)
    post(draft, {
      ...{ id: newId(), kind: 'top-up', reference: 'test', at: now },
      postings: [
        { account: rail, amount: -1_000_000n * BigInt(wallets.length) },
        ...wallets.map((account) => ({ account, amount: 1_000_000n })),
      ],
    })
    await writeLedger(tx, draft, { hub: hub.id, now })
  })
  const parts = {
    db,
    hub,
    now: () => now,
    random: (length: number) => new Uint8Array(length).fill(7),
  }
  const wanted = { currency: 'MYR', amount: '', purpose: '' }
  const request = await askForMoney(parts, seller, seller.id, wanted)
  if (isRefused(request)) throw new Error(request.refused)

  const waiting = new Map<string, (told: Told) => void>()
  let child: ChildProcess
  const start = (): void => {
    child = spawn(
      process.execPath,
      ['--input-type=module', '-e', code, db.url, hub.id, String(now)],
      {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    )
    child.setMaxListeners(0)
    child.stdin?.on('error', () => {})
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const told = JSON.parse(line) as Told
      waiting.get(told.key)?.(told)
    })
  }
  /** Sends until there is an answer; a process that was killed in between gives none. */
  const ask = async (line: string, key: string): Promise<number> => {
    for (;;) {
      const told = await new Promise<Told | undefined>((resolve) => {
        waiting.set(key, resolve)
        child.stdin?.write(`${line}\n`)
        child.once('close', () => resolve(undefined))
        if (child.exitCode !== null || child.signalCode !== null) resolve(undefined)
      })
      if (told?.answer?.answer === 'done') return told.answer.outcome!.status
      await db.sleep(5)
    }
  }
  let over = false
  const acknowledged = new Map<string, bigint>()
  const buy = async (buyer: (typeof buyers)[number]): Promise<void> => {
    for (let amount = 1n; !over; amount += 1n) {
      const key = newId()
      const body = {
        payer: buyer,
        code: request.code,
        amount: String(amount),
        currency: 'MYR',
        entry: key,
      }
      const command = { actor: buyer.id, kind: 'payment', key, request: JSON.stringify(body), body }
      expect(await ask(JSON.stringify(command), key)).toBe(201)
      acknowledged.set(key, amount)
    }
  }
  start()
  const buying = buyers.map(buy)
  for (let kill = 0; kill < kills; kill += 1) {
    const before = acknowledged.size
    // It has begun to answer; then at any moment of some batch.
    while (acknowledged.size < before + 20) await db.sleep(2)
    await db.sleep((kill * 37) % 60)
    const killed = child!
    const closed = new Promise((resolve) => killed.once('close', resolve))
    killed.kill('SIGKILL')
    await closed
    start()
  }
  over = true
  await Promise.all(buying)
  child!.kill('SIGKILL')

  const wallet = walletAccount(seller, 'MYR')
  for (const [key, amount] of acknowledged)
    expect((await findMovementOf(db.kysely, wallet, key))?.amount).toBe(amount)
  const [sum] = await findWallets(db.kysely, seller)
  expect(sum?.balance).toBe([...acknowledged.values()].reduce((total, each) => total + each, 0n))
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
}, 600_000)
