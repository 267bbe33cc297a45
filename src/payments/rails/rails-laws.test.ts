import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { railWorld, scriptedRail } from '../../../test/support/rail-world.ts'
import type { RailEvent } from './rail.ts'
import { findTransfer, type Ask } from './rails.ts'

const db = await testDatabase()

/** What became of a transfer at the provider, and what we must have made of it. */
const truths = {
  done: 'done',
  failed: 'failed',
  'another amount': 'wrong',
  'paid and returned': 'failed',
} as const
type Truth = keyof typeof truths

/** What a callback tells: as it is, or something old, wrong or long over. */
type Telling = 'true' | 'pending' | 'failed' | 'too much' | 'other currency' | 'done'

type Plan = { kind: Ask['kind']; amount: bigint; truth: Truth; tellings: Telling[]; twice: boolean }
type Act =
  | { act: 'tell'; plan: number; telling: Telling; copy: number }
  | { act: 'happen'; plan: number }
  | { act: 'work' | 'lost-answer' | 'down' }
  | { act: 'pass'; ms: number }

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom<Ask['kind'][]>('top-up', 'payout', 'refund'),
  amount: fc.bigInt(1n, 400n),
  truth: fc.constantFrom(...(Object.keys(truths) as Truth[])),
  tellings: fc.array(
    fc.constantFrom<Telling[]>('true', 'pending', 'failed', 'too much', 'other currency', 'done'),
    { maxLength: 4 },
  ),
  twice: fc.boolean(),
})

/** A success that fits is believed; a provider that signs one which never was is put right only where money can come back. */
const believable = ({ kind, truth }: Plan, telling: Telling): boolean =>
  telling !== 'done' || (kind !== 'top-up' && truth !== 'another amount')

const actsOf = (plans: readonly Plan[]): Act[] => [
  ...plans.flatMap((each, index): Act[] => [
    { act: 'happen', plan: index },
    { act: 'happen', plan: index },
    ...each.tellings
      .filter((telling) => believable(each, telling))
      .flatMap((telling) =>
        Array.from({ length: each.twice ? 2 : 1 }, (_, copy): Act => ({
          act: 'tell',
          plan: index,
          telling,
          copy,
        })),
      ),
  ]),
  ...Array.from({ length: 4 }, (): Act => ({ act: 'work' })),
  { act: 'lost-answer' },
  { act: 'down' },
  ...[1_000, 10_000, 3_600_000, 26 * 3_600_000].map((ms): Act => ({ act: 'pass', ms })),
]

const story = fc
  .array(plan, { minLength: 1, maxLength: 6 })
  .map((plans) =>
    plans.map((each) =>
      each.kind === 'top-up' && each.truth === 'paid and returned'
        ? { ...each, truth: 'failed' as const }
        : each,
    ),
  )
  .chain((plans) => {
    const acts = actsOf(plans)
    return fc.record({
      plans: fc.constant(plans),
      acts: fc.shuffledSubarray(acts, { minLength: acts.length }),
    })
  })

test(
  'in whatever order callbacks come, late, twice, wrong or never: the books say what the provider did',
  { timeout: 120_000 },
  async () => {
    await fc.assert(fc.asyncProperty(story, play), { numRuns: 60 })
    const { rail } = scriptedRail()
    await railWorld(db, rail).expectBooksRight()
  },
)

async function play({ plans, acts }: { plans: Plan[]; acts: Act[] }): Promise<void> {
  const provider = scriptedRail()
  const world = railWorld(db, provider.rail)
  const amina = world.person()
  const first = world.topUp(amina, 1_000n)
  await world.ask(first)
  await world.work()
  const told = (id: string, amount: bigint): Omit<RailEvent, 'id' | 'state'> => ({
    ...{ transfer: id, providerRef: `ref-${id}`, amount, currency: 'MYR' },
  })
  provider.truth.set(first.id, { ...told(first.id, 1_000n), state: 'done' })
  await world.callBack({ ...told(first.id, 1_000n), id: world.newId(), state: 'done' })

  const asks = plans.map(({ kind, amount }): Ask => {
    if (kind === 'refund') return world.refund(amina, first.id, amount)
    return kind === 'top-up' ? world.topUp(amina, amount) : world.payout(amina, amount)
  })
  const accepted = (await world.ask(...asks)).map((answer) => answer === '201')

  const happened = plans.map(() => 0)
  /** Once: how it first ends; again: how it ends for good. */
  const happen = (index: number): void => {
    const { truth, amount } = plans[index]!
    happened[index]! += 1
    const isBack = truth === 'failed' || (truth === 'paid and returned' && happened[index]! > 1)
    provider.truth.set(asks[index]!.id, {
      ...told(asks[index]!.id, truth === 'another amount' ? amount + 1n : amount),
      state: isBack ? 'failed' : 'done',
    })
  }
  const tell = (index: number, telling: Telling, id: string): Promise<unknown> => {
    const ask = asks[index]!
    const known = provider.truth.get(ask.id)
    const base = { ...told(ask.id, ask.amount), id }
    const event: Record<Telling, RailEvent> = {
      true: { ...base, state: 'pending', ...known },
      pending: { ...base, state: 'pending' },
      failed: { ...base, state: 'failed' },
      done: { ...base, state: 'done' },
      'too much': { ...base, state: 'done', amount: ask.amount + 7n },
      'other currency': { ...base, state: 'done', currency: 'SGD' },
    }
    return world.callBack(event[telling])
  }
  for (const each of acts) {
    if (each.act === 'tell') {
      const id = `${asks[each.plan]!.id} ${each.telling}`
      if (accepted[each.plan]) await tell(each.plan, each.telling, id)
    } else if (each.act === 'happen') {
      if (accepted[each.plan]) happen(each.plan)
    } else if (each.act === 'pass') world.pass(each.ms)
    else if (each.act === 'work') await world.work()
    else provider.mishaps.push(each.act)
  }
  provider.mishaps.length = 0
  for (const [index] of plans.entries())
    if (accepted[index]) await tell(index, 'true', world.newId())
  for (let hour = 0; hour < 30; hour += 1) {
    world.pass(3_600_000)
    await world.work()
  }

  let [balance, held] = [1_000n, 0n]
  for (const [index, { truth, kind, amount }] of plans.entries()) {
    const transfer = await findTransfer(db.kysely, asks[index]!.id)
    if (!accepted[index]) expect(transfer).toBeUndefined()
    else {
      expect(`${kind}, ${truth}: ${transfer?.state}`).toBe(`${kind}, ${truth}: ${truths[truth]}`)
      if (truth === 'done') balance += kind === 'top-up' ? amount : -amount
      if (truth === 'another amount' && kind !== 'top-up') held += amount
    }
  }
  expect(await world.wallet(amina)).toBe(`${balance} held ${held}`)
  expect(world.faults.filter((each) => !/down|lost/.test(String(each)))).toEqual([])
}
