import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  browserOf,
  fieldsOf,
  type Browser,
  type Seen,
  type Sent,
} from '../../../test/support/form-browser.ts'
import { testPerson, type NewPerson, type TestPerson } from '../../../test/support/people.ts'
import { parseLimits } from '../limits/limits.ts'

// Showing the hub who one is, being looked at by an operator, and what it changes.

const db = await testDatabase()
let world: BuyingWorld
let nina: TestPerson
let operator: Browser
let passport: File
beforeAll(async () => {
  world = await buyingWorld(db, { limits: parseLimits('new=10/20,known=30/40,verified=500/600')! })
  nina = await testPerson(world.hub, 'Nina Operator', { hubRoles: ['operator'] })
  operator = browserOf(world, nina)
  passport = file(
    await sharp({ create: { width: 600, height: 400, channels: 3, background: '#246' } })
      .jpeg()
      .toBuffer(),
  )
}, 60_000)
afterAll(() => world.end())

let people = 0
const somebody = async (is: NewPerson = {}) => {
  const person = await testPerson(world.hub, `Lena ${(people += 1)}`, is)
  return { person, name: `Lena ${people}`, browser: browserOf(world, person) }
}

/** Sends the form of a page, and follows to the page that it leads to. */
async function send({ get, post }: Browser, base: string, sent: Sent): Promise<Seen> {
  const { key: [key = 'none'] = [] } = fieldsOf((await get(base)).html, base)
  if (key === 'none' && !('key' in sent)) throw new Error('the form has no key')
  return post(base, { key, ...sent })
}
const file = (bytes: Uint8Array | string): File => new File([bytes as string], 'one.jpg')

const mine = '/wallet/verification'
const shown = (): Sent => ({
  ...{ document: 'passport', country: 'MY', 'valid-until': '2031-05-01', front: passport },
})

/** The operator's page of the one who waits under this name. */
const lookAt = async (name: string): Promise<string> => {
  const { html } = await operator.get('/operator/verifications')
  return (
    new RegExp(`href="(/operator/verifications/[^"]+)"[^>]*>\\s*${name}<`).exec(html)?.[1] ?? ''
  )
}
const decided = async (name: string, outcome: string, reason = '') => {
  const path = await lookAt(name)
  return { path, seen: await operator.post(path, { outcome, reason }) }
}
const picturesOf = async (path: string): Promise<number> => {
  const { rowCount } = await db.pool.query(
    'select from verification_pictures where verification_id = $1',
    [path.split('/').at(-1)],
  )
  return rowCount ?? 0
}
/** What the wallet says may still be paid this month. */
const limitOf = async (browser: Browser): Promise<string> =>
  /Paid, bought for or paid out EUR [\d.]+ EUR ([\d.]+)/.exec(
    (await browser.get('/wallet')).text,
  )?.[1] ?? ''

describe('showing who one is', () => {
  test('moves the limits once an operator has looked, and the pictures go', async () => {
    const { name, browser } = await somebody()
    expect(await limitOf(browser)).toBe('40.00')
    expect((await browser.get('/wallet')).html).toContain(`href="${mine}"`)
    const waiting = await send(browser, mine, { ...shown(), back: passport })
    expect(waiting.text).toContain('an operator will look at it')
    expect(waiting.text).toContain('Passport, Malaysia')
    expect((await operator.get('/operator/money')).text).toContain('Identity checks (1 waiting)')
    expect(await limitOf(browser)).toBe('40.00')
    const path = await lookAt(name)
    expect((await operator.get(path)).text).toContain('May 1, 2031')
    expect([await picturesOf(path), (await operator.get(`${path}/2`)).status]).toEqual([2, 200])
    const { seen } = await decided(name, 'verified')
    expect([seen.path, seen.status]).toEqual(['/operator/verifications', 200])
    expect(await limitOf(browser)).toBe('600.00')
    expect((await browser.get(mine)).text).toContain('Confirmed: counts until May 1, 2031')
    expect([await picturesOf(path), (await operator.get(`${path}/2`)).status]).toEqual([0, 404])
    expect((await operator.get(path)).text).toContain('The pictures are deleted')
  })

  test('a no says why, by mail too, and another document may be shown', async () => {
    const { person, name, browser } = await somebody()
    await send(browser, mine, shown())
    const wordless = await decided(name, 'declined', ' no ')
    expect([wordless.seen.status, wordless.seen.text]).toEqual([
      422,
      expect.stringContaining('Say why, in at least 5 characters'),
    ])
    expect(await picturesOf(wordless.path)).toBe(1)
    expect((await decided(name, '')).seen.text).toContain('Choose whether it is confirmed')
    const { path } = await decided(name, 'declined', 'It cannot be <b>read</b>')
    expect(await picturesOf(path)).toBe(0)
    const { text } = await browser.get(mine)
    expect(text).toContain('Not confirmed on Nov 22, 2026: It cannot be &lt;b&gt;read')
    expect(text).toContain('Show another document')
    const { rows } = await db.pool.query<{ body: string }>(
      `select body from mails where to_address = $1 and subject like '%the document%'`,
      [person.email],
    )
    expect(rows).toEqual([{ body: expect.stringContaining('It cannot be <b>read</b>') }])
    expect(await limitOf(browser)).toBe('40.00')
    expect((await send(browser, mine, shown())).text).toContain('an operator will look at it')
  })

  test.each<[string, Sent, RegExp]>([
    [
      'no document',
      { document: 'library-card' },
      /Choose which document it is\. .*Choose the pictures again/,
    ],
    ['an extract of a person', { document: 'register-extract' }, /Choose which document it is/],
    ['no country', { country: 'XX' }, /Choose who issued it/],
    ['no day', { 'valid-until': '2031-02-30' }, /Give the day until which it is valid/],
    ['a day gone by', { 'valid-until': '2026-11-21' }, /The document is no longer valid/],
    ['no picture', { front: file('') }, /Choose a picture of the document/],
    ['a text', { front: file('<svg onload="x">') }, /no picture that we take/],
    [
      'a broken other side',
      { back: file(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)) },
      /cannot be read|broken|damaged/i,
    ],
    ['too much', { front: file('x'.repeat(17_000_000)) }, /Send at most 8 MB/],
  ])('with %s is refused, and nothing is kept', async (_, wrong, says) => {
    const { browser, person } = await somebody()
    const { status, text } = await send(browser, mine, { ...shown(), ...wrong })
    expect([status, text]).toEqual([422, expect.stringMatching(says)])
    const { rowCount } = await db.pool.query('select from verifications where holder_id = $1', [
      person.personId,
    ])
    expect(rowCount).toBe(0)
  })

  test('once at a time, five times in thirty days, and it can be taken back', async () => {
    const { browser, person } = await somebody()
    const key = crypto.randomUUID()
    await send(browser, mine, { ...shown(), key })
    expect((await send(browser, mine, { ...shown(), key })).status).toBe(200)
    const other = { ...shown(), key: crypto.randomUUID() }
    expect((await send(browser, mine, other)).text).toContain('A document is waiting already')
    for (let asked = 1; asked <= 5; asked += 1) {
      const { html } = asked === 1 ? await browser.get(mine) : await send(browser, mine, shown())
      const fields = fieldsOf(html, `${mine}/withdraw`)
      expect((await browser.post(`${mine}/withdraw`, fields)).text).toContain(
        'Show another document',
      )
      expect((await browser.post(`${mine}/withdraw`, fields)).text).toContain(
        'taken back in the meantime',
      )
    }
    expect((await send(browser, mine, shown())).text).toContain('5 documents in thirty days')
    await db.pool.query(
      `update verifications set asked_at = asked_at - interval '31 days' where holder_id = $1`,
      [person.personId],
    )
    expect((await send(browser, mine, shown())).text).toContain('an operator will look at it')
  })

  test.each([
    ['by one form', [200, 200, 200]],
    ['by two', [200, 422, 422]],
  ])('sent at the same moment %s it waits once', async (by, statuses) => {
    const { browser, person } = await somebody()
    const one = crypto.randomUUID()
    const keys =
      by === 'by one form' ? [one, one, one] : [one, crypto.randomUUID(), crypto.randomUUID()]
    const seen = await Promise.all(keys.map((key) => send(browser, mine, { ...shown(), key })))
    expect(seen.map(({ status }) => status).toSorted()).toEqual(statuses)
    const { rows } = await db.pool.query(
      `select count(distinct verification_id)::int as asked, count(*)::int as pictures
         from verifications join verification_pictures using (home_hub, verification_id) where holder_id = $1`,
      [person.personId],
    )
    expect(rows).toEqual([{ asked: 1, pictures: 1 }])
  })
})

describe('a verification', () => {
  test('counts for the name and as long as the document', async () => {
    const { browser, person, name } = await somebody()
    await send(browser, mine, { ...shown(), 'valid-until': '2026-12-31' })
    await decided(name, 'verified')
    expect(await limitOf(browser)).toBe('600.00')
    const called = (by: string) =>
      db.pool.query('update people set name = $2 where person_id = $1', [person.personId, by])
    await called('Chen Wei')
    expect(await limitOf(browser)).toBe('40.00')
    expect((await browser.get(mine)).text).toContain(`It was confirmed for the name ${name}.`)
    await called(name)
    const until = (day: string) =>
      db.pool.query('update verifications set valid_until = $2 where holder_id = $1', [
        ...[person.personId, day],
      ])
    await until('2026-11-22')
    expect(await limitOf(browser)).toBe('600.00')
    await until('2026-11-21')
    expect(await limitOf(browser)).toBe('40.00')
    expect((await browser.get(mine)).text).toContain('It counted until Nov 21, 2026')
  })

  test('is not given to another name than the one that was shown', async () => {
    const { browser, person, name } = await somebody()
    await send(browser, mine, shown())
    await db.pool.query('update people set name = $2 where person_id = $1', [
      person.personId,
      'Mallory',
    ])
    const { seen } = await decided(name, 'verified')
    expect([seen.status, seen.text]).toEqual([422, expect.stringContaining('become Mallory since')])
    expect((await decided(name, 'declined', 'another name')).seen.status).toBe(200)
  })

  test('is replaced by a newer one, and can be ended with a reason', async () => {
    const { browser, name } = await somebody()
    for (const until of ['2027-01-01', '2032-01-01']) {
      world.clock.set(world.clock.now() + 1_000)
      await send(browser, mine, { ...shown(), 'valid-until': until })
      await decided(name, 'verified')
    }
    expect((await operator.get('/operator/verifications')).text).toContain(
      'replaced by a newer one',
    )
    const { html } = await operator.get('/operator/verifications')
    const path = new RegExp(`href="([^"]+)"[^>]*>\\s*${name}<`).exec(html)?.[1] ?? ''
    expect((await operator.post(path, { outcome: 'ended', reason: '' })).status).toBe(422)
    expect((await operator.post(path, { outcome: 'declined', reason: 'too late' })).text).toContain(
      'decided or taken back in the meantime',
    )
    await operator.post(path, { outcome: 'ended', reason: 'the passport was stolen' })
    expect(await limitOf(browser)).toBe('40.00')
    expect((await browser.get(mine)).text).toContain(
      'Taken back by the hub on Nov 22, 2026: the passport was stolen',
    )
  })

  test('of a business is of its extract, counts for a year, and is asked for by its owners', async () => {
    const { id } = world.syrup.seller
    const base = `/business/${id}/money/verification`
    const owner = browserOf(world, world.syrup.owner)
    const waiting = await send(owner, base, {
      ...{ document: 'register-extract', country: 'MY', front: passport },
    })
    expect(waiting.text).toContain('Extract from the business register, Malaysia')
    await decided(world.syrup.seller.name, 'verified')
    expect((await owner.get(base)).text).toContain('counts until Nov 22, 2027')
    const staff = await somebody({ businesses: { [id]: 'staff' } })
    expect((await staff.browser.get(base)).status).toBe(403)
    const stranger = await somebody()
    expect((await stranger.browser.get(base)).status).toBe(404)
  })

  test('is nobody’s own to decide', async () => {
    await send(operator, mine, shown())
    const own = await decided('Nina Operator', 'verified')
    expect([own.seen.status, own.seen.text]).toEqual([
      422,
      expect.stringContaining('Somebody else decides in a matter of your own'),
    ])
    expect(await picturesOf(own.path)).toBe(1)
  })

  test('and its pictures are for operators alone', async () => {
    const { browser, name } = await somebody()
    await send(browser, mine, shown())
    const path = await lookAt(name)
    const officer = await somebody({ hubRoles: ['customs-officer'] })
    for (const each of ['/operator/verifications', path, `${path}/1`])
      for (const { get } of [browser, officer.browser]) expect((await get(each)).status).toBe(403)
    expect((await officer.browser.post(path, { outcome: 'verified' })).status).toBe(403)
    for (const odd of [
      `${path}/3`,
      `${path}/1.5`,
      '/operator/verifications/x',
      `/operator/verifications/${crypto.randomUUID()}`,
    ])
      expect((await operator.get(odd)).status).toBe(404)
    const other = await somebody()
    const fields = { verification: path.split('/').at(-1) ?? '' }
    expect((await other.browser.post(`${mine}/withdraw`, fields)).status).toBe(422)
    expect(await picturesOf(path)).toBe(1)
  })
})
