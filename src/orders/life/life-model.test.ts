import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  dueOf,
  modelOrder,
  moveModel,
  type ModelMove,
  type ModelOrder,
} from '../../../test/orders/life-model.ts'
import { lifeWorld } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  balanceOf,
  day,
  draw,
  hub,
  leftOf,
  moving,
  now as begun,
  placeThem,
  pursesOf,
  stockOf,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import { findMoves, findOrder } from '../find-orders.ts'
import { moves, movesOf, type MoveName, type Role } from '../order.ts'
import { moveDueOrders } from './due-orders.ts'
import { findClaims } from './find-claims.ts'

// Anybody does anything to six orders, in batches and while days pass: states, answers and the money of everybody are what
// a second, simple account of the rules says (test/orders/life-model.ts).
const db = await testDatabase()
const { parts, move, booksAreRight } = lifeWorld(db)
const orders = 6
const names = (Object.keys(moves) as MoveName[]).filter(
  (name) => !['confirm', 'expire'].includes(name),
)
const roles: readonly Role[] = ['buyer', 'seller', 'carrier', 'customs', 'operator', 'hub']

/** How often each answer was given. */
const seen = new Map<string, number>()

type World = { placed: readonly Placed[]; models: readonly ModelOrder[]; now: number }
type Try = Omit<ModelMove, 'move' | 'role'> & { which: number; pick: number; anything: boolean }
type Step = { kind: 'batch'; tries: readonly Try[] } | { kind: 'wait'; days: number }

const aTry: fc.Arbitrary<Try> = fc.record({
  which: fc.nat(orders - 1),
  pick: fc.nat(9_999),
  // One in five is any move by anybody; the others are lawful in the state of the order.
  anything: fc.nat(4).map((drawn) => drawn === 0),
  fault: fc.option(fc.constantFrom('buyer' as const, 'seller' as const, 'carrier' as const), {
    ...{ nil: undefined, freq: 9 },
  }),
  refund: fc.option(
    fc.oneof(fc.bigInt({ min: -1n, max: 12_000n }), fc.constantFrom(0n, 1n, 2_500n, 10_000n)),
    { nil: undefined, freq: 9 },
  ),
})
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 15,
    arbitrary: fc
      .array(aTry, { minLength: 1, maxLength: 6 })
      .map((tries) => ({ kind: 'batch' as const, tries })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 4, 11, 15, 61).map((days) => ({ kind: 'wait' as const, days })),
  },
)
const people = roles.filter((role) => role !== 'hub')
const all = names.flatMap((move) => roles.map((role) => ({ move, role })))

/** Of the lawful moves each is as likely as another, but an early end: seven in eight go on. */
function choose({ state, said }: ModelOrder, { pick, anything, ...rest }: Try): ModelMove {
  const may = (move: MoveName) =>
    people.filter((role) =>
      movesOf({ state, facts: said ? { fault: said } : {} }, role).includes(move),
    )
  const ends = (move: MoveName) => move === 'cancel' || move === 'withdraw'
  const list = names.filter((move) => may(move).length > 0 && (pick % 8 === 0 || !ends(move)))
  if (anything || list.length === 0) return { ...all[pick % all.length]!, ...rest }
  const move = list[pick % list.length]!
  return { move, role: may(move)[pick % may(move).length]!, ...rest }
}

async function run(world: World, step: Step): Promise<void> {
  if (step.kind === 'wait') return wait(world, step.days)
  const made = step.tries.map((each) => {
    const model = world.models[each.which]!
    const chosen = choose(model, each)
    const { move: name, role, fault, refund } = chosen
    const command = moving(world.placed[each.which]!, name, role, { fault, refund })
    return { command, expected: moveModel(model, chosen, world.now) }
  })
  const said = await move(
    made.map(({ command }) => command),
    world.now,
  )
  expect(said).toEqual(made.map(({ expected }) => expected))
  for (const each of said) seen.set(each, (seen.get(each) ?? 0) + 1)
}

async function wait(world: World, days: number): Promise<void> {
  world.now += days * day
  const due = world.models.filter((model) => model.due !== undefined && model.due <= world.now)
  for (const model of due) {
    const made = { move: dueOf(model), role: 'hub', fault: undefined, refund: undefined } as const
    moveModel(model, made, world.now)
  }
  expect(await moveDueOrders({ ...parts, random: draw }, world.now)).toBe(due.length)
}

async function compare({ placed, models }: World): Promise<void> {
  for (const [index, order] of placed.entries()) {
    const model = models[index]!
    const { buyer, sellerSen } = model.has
    const found = await findOrder(db.kysely, hub, order.id)
    const claims = await findClaims(db.kysely, hub, order.id)
    const sum = (kind: string) =>
      claims.reduce((total, each) => total + (each.kind === kind ? each.amount : 0n), 0n)
    expect({
      ...{ state: found?.state, moves: found?.moves, due: found?.due?.at },
      ...{ purses: await pursesOf(db, order), stock: await stockOf(db, order) },
      ...{ owed: sum('owed'), drawback: sum('drawback') },
      history: (await findMoves(db.kysely, hub, order.id)).length,
    }).toEqual({
      ...{ state: model.state, moves: model.moves, due: model.due },
      ...{ purses: { buyer, seller: sellerSen }, stock: model.onShelf },
      ...{ owed: model.owedToBuyer, drawback: model.drawback, history: model.moves },
    })
  }
}

/** What carriers and customs got, in yuan; freight goes out through the dealer. */
async function given(): Promise<{ carriage: bigint; border: bigint }> {
  const of = (what: string) => balanceOf(db, `payable:${what}:CNY`)
  const border = (await of('duty:CN')) + (await of('tax:CN')) + (await of('fee:CN'))
  return { carriage: await of('insurance:pos'), border }
}

test('random moves by random roles over several orders are as the simple account says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aStep, { minLength: 5, maxLength: 30, size: 'max' }),
      async (steps) => {
        // Orders that an earlier run left behind when it failed.
        await sql`update orders set due_at = null, due_move = null`.execute(db.kysely)
        // Rates that hold for ever: those of a day are another test's.
        const usual = { ratesUntil: begun + 10_000 * day }
        const placed = [
          ...(await placeThem(db, orders / 2, { ...usual, dutyPaid: true })),
          ...(await placeThem(db, orders / 2, { ...usual, dutyPaid: false })),
        ]
        const models = placed.map((_, index) => modelOrder(index < orders / 2, begun))
        const world = { placed, models, now: begun }
        const before = await given()
        for (const step of steps) await run(world, step)
        await compare(world)
        // Everything ends: the buyer drops what is disputed or agrees, and the hub does what is due.
        for (const [index, model] of models.entries()) {
          if (model.state !== 'disputed') continue
          const name = model.said ? 'agree' : 'drop'
          const end = { move: name, role: 'buyer', fault: undefined, refund: undefined } as const
          moveModel(model, end, world.now)
          await move([moving(placed[index]!, name, 'buyer')], world.now)
        }
        for (let round = 0; round < 3; round += 1) await wait(world, 61)
        await compare(world)
        for (const order of placed) expect(await leftOf(db, order)).toBe('')
        const after = await given()
        const total = (of: (model: ModelOrder) => bigint) =>
          models.reduce((sum, model) => sum + of(model), 0n)
        expect(after.border - before.border).toBe(total(({ has }) => has.border))
        // 50 of the 350 for carriage are the insurance.
        expect((after.carriage - before.carriage) * 7n).toBe(total(({ has }) => has.carriage))
      },
    ),
    {
      numRuns: Number(process.env['EWTP_MODEL_RUNS'] ?? 80),
      // A failure is made smaller for two minutes at most.
      ...{ interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true },
    },
  )
  for (const leg of ['goods', 'freight', 'insurance', 'duty', 'tax', 'fee'])
    expect(await balanceOf(db, `escrow:${leg}:CNY`)).toBe(0n)
  await booksAreRight()
  // Every end was reached; a model that sees only refusals proves nothing.
  for (const end of ['closed', 'cancelled', 'refused', 'returned', 'lost'])
    expect(seen.get(`201 ${end}`) ?? 0, end).toBeGreaterThan(0)
}, 300_000)
