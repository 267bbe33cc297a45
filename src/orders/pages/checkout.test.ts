import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { railPartsOf } from '../../app/capabilities.ts'
import { workRails } from '../../payments/index.ts'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  add,
  atReview,
  browserOf,
  fieldsOf,
  formOf,
  london,
  newPerson,
  ordersOf,
  pay,
} from '../../../test/support/form-browser.ts'
import { hubOrigin } from '../../../test/support/people.ts'

/** The links of a page that begin so. */
const linksOf = (html: string, begin: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)]
    .map(([, href = '']) => plain(href))
    .filter((href) => href.startsWith(begin))
const plain = (attribute: string): string => attribute.replaceAll('&amp;', '&')

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

  test('shows nobody the address of who sat at the same browser before', async () => {
    const { browser } = await atReview(world, world.syrup, 0n)
    expect((await browser.get('/checkout')).html).toContain('221B Baker Street')
    const next = await newPerson(world)
    browser.cookies.set('session', next.headers['cookie']!.replace('session=', ''))
    const address = await browser.get('/checkout')
    expect([address.status, address.path]).toEqual([200, '/checkout'])
    expect(address.html).not.toContain('221B Baker Street')
    expect((await browser.get('/checkout/review')).path).toBe('/checkout')
    const own = { ...london, 'address-lines': '10 Downing Street' }
    expect((await browser.post('/checkout/address', own)).text).toContain('10 Downing Street')
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

  test('asks for at most 20 prices, however many a form names', async () => {
    const { person, browser, review } = await atReview(world, world.syrup)
    const { key = [], from = [], quote = [] } = fieldsOf(review.html, '/checkout')
    const others = Array.from({ length: 2_000 }, () => `${randomUUID()} ${'0'.repeat(64)}`)
    const sent = { key, from, quote: [...quote, ...others] }
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await world.hub.fetch(
      new Request(`${hubOrigin}/checkout`, {
        ...{ method: 'POST', body: formOf(sent) },
        headers: { cookie, origin: hubOrigin },
      }),
    )
    const location = answer.headers.get('location') ?? ''
    expect(location.match(/was=/g)).toHaveLength(20)
    expect((await browser.get(location)).text).toContain('This is not the price that you had seen')
    expect(await ordersOf(db, person)).toEqual([])
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
    const ask = () => browser.post('/checkout/request', fieldsOf(review.html, '/checkout/request'))
    const asked = await ask()
    expect(asked.path).toMatch(/^\/wallet\/requests\/[0-9A-Z]{9}\?next=%2Fcheckout%2Freview/)
    expect(asked.text).toContain(missing)
    // Asked again, by a second press or in a second window, it is the same code.
    expect((await ask()).path).toBe(asked.path)
  })

  test.each<[string, number, string]>([
    ['in time', 0, 'Pay GBP'],
    ['late', 31, 'The price had run out, so it was worked out anew.'],
  ])('leads back from the code to the review, %s', async (_, minutes, said) => {
    const { person, browser, review } = await atReview(world, world.syrup, 0n)
    const asked = await browser.post(
      '/checkout/request',
      fieldsOf(review.html, '/checkout/request'),
    )
    await world.give(person, 100_000n)
    world.clock.set(world.clock.now() + minutes * 60_000)
    const back = await browser.get(linksOf(asked.html, '/checkout/review')[0] ?? '')
    expect(back.text).toContain(said)
    expect((await pay(browser, back)).text).toContain('Thank you')
    expect(await ordersOf(db, person)).toHaveLength(1)
  })

  test('asks nobody for the amount of a price that has run out', async () => {
    const { browser, review } = await atReview(world, world.syrup, 0n)
    world.clock.set(world.clock.now() + 31 * 60_000)
    const fields = fieldsOf(review.html, '/checkout/request')
    const again = await browser.post('/checkout/request', fields)
    expect(again.path).toContain('/checkout/review?')
    expect(again.text).toContain('The price had run out')
  })

  test('asks for no address a second time, unless it goes to another country', async () => {
    const { browser, review } = await atReview(world, world.syrup)
    await pay(browser, review)
    await add(browser, world.syrup)
    expect((await browser.get('/checkout')).html).toContain('221B Baker Street')
    const elsewhere = await browser.get('/choose?destination=US&next=/checkout')
    expect(elsewhere.html).not.toContain('221B Baker Street')
  })

  test('leads to the wallet with the missing amount filled in, and back once it is there', async () => {
    const { person, browser, review } = await atReview(world, world.syrup, 0n)
    const missing = /GBP ([\d.]+) is missing/.exec(review.text)?.[1] ?? ''
    const wallet = await browser.get(linksOf(review.html, '/wallet?')[0] ?? '')
    const action = /action="(\/wallet\/transfers[^"]*)"/.exec(wallet.html)?.[1] ?? ''
    const fields = fieldsOf(wallet.html, action, 'value="top-up"')
    expect(fields['amount']).toEqual([missing])
    const sent = { ...fields, currency: 'GBP' }
    const wrong = await browser.post(plain(action), { ...sent, amount: '2,500' })
    expect([wrong.status, linksOf(wrong.html, '/checkout/review')]).toEqual([
      422,
      [expect.stringContaining('&q=')],
    ])
    const brought = await browser.post(plain(action), sent)
    expect(brought.path).toContain('/wallet?currency=GBP&next=')
    world.clock.set(world.clock.now() + 5_000)
    while ((await workRails(railPartsOf(world.hub))) > 0);
    expect((await browser.get(brought.path)).text).toContain(
      `GBP ${missing} is in your wallet. Go on where you were`,
    )
    const back = await browser.get(linksOf(brought.html, '/checkout/review')[0] ?? '')
    expect((await pay(browser, back)).text).toContain('Thank you')
    expect(await ordersOf(db, person)).toHaveLength(1)
  })

  test.each([
    '//evil.example',
    'https://evil.example/checkout/review',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
  ])('%s is no way back', async (next) => {
    const browser = browserOf(world, await newPerson(world))
    const asked = await browser.post(`/wallet/requests?next=${encodeURIComponent(next)}`, {
      ...{ currency: 'GBP', amount: '1.00', purpose: '' },
    })
    expect(asked.path).toMatch(/^\/wallet\/requests\/[0-9A-Z]{9}$/)
    const query = `next=${encodeURIComponent(next)}`
    for (const path of [`/wallet?${query}`, `${asked.path}?${query}`]) {
      const { status, html } = await browser.get(path)
      expect(status).toBe(200)
      // The links to other languages keep the whole address of the page.
      expect(html.replaceAll(/href="[^"]*lang=[^"]*"/g, '')).not.toContain('evil')
      expect(html).not.toContain('javascript:')
    }
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
