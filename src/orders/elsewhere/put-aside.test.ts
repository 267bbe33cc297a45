import { describe, expect, test } from 'vitest'
import { minute, twoHubs, type Goods } from '../../../test/orders/two-hubs.ts'
import { hub, otherHub } from '../../../test/support/checkout-world.ts'
import { keysInMemory } from '../../../test/support/keys.ts'
import { unpackQuote } from '../quotes/packed-quote.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { jwsOf, signQuote } from '../quotes/sign-quote.ts'
import { findSignedQuote } from '../quotes/find-quotes.ts'
import { asOtherHub } from './answer-hub.ts'
import type { Reservation } from './other-hub.ts'

const world = await twoHubs()
const { buyers, sellers } = world
const keys = keysInMemory()
const peer = { id: hub, keys }
const there = asOtherHub(sellers.parts, peer)

/** What the buyer's hub would send, signed with keys of this test, changed. */
async function asked(
  goods: Goods,
  change: (body: QuoteBody) => unknown = (body) => body,
): Promise<Reservation> {
  const order = await world.place(goods)
  const { shipTo, quote } = (await buyers.order(order))!
  const signed = (await findSignedQuote(buyers.db.kysely, hub, quote))!
  const body = change(unpackQuote(JSON.parse(signed.payload) as object)) as QuoteBody
  return { order, quote: jwsOf(signQuote(keys, body)), shipTo, holdFor: 15 * minute }
}

const leg = (body: QuoteBody, name: string, change: object) => ({
  ...body,
  legs: body.legs.map((each) => (each.leg === name ? { ...each, ...change } : each)),
})

describe('what another hub asks for is put aside only', () => {
  test.each<[string, (body: QuoteBody) => unknown, string]>([
    ['under its own name', (body) => ({ ...body, hub: otherHub }), 'quote-of-others'],
    ['of this hub', (body) => ({ ...body, seller: { ...body.seller, hub } }), 'quote-of-others'],
    ['in a form of today', (body) => ({ ...body, v: 2 }), 'quote-not-readable'],
    ['with lines', (body) => ({ ...body, lines: [] }), 'quote-not-readable'],
    [
      'in whole pieces',
      ({ lines: [line], ...body }) => ({ ...body, lines: [{ ...line, quantity: 0.5 }] }),
      'quote-not-readable',
    ],
    [
      'for an amount that is one',
      (body) => leg(body, 'goods', { as: '-6400' }),
      'quote-not-readable',
    ],
    [
      'when this hub is paid',
      (body) => leg(body, 'goods', { to: `peer:${hub}:MYR` }),
      'goods-not-paid-here',
    ],
    [
      'in the money of the goods',
      (body) => leg(body, 'goods', { to: `peer:${otherHub}:CNY` }),
      'goods-not-paid-here',
    ],
    ['for money at all', (body) => leg(body, 'goods', { as: '0' }), 'goods-not-paid-here'],
    ['at the seller’s price', (body) => leg(body, 'goods', { as: '6399' }), 'price-differs'],
    ['where it is sold to', (body) => ({ ...body, destination: 'GB' }), 'elsewhere'],
    [
      'of a seller who is here',
      (body) => ({ ...body, seller: { ...body.seller, id: body.id } }),
      'offer-gone',
    ],
    [
      'that is on offer',
      ({ lines: [line], ...body }) => ({ ...body, lines: [{ ...line, offer: body.id }] }),
      'offer-gone',
    ],
  ])('%s', async (_, change, refused) => {
    const goods = await world.goods(5)
    expect(await there.reserve(await asked(goods, change))).toEqual({ refused })
    expect(await world.stockOf(goods)).toBe(5n)
  })

  test('signed, and as it was signed', async () => {
    const goods = await world.goods(5)
    const { quote, ...rest } = await asked(goods)
    const [head = '', payload = '', signature = ''] = quote.split('.')
    const other = payload.replace(/.$/, (last) => (last === 'Q' ? 'g' : 'Q'))
    for (const bad of [
      ...['', 'a.b.c', `${head}.${payload}.`, `${head}.${other}.${signature}`],
      jwsOf(
        signQuote(
          keysInMemory(),
          unpackQuote(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object),
        ),
      ),
    ])
      expect(await there.reserve({ ...rest, quote: bad })).toEqual({ refused: 'quote-not-signed' })
    expect(await there.reserve({ ...rest, quote: 'a'.repeat(100_001) })).toEqual({
      refused: 'quote-not-readable',
    })
    expect(await there.reserve({ ...rest, quote })).toEqual({ standing: 'reserved' })
    expect(await world.stockOf(goods)).toBe(4n)
  })

  test.each([0, 59_999, 24 * 60 * minute + 1, Number.NaN])(
    'for %d ms it is not',
    async (holdFor) => {
      const goods = await world.goods(5)
      const refused = { refused: 'hold-not-valid' }
      expect(await there.reserve({ ...(await asked(goods)), holdFor })).toEqual(refused)
    },
  )

  test('once for an order, and another hub learns nothing of it', async () => {
    const goods = await world.goods(5)
    const request = await asked(goods)
    expect(await there.reserve(request)).toEqual({ standing: 'reserved' })
    expect(await there.reserve(request)).toEqual({ standing: 'reserved' })
    expect(await world.stockOf(goods)).toBe(4n)
    const stranger = asOtherHub(sellers.parts, { id: request.order, keys })
    expect(await stranger.reserve(request)).toEqual({ refused: 'order-unknown' })
    expect(await stranger.confirm(request.order)).toBe('unknown')
    expect(await stranger.standingOf(request.order)).toBe('unknown')
    expect((await sellers.order(request.order))?.state).toBe('reserved')
    const here = asOtherHub(buyers.parts, { id: request.order, keys })
    expect(await here.movesAfter({ [request.order]: 0 })).toEqual({})
    const proposal = { order: request.order, key: '1', move: 'accept' } as const
    expect(await here.propose(proposal)).toMatchObject({ status: 404 })
  })

  test('40 hubs’ questions at once for 5 pieces: 5 are put aside', async () => {
    const goods = await world.goods(5)
    const requests: Reservation[] = []
    while (requests.length < 40) requests.push(await asked(goods))
    const answers = await Promise.all(requests.map((request) => there.reserve(request)))
    expect(answers.filter((each) => 'standing' in each)).toHaveLength(5)
    expect(
      answers.filter((each) => 'refused' in each && each.refused === 'out-of-stock'),
    ).toHaveLength(35)
    expect(await world.stockOf(goods)).toBe(0n)
  })

  test('a move that is no seller’s is not made on another hub’s word', async () => {
    const id = await world.place(await world.goods(5))
    await world.ask()
    expect(await world.propose(id, 'withdraw')).toBe('403 role-not-lawful')
    expect(await world.propose(id, 'refund', { refund: 6_401n })).toBe('422 refund-not-valid')
    expect((await sellers.order(id))?.state).toBe('placed')
  })
})
