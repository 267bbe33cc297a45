import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  add,
  atReview,
  browserOf,
  fieldsOf,
  london,
  ordersOf,
  pay,
  type Browser,
  type Sent,
} from '../../../test/support/form-browser.ts'
import { screenAs } from '../../../test/support/placed-orders.ts'
import { testBusiness, testKey, testPerson, type TestPerson } from '../../../test/support/people.ts'

// Whose an order is when people come and go, sell and have an office at once.

const db = await testDatabase()
let world: BuyingWorld
beforeAll(async () => {
  world = await buyingWorld(db)
}, 60_000)
afterAll(() => world.end())

const move = async (browser: Browser, base: string, name: string, more: Sent = {}) => {
  const { html } = await browser.get(base)
  const key = crypto.randomUUID()
  return browser.post(`${base}/moves`, {
    ...fieldsOf(html, `${base}/moves`),
    key,
    move: name,
    ...more,
  })
}
const syrupOrder = async () => {
  const { person, browser, review } = await atReview(world, world.syrup)
  await pay(browser, review)
  const [id = ''] = await ordersOf(db, person)
  return { id, buyer: browser, ofBo: `/business/${world.syrup.seller.id}/orders/${id}` }
}
const member = (name: string, role: 'owner' | 'staff', business: string): Promise<TestPerson> =>
  testPerson(world.hub, name, { businesses: { [business]: role } })

describe('what a business has bought', () => {
  test('is its owners’ and, while they belong to it, of who bought it', async () => {
    const { id, buyer } = await syrupOrder()
    const { rows } = await db.pool.query<{ buyer_id: string }>(
      'select buyer_id from orders where order_id = $1',
      [id],
    )
    const owner = await testPerson(world.hub, 'Olga Owner')
    const business = await testBusiness(world.hub, owner, { name: 'Olga Imports', country: 'GB' })
    await db.pool.query('update orders set buyer_account = $2 where order_id = $1', [
      id,
      `wallet:business:${business}:GBP`,
    ])
    const isMember = (role: string | undefined) =>
      role === undefined
        ? db.pool.query('delete from memberships where business_id = $1 and person_id = $2', [
            business,
            rows[0]?.buyer_id,
          ])
        : db.pool.query(
            `insert into memberships (home_hub, person_id, business_id, role, since) values ($1, $2, $3, $4, now())`,
            [world.hub.config.id, rows[0]?.buyer_id, business, role],
          )
    const staff = browserOf(world, await member('Sam Staff', 'staff', business))
    const [path, mine] = [`/orders/${id}`, browserOf(world, owner)]
    const statuses = async () =>
      Promise.all([buyer, mine, staff].map(async ({ get }) => (await get(path)).status))
    // Who has left it has no part in it; neither has who works there and did not buy it.
    expect(await statuses()).toEqual([404, 200, 404])
    expect((await buyer.get('/orders')).html).not.toContain(path)
    expect((await move(buyer, path, 'withdraw')).status).toBe(404)
    await isMember('staff')
    expect(await statuses()).toEqual([200, 200, 404])
    expect((await buyer.get('/orders')).html).toContain(path)
    await isMember(undefined)
  })

  test('is nobody’s own goods, by the basket or by a program', async () => {
    const { owner, seller } = world.syrup
    const browser = browserOf(world, owner)
    await world.give(owner, 100_000n)
    await add(browser, world.syrup)
    const review = await browser.post('/checkout/address', london)
    expect(review.text).toContain('goods of your own business')
    expect(await ordersOf(db, owner)).toEqual([])
    const headers = await testKey(world.hub, seller.id, owner, ['orders:buy'])
    const { rows } = await db.pool.query<{ offer_id: string }>(
      'select offer_id from variants where variant_id = $1',
      [world.syrup.variant],
    )
    const line = { seller: seller.id, offer: rows[0]?.offer_id, variant: world.syrup.variant }
    const answer = await world.hub.fetch(
      new Request(`http://hub.test/api/v1/businesses/${seller.id}/quotes`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ destination: 'GB', lines: [{ ...line, quantity: 1 }] }),
      }),
    )
    expect(await answer.json()).toMatchObject({ outcomes: [{ refused: 'own-goods' }] })
  })
})

test('who has an office of the hub decides nothing where they buy or sell themselves', async () => {
  const { id, buyer, ofBo } = await syrupOrder()
  const { seller } = world.syrup
  const both = browserOf(
    world,
    await testPerson(world.hub, 'Carl Carrier', {
      hubRoles: ['carrier'],
      businesses: { [seller.id]: 'owner' },
    }),
  )
  await move(both, ofBo, 'pack')
  const page = await both.get(`/desk/orders/${id}`)
  expect(page.text).toContain('somebody else of the hub has to do this')
  expect(page.html).not.toContain(`action="/desk/orders/${id}/moves"`)
  const refused = await move(both, `/desk/orders/${id}`, 'hand-over')
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('You are a side')])
  expect((await buyer.get(`/orders/${id}`)).text).toContain('Packed')
  // As the seller they may, and another carrier may, too.
  expect((await move(both, ofBo, 'hand-over')).status).toBe(200)
})

test('the offices of the hub see that screening keeps a side from trading, the sides do not', async () => {
  const { id, buyer } = await syrupOrder()
  const office = browserOf(
    world,
    await testPerson(world.hub, 'Cory Officer', { hubRoles: ['customs-officer'] }),
  )
  const said = 'Screening keeps a side of this order from trading'
  expect((await office.get(`/desk/orders/${id}`)).text).not.toContain(said)
  await screenAs(db, 'business', world.syrup.seller.id, 'blocked')
  expect((await office.get(`/desk/orders/${id}`)).text).toContain(said)
  expect((await buyer.get(`/orders/${id}`)).text).not.toContain(said)
  await screenAs(db, 'business', world.syrup.seller.id, 'clear')
})

test('nor does staff of the business that buys, who did not buy it themselves', async () => {
  const { id } = await syrupOrder()
  const owner = await testPerson(world.hub, 'Otto Owner')
  const business = await testBusiness(world.hub, owner, { name: 'Otto Imports', country: 'GB' })
  await db.pool.query('update orders set buyer_account = $2 where order_id = $1', [
    id,
    `wallet:business:${business}:GBP`,
  ])
  const carrier = browserOf(
    world,
    await testPerson(world.hub, 'Cleo Carrier', {
      hubRoles: ['carrier'],
      businesses: { [business]: 'staff' },
    }),
  )
  const refused = await move(carrier, `/desk/orders/${id}`, 'hand-over')
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('You are a side')])
})

test('staff do the daily work, but give no money away', async () => {
  const { ofBo } = await syrupOrder()
  const { seller, owner } = world.syrup
  const staff = browserOf(world, await member('Sue Staff', 'staff', seller.id))
  expect((await move(staff, ofBo, 'accept')).status).toBe(200)
  expect((await staff.get(ofBo)).html).not.toContain('value="refund"')
  const asked = { 'refund-reason': 'Late', 'refund-refund': '5.00' }
  const refused = await move(staff, ofBo, 'refund', asked)
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Only an owner')])
  for (const step of ['pack', 'hand-over']) await move(staff, ofBo, step)
  await db.pool.query(`update orders set state = 'delivered' where order_id = $1`, [
    ofBo.split('/').at(-1),
  ])
  const back = { 'return-reason': 'It came back', 'return-fault': 'seller' }
  expect((await move(staff, ofBo, 'return', back)).text).toContain('Only an owner')
  const given = await move(browserOf(world, owner), ofBo, 'refund', asked)
  expect([given.status, given.path]).toEqual([200, `${ofBo}?moved`])
})

test('a picture in a dispute is seen by its two sides and the operator, at no other address, and kept by no shared cache', async () => {
  const { id, buyer, ofBo } = await syrupOrder()
  const seller = browserOf(world, world.syrup.owner)
  const desk = (name: string, role: 'operator' | 'carrier') =>
    testPerson(world.hub, name, { hubRoles: [role] }).then((person) => browserOf(world, person))
  const operator = await desk('Nina Operator', 'operator')
  for (const step of ['pack', 'hand-over']) await move(seller, ofBo, step)
  await move(buyer, `/orders/${id}`, 'dispute', { 'dispute-reason': 'The bottle is broken' })
  const told = await buyer.get(`/orders/${id}`)
  expect(told.text).toMatch(/If the seller says nothing until .* the buyer gets the price back/)
  expect(told.text).not.toContain('the seller is paid')
  expect(told.text).toContain('We are waiting for: Seller and Operator of the hub')
  const red = { width: 300, height: 200, channels: 3 as const, background: { r: 200, g: 0, b: 0 } }
  const png = await sharp({ create: red }).png().toBuffer()
  const say = async (bytes: Buffer, words = 'Look at it') => {
    const form = new FormData()
    form.set('key', crypto.randomUUID())
    form.set('words', words)
    form.set('picture', new File([new Uint8Array(bytes)], 'bottle.png', { type: 'image/png' }))
    const cookie = [...buyer.cookies].map((each) => each.join('=')).join('; ')
    return world.hub.fetch(
      new Request(`http://hub.test/orders/${id}/statements`, {
        ...{ method: 'POST', body: form, redirect: 'manual' },
        headers: { cookie, origin: 'http://hub.test', 'accept-language': 'en' },
      }),
    )
  }
  const script = await say(Buffer.from('<svg onload="alert(1)"></svg>'))
  expect([script.status, await script.text()]).toEqual([
    422,
    expect.stringContaining('no picture that we take'),
  ])
  const large = await say(Buffer.alloc(9 * 1024 * 1024))
  expect([large.status, await large.text()]).toEqual([422, expect.stringContaining('at most 8 MB')])
  expect((await say(png)).status).toBe(303)
  const page = await seller.get(ofBo)
  const [, shown = ''] = /<img[^>]*src="([^"]*\/statements\/[^"]*)"/.exec(page.html) ?? []
  expect(shown).toMatch(new RegExp(`^${ofBo}/statements/[0-9a-f-]{36}/picture$`))
  const [, statement = ''] = /statements\/([0-9a-f-]{36})/.exec(shown) ?? []
  const other = await syrupOrder()
  const stranger = browserOf(world, await testPerson(world.hub, 'Stefan Stranger'))
  const carrier = await desk('Cora Carrier', 'carrier')
  const path = (base: string) => `${base}/statements/${statement}/picture`
  const table: [Browser, string, number][] = [
    [buyer, path(`/orders/${id}`), 200],
    [seller, shown, 200],
    [operator, path(`/desk/orders/${id}`), 200],
    [carrier, path(`/desk/orders/${id}`), 404],
    [stranger, path(`/orders/${id}`), 404],
    [stranger, shown, 404],
    [other.buyer, path(`/orders/${other.id}`), 404],
    [buyer, `/orders/${id}/statements/${crypto.randomUUID()}/picture`, 404],
  ]
  for (const [browser, address, status] of table)
    expect([address, (await browser.get(address)).status]).toEqual([address, status])
  const cookie = [...buyer.cookies].map((each) => each.join('=')).join('; ')
  const seen = await world.hub.fetch(
    new Request(`http://hub.test${path(`/orders/${id}`)}`, { headers: { cookie } }),
  )
  expect(seen.headers.get('cache-control')).toBe('private, no-store')
  expect(await sharp(Buffer.from(await seen.arrayBuffer())).metadata()).toMatchObject({
    ...{ format: 'webp', width: 300, height: 200 },
  })
})

let programmers = 0
describe('a name on a parcel', () => {
  test.each([
    ['half a sign at its end', `${'A'.repeat(119)}😀`, 200],
    ['nothing that can be read', '\u200B', 422],
  ])('with %s', async (_, name, status) => {
    const person = await testPerson(world.hub, `Named ${status}`)
    const browser = browserOf(world, person)
    await add(browser, world.syrup)
    const sent = { ...london, name, 'address-town': `${'L'.repeat(199)}😀` }
    expect((await browser.post('/checkout/address', sent)).status).toBe(status)
  })

  test.each([
    ['a zero byte', 'Bob\u0000'],
    ['half a sign', 'Bob\uD800'],
    ['nothing that can be read', '\u200B\u0000'],
  ])('by a program, with %s', async (_, name) => {
    const owner = await testPerson(world.hub, `Programmer ${(programmers += 1)}`)
    const business = await testBusiness(world.hub, owner, { name: `Shop of ${owner.personId}` })
    const headers = await testKey(world.hub, business, owner, ['orders:buy'])
    const answer = await world.hub.fetch(
      new Request(`http://hub.test/api/v1/businesses/${business}/checkouts`, {
        method: 'POST',
        headers: {
          ...headers,
          ...{ 'content-type': 'application/json', 'idempotency-key': `"${crypto.randomUUID()}"` },
        },
        body: JSON.stringify({
          shipTo: {
            name,
            address: { country: 'GB', lines: ['1'], town: 'London', postcode: 'NW1 6XE' },
          },
          quotes: [{ quote: crypto.randomUUID(), digest: 'a'.repeat(64) }],
        }),
      }),
    )
    const { code, type } = (await answer.json()) as { code?: string; type?: string }
    expect([answer.status, code ?? type]).toEqual(
      name.startsWith('Bob')
        ? [404, expect.stringContaining('quote-unknown')]
        : [422, expect.stringContaining('bad-checkout')],
    )
  })
})
