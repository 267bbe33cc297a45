import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  add,
  atReview,
  browserOf,
  fieldsOf,
  london,
  newPerson,
  ordersOf,
  pay,
} from '../../../test/support/form-browser.ts'

const db = await testDatabase()
let world: BuyingWorld
beforeAll(async () => {
  world = await buyingWorld(db)
}, 60_000)
afterAll(() => world.end())

describe('checkout', () => {
  test('asks who it is, and where the goods shall go', async () => {
    const browser = browserOf(world)
    await add(browser, world.syrup)
    expect((await browser.get('/checkout')).path).toBe('/sign-in?next=%2Fcheckout')
    const signedIn = browserOf(world, await newPerson(world))
    expect((await signedIn.get('/checkout')).path).toBe('/basket')
    await add(signedIn, world.syrup)
    expect((await signedIn.get('/checkout/review')).path).toBe('/checkout')
    const wrong = await signedIn.post('/checkout/address', { ...london, 'address-town': '' })
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Enter “Town”')])
  })

  test('explains every figure, and the same form sent twice is one order', async () => {
    const { person, browser, review } = await atReview(world, world.syrup)
    expect(review.text).toContain('Every figure explained')
    expect(review.html).toMatch(/href="\/rules\/GB\/|href="\/tariff\/GB\//)
    const [first, second] = [await pay(browser, review), await pay(browser, review)]
    expect(first.text).toContain('Thank you for your order')
    expect(second.path).toBe(first.path)
    expect(await ordersOf(db, person)).toHaveLength(1)
    expect((await browser.get('/basket')).text).toContain('Your basket is empty')
  })

  test('makes prices that have run out anew and says so; nothing is ordered meanwhile', async () => {
    const { person, browser, review } = await atReview(world, world.syrup)
    world.clock.set(world.clock.now() + 31 * 60 * 1000)
    const again = await pay(browser, review)
    expect(again.path).toContain('/checkout/review?')
    expect(again.text).toContain('The price had run out, so it was worked out anew.')
    expect(again.text).toContain('No price has changed.')
    expect(await ordersOf(db, person)).toEqual([])
    expect((await pay(browser, again)).text).toContain('Thank you')
  })

  test('tells a price that is another now', async () => {
    const { browser, review } = await atReview(world, world.syrup)
    await db.pool.query('update variants set price_minor = 2500 where variant_id = $1', [
      world.syrup.variant,
    ])
    world.clock.set(world.clock.now() + 31 * 60 * 1000)
    const again = await pay(browser, review)
    expect(again.text).toMatch(/Bo Maple: GBP [\d.]+ before, GBP [\d.]+ now\./)
    await db.pool.query('update variants set price_minor = 2400 where variant_id = $1', [
      world.syrup.variant,
    ])
  })

  test('says what is missing, and lets somebody else pay it by a code', async () => {
    const { browser, review } = await atReview(world, world.syrup, 0n)
    const missing = /GBP ([\d.]+) is missing/.exec(review.text)?.[1] ?? ''
    expect(review.html).not.toContain('<form class="stack" method="post" action="/checkout">')
    const asked = await browser.post(
      '/checkout/request',
      fieldsOf(review.html, '/checkout/request'),
    )
    expect(asked.path).toMatch(/^\/wallet\/requests\/[0-9A-Z]{9}$/)
    expect(asked.text).toContain(missing)
  })

  test('tells at the last moment that the shelf is empty, with what is left', async () => {
    const { person, browser, review } = await atReview(world, world.scarf)
    await db.pool.query('update stock set on_hand = 0 where variant_id = $1', [world.scarf.variant])
    const no = await pay(browser, review)
    expect([no.status, no.text]).toEqual([
      422,
      expect.stringContaining('Batik scarf of silk, red: sold out. Change it in the basket.'),
    ])
    expect(await ordersOf(db, person)).toEqual([])
    await db.pool.query('update stock set on_hand = 5 where variant_id = $1', [world.scarf.variant])
  })

  test.each([
    ['person', 'This account may not buy here'],
    ['business', 'This seller may not trade here'],
  ])('refuses where an officer has blocked the %s', async (kind, said) => {
    const { person, browser, review } = await atReview(world, world.syrup)
    const id = kind === 'person' ? person.personId : world.syrup.seller.id
    await db.pool.query(
      `insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score,
                                       screened_at, since)
       values ($1, $2, $3, '{Blocked}', '{blocked}', '1', 'blocked', 0, now(), now())
       on conflict on constraint screening_subjects_pk do update set state = 'blocked'`,
      [world.hub.config.id, kind, id],
    )
    const no = await pay(browser, review)
    await db.pool.query(`delete from screening_subjects where subject_id = $1`, [id])
    expect([no.status, no.text]).toEqual([422, expect.stringContaining(said)])
  })
})
