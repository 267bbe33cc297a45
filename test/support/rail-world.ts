import { sql } from 'kysely'
import { expect } from 'vitest'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { checkLedger, walletAccount, type Holder } from '../../src/ledger/index.ts'
import {
  askTransfers,
  findTransfer,
  takeWebhook,
  workRails,
  type Ask,
  type Rail,
  type RailEvent,
  type RailParts,
} from '../../src/payments/rails/rails.ts'
import { realRandom } from '../../src/app/random.ts'
import { testClock } from './clock.ts'
import type { TestDatabase } from './database.ts'

type Found = Omit<RailEvent, 'id' | 'transfer'>

/** A provider in memory: it does what it is told, and tells how things stand there. */
export function scriptedRail() {
  /** By our transfer's id; a test changes how it ended. */
  const truth = new Map<string, Found>()
  const calls: string[] = []
  /** What happens at the next calls, once each: an answer that is lost after the work, a refusal. */
  const mishaps: ('lost-answer' | 'down' | 'refuse')[] = []
  const move = async (word: string, wanted: { id: string; amount: bigint; currency: string }) => {
    const mishap = mishaps.shift()
    calls.push(`${word} ${wanted.id}`)
    if (mishap === 'down') throw new Error('the provider is down')
    if (mishap === 'refuse') return { refused: 'provider-refused', facts: { code: 'no_way' } }
    const { id, amount, currency } = wanted
    const found = truth.get(id) ?? { providerRef: `ref-${id}`, state: 'pending', amount, currency }
    truth.set(id, found)
    if (mishap === 'lost-answer') throw new Error('the answer was lost')
    return found
  }
  const rail: Rail = {
    ...{ name: 'test', realMoney: false, keepsKeysFor: 23 * 60 * 60_000 },
    takeIn: async (wanted) => {
      const sent = await move('take-in', wanted)
      return 'refused' in sent ? sent : { ...sent, continueUrl: `${wanted.returnUrl}?paid` }
    },
    payOut: (wanted) => move('pay-out', wanted),
    giveBack: (wanted) => move('give-back', wanted),
    find: async (ref) => [...truth.values()].find(({ providerRef }) => providerRef === ref),
    readWebhook: async (_headers, body) =>
      JSON.parse(Buffer.from(body).toString(), (key, value) =>
        key === 'amount' ? BigInt(value as string) : (value as unknown),
      ) as RailEvent[],
    async *report() {
      for (const [transfer, { providerRef, state, amount, currency }] of truth)
        if (state === 'done')
          yield {
            ...{ providerRef, transfer, amount, currency, at: Date.UTC(2026, 10, 22, 9) },
            direction: calls.includes(`take-in ${transfer}`) ? ('in' as const) : ('out' as const),
            ...{ reversal: false, what: 'test' },
          }
    },
  }
  return { rail, truth, calls, mishaps }
}

/** Somebody's money over one rail, in MYR unless something else is said. */
export function railWorld(db: TestDatabase, rail: Rail) {
  const clock = testClock()
  const { bytes } = realRandom()
  const newId = (): string => uuidv7(clock.now(), bytes)
  const faults: unknown[] = []
  const parts: RailParts = {
    ...{ db, random: bytes, now: () => clock.now() },
    hub: { id: '0199d2f0-0000-7000-8000-000000000001' },
    rails: new Map([[rail.name, rail]]),
    report: (error) => faults.push(error),
  }
  const person = (): Holder => ({ kind: 'person', id: newId() })
  /** The status and the code of the answer. */
  const ask = async (...asks: Ask[]): Promise<string[]> => {
    const commands = asks.map((body) => ({
      ...{ actor: body.holder.id, kind: body.kind, key: body.id, request: body.id, body },
    }))
    const answers = await askTransfers(parts, commands, clock.now())
    return answers.map((each) => {
      if (each.answer !== 'done') return each.answer
      const { code = '' } = JSON.parse(each.outcome.body) as { code?: string }
      return `${each.outcome.status} ${code}`.trim()
    })
  }
  const way = { rail: rail.name, currency: 'MYR' }
  const topUp = (holder: Holder, amount: bigint): Ask & { kind: 'top-up' } => ({
    ...{ kind: 'top-up', id: newId(), holder, amount, ...way, returnUrl: 'https://hub.test/w' },
  })
  const payout = (holder: Holder, amount: bigint): Ask & { kind: 'payout' } => ({
    ...{ kind: 'payout', id: newId(), holder, amount, ...way, to: 'acct_amina' },
  })
  const refund = (holder: Holder, of: string, amount: bigint): Ask & { kind: 'refund' } => ({
    ...{ kind: 'refund', id: newId(), holder, amount, of },
  })
  const work = async (): Promise<void> => {
    while ((await workRails(parts)) > 0);
  }
  const pass = (milliseconds: number): void => clock.set(clock.now() + milliseconds)
  const callBack = (...events: RailEvent[]) => {
    const text = JSON.stringify(events, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    return takeWebhook(parts, rail.name, new Headers(), Buffer.from(text))
  }
  /** `done`, or `failed silent`: the state and why. */
  const stateOf = async (id: string): Promise<string> => {
    const found = await findTransfer(db.kysely, id)
    return found ? [found.state, found.fault].filter(Boolean).join(' ') : 'unknown'
  }
  /** What the wallet has, and how much of that is held: `100 held 20`. */
  const wallet = async (holder: Holder): Promise<string> => {
    const row = await db.kysely
      .selectFrom('accounts')
      .select(['balance_minor', 'held_minor'])
      .where('account', '=', walletAccount(holder, 'MYR'))
      .executeTakeFirst()
    return `${row?.balance_minor ?? 0n} held ${row?.held_minor ?? 0n}`
  }
  /** The books hold together, and everything adds up to nothing. */
  const expectBooksRight = async (): Promise<void> => {
    const { faults: found } = await checkLedger(db, { verify: () => true })
    expect(found).toEqual([])
    const { rows } = await sql`
      select currency, sum(balance_minor) from accounts group by currency having sum(balance_minor) <> 0`.execute(
      db.kysely,
    )
    expect(rows).toEqual([])
  }
  return {
    ...{ parts, clock, faults, newId, person, ask, topUp, payout, refund, work, pass, callBack },
    ...{ stateOf, wallet, expectBooksRight },
  }
}

/** A world whose provider does as it is told. */
export function scriptedWorld(db: TestDatabase) {
  const provider = scriptedRail()
  const world = railWorld(db, provider.rail)
  /** How a transfer ends at the provider. */
  const ends = (id: string, change: Partial<Found>): void => {
    provider.truth.set(id, { ...provider.truth.get(id)!, ...change })
  }
  /** A callback on a transfer; without a change it says how things stand. */
  const event = (id: string, change: Partial<RailEvent> = {}): RailEvent => ({
    ...provider.truth.get(id)!,
    ...{ id: world.newId(), transfer: id, ...change },
  })
  const toppedUp = async (holder: Holder, amount: bigint): Promise<string> => {
    const ask = world.topUp(holder, amount)
    expect(await world.ask(ask)).toEqual(['201'])
    await world.work()
    ends(ask.id, { state: 'done' })
    await world.callBack(event(ask.id))
    expect(await world.stateOf(ask.id)).toBe('done')
    return ask.id
  }
  return { ...world, provider, ends, event, toppedUp }
}
