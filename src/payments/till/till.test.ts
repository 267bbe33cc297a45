import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testRandom } from '../../../test/support/clock.ts'
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openJournal } from '../../basis/journal.ts'
import { isRefused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { gather, transact, type Answer, type Command } from '../../db/index.ts'
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
import { readPayerCode } from '../qr/payer-code.ts'
import { findPayerCode, hexOf, newPayerCode, setCeiling } from './payer-codes.ts'
import { takePayments, type TakePayment } from './take-payment.ts'

const hub = { id: '0199d2f0-0000-7000-8000-000000000001' }
const begun = Date.UTC(2026, 10, 22, 9)
const { bytes } = testRandom()
let made = 0
const newId = (): string => uuidv7(begun + (made += 1), bytes)
// The hub's own random source draws every code anew; a row of small numbers would come round again.
const random = (length: number) => {
  const drawn = bytes(length).slice()
  drawn[0] = (made += 1) % 251
  drawn[1] = Math.floor(made / 251)
  return drawn
}
const person = (): Holder => ({ kind: 'person', id: newId() })
const shop = (): Holder => ({ kind: 'business', id: newId() })

describe('a payment by the code on the payer’s screen', () => {
  let db: TestDatabase
  let now = begun
  const parts = () => ({ db, hub, random, now: () => now })
  beforeAll(async () => {
    db = await testDatabase()
  })

  const topUp = (holder: Holder, amount: bigint) =>
    transact(db, async (tx) => {
      const [rail, wallet] = [railAccount('bank', 'MYR'), walletAccount(holder, 'MYR')]
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
  /** A payer with money, and the hash of the code that is on their screen. */
  const payer = async (money = 10_000n, ceiling = '50.00') => {
    const holder = person()
    await topUp(holder, money)
    const set = await setCeiling(parts(), holder, holder.id, { currency: 'MYR', amount: ceiling })
    if (isRefused(set)) throw new Error(set.refused)
    const show = async (): Promise<string> => {
      const { text } = await newPayerCode(parts(), holder, holder.id, set, 'hub.example')
      const read = readPayerCode(text)
      if (isRefused(read)) throw new Error(read.refused)
      return hexOf(read.hash)
    }
    return { holder, show, code: await show() }
  }
  const command = (payee: Holder, codeHash: string, more: Partial<TakePayment> = {}) => {
    const body = { payee, codeHash, currency: 'MYR', amount: 1_250n, entry: newId(), ...more }
    const asked = JSON.stringify([payee, codeHash, body.currency, String(body.amount)])
    return { actor: payee.id, kind: 'payment-by-code', key: newId(), request: asked, body }
  }
  const take = async (...commands: Command<TakePayment>[]) =>
    (await takePayments(parts(), commands, now)).map(said)
  const said = (answer: Answer): string => {
    if (answer.answer !== 'done') return answer.answer
    const { status, body } = answer.outcome
    return `${status} ${(JSON.parse(body) as { code?: string }).code ?? ''}`.trim()
  }
  const free = async (holder: Holder): Promise<bigint> =>
    (await findWallets(db.kysely, holder)).find(({ currency }) => currency === 'MYR')?.balance ?? 0n

  test('the money comes at once, and the code pays nothing more', async () => {
    const [bo, till] = [await payer(), shop()]
    const once = command(till, bo.code)
    expect(await take(once)).toEqual(['201'])
    expect(await take(once)).toEqual(['201'])
    expect([await free(bo.holder), await free(till)]).toEqual([8_750n, 1_250n])
    expect(await take(command(till, bo.code))).toEqual(['409 payer-code-used'])
    expect(await findPayerCode(db.kysely, hub.id, bo.holder)).toMatchObject({
      ...{ usedAt: now, amount: 1_250n, payee: walletAccount(till, 'MYR'), entry: once.body.entry },
    })
  })

  test('a new code takes the place of the last, which then pays nothing', async () => {
    const [bo, till] = [await payer(), shop()]
    const second = await bo.show()
    expect(await take(command(till, bo.code))).toEqual(['404 payer-code-unknown'])
    expect(await take(command(till, second))).toEqual(['201'])
  })

  test('two tills read the same code at once, twenty times over: one of them is paid', async () => {
    const [bo, one, other] = [await payer(100_000n), shop(), shop()]
    for (let race = 0; race < 20; race += 1) {
      const code = await bo.show()
      const outcomes = await Promise.all([take(command(one, code)), take(command(other, code))])
      expect(outcomes.flat().toSorted()).toEqual(['201', '409 payer-code-used'])
    }
    expect((await free(one)) + (await free(other))).toBe(25_000n)
    const code = await bo.show()
    expect(await take(command(one, code), command(other, code))).toEqual([
      ...['201', '409 payer-code-used'],
    ])
  })

  test('a till reads while the payer loads the page again: paid once, or the code is gone', async () => {
    const [bo, till] = [await payer(1_000_000n), shop()]
    let paid = 0n
    let code = bo.code
    for (let race = 0; race < 20; race += 1) {
      const [[outcome], next] = await Promise.all([take(command(till, code)), bo.show()])
      expect(['201', '404 payer-code-unknown']).toContain(outcome)
      paid += outcome === '201' ? 1_250n : 0n
      code = next
    }
    expect(await free(till)).toBe(paid)
  })

  const minute = 60_000
  const refusals: readonly [
    name: string,
    outcome: string,
    change: (holder: Holder, till: Holder) => Promise<Partial<TakePayment>>,
  ][] = [
    ['a sen above the ceiling', '422 above-ceiling', async () => ({ amount: 5_001n })],
    ['nothing', '422 amount-not-valid', async () => ({ amount: 0n })],
    ['less than nothing', '422 amount-not-valid', async () => ({ amount: -1n })],
    ['other money', '422 payer-code-currency', async () => ({ currency: 'CNY' })],
    ['a code of nobody', '404 payer-code-unknown', async () => ({ codeHash: '0'.repeat(64) })],
    ['one’s own code', '422 pays-oneself', async (holder) => ({ payee: holder })],
    [
      'after two minutes',
      '409 payer-code-expired',
      async () => {
        now = begun + 2 * minute
        return {}
      },
    ],
    [
      'a payer whom an officer has blocked',
      '422 payer-may-not',
      async (holder) => {
        await block(holder)
        return {}
      },
    ],
    [
      'a payee whom an officer has blocked',
      '422 payee-blocked',
      async (_, till) => {
        await block(till)
        return {}
      },
    ],
  ]
  test.each(refusals)('%s: %s', async (_, outcome, change) => {
    const [bo, till] = [await payer(), shop()]
    expect(await take(command(till, bo.code, await change(bo.holder, till)))).toEqual([outcome])
    now = begun
    expect([await free(bo.holder), await free(till)]).toEqual([10_000n, 0n])
  })

  const block = ({ kind, id }: Holder) =>
    sql`
      insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
      values (${hub.id}, ${kind}, ${id}, '{Eve}', '{eve}', '1', 'blocked', 0, now(), now())`.execute(
      db.kysely,
    )

  test('what a payer lacks, and up to how much they pay, a till is not told', async () => {
    const [bo, till] = [await payer(100n), shop()]
    const answers = await takePayments(
      parts(),
      [command(till, bo.code), command(till, bo.code, { amount: 9_999n })],
      now,
    )
    expect(answers.map((each) => each.answer === 'done' && each.outcome.body)).toEqual([
      '{"status":422,"code":"payer-lacks-money"}',
      '{"status":422,"code":"above-ceiling"}',
    ])
    await topUp(bo.holder, 5_000n)
    expect(await take(command(till, bo.code))).toEqual(['201'])
  })

  test('a ceiling that is set anew ends the code that was promised another one', async () => {
    const [bo, till] = [await payer(), shop()]
    await setCeiling(parts(), bo.holder, bo.holder.id, { currency: 'MYR', amount: '5.00' })
    expect(await take(command(till, bo.code))).toEqual(['404 payer-code-unknown'])
  })

  test.each([
    [{ currency: 'MYR', amount: '0' }, 'amount-not-valid'],
    [{ currency: 'MYR', amount: '1,000' }, 'amount-not-valid'],
    [{ currency: 'XXX', amount: '10' }, 'currency-not-known'],
    [{ currency: 'MYR', amount: '99999999999999' }, 'amount-too-large'],
  ])('a ceiling of %o is refused: %s', async (wanted, code) => {
    const bo = person()
    expect(await setCeiling(parts(), bo, bo.id, wanted)).toMatchObject({ refused: code })
  })

  test('two hundred payers at once are a few transactions, and the books are right', async () => {
    const till = shop()
    const codes = await Promise.all(Array.from({ length: 200 }, async () => (await payer()).code))
    const batches: number[] = []
    const send = gather({
      run: (commands: readonly Command<TakePayment>[]) => {
        batches.push(commands.length)
        return takePayments(parts(), commands, now)
      },
    })
    const outcomes = await Promise.all(codes.map((code) => send(command(till, code))))
    expect(outcomes.map(said).filter((each) => each !== '201')).toEqual([])
    expect(batches.length).toBeLessThan(4)
    expect(await free(till)).toBe(250_000n)
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  })
})
