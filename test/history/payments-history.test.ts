import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openJournal } from '../../src/basis/journal.ts'
import { isRefused } from '../../src/basis/refusal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { transact, type Command } from '../../src/db/index.ts'
import {
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
} from '../../src/ledger/index.ts'
import { askForMoney, paymentKind, type Pay } from '../../src/payments/index.ts'
import { testClock, testRandom } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { startKilled, type KilledProcess } from '../support/killed-process.ts'
import { anomaliesOf, type Lists, type Operation } from './check-history.ts'

// Eight clients pay each other and read balances while the process that pays is killed again and again; then a checker
// looks for anything that no order of what they did explains. EWTP_HISTORY_SECONDS: some in a usual run, 300 for a proof.
const seconds = Number(process.env['EWTP_HISTORY_SECONDS'] ?? 12)
const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
const now = Date.UTC(2026, 10, 22, 9)
const db = await testDatabase()
const { sleep } = testClock()
const { bytes } = testRandom()
let drawn = 0
const newId = (): string => uuidv7(now + (drawn += 1), bytes)
const file = new URL('../../src/payments/pay.ts', import.meta.url)
let child: KilledProcess
afterAll(() => child?.kill())

const people = Array.from({ length: 6 }, () => ({ kind: 'person', id: newId() }) as const)
const walletOf = (at: number): string => walletAccount(people[at]!, 'MYR')

/** Everybody has 10 ringgit, and a standing code by which the others pay. */
async function begin(): Promise<string[]> {
  await transact(db, async (tx) => {
    const rail = railAccount('sandbox', 'MYR')
    const wallets = people.map((_, at) => walletOf(at))
    const draft = await loadLedger(tx, openJournal(), { accounts: [rail, ...wallets] }, now)
    post(draft, {
      ...{ id: newId(), kind: 'top-up', reference: 'test', at: now },
      postings: [
        { account: rail, amount: -1_000n * BigInt(wallets.length) },
        ...wallets.map((account) => ({ account, amount: 1_000n })),
      ],
    })
    await writeLedger(tx, draft, { hub: hub.id, now })
  })
  const codes: string[] = []
  for (const person of people) {
    const parts = { db, hub, now: () => now, random: bytes }
    const asked = { currency: 'MYR', amount: '', purpose: '' }
    const made = await askForMoney(parts, person, person.id, asked)
    if (isRefused(made)) throw new Error(made.refused)
    codes.push(made.code)
  }
  return codes
}

/** All in one statement, and so of one moment. */
async function readBalances(): Promise<Operation> {
  const begun = performance.now()
  const { rows } = await sql<{ account: string; postings: bigint; balance_minor: bigint }>`
    select account, postings, balance_minor from accounts
     where account = any(${people.map((_, at) => walletOf(at))}::text[])`.execute(db.kysely)
  const seen = new Map(
    rows.map(({ account, postings, balance_minor }) => [
      account,
      { position: Number(postings), balance: balance_minor },
    ]),
  )
  return { kind: 'read', begun, ended: performance.now(), seen }
}

async function listsInTheEnd(): Promise<Lists> {
  const { rows } = await sql<{ account: string; entry_id: string; balance_minor: bigint }>`
    select account, entry_id, balance_minor from postings
     where account = any(${people.map((_, at) => walletOf(at))}::text[]) order by account, position`.execute(
    db.kysely,
  )
  return new Map(
    [...Map.groupBy(rows, ({ account }) => account)].map(([account, list]) => [
      account,
      list.map(({ entry_id, balance_minor }) => ({ entry: entry_id, balance: balance_minor })),
    ]),
  )
}

test(`eight clients for ${seconds} s, with kills: no anomaly`, async () => {
  const codes = await begin()
  const start = () => startKilled({ url: db.url, file, command: 'payRequests', hub: hub.id, now })
  child = await start()
  const operations: Operation[] = []
  const until = performance.now() + seconds * 1000
  const paying = async (client: number): Promise<void> => {
    for (let turn = client; performance.now() < until; turn += 1) {
      if (turn % 3 === 0) {
        operations.push(await readBalances())
        continue
      }
      const from = (client + turn) % people.length
      const to = (from + 1 + (turn % (people.length - 1))) % people.length
      const key = newId()
      const body: Pay = {
        ...{ payer: people[from]!, code: codes[to]!, currency: 'MYR', entry: key },
        amount: BigInt(1 + ((turn * 7) % 400)),
      }
      const command: Command<Pay> = {
        ...{ actor: people[from]!.id, kind: paymentKind, key, request: `${turn}`, body },
      }
      const begun = performance.now()
      const status = await child.send(command)
      operations.push({
        ...{ kind: 'transfer', entry: key, accounts: [walletOf(from), walletOf(to)], begun },
        ended: performance.now(),
        outcome: status === undefined ? 'unknown' : status === 201 ? 'done' : 'refused',
      })
      if (status === undefined) await sleep(20)
    }
  }
  const killing = async (): Promise<void> => {
    while (performance.now() < until - 1_000) {
      await sleep(700)
      await child.kill()
      child = await start()
    }
  }
  await Promise.all([killing(), ...Array.from({ length: 8 }, (_, client) => paying(client))])
  await child.kill()
  // A server process whose client died may still be committing.
  await sleep(500)
  const transfers = operations.filter(({ kind }) => kind === 'transfer')
  expect(transfers.length).toBeGreaterThan(50)
  expect(anomaliesOf(operations, await listsInTheEnd())).toEqual([])
}, 600_000)
