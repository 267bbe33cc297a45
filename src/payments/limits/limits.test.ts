import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { testRandom } from '../../../test/support/clock.ts'
import type { Day } from '../../basis/day.ts'
import { openJournal } from '../../basis/journal.ts'
import { isRefused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { transact, type Answer } from '../../db/index.ts'
import {
  checkLedger,
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
  type Holder,
} from '../../ledger/index.ts'
import { askForMoney } from '../ask-for-money.ts'
import { payRequests } from '../pay.ts'
import { askTransfers, type Ask } from '../rails/ask-transfers.ts'
import { findLeft } from './find-levels.ts'
import { parseLimits, usualLimits, type LimitParts } from './limits.ts'

const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
const now = Date.UTC(2026, 10, 22, 9)
const { bytes } = testRandom()
let made = 0
const newId = (): string => uuidv7(now + (made += 1), bytes)

test.each([
  ['new=150/150,known=10000/50000,verified=100000/500000', usualLimits],
  ['new=150/150,known=10000/50000', { ...usualLimits, verified: usualLimits.known }],
  [
    'new=1/2,verified=-,known=3/4',
    { new: { day: 100n, month: 200n }, known: { day: 300n, month: 400n }, verified: undefined },
  ],
  ['known=-, new=1/2', { new: { day: 100n, month: 200n }, known: undefined, verified: undefined }],
  ['new=150/150', undefined],
  ['new=1/2,verified=-', undefined],
  ['new=1/2,new=1/2,known=-', undefined],
  ['new=1.50/2,known=-', undefined],
  ['new=-1/2,known=-', undefined],
  ['', undefined],
])('“%s” as a setting', (text, expected) => expect(parseLimits(text)).toEqual(expected))

describe('moving money within limits', () => {
  let db: TestDatabase
  let today: Day = '2026-11-22'
  beforeAll(async () => {
    db = await testDatabase()
  })
  /** A ringgit is a fifth of a euro; nobody knows what a rouble is worth. */
  const limits: LimitParts = {
    limits: usualLimits,
    today: () => today,
    rate: (currency) =>
      currency === 'EUR' ? { n: 1n, d: 1n } : currency === 'MYR' ? { n: 1n, d: 5n } : undefined,
  }
  const parts = () => ({ db, hub, random: bytes, now: () => now, limits })

  const holder = async (level: 'new' | 'known', kind: Holder['kind'] = 'person') => {
    const id = newId()
    if (kind === 'person')
      await db.pool.query(`insert into people values ($1, $2, 'Chen', $3, $3, 'en', $4, now())`, [
        hub.id,
        id,
        `${id}@example.org`,
        level === 'known' ? new Date(now) : null,
      ])
    if (kind === 'business') {
      await db.pool.query(
        `insert into businesses (home_hub, id, name, slug, country, created_at, updated_at) values ($1, $2, $3, $3, 'MY', now(), now())`,
        [hub.id, id, id],
      )
      if (level === 'known')
        await db.pool.query(`insert into business_identifiers values ($1, $2, 'ssm', $3)`, [
          hub.id,
          id,
          id,
        ])
    }
    const found: Holder = { kind, id }
    for (const currency of ['EUR', 'MYR', 'RUB']) await give(found, 100_000_000n, currency)
    return found
  }
  const give = (to: Holder, amount: bigint, currency: string) =>
    transact(db, async (tx) => {
      const accounts = [railAccount('sandbox', currency), walletAccount(to, currency)] as const
      const draft = await loadLedger(tx, openJournal(), { accounts: [...accounts] }, now)
      post(draft, {
        ...{ id: newId(), kind: 'top-up', reference: to.id, at: now },
        postings: [
          { account: accounts[0], amount: -amount },
          { account: accounts[1], amount },
        ],
      })
      await writeLedger(tx, draft, { hub: hub.id, now })
    })
  const pay = async (payer: Holder, amount: bigint, currency = 'EUR', key = newId()) => {
    const payee: Holder = { kind: 'person', id: newId() }
    const asked = await askForMoney(parts(), payee, payee.id, { currency, amount: '', purpose: '' })
    if (isRefused(asked)) throw new Error(asked.refused)
    const body = { payer, code: asked.code, amount, currency, entry: key }
    const command = { actor: payer.id, kind: 'payment', key, request: key, body }
    const [answer] = await payRequests(parts(), [command], now)
    return said(answer)
  }
  const said = (answer: Answer | undefined): string => {
    if (answer?.answer !== 'done') return answer?.answer ?? ''
    const { status, body } = answer.outcome
    const { code, period, left } = JSON.parse(body) as Record<string, string>
    return status === 201 ? '201' : [status, code, period, left].filter(Boolean).join(' ')
  }

  test.each<['new' | 'known', Holder['kind'], bigint, string, string]>([
    ['new', 'person', 15_000n, 'EUR', '201'],
    ['new', 'person', 15_001n, 'EUR', '422 over-limit day 15000'],
    ['new', 'business', 15_001n, 'EUR', '422 over-limit day 15000'],
    ['new', 'person', 75_000n, 'MYR', '201'],
    ['new', 'person', 75_001n, 'MYR', '422 over-limit day 15000'],
    ['new', 'person', 1n, 'RUB', '422 limit-no-rate'],
    ['known', 'person', 1_000_000n, 'EUR', '201'],
    ['known', 'business', 1_000_001n, 'EUR', '422 over-limit day 1000000'],
  ])('a %s %s pays %s of %s: %s', async (level, kind, amount, currency, expected) => {
    expect(await pay(await holder(level, kind), amount, currency)).toBe(expected)
  })

  test('a day and a month end, and what was refused was not counted', async () => {
    const chen = await holder('known')
    expect(await pay(chen, 999_999n)).toBe('201')
    expect(await pay(chen, 2n)).toBe('422 over-limit day 1')
    expect(await pay(chen, 1n)).toBe('201')
    for (const next of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'] as const) {
      today = next
      expect(await pay(chen, 1_000_000n)).toBe('201')
    }
    today = '2026-11-27'
    expect(await pay(chen, 1n)).toBe('422 over-limit month 0')
    expect(await findLeft(db.kysely, hub.id, limits, chen)).toEqual({
      level: 'known',
      next: 'verified',
      left: {
        in: { day: 1_000_000n, month: 5_000_000n },
        out: { day: 1_000_000n, month: 0n },
      },
    })
    today = '2026-12-01'
    expect(await pay(chen, 1n)).toBe('201')
    today = '2026-11-22'
  })

  test('of two payments at once that pass the limit together one is made; sent again it counts once', async () => {
    for (let race = 0; race < 10; race += 1) {
      const chen = await holder('new')
      const answers = await Promise.all([pay(chen, 8_000n), pay(chen, 8_000n)])
      expect(answers.toSorted()).toEqual(['201', '422 over-limit day 7000'])
    }
    const dara = await holder('new')
    const key = newId()
    const payee: Holder = { kind: 'person', id: newId() }
    const asked = await askForMoney(parts(), payee, payee.id, {
      ...{ currency: 'EUR', amount: '', purpose: '' },
    })
    const body = { payer: dara, code: (asked as { code: string }).code, amount: 9_000n }
    const command = {
      ...{ actor: dara.id, kind: 'payment', key, request: key },
      body: { ...body, currency: 'EUR', entry: key },
    }
    for (let again = 0; again < 3; again += 1)
      expect(said((await payRequests(parts(), [command], now))[0])).toBe('201')
    expect((await findLeft(db.kysely, hub.id, limits, dara))?.left.out.day).toBe(6_000n)
    expect(await pay(dara, 6_000n)).toBe('201')
  })

  test('what lacks money is not counted, nor what another command of the batch was refused', async () => {
    const chen = await holder('known')
    expect(await pay(chen, 900_000n, 'EUR')).toBe('201')
    const empty: Holder = { kind: 'person', id: newId() }
    expect(await pay(empty, 14_000n)).toMatch(/^422 not-enough-money/)
    await give(empty, 20_000n, 'EUR')
    expect(await pay(empty, 15_000n)).toBe('201')
  })

  test('money that comes in and money that is paid out have counters of their own', async () => {
    const chen = await holder('new')
    const rails = new Map([['sandbox', {} as never]])
    const ask = async (kind: 'top-up' | 'payout', amount: bigint) => {
      const common = { id: newId(), holder: chen, amount, rail: 'sandbox', currency: 'EUR' }
      const body: Ask =
        kind === 'top-up'
          ? { ...common, kind, returnUrl: 'http://hub.test/' }
          : { ...common, kind, to: 'MY-1' }
      const command = { actor: chen.id, kind: 'transfer', key: newId(), request: 'x', body }
      return said((await askTransfers({ ...parts(), rails }, [command], now))[0])
    }
    expect(await ask('top-up', 15_000n)).toBe('201')
    expect(await ask('top-up', 1n)).toBe('422 over-limit day 0')
    expect(await ask('payout', 14_000n)).toBe('201')
    expect(await pay(chen, 1_001n)).toBe('422 over-limit day 1000')
    expect(await pay(chen, 1_000n)).toBe('201')
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  })
})
