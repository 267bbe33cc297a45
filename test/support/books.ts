// The books of a test hub: accounts, a key that is short enough to read, and the steps that every test of them takes.
import { openJournal } from '../../src/basis/journal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { runReader, transact } from '../../src/db/index.ts'
import {
  checkLedger,
  loadLedger,
  post,
  railAccount,
  sealer,
  walletAccount,
  writeLedger,
  type LedgerDraft,
} from '../../src/ledger/index.ts'
import { testRandom } from './clock.ts'
import { type TestDatabase } from './database.ts'

export const hub = '0199d2f0-0000-7000-8000-000000000001'
export const now = Date.UTC(2026, 10, 22)
const { bytes } = testRandom()
export const newId = (): string => uuidv7(now, bytes)
export const personOf = (id: string) => ({ kind: 'person', id }) as const
export const walletOf = (id: string): string => walletAccount(personOf(id), 'MYR')
export const rail = railAccount('sandbox', 'MYR')

// Signs as a hub does, with a key that is short enough to read: the seal is the hash of what is sealed.
export const keys = {
  sign: (message: Uint8Array) => ({
    keyId: 'test',
    signature: Uint8Array.from(message).toReversed(),
  }),
  verify: (id: string, message: Uint8Array, signature: Uint8Array) =>
    id === 'test' && Buffer.from(signature).equals(Uint8Array.from(message).toReversed()),
} as never

export const change = <T>(
  db: TestDatabase,
  wanted: Parameters<typeof loadLedger>[2],
  work: (draft: LedgerDraft) => T,
): Promise<T> =>
  transact(db, async (tx) => {
    const draft = await loadLedger(tx, openJournal(), wanted, now)
    const result = work(draft)
    await writeLedger(tx, draft, { hub, now })
    return result
  })

export const topUp = (db: TestDatabase, person: string, amount: bigint) =>
  change(db, { accounts: [rail, walletOf(person)] }, (draft) =>
    post(draft, {
      ...{ id: newId(), kind: 'top-up', reference: person, at: now },
      postings: [
        { account: rail, amount: -amount },
        { account: walletOf(person), amount },
      ],
    }),
  )

/** Seals whatever waits; another test file's open transaction may hold it for a moment. */
export async function sealAll(db: TestDatabase): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    await runReader(db, sealer({ keys, now: () => now }), { now })
    if ((await checkLedger(db, keys)).unsealed.length === 0) return
    await db.sleep(25)
  }
  throw new Error('the entries were not sealed')
}
