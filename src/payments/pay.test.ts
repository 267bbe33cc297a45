import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import { testRandom } from '../../test/support/clock.ts'
import { openJournal } from '../basis/journal.ts'
import { isRefused } from '../basis/refusal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { gather, transact, type Answer, type Command } from '../db/index.ts'
import {
  checkLedger,
  findWallets,
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
  type Holder,
} from '../ledger/index.ts'
import { askForMoney, cancelRequest } from './ask-for-money.ts'
import { findRequest } from './find-requests.ts'
import { payRequests, type Pay } from './pay.ts'
import type { WantedRequest } from './payment-request.ts'

const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
const day = 24 * 60 * 60 * 1000
const begun = Date.UTC(2026, 10, 22)
const { bytes } = testRandom()
let made = 0
const newId = (): string => uuidv7(begun + (made += 1), bytes)
const person = (): Holder => ({ kind: 'person', id: newId() })

describe('paying a request', () => {
  let db: TestDatabase
  let now = begun
  const parts = () => ({ db, hub, random: bytes, now: () => now })
  beforeAll(async () => {
    db = await testDatabase()
  })

  const topUp = (holder: Holder, amount: bigint, currency = 'MYR') =>
    transact(db, async (tx) => {
      const [rail, wallet] = [railAccount('sandbox', currency), walletAccount(holder, currency)]
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
  const request = async (payee: Holder, wanted: Partial<WantedRequest> = {}): Promise<string> => {
    const full = { currency: 'MYR', amount: '25.00', purpose: 'a batik scarf', ...wanted }
    const made = await askForMoney(parts(), payee, payee.id, full)
    if (isRefused(made)) throw new Error(made.refused)
    return made.code
  }
  const command = (payer: Holder, code: string, more: Partial<Pay & { key: string }> = {}) => {
    const { key = newId(), ...rest } = more
    const body: Pay = { payer, code, amount: 2_500n, currency: 'MYR', entry: key, ...rest }
    const asked = JSON.stringify([body.payer, body.code, String(body.amount), body.currency])
    return { actor: payer.id, kind: 'payment', key, request: asked, body }
  }
  const pay = async (...commands: Command<Pay>[]) =>
    (await payRequests(parts(), commands, now)).map(said)
  const said = (answer: Answer): string => {
    if (answer.answer !== 'done') return answer.answer
    const { status, body } = answer.outcome
    return `${status} ${(JSON.parse(body) as { code?: string }).code}`
  }
  const free = async (holder: Holder): Promise<bigint> =>
    (await findWallets(db.kysely, holder))[0]?.balance ?? 0n

  test('the money moves, the request is paid, and who sends it again gets the same answer', async () => {
    const [amina, bo] = [person(), person()]
    await topUp(bo, 10_000n)
    const code = await request(amina)
    const once = command(bo, code)
    expect(await pay(once)).toEqual([`201 ${code}`])
    expect(await pay(once)).toEqual([`201 ${code}`])
    expect([await free(amina), await free(bo)]).toEqual([2_500n, 7_500n])
    expect(await findRequest(db.kysely, hub.id, code)).toMatchObject({
      ...{ state: 'paid', entry: once.key, payer: walletAccount(bo, 'MYR') },
    })
  })

  test('two wallets at once: one pays, the other keeps its money', async () => {
    const [amina, bo, chen] = [person(), person(), person()]
    await topUp(bo, 10_000n)
    await topUp(chen, 10_000n)
    for (let race = 0; race < 20; race += 1) {
      const code = await request(amina, { amount: '1.00' })
      const outcomes = await Promise.all([
        pay(command(bo, code, { amount: 100n })),
        pay(command(chen, code, { amount: 100n })),
      ])
      expect(outcomes.flat().toSorted()).toEqual([`201 ${code}`, '409 request-paid'])
    }
    expect((await free(bo)) + (await free(chen))).toBe(18_000n)
  })

  test('a standing code is paid by everybody, each what they say', async () => {
    const [amina, bo] = [person(), person()]
    await topUp(bo, 10_000n)
    const code = await request(amina, { amount: '' })
    now += 30 * day
    expect(
      await pay(command(bo, code, { amount: 100n }), command(bo, code, { amount: 7n })),
    ).toEqual([...[`201 ${code}`, `201 ${code}`]])
    expect(await free(amina)).toBe(107n)
    now = begun
  })

  const refusals: readonly [
    name: string,
    outcome: string,
    change: Partial<Pay> | ((code: string, payee: Holder) => Promise<unknown>),
  ][] = [
    ['more than there is', '422 not-enough-money', async () => {}],
    ['less than is asked', '422 amount-differs', { amount: 2_499n }],
    ['other money', '422 amount-differs', { currency: 'CNY' }],
    ['nothing', '422 amount-differs', { amount: 0n }],
    ['less than nothing', '422 amount-differs', { amount: -2_500n }],
    ['a code that nobody made', '404 no-such-request', { code: '000000000' }],
    [
      'what was taken back',
      '409 request-cancelled',
      (code, payee) => cancelRequest(parts(), payee, code, payee.id),
    ],
    [
      'what is over',
      '409 request-expired',
      async () => {
        now = begun + 7 * day
      },
    ],
  ]
  test.each(refusals)('%s: %s', async (name, outcome, change) => {
    const [amina, bo] = [person(), person()]
    await topUp(bo, name === 'more than there is' ? 2_499n : 10_000n)
    const code = await request(amina)
    if (typeof change === 'function') await change(code, amina)
    const body = typeof change === 'function' ? {} : change
    expect(await pay(command(bo, code, body))).toEqual([outcome])
    now = begun
    expect(await free(amina)).toBe(0n)
  })

  test('nobody pays themself, and nobody asks for what is no amount', async () => {
    const amina = person()
    await topUp(amina, 10_000n)
    expect(await pay(command(amina, await request(amina)))).toEqual(['422 pays-oneself'])
    for (const amount of ['0', '-1', '1e9', 'NaN', '1,000', '0.001', '9999999999999999', ' ', '١'])
      expect(
        await askForMoney(parts(), amina, amina.id, { currency: 'MYR', amount, purpose: '' }),
      ).toMatchObject({ refused: expect.stringMatching(/^amount-(not-valid|too-large)$/) })
  })

  test('a thousand payments that come at once are a few transactions, and the books are right', async () => {
    const [amina, bo] = [person(), person()]
    await topUp(bo, 100_000n)
    const code = await request(amina, { amount: '' })
    const batches: number[] = []
    const send = gather({
      run: (commands: readonly Command<Pay>[]) => {
        batches.push(commands.length)
        return payRequests(parts(), commands, now)
      },
    })
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, () => send(command(bo, code, { amount: 120n }))),
    )
    // 100,000 is enough for 833 of them.
    expect(outcomes.filter((each) => said(each).startsWith('201'))).toHaveLength(833)
    expect(batches.length).toBeLessThan(8)
    expect(await free(amina)).toBe(99_960n)
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  })
})
