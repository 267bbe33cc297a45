// Two hubs trade while the network loses, repeats and delays, clocks differ and hubs fall silent for days: by seed.
// Afterwards, and for an order that was given up at every moment: the same outcome on both, or one open claim of that amount.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  day,
  hour,
  minute,
  twoHubs,
  type Fate,
  type Goods,
  type HubHere,
  type TwoHubs,
} from '../../../test/orders/two-hubs.ts'
import { hub, otherHub } from '../../../test/support/checkout-world.ts'
import { endStates, movesOf, type Fault, type MoveName, type Role } from '../order.ts'

const seeds = Number(process.env['EWTP_SEEDS'] ?? 6)
const steps = 120
const world = await twoHubs()
const mostOrders = 4
const pieces = 3

test.each(Array.from({ length: seeds }, (_, seed) => seed))('seed %i', async (seed) => {
  const pick = chooser(seed)
  const goods = await world.goods(pieces)
  const ids: string[] = []
  const silence = { until: 0 }
  for (let step = 0; step < steps; step += 1) {
    world.fate = () => (step < silence.until ? 'lost' : pick.from(fates))
    await act(world, pick, { goods, ids, silence, step })
    await eachGivenUpIsClaimed(world, ids)
  }
  await heal(world)
  for (const id of ids) await isTheSameOnBoth(world, id)
  await goodsAndMoneyAddUp(world, goods, ids)
})

const waits = [...Array.from({ length: 20 }, () => minute), 10 * minute, 10 * minute, hour, 4 * day]
const fates: readonly Fate[] = ['heard', 'heard', 'heard', 'heard', 'lost', 'unheard', 'twice']

type Sea = { goods: Goods; ids: string[]; silence: { until: number }; step: number }

async function act(
  world: TwoHubs,
  pick: Chooser,
  { goods, ids, silence, step }: Sea,
): Promise<void> {
  const { buyers, sellers } = world
  const id = ids.length > 0 ? pick.from(ids) : undefined
  const what = pick.below(100)
  if ((what < 12 && ids.length < mostOrders) || id === undefined) ids.push(await world.place(goods))
  else if (what < 28) await world.ask()
  // Two processes of one hub do the same at once.
  else if (what < 32) await Promise.all([world.ask(), world.ask(), world.follow(), world.follow()])
  else if (what < 46) await world.follow()
  else if (what < 54) await Promise.all([buyers.due(), sellers.due()])
  else if (what < 64) pick.from([buyers, sellers]).wait(pick.from(waits))
  else if (what < 67) {
    silence.until = step + 20
    buyers.wait(pick.from([0, 4 * day]))
  } else if (what < 72 && world.asked.length > 0)
    await pick
      .from(world.asked)()
      .catch(() => undefined)
  else if (what < 86) await moveAtBuyers(buyers, id, pick)
  else await moveAtSellers(world, id, pick)
}

/** What ends an order early is done seldom, so that others go their whole way. */
const early: readonly MoveName[] = ['expire', 'withdraw', 'cancel', 'refuse', 'lose', 'return']

const likely = (all: readonly MoveName[], pick: Chooser): MoveName | undefined => {
  const move = all.length > 0 ? pick.from(all) : undefined
  return move && early.includes(move) && pick.below(6) > 0 ? undefined : move
}

async function moveAtBuyers(buyers: HubHere, id: string, pick: Chooser): Promise<void> {
  const role = pick.from<Role>(['buyer', 'buyer', 'customs', 'carrier', 'carrier', 'operator'])
  const order = await buyers.order(id)
  const move = order && likely(movesOf(order, role), pick)
  if (!move) return
  const refund = BigInt(pick.below(5_001))
  const fault = role === 'carrier' ? 'carrier' : pick.from(faults)
  await buyers.move(id, move, role, { refund, fault })
}

/** By what their own hub knows, which may be old. */
async function moveAtSellers(world: TwoHubs, id: string, pick: Chooser): Promise<void> {
  const order = await world.sellers.order(id)
  const move = order && likely(movesOf(order, 'seller'), pick)
  const refund = BigInt(pick.below(3_200) + 1)
  if (move) await world.propose(id, move, { refund, fault: pick.from(faults) })
}

const faults: readonly Fault[] = ['seller', 'buyer', 'carrier']

/** A hub that was silent has confirmed, or not: the money is back with the buyer, and a claim covers what it may have booked. */
async function eachGivenUpIsClaimed({ buyers, sellers }: TwoHubs, ids: string[]): Promise<void> {
  for (const id of ids) {
    const here = await buyers.order(id)
    if (here?.state !== 'cancelled') continue
    const there = await sellers.order(id)
    const hasMoney = there !== undefined && !['reserved', 'cancelled'].includes(there.state)
    const claims = await buyers.claims(id)
    const open = claims.filter(({ droppedAt }) => droppedAt === undefined)
    const [move] = here.moves > 0 ? await lastMove(buyers, id) : []
    if (move === 'give-up' && hasMoney) {
      expect(open.map(({ amount }) => amount)).toEqual([there.total])
      expect(await leftAt(sellers, id)).toBe(there.total)
    }
    // One that was declined was never in the books there.
    if (move === 'decline') expect(hasMoney).toBe(false)
  }
}

const lastMove = async ({ db }: HubHere, id: string): Promise<string[]> => {
  const { rows } = await db.pool.query<{ move: string }>(
    'select move from order_moves where order_id = $1 order by number desc limit 1',
    [id],
  )
  return rows.map(({ move }) => move)
}

const leftAt = async (side: HubHere, id: string): Promise<bigint> =>
  (await side.legs(id)).reduce((sum, { left }) => sum + left, 0n)

/** Everything is heard again, and time passes: nothing waits for another hub any more. */
async function heal(world: TwoHubs): Promise<void> {
  world.fate = () => 'heard'
  for (let round = 0; round < 8; round += 1) {
    await world.ask()
    await world.follow()
    await Promise.all([world.buyers.due(), world.sellers.due()])
    for (const side of [world.buyers, world.sellers]) side.wait(round < 4 ? 6 * hour : minute)
  }
}

async function isTheSameOnBoth({ buyers, sellers }: TwoHubs, id: string): Promise<void> {
  const [here, there] = [await buyers.order(id), await sellers.order(id)]
  expect(['requested', 'confirming']).not.toContain(here?.state)
  expect(there?.state ?? 'cancelled').toBe(here?.state)
  const open = (await buyers.claims(id)).filter(
    ({ debtor, droppedAt }) => debtor === 'peer' && droppedAt === undefined,
  )
  expect(open).toEqual([])
  const goodsOf = async (side: HubHere) =>
    (await side.legs(id)).find(({ leg }) => leg === 'goods') ?? { got: 0n, given: 0n, left: 0n }
  const [paid, got] = [await goodsOf(buyers), await goodsOf(sellers)]
  // What this hub owes for the goods is what the other has paid the seller.
  expect(got.given).toBe(paid.got)
  if (here && endStates.includes(here.state)) expect([paid.left, got.left]).toEqual([0n, 0n])
}

const neverLeft = ['cancelled']

async function goodsAndMoneyAddUp(world: TwoHubs, goods: Goods, ids: string[]): Promise<void> {
  const { buyers, sellers } = world
  await world.booksAreRight()
  const gone = await Promise.all(ids.map((id) => sellers.order(id)))
  const sold = gone.filter((order) => order && !neverLeft.includes(order.state)).length
  expect(await world.stockOf(goods)).toBe(BigInt(pieces - sold))
  const escrow = await sellers.balance('escrow:goods:MYR')
  const { rows } = await sellers.db.pool.query<{ paid: bigint }>(
    "select coalesce(sum(balance_minor), 0)::bigint as paid from accounts where account like 'wallet:business:%'",
  )
  const paid = BigInt(rows[0]?.paid ?? -1)
  expect(await sellers.balance(`peer:${hub}:MYR`)).toBe(-(escrow + paid))
  expect(await buyers.balance(`peer:${otherHub}:MYR`)).toBe(paid)
}

interface Chooser {
  below(most: number): number
  from<T>(all: readonly T[]): T
}

function chooser(seed: number): Chooser {
  let drawn = 0
  const below = (most: number): number => {
    const digest = createHash('sha256')
      .update(`${seed} ${(drawn += 1)}`)
      .digest()
    return digest.readUInt32BE() % most
  }
  return { below, from: (all) => all[below(all.length)]! }
}
