import { describe, expect, test } from 'vitest'
import { day, hour, minute, twoHubs } from '../../../test/orders/two-hubs.ts'
import { otherHub, hub } from '../../../test/support/checkout-world.ts'

const world = await twoHubs()
const { buyers, sellers } = world
const statesOf = async (id: string) => [
  (await buyers.order(id))?.state,
  (await sellers.order(id))?.state,
]
const settled = { legs: 10_900n, gets: 6_400n }

describe('goods of another hub', () => {
  test('are asked for, put aside there, decided here, confirmed there; the money goes from hold to escrow', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    expect(await statesOf(id)).toEqual(['requested', undefined])
    expect(await buyers.legs(id)).toEqual([])
    expect(await world.ask()).toEqual({ moved: 1, silent: new Set() })
    expect(await statesOf(id)).toEqual(['placed', 'placed'])
    expect(await world.stockOf(goods)).toBe(4n)
    const here = await buyers.legs(id)
    expect(here.reduce((sum, { left }) => sum + left, 0n)).toBe(settled.legs)
    expect(here.find(({ leg }) => leg === 'goods')?.beneficiary).toBe(`peer:${otherHub}:MYR`)
    expect(await sellers.legs(id)).toMatchObject([
      { leg: 'goods', currency: 'MYR', left: settled.gets },
    ])
    expect(await sellers.order(id)).toMatchObject({
      ...{ currency: 'MYR', total: settled.gets, due: undefined },
      buyer: { hub, account: `peer:${hub}:MYR` },
    })
    await world.booksAreRight()
  })

  test('go their whole way: both hubs stand alike after every move, and owe each other the same in the end', async () => {
    const goods = await world.goods(5)
    const before = [
      await buyers.balance(`peer:${otherHub}:MYR`),
      await sellers.balance(`peer:${hub}:MYR`),
    ]
    const id = await world.place(goods)
    await world.ask()
    const walk: (() => Promise<string>)[] = [
      () => world.propose(id, 'accept'),
      () => world.propose(id, 'pack'),
      () => world.propose(id, 'hand-over', { consignment: 'RR 123 456 789 MY' }),
      () => buyers.move(id, 'arrive', 'carrier'),
      () => buyers.move(id, 'release', 'customs'),
      () => world.propose(id, 'refund', { refund: 1_000n }),
      () => buyers.move(id, 'deliver', 'carrier'),
      () => world.propose(id, 'refund', { refund: 333n }),
      () => buyers.move(id, 'close', 'buyer'),
    ]
    for (const step of walk) {
      expect(await step()).toBe('201')
      await world.follow()
      const [here, there] = await statesOf(id)
      expect(there).toBe(here)
    }
    expect((await sellers.order(id))?.facts).toMatchObject({ consignment: 'RR 123 456 789 MY' })
    const [goodsLeg] = await buyers.legs(id)
    // 1000 sen of 6400 are 1562.5 of 10000 fen, and 333 are 520.3: 2083 go back, 6400 * 2083 / 10000 = 1333.12 rounded up.
    expect(goodsLeg).toMatchObject({ back: 2_083n, left: 0n, got: 5_066n })
    expect(await sellers.legs(id)).toMatchObject([{ back: 1_334n, given: 5_066n, left: 0n }])
    expect(await sellers.balance(`wallet:business:${goods.seller}:MYR`)).toBe(5_066n)
    expect((await buyers.balance(`peer:${otherHub}:MYR`)) - before[0]!).toBe(5_066n)
    expect((await sellers.balance(`peer:${hub}:MYR`)) - before[1]!).toBe(-5_066n)
    await world.booksAreRight()
  })

  test('which are sold out there are declined; the held money is free again', async () => {
    const goods = await world.goods(1)
    const [first, second] = [await world.place(goods), await world.place(goods)]
    await world.ask()
    expect([await statesOf(first), await statesOf(second)].toSorted()).toEqual([
      ['cancelled', undefined],
      ['placed', 'placed'],
    ])
    const declined = (await statesOf(first))[0] === 'cancelled' ? first : second
    const { buyer, facts } = (await buyers.order(declined))!
    expect(facts.reason).toBe('out-of-stock')
    expect(await buyers.balance(buyer.account)).toBe(1_000_000n)
    expect(await world.stockOf(goods)).toBe(0n)
  })

  test('whose price has changed meanwhile are declined', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    await sellers.db.pool.query('update variants set price_minor = 6500 where variant_id = $1', [
      goods.variant,
    ])
    await world.ask()
    expect((await buyers.order(id))?.facts.reason).toBe('price-differs')
  })

  test('that a buyer gives up before it is decided go back on the shelf there', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    world.fate = (question) => (question === 'reserve' ? 'unheard' : 'heard')
    expect((await world.ask()).silent).toEqual(new Set([otherHub]))
    world.fate = () => 'heard'
    expect(await statesOf(id)).toEqual(['requested', 'reserved'])
    expect(await buyers.move(id, 'expire', 'buyer')).toBe('201')
    await world.follow()
    expect(await statesOf(id)).toEqual(['cancelled', 'cancelled'])
    expect(await world.stockOf(goods)).toBe(5n)
  })

  test('a buyer may not give up what is decided, and the seller hands nothing over before', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    world.fate = (question) => (question === 'confirm' ? 'lost' : 'heard')
    await world.ask()
    expect(await statesOf(id)).toEqual(['confirming', 'reserved'])
    expect(await buyers.move(id, 'expire', 'buyer')).toBe('409 move-not-lawful')
    expect(await buyers.move(id, 'withdraw', 'buyer')).toBe('409 move-not-lawful')
    expect(await world.propose(id, 'pack')).toBe('409 move-not-lawful')
    expect(await sellers.move(id, 'pack', 'seller')).toBe('409 decided-elsewhere')
    world.fate = () => 'heard'
    await world.ask()
    expect(await statesOf(id)).toEqual(['placed', 'placed'])
  })

  test('moves of the buyer’s hub are made here once, in their order, and none is left out', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    await world.ask()
    expect(await world.propose(id, 'accept')).toBe('201')
    const followed = (await sellers.order(id))?.facts.followed ?? 0
    const tell = (number: number) =>
      sellers.move(id, 'withdraw', 'peer', {
        told: { number, role: 'buyer', actor: undefined, after: 'cancelled' },
      })
    expect(await tell(followed)).toBe('201')
    expect(await tell(followed + 2)).toBe('409 move-missing')
    expect((await sellers.order(id))?.state).toBe('accepted')
    expect(await tell(followed + 1)).toBe('201')
    expect((await sellers.order(id))?.state).toBe('cancelled')
    expect(await world.stockOf(goods)).toBe(5n)
  })

  test('a seller whose buyer’s hub is silent is told so, and nothing is done', async () => {
    const id = await world.place(await world.goods(5))
    await world.ask()
    world.fate = () => 'lost'
    expect(await world.propose(id, 'accept')).toBe('503 other-hub-silent')
    world.fate = () => 'heard'
    expect(await statesOf(id)).toEqual(['placed', 'placed'])
  })
})

describe('a hub that falls silent', () => {
  test('before it put anything aside: the money is free after a quarter of an hour', async () => {
    const id = await world.place(await world.goods(5))
    world.fate = () => 'lost'
    await world.ask()
    buyers.wait(15 * minute)
    await buyers.due()
    world.fate = () => 'heard'
    expect(await statesOf(id)).toEqual(['cancelled', undefined])
  })

  test('after it put goods aside: they are back on the shelf after grace, and a later word comes too late', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    world.fate = (question) => (question === 'confirm' ? 'lost' : 'heard')
    await world.ask()
    sellers.wait(20 * minute - 1)
    await sellers.due()
    expect((await statesOf(id))[1]).toBe('reserved')
    sellers.wait(1)
    await sellers.due()
    world.fate = () => 'heard'
    expect(await statesOf(id)).toEqual(['confirming', 'cancelled'])
    await world.ask()
    const { state, facts, buyer } = (await buyers.order(id))!
    expect([state, facts.reason]).toEqual(['cancelled', 'expired'])
    expect(await buyers.balance(buyer.account)).toBe(1_000_000n)
    expect(await world.stockOf(goods)).toBe(5n)
    expect(await buyers.claims(id)).toEqual([])
    await world.booksAreRight()
  })

  test('after it confirmed: the buyer has the money back after three days, and one claim stands until it is heard', async () => {
    const goods = await world.goods(5)
    const id = await world.place(goods)
    world.fate = (question) => (question === 'confirm' ? 'unheard' : 'heard')
    await world.ask()
    expect(await statesOf(id)).toEqual(['confirming', 'placed'])
    world.fate = () => 'lost'
    buyers.wait(3 * day - hour)
    await Promise.all([buyers.due(), world.ask()])
    expect((await statesOf(id))[0]).toBe('confirming')
    buyers.wait(hour)
    await buyers.due()
    const { state, buyer } = (await buyers.order(id))!
    expect(state).toBe('cancelled')
    expect(await buyers.balance(buyer.account)).toBe(1_000_000n)
    expect(await buyers.claims(id)).toMatchObject([
      { debtor: 'peer', creditor: 'hub', what: 'goods', currency: 'MYR', amount: 6_400n },
    ])
    // It cannot have handed anything over: for that it has to ask.
    expect(await world.propose(id, 'pack')).toBe('503 other-hub-silent')
    await world.ask()
    expect((await buyers.claims(id))[0]?.droppedAt).toBeUndefined()
    world.fate = () => 'heard'
    await world.follow()
    expect(await statesOf(id)).toEqual(['cancelled', 'cancelled'])
    await world.ask()
    expect((await buyers.claims(id))[0]?.droppedAt).toBe(buyers.parts.now())
    expect(await world.stockOf(goods)).toBe(5n)
    await world.booksAreRight()
  })

  test('everything asked again, late: goods and money are as they were', async () => {
    const before = await Promise.all([buyers, sellers].map(({ db }) => countAll(db)))
    for (const ask of world.asked) await ask().catch(() => undefined)
    // What had never come was put aside now, for an order that is no more.
    await world.follow()
    expect(await Promise.all([buyers, sellers].map(({ db }) => countAll(db)))).toEqual(before)
    await world.booksAreRight()
  })
})

const countAll = async (db: typeof buyers.db) => {
  const { rows } = await db.pool.query(
    `select (select count(*) from orders where state <> 'cancelled') as orders,
            (select count(*) from entries) as entries, (select sum(on_hand) from stock) as stock`,
  )
  return rows[0] as unknown
}
