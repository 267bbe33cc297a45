import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  add,
  browserOf,
  fieldsOf,
  formOf,
  london,
  newPerson,
  type Seen,
} from '../../../test/support/form-browser.ts'
import { forgetBaskets } from './keep-basket.ts'

const db = await testDatabase()
let world: BuyingWorld
beforeAll(async () => {
  world = await buyingWorld(db)
}, 60_000)
afterAll(() => world.end())

describe('a basket', () => {
  test('is known by a secret of 256 bits that only its hash is kept of, and that no script reads', async () => {
    const browser = browserOf(world)
    const added = await add(browser, world.scarf)
    expect(added.text).toContain('It is in your basket.')
    const secret = browser.cookies.get('basket') ?? ''
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    const { rows } = await db.pool.query<{ basket: string }>('select basket from baskets')
    expect(rows.map(({ basket }) => basket)).toContain(
      createHash('sha256').update(secret).digest('hex'),
    )
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test.each([
    ['http://hub.test', false],
    ['https://hub.test', true],
  ])('its cookie at %s is Secure: %s', async (origin, secure) => {
    const [, , shop, offer] = world.scarf.path.split('/')
    const answer = await world.hub.fetch(
      new Request(`${origin}/basket/lines?shop=${shop}&offer=${offer}`, {
        method: 'POST',
        headers: { origin, cookie: 'destination=GB' },
        body: formOf({ variant: world.scarf.variant, quantity: '1' }),
      }),
    )
    const [line = ''] = answer.headers.getSetCookie().filter((each) => each.startsWith('basket='))
    expect(line).toMatch(/HttpOnly/)
    expect(line).toMatch(/SameSite=Lax/)
    expect(line.includes('Secure')).toBe(secure)
  })

  test.each([
    ['0', 'from 1 to 999'],
    ['1000', 'from 1 to 999'],
    ['two', 'from 1 to 999'],
  ])('takes no %s pieces, and says so at the product', async (quantity, said) => {
    const seen = await add(browserOf(world), world.scarf, quantity)
    expect(seen.path).toContain(world.scarf.path)
    expect(seen.text).toContain(said)
  })

  test('holds up to 999 pieces of a variant and 50 kinds of goods', async () => {
    const browser = browserOf(world)
    await add(browser, world.syrup, '900')
    const over = await add(browser, world.syrup, '100')
    expect([over.status, over.text]).toEqual([422, expect.stringContaining('from 0 to 999')])
    await db.pool.query(
      `insert into basket_lines (home_hub, basket, seller_hub, seller_id, offer_id, variant_id, quantity, added_at)
       select home_hub, basket, seller_hub, seller_id, offer_id, gen_random_uuid(), 1, added_at
         from basket_lines, generate_series(1, 49) where basket = $1`,
      [
        createHash('sha256')
          .update(browser.cookies.get('basket') ?? '')
          .digest('hex'),
      ],
    )
    const full = await add(browser, world.scarf)
    expect([full.status, full.text]).toEqual([422, expect.stringContaining('50 kinds of goods')])
  })

  test('says which line cannot go there and why, and prices the rest', async () => {
    const browser = browserOf(world)
    await add(browser, world.scarf, '6')
    await add(browser, world.syrup)
    const short = await browser.get('/basket')
    expect(short.text).toContain('Batik scarf of silk, red: only 5 left.')
    expect(short.text).toContain('All of it at your door GBP')
    browser.cookies.set('destination', 'SG')
    const elsewhere = await browser.get('/basket')
    expect(elsewhere.text).toContain('The seller does not sell this to Singapore.')
    expect(elsewhere.text).toContain('Nothing in your basket can go to Singapore')
  })

  test('changes and empties; what another site starts does nothing', async () => {
    const browser = browserOf(world)
    const { html } = await add(browser, world.syrup, '3')
    const { line = [] } = fieldsOf(html, '/basket/lines/change')
    const field = `quantity-${world.syrup.variant}`
    const changed = await browser.post('/basket/lines/change', { line, [field]: '2' })
    expect(changed.html).toContain('value="2"')
    const wrong = await browser.post('/basket/lines/change', { line, [field]: '-1' })
    expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('value="-1"')])
    const elsewhere = { 'sec-fetch-site': 'cross-site' }
    expect((await browser.post('/basket/empty', {}, elsewhere)).status).toBe(403)
    expect((await browser.get('/basket')).text).not.toContain('Your basket is empty')
    const gone = await browser.post('/basket/lines/change', { line, remove: 'yes' })
    expect(gone.text).toContain('Your basket is empty')
  })

  test('is made by putting something in, by nothing else, and not by the thousand from one address', async () => {
    const count = async () =>
      (await db.pool.query<{ count: number }>('select count(*)::int as count from baskets')).rows[0]
        ?.count ?? 0
    const before = await count()
    const guess = browserOf(world, await newPerson(world))
    const { scarf } = world
    const line = [world.hub.config.id, scarf.seller.id, scarf.variant].join(' ')
    for (const [path, form] of [
      ['/basket/empty', {}],
      ['/basket/lines/change', { line, [`quantity-${scarf.variant}`]: '2' }],
      ['/checkout/address', london],
    ] as const) {
      guess.cookies.set('basket', randomBytes(32).toString('base64url'))
      await guess.post(path, form)
      expect([path, await count()]).toEqual([path, before])
    }
    let last: Seen | undefined
    for (let tries = 0; tries < 130 && last?.status !== 429; tries += 1)
      last = await add(browserOf(world), scarf)
    expect([last?.status, last?.text]).toEqual([429, expect.stringContaining('Very many baskets')])
    expect(await count()).toBeLessThanOrEqual(before + 120)
    world.clock.set(world.clock.now() + 10_000)
    const again = browserOf(world)
    expect((await add(again, scarf)).text).toContain('It is in your basket.')
    // Who has a basket is not held up by those who make them.
    expect((await add(again, world.syrup)).text).toContain('It is in your basket.')
  })

  test('stays with nobody who comes after: signing out forgets it and the address', async () => {
    const browser = browserOf(world, await newPerson(world))
    world.clock.set(world.clock.now() + 3_600_000)
    await add(browser, world.syrup)
    await browser.post('/checkout/address', { ...london, 'address-lines': '10 Secret Lane' })
    const secret = browser.cookies.get('basket') ?? ''
    expect((await browser.get('/checkout')).html).toContain('10 Secret Lane')
    await browser.post('/sign-out', {})
    expect(browser.cookies.get('basket')).not.toBe(secret)
    const next = browserOf(world, await newPerson(world))
    next.cookies.set('basket', browser.cookies.get('basket') ?? '')
    expect((await next.get('/basket')).text).toContain('Your basket is empty')
    // Not even to whoever kept the secret.
    next.cookies.set('basket', secret)
    expect((await next.get('/checkout')).html).not.toContain('10 Secret Lane')
    expect((await next.get('/basket')).text).toContain('Bo Maple')
  })

  test('is forgotten 30 days after its last change', async () => {
    const browser = browserOf(world)
    await add(browser, world.syrup)
    const day = 24 * 60 * 60 * 1000
    await forgetBaskets(db.kysely, world.clock.now() + 29 * day)
    expect((await browser.get('/basket')).text).toContain('Bo Maple')
    expect(await forgetBaskets(db.kysely, world.clock.now() + 31 * day)).toBeGreaterThan(0)
    expect((await browser.get('/basket')).text).toContain('Your basket is empty')
  })
})
