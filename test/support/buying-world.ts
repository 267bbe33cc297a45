// A hub where a scarf from Malaysia and syrup from Canada are sold to London, with real keys, rules and books.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closedNet, createHub, type Hub } from '../../src/app/index.ts'
import { openJournal } from '../../src/basis/journal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { decideMarkets, type OfferDraft } from '../../src/catalogue/index.ts'
import { transact, type Database } from '../../src/db/index.ts'
import { openKeys } from '../../src/keys/index.ts'
import {
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
} from '../../src/ledger/index.ts'
import type { Limits } from '../../src/payments/index.ts'
import { testClock } from './clock.ts'
import { testPerson, type TestPerson } from './people.ts'
import { amina, bo, idOf, scarf, shopWorld, syrup, type Seller } from './shop-world.ts'

export interface Goods {
  seller: Seller
  owner: TestPerson
  /** The address of the product. */
  path: string
  variant: string
}

export interface BuyingWorld {
  hub: Hub
  clock: ReturnType<typeof testClock>
  scarf: Goods
  syrup: Goods
  /** Puts money into a person's wallet, in pence. */
  give(person: TestPerson, pence: bigint): Promise<void>
  end(): void
}

const usualId = '0199d2f0-0000-7000-8000-000000000001'

export interface WorldSettings {
  id?: string
  limits?: Limits
  otherHub?: NonNullable<Hub['otherHub']>
}

export async function buyingWorld(
  db: Database,
  { otherHub, id = usualId, ...settings }: WorldSettings = {},
): Promise<BuyingWorld> {
  const clock = testClock()
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-keys-'))
  const keys = await openKeys(db, folder, clock.now())
  const random = {
    bytes: (length: number) => new Uint8Array(randomBytes(length)),
    fraction: () => 0.5,
  }
  const config = {
    ...{ id, name: 'Test hub', territory: 'MY', version: '0.0.0', ...settings },
  }
  const other = otherHub ? { otherHub } : {}
  const hub = createHub({ db, clock, random, keys, config, net: closedNet(), ...other })
  const shops = await shopWorld(hub)
  const sell = async (seller: Seller, draft: OfferDraft): Promise<Goods> => {
    const [outcome] = await shops.sell(seller, [draft])
    const offerId = idOf(outcome)
    const key = { homeHub: config.id, businessId: seller.id, offerId }
    await transact(db, async (tx) => {
      await decideMarkets(tx, { ...key, destinations: ['GB'], open: true }, clock.now())
      await decideMarkets(tx, { ...key, destinations: ['SG'], open: false }, clock.now())
    })
    const { rows } = await db.pool.query<{ slug: string; variant_id: string }>(
      `select slug, variant_id from offers join variants using (home_hub, business_id, offer_id)
        where offer_id = $1 order by position limit 1`,
      [offerId],
    )
    const owner = await testPerson(hub, seller.name, { businesses: { [seller.id]: 'owner' } })
    const path = `/shop/${seller.slug}/${rows[0]?.slug}`
    return { seller, owner, path, variant: rows[0]?.variant_id ?? '' }
  }
  return {
    ...{ hub, clock },
    scarf: await sell(amina, scarf),
    syrup: await sell(bo, syrup),
    give: async ({ personId }, pence) => {
      const rail = railAccount('sandbox', 'GBP')
      const wallet = walletAccount({ kind: 'person', id: personId }, 'GBP')
      const now = clock.now()
      await transact(db, async (tx) => {
        const draft = await loadLedger(tx, openJournal(), { accounts: [rail, wallet] }, now)
        post(draft, {
          ...{ id: uuidv7(now, randomBytes), kind: 'top-up', reference: 'test', at: now },
          postings: [
            { account: rail, amount: -pence },
            { account: wallet, amount: pence },
          ],
        })
        await writeLedger(tx, draft, { hub: config.id, now })
      })
    },
    end: () => rmSync(folder, { recursive: true }),
  }
}
