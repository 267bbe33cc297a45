import { openJournal } from '../../src/basis/journal.ts'
import { isRefused } from '../../src/basis/refusal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { transact, type Command, type Database } from '../../src/db/index.ts'
import {
  checkLedger,
  findMovementOf,
  findWallets,
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
} from '../../src/ledger/index.ts'
import { askForMoney, paymentKind, type Pay } from '../../src/payments/index.ts'

/** Twenty buyers with money and a seller with a standing code, for tests that kill something while they pay. */
export interface Paying {
  hub: { id: string }
  now: number
  buyers: readonly { kind: 'person'; id: string }[]
  /** A payment of that many sen under a key of its own. */
  command(buyer: { kind: 'person'; id: string }, amount: bigint): Command<Pay>
  /** What is wrong after `acknowledged` (key to amount) was promised: nothing, if all is well. */
  wrongWith(db: Database, acknowledged: ReadonlyMap<string, bigint>): Promise<string[]>
}

export async function startPaying(db: Database): Promise<Paying> {
  const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
  const now = Date.UTC(2026, 10, 22, 9)
  let drawn = 0
  const newId = (): string =>
    uuidv7(now + (drawn += 1), (length) => new Uint8Array(length).fill(drawn % 251))
  const buyers = Array.from({ length: 20 }, () => ({ kind: 'person', id: newId() }) as const)
  const seller = { kind: 'business', id: newId() } as const
  await transact(db, async (tx) => {
    const rail = railAccount('sandbox', 'MYR')
    const wallets = buyers.map((buyer) => walletAccount(buyer, 'MYR'))
    const draft = await loadLedger(tx, openJournal(), { accounts: [rail, ...wallets] }, now)
    post(draft, {
      ...{ id: newId(), kind: 'top-up', reference: 'test', at: now },
      postings: [
        { account: rail, amount: -1_000_000_000n * BigInt(wallets.length) },
        ...wallets.map((account) => ({ account, amount: 1_000_000_000n })),
      ],
    })
    await writeLedger(tx, draft, { hub: hub.id, now })
  })
  const parts = {
    ...{ db, hub, now: () => now },
    random: (length: number) => new Uint8Array(length).fill(7),
  }
  const wanted = { currency: 'MYR', amount: '', purpose: '' }
  const request = await askForMoney(parts, seller, seller.id, wanted)
  if (isRefused(request)) throw new Error(request.refused)
  return {
    ...{ hub, now, buyers },
    command(payer, amount) {
      const key = newId()
      const body = { payer, code: request.code, amount, currency: 'MYR', entry: key }
      const asked = `${payer.id} ${request.code} ${amount}`
      return { actor: payer.id, kind: paymentKind, key, request: asked, body }
    },
    async wrongWith(database, acknowledged) {
      const wallet = walletAccount(seller, 'MYR')
      const wrong: string[] = []
      for (const [key, amount] of acknowledged)
        if ((await findMovementOf(database.kysely, wallet, key))?.amount !== amount)
          wrong.push(`${key} is not there`)
      const promised = [...acknowledged.values()].reduce((total, each) => total + each, 0n)
      const [found] = await findWallets(database.kysely, seller)
      if (found?.balance !== promised) wrong.push(`${found?.balance} instead of ${promised}`)
      const { faults } = await checkLedger(database, { verify: () => true })
      return [...wrong, ...faults.map(({ code, place }) => `${code} ${place}`)]
    },
  }
}
