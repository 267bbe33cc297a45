// Ledger transfers in batches of 500, each batch one transaction: from wallet to wallet, with a fee to one shared account
// of the hub, posted, numbered and written to the event log. Beside it, in turns on the same server: pgbench's TPC-B
// (-s 50 -c 16 -j 2 -M prepared), where Debian's client tools are there. Then a check of all books that this made.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { realRandom } from '../src/app/index.ts'
import { openJournal } from '../src/basis/journal.ts'
import { uuidv7 } from '../src/basis/uuid.ts'
import {
  migrate,
  openDatabase,
  runReader,
  startEmbedded,
  transact,
  type Database,
} from '../src/db/index.ts'
import { openKeys, type Keys } from '../src/keys/index.ts'
import {
  checkLedger,
  incomeAccount,
  loadLedger,
  post,
  railAccount,
  sealer,
  walletAccount,
  writeLedger,
  type NewPosting,
} from '../src/ledger/index.ts'
import type { Figure } from './support/figure.ts'
import { withFolder } from './support/hub-process.ts'
import { median, now, ratioOf } from './support/measure.ts'
import { pgbenchOn } from './support/pgbench.ts'
import { seeded } from './support/random.ts'

const batch = 500
const wallets = 5_000
const rounds = 5
const secondsEach = 4

export function run(): Promise<Figure[]> {
  return withFolder(async (folder) => {
    const wait = async (milliseconds: number): Promise<void> => void (await sleep(milliseconds))
    const random = (length: number) => new Uint8Array(randomBytes(length))
    const embedded = await startEmbedded({ folder: join(folder, 'data'), sleep: wait, random })
    const db = await openDatabase({ embedded, sleep: wait, fraction: () => 0.5 })
    try {
      await migrate(db, Date.now())
      const yardstick = await pgbenchOn(embedded.address, secondsEach)
      await fund(db)
      const rates: number[] = []
      const bare: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        rates.push(await transfersPerSecond(db))
        if (yardstick) bare.push(await yardstick())
      }
      const keys = await openKeys(db, join(folder, 'keys'), Date.now())
      return [
        {
          ...{ name: 'ledger: transfers in batches of 500', value: median(rates), unit: '/s' },
          note: `${wallets} wallets, three postings each, one shared account, one connection`,
          ...(bare.length > 0
            ? {
                yardstick: { name: 'pgbench TPC-B', value: median(bare) },
                ratio: ratioOf(rates, bare),
                bar: { of: 'ratio', least: 4 } as const,
              }
            : {}),
        },
        ...(await checkFigures(db, keys)),
      ]
    } finally {
      await db.close()
      await embedded.stop()
    }
  })
}

const walletOf = (n: number): string =>
  walletAccount(
    { kind: 'person', id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` },
    'MYR',
  )
const fees = incomeAccount('fee', 'MYR')

const random = seeded(4)
const { bytes } = realRandom()

async function postAll(db: Database, all: readonly NewPosting[][]): Promise<void> {
  const at = Date.now()
  await transact(db, async (tx) => {
    const accounts = [...new Set(all.flat().map(({ account }) => account))]
    const draft = await loadLedger(tx, openJournal(), { accounts }, at)
    for (const postings of all) {
      const done = post(draft, {
        ...{ id: uuidv7(at, bytes), kind: 'payment', reference: 'bench', at, postings },
      })
      if ('refused' in done) throw new Error(done.refused)
    }
    await writeLedger(tx, draft, { hub: '0199d2f0-0000-7000-8000-000000000001', now: at })
  })
}

async function fund(db: Database): Promise<void> {
  for (let begin = 0; begin < wallets; begin += batch)
    await postAll(
      db,
      Array.from({ length: batch }, (_, at) => [
        { account: railAccount('sandbox', 'MYR'), amount: -1_000_000_000n },
        { account: walletOf(begin + at), amount: 1_000_000_000n },
      ]),
    )
}

async function transfersPerSecond(db: Database): Promise<number> {
  const begun = now()
  let done = 0
  while (now() - begun < secondsEach * 1000) {
    const some = Array.from({ length: batch }, (): NewPosting[] => {
      const from = Math.floor(random() * wallets)
      const to = (from + 1 + Math.floor(random() * (wallets - 1))) % wallets
      return [
        { account: walletOf(from), amount: -1_005n },
        { account: walletOf(to), amount: 1_000n },
        { account: fees, amount: 5n },
      ]
    })
    await postAll(db, some)
    done += batch
  }
  return (done * 1000) / (now() - begun)
}

/** Seals what was posted, then proves it; the figure is for a million postings. */
async function checkFigures(db: Database, keys: Keys): Promise<Figure[]> {
  const begun = now()
  const reader = sealer({ keys, now: () => Date.now() })
  for (;;) {
    const run = await runReader(db, reader, { now: Date.now() })
    if (run.state === 'failed') throw run.error
    if (run.state === 'ran' && run.passed === 0) break
  }
  const sealed = now()
  const report = await checkLedger(db, keys)
  const took = now() - sealed
  if (report.faults.length + report.unsealed.length > 0)
    throw new Error(`The books are not right: ${JSON.stringify(report.faults[0])}`)
  const perMillion = 1_000_000 / report.postings
  return [
    {
      ...{ name: 'ledger: check of 1,000,000 postings', unit: 's' },
      value: (took * perMillion) / 1000,
      bar: { of: 'figure', most: 60 },
      note: `${report.postings} postings in ${report.blocks} blocks were checked in ${(took / 1000).toPrecision(2)} s`,
    },
    {
      ...{ name: 'ledger: entries sealed', unit: '/s' },
      value: (report.entries * 1000) / (sealed - begun),
    },
  ]
}
