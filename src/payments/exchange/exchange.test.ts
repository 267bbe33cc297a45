import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testRandom } from '../../../test/support/clock.ts'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { decimal } from '../../basis/ratio.ts'
import { openJournal } from '../../basis/journal.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { transact, type Answer, type Command } from '../../db/index.ts'
import {
  checkLedger,
  findWallets,
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
  type Holder,
} from '../../ledger/index.ts'
import { exchangeMoney, type ExchangeMoney } from './exchange-money.ts'
import type { ExchangeQuote, ExchangeSettings } from './exchange-quote.ts'
import { forgetUnusedQuotes, findExchangeQuote } from './find-quotes.ts'
import { quoteExchange, type ExchangeParts } from './quote-exchange.ts'

const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
const minute = 60_000
const begun = Date.UTC(2026, 10, 22, 9)
const { bytes } = testRandom()
let made = 0
const newId = (): string => uuidv7(begun + (made += 1), bytes)
const person = (): Holder => ({ kind: 'person', id: newId() })

/** Units for one euro, and the day that they were published on. */
const perEuro: Readonly<Record<string, readonly [rate: string, day: string]>> = {
  EUR: ['1', '2026-11-20'],
  MYR: ['4.6444', '2026-11-20'],
  USD: ['1.1684', '2026-11-20'],
  JPY: ['186.75', '2026-11-20'],
  BHD: ['0.44', '2026-11-20'],
  VND: ['30750', '2026-11-12'],
  ISK: ['143.2', '2026-11-11'],
  XPF: ['119.33', '2025-10-17'],
}

describe('changing money', () => {
  let db: TestDatabase
  let now = begun
  let real = true
  let settings: Partial<ExchangeSettings> = {}
  const rate: ReturnType<ExchangeParts['tariff']>['exchange']['rate'] = (from, to) => {
    const [a, b] = [perEuro[from], perEuro[to]]
    if (!a || !b) return undefined
    const [x, y] = [decimal(a[0]), decimal(b[0])]
    const date = a[1] < b[1] ? a[1] : b[1]
    return { rate: { n: y.n * x.d, d: y.d * x.n }, date, source: 'European Central Bank' }
  }
  const parts = (): ExchangeParts => ({
    ...{ db, hub, random: bytes, now: () => now, today: () => '2026-11-22', exchange: settings },
    tariff: () => ({ exchange: { rate } }),
    rails: { rails: new Map([['bank', { realMoney: real }]]) },
  })
  beforeAll(async () => {
    db = await testDatabase()
  })

  const topUp = (holder: Holder, amount: bigint, currency = 'MYR') =>
    transact(db, async (tx) => {
      const [rail, wallet] = [railAccount('bank', currency), walletAccount(holder, currency)]
      const draft = await loadLedger(tx, openJournal(), { accounts: [rail, wallet] }, now)
      post(draft, {
        ...{ id: newId(), kind: 'top-up', reference: holder.id, at: now },
        postings: [
          { account: rail, amount: -amount },
          { account: wallet, amount },
        ],
      })
      await writeLedger(tx, draft, { hub: hub.id, now })
    })
  const quote = async (holder: Holder, amount = '100.00', from = 'MYR', to = 'EUR') => {
    const made = await quoteExchange(parts(), holder, holder.id, { from, to, amount })
    if (isRefused(made)) throw new Error(made.refused)
    return made
  }
  const command = (
    holder: Holder,
    { id }: Pick<ExchangeQuote, 'id'>,
    key = newId(),
  ): Command<ExchangeMoney> => ({
    ...{ actor: holder.id, kind: 'exchange', key, request: JSON.stringify([holder, id]) },
    body: { holder, quote: id, entry: newId() },
  })
  const change = async (...commands: Command<ExchangeMoney>[]) =>
    (await exchangeMoney(parts(), commands, now)).map(said)
  const said = (answer: Answer): string => {
    if (answer.answer !== 'done') return answer.answer
    const { status, body } = answer.outcome
    return `${status} ${(JSON.parse(body) as { code?: string }).code ?? ''}`.trim()
  }
  const inWallets = async (holder: Holder): Promise<string> =>
    (await findWallets(db.kysely, holder))
      .map(({ balance, currency }) => `${formatMinor(balance, currency)} ${currency}`)
      .join(', ')
  const balance = async (account: string): Promise<bigint> =>
    (
      await db.kysely
        .selectFrom('accounts')
        .select('balance_minor')
        .where('account', '=', account)
        .executeTakeFirst()
    )?.balance_minor ?? 0n

  // By hand: 100.00 MYR / 4.6444 = 21.5313… EUR, cut to 21.53; less 0.5 % it is 21.4237…, cut to 21.42; the spread is the rest.
  const sums: readonly [from: string, gives: string, to: string, gets: string, spread: string][] = [
    ['MYR', '100.00', 'EUR', '21.42', '0.11'],
    ['EUR', '100.00', 'MYR', '462.11', '2.33'],
    ['EUR', '1.00', 'JPY', '185', '1'],
    ['JPY', '1000', 'EUR', '5.32', '0.03'],
    ['USD', '10.00', 'BHD', '3.747', '0.018'],
    ['BHD', '1.000', 'JPY', '422', '2'],
    ['EUR', '0.02', 'USD', '0.02', '0.00'],
  ]
  test.each(sums)('%s %s gives %s %s, and the hub %s', async (from, gives, to, gets, spread) => {
    const made = await quote(person(), gives, from, to)
    expect([formatMinor(made.gets, to), formatMinor(made.spread, to)]).toEqual([gets, spread])
  })

  test('wallet, dealer and income move as the quote says, once', async () => {
    const amina = person()
    await topUp(amina, 10_000n)
    const before = await balance('income:exchange:EUR')
    const made = await quote(amina)
    const once = command(amina, made)
    expect(await change(once)).toEqual(['201'])
    expect(await change(once)).toEqual(['201'])
    expect(await inWallets(amina)).toBe('21.42 EUR, 0.00 MYR')
    expect((await balance('income:exchange:EUR')) - before).toBe(11n)
    expect([await balance('dealer:MYR'), await balance('dealer:EUR')]).toEqual([10_000n, -2_153n])
    expect(await findExchangeQuote(db.kysely, hub.id, made.id)).toMatchObject({
      ...{ usedAt: now, entry: once.body.entry, rate: { mid: { n: 2500n, d: 11611n } } },
    })
    expect(await change(command(amina, made))).toEqual(['409 quote-used'])
  })

  test('a quote of no spread leaves the hub nothing, and no posting of nothing', async () => {
    settings = { spreadPoints: 0 }
    const amina = person()
    await topUp(amina, 100n, 'EUR')
    expect(await change(command(amina, await quote(amina, '1.00', 'EUR', 'MYR')))).toEqual(['201'])
    expect(await inWallets(amina)).toBe('0.00 EUR, 4.64 MYR')
    expect(await balance('income:exchange:MYR')).toBe(0n)
    settings = {}
  })

  test('the same quote twice at once, twenty times over: one of them gets it', async () => {
    const amina = person()
    await topUp(amina, 40_000n)
    for (let race = 0; race < 20; race += 1) {
      const made = await quote(amina, '10.00')
      const outcomes = await Promise.all([
        change(command(amina, made)),
        change(command(amina, made)),
      ])
      expect(outcomes.flat().toSorted()).toEqual(['201', '409 quote-used'])
    }
    expect(await inWallets(amina)).toBe('42.80 EUR, 200.00 MYR')
    const made = await quote(amina, '10.00')
    expect(await change(command(amina, made), command(amina, made))).toEqual([
      ...['201', '409 quote-used'],
    ])
  })

  test('one command sent twenty times at once is done once', async () => {
    const amina = person()
    await topUp(amina, 10_000n)
    const once = command(amina, await quote(amina))
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => change(once)))
    expect([...new Set(outcomes.flat())].filter((each) => each !== 'at-work')).toEqual(['201'])
    expect(await inWallets(amina)).toBe('21.42 EUR, 0.00 MYR')
  })

  const refusals: readonly [
    name: string,
    outcome: string,
    change: (own: ExchangeQuote) => Promise<Partial<ExchangeMoney> | undefined>,
  ][] = [
    ['a quote that nobody made', '404 quote-unknown', async () => ({ quote: newId() })],
    [
      'somebody else’s',
      '422 quote-of-another',
      async () => ({ quote: (await quote(person())).id }),
    ],
    [
      'one whose time is over',
      '409 quote-expired',
      async () => {
        now = begun + 10 * minute
        return undefined
      },
    ],
    [
      'by somebody an officer has blocked meanwhile',
      '422 payer-blocked',
      async ({ holder }) => {
        await block(holder)
        return undefined
      },
    ],
  ]
  test.each(refusals)('%s: %s', async (_, outcome, prepare) => {
    const amina = person()
    await topUp(amina, 10_000n)
    const made = await quote(amina)
    const body = await prepare(made)
    const sent = command(amina, made)
    expect(await change({ ...sent, body: { ...sent.body, ...body } })).toEqual([outcome])
    now = begun
    expect(await inWallets(amina)).toMatch(/^100\.00 MYR$|, 100\.00 MYR$/)
  })

  const block = (holder: Holder) =>
    sql`
      insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
      values (${hub.id}, ${holder.kind}, ${holder.id}, '{Eve}', '{eve}', '1', 'blocked', 0, now(), now())`.execute(
      db.kysely,
    )

  test('more than there is stays refused, and the quote can be used when there is more', async () => {
    const amina = person()
    await topUp(amina, 9_999n)
    const made = await quote(amina)
    expect(await change(command(amina, made))).toEqual(['422 not-enough-money'])
    await topUp(amina, 1n)
    expect(await change(command(amina, made))).toEqual(['201'])
  })

  test.each([
    ['MYR', 'EUR', '0', 'amount-not-valid'],
    ['MYR', 'EUR', '-1', 'amount-not-valid'],
    ['MYR', 'EUR', '1.001', 'amount-not-valid'],
    ['JPY', 'EUR', '1.5', 'amount-not-valid'],
    ['MYR', 'EUR', '99999999999999', 'amount-too-large'],
    ['EUR', 'VND', '99999999999.00', 'amount-too-large'],
    ['MYR', 'MYR', '1', 'same-currency'],
    ['MYR', 'ABC', '1', 'currency-not-known'],
    ['abc', 'MYR', '1', 'currency-not-known'],
    ['MYR', 'KPW', '1', 'no-rate'],
    ['MYR', 'ISK', '1', 'rate-too-old'],
    ['JPY', 'EUR', '1', 'amount-too-small'],
  ])('%s to %s, %s: %s', async (from, to, amount, code) => {
    const amina = person()
    expect(await quoteExchange(parts(), amina, amina.id, { from, to, amount })).toMatchObject({
      refused: code,
    })
  })

  // Of 12 November it is 10 days old on the 22nd; of 17 October 2025 it is 401.
  test.each([
    ['VND', true, {}, 'quoted'],
    ['ISK', true, {}, 'rate-too-old'],
    ['ISK', true, { oldestRateDays: 11 }, 'quoted'],
    ['ISK', false, {}, 'quoted'],
    ['XPF', false, {}, 'rate-too-old'],
    ['XPF', false, { oldestRateDays: 401 }, 'quoted'],
  ])('a rate of %s where real money moves (%s): %o is %s', async (to, isReal, set, outcome) => {
    ;[real, settings] = [isReal, set]
    const amina = person()
    const made = await quoteExchange(parts(), amina, amina.id, { from: 'MYR', to, amount: '100' })
    expect(isRefused(made) ? made.refused : 'quoted').toBe(outcome)
    ;[real, settings] = [true, {}]
  })

  test('whoever is blocked gets no quote', async () => {
    const eve = person()
    await block(eve)
    expect(
      await quoteExchange(parts(), eve, eve.id, { from: 'MYR', to: 'EUR', amount: '1.00' }),
    ).toMatchObject({ refused: 'payer-blocked' })
  })

  test('quotes that nobody took are forgotten after a day; used ones stay', async () => {
    const amina = person()
    await topUp(amina, 20_000n)
    const [used, unused] = [await quote(amina), await quote(amina)]
    await change(command(amina, used))
    await forgetUnusedQuotes(db, now + 10 * minute + 24 * 60 * minute)
    expect(await findExchangeQuote(db.kysely, hub.id, unused.id)).toBeDefined()
    await forgetUnusedQuotes(db, now + 10 * minute + 24 * 60 * minute + 1)
    expect(await findExchangeQuote(db.kysely, hub.id, unused.id)).toBeUndefined()
    expect(await findExchangeQuote(db.kysely, hub.id, used.id)).toBeDefined()
  })

  test('the books are right after all that', async () => {
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  })
})
