import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { NewPerson } from '../../test/support/people.ts'

const db = await testDatabase()
const hub = peopledHub(db)
let first = ''
let second = ''

beforeAll(async () => {
  const founder = await testPerson(hub, 'Founder')
  first = await testBusiness(hub, founder)
  second = await testBusiness(hub, founder)
})

const visit = async (is: NewPerson, path: string) => {
  const { headers } = await testPerson(hub, `Visitor ${crypto.randomUUID()}`, is)
  return hub.fetch(new Request(hubOrigin + path, { headers }))
}
const sentTo = async (is: NewPerson) => (await visit(is, '/home')).headers.get('location')

describe('who signs in comes to where the work is', () => {
  test('one business: its home', async () => {
    expect(await sentTo({ businesses: { [first]: 'owner' } })).toBe(`/business/${first}`)
  })
  test('several: the account, which lists them', async () => {
    expect(await sentTo({ businesses: { [first]: 'owner', [second]: 'owner' } })).toBe('/account')
  })
  test('a customs officer: the desk', async () => {
    expect(await sentTo({ hubRoles: ['customs-officer'] })).toBe('/officer/screening')
  })
  test('a carrier: its rate cards', async () => {
    expect(await sentTo({ hubRoles: ['carrier'] })).toBe('/lanes/import')
  })
  test('a visitor: the shop window', async () => {
    expect(await sentTo({})).toBe('/')
  })
})

test('the desk is a link in the head of those who may work there, and of nobody else', async () => {
  for (const role of ['operator', 'customs-officer'] as const)
    expect(await (await visit({ hubRoles: [role] }, '/account')).text()).toContain(
      '"/officer/screening"',
    )
  expect(await (await visit({ hubRoles: ['carrier'] }, '/account')).text()).not.toContain(
    '/officer/screening',
  )
})

test('who is here already and wants to join comes to open a business', async () => {
  expect((await visit({}, '/join')).headers.get('location')).toBe('/business/new')
  expect((await visit({}, '/join?next=/account')).status).toBe(200)
  expect((await hub.fetch(new Request(`${hubOrigin}/join`))).status).toBe(200)
})
