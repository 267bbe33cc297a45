import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { browserOf, fieldsOf, type Browser } from '../../../test/support/form-browser.ts'
import { testPerson, type TestPerson } from '../../../test/support/people.ts'

// The operator settles a transfer that does not fit, on its page.

const db = await testDatabase()
let world: BuyingWorld
let operator: Browser
let lena: TestPerson
let people = 0
beforeAll(async () => {
  world = await buyingWorld(db)
  operator = browserOf(
    world,
    await testPerson(world.hub, 'Nina Operator', { hubRoles: ['operator'] }),
  )
}, 60_000)
afterAll(() => world.end())

/** A top-up of 42 pounds of which the provider told something else; the path of its page. */
const wrong = async (): Promise<string> => {
  lena = await testPerson(world.hub, `Lena ${(people += 1)}`)
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into rail_transfers (transfer_id, kind, holder_kind, holder_id, account, currency, amount_minor, rail, state,
                                 provider_ref, return_url, made_at, made_by, ended_at, tries, fault)
     values (gen_random_uuid(), 'top-up', 'person', $1::uuid, 'wallet:person:' || $1 || ':GBP', 'GBP', 4200, 'sandbox', 'wrong',
             'pr_' || $1, 'http://hub.test/', $2, $1, $2, 0, 'amount-differs') returning transfer_id as id`,
    [lena.personId, new Date(world.clock.now())],
  )
  return `/operator/money/transfers/${rows[0]?.id}`
}
const walletOf = async (): Promise<string> => (await browserOf(world, lena).get('/wallet')).text

test('it is reached from the list, told in words, settled once, and what was said stays to be read', async () => {
  const path = await wrong()
  expect((await operator.get('/operator/money')).html).toContain(`href="${path}"`)
  const seen = await operator.get(path)
  expect(seen.text).toMatch(/Lena \d+ .*GBP 42\.00 .*The provider tells another amount/)
  const sent = { ...fieldsOf(seen.html, path), amount: '40', reason: 'Their list says 40' }
  expect((await operator.post(path, sent)).text).toContain('Choose what happened.')
  const done = await operator.post(path, { ...sent, outcome: 'moved' })
  expect([done.status, done.text]).toEqual([
    200,
    expect.stringMatching(/GBP 40\.00 instead of GBP 42\.00 .*Their list says 40/),
  ])
  expect(done.text).toContain('There is nothing to settle here.')
  await operator.post(path, { ...sent, outcome: 'moved' })
  expect(await walletOf()).toContain('GBP 40.00')
  expect((await operator.get('/operator/money')).html).not.toContain(path)
})

test('what did not move is told to its holder with the operator’s words', async () => {
  const path = await wrong()
  const { html } = await operator.get(path)
  const sent = { ...fieldsOf(html, path), outcome: 'not-moved', reason: 'They never had it' }
  expect((await operator.post(path, sent)).status).toBe(200)
  expect(await walletOf()).toMatch(/The operator .*They never had it/)
})

test.each([
  ['no reason', { outcome: 'moved', reason: '' }, 'Say how you know'],
  ['a fraction of a penny', { outcome: 'moved', amount: '1.005' }, 'Give an amount'],
  ['nothing', { outcome: 'moved', amount: '0' }, 'Give an amount'],
  ['what cannot be said of it', { outcome: 'kept' }, 'it has changed in the meantime'],
  ['another word', { outcome: 'gone' }, 'Choose what happened'],
])('%s is refused and what was typed stays', async (_, odd, says) => {
  const path = await wrong()
  const { html } = await operator.get(path)
  const sent = { ...fieldsOf(html, path), amount: '42', reason: 'Their list', ...odd }
  const { status, text, html: again } = await operator.post(path, sent)
  expect([status, text]).toEqual([422, expect.stringContaining(says)])
  expect(again).toContain(`value="${sent.amount}"`)
  expect(await walletOf()).toContain('No money yet')
})

test('the provider is asked again, where it knows of it', async () => {
  const path = await wrong()
  expect((await operator.post(`${path}/ask`, {})).text).toContain('The provider is asked')
  await db.pool.query('update rail_transfers set provider_ref = null where holder_id = $1', [
    lena.personId,
  ])
  expect((await operator.post(`${path}/ask`, {})).text).toContain('never knew of it')
})

test('it is nobody else’s, and not one’s own', async () => {
  const path = await wrong()
  const officer = await testPerson(world.hub, 'Omar Officer', { hubRoles: ['customs-officer'] })
  for (const who of [officer, lena]) {
    const { get, post } = browserOf(world, who)
    expect((await get(path)).status).toBe(403)
    expect((await post(path, { outcome: 'moved' })).status).toBe(403)
    expect((await post(`${path}/ask`, {})).status).toBe(403)
  }
  for (const odd of ['x', crypto.randomUUID()])
    expect((await operator.get(`/operator/money/transfers/${odd}`)).status).toBe(404)
  await db.pool.query(
    `insert into hub_roles (home_hub, person_id, role, granted_at) select home_hub, person_id, 'operator', now() from people where person_id = $1`,
    [lena.personId],
  )
  const own = browserOf(world, lena)
  const { html } = await own.get(path)
  const sent = { ...fieldsOf(html, path), outcome: 'moved', amount: '42', reason: 'Mine' }
  expect((await own.post(path, sent)).text).toContain('Somebody else decides')
})
