import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { NewPerson } from '../../test/support/people.ts'
import type { Hub } from '../app/index.ts'
import { languageFor } from '../ui/index.ts'
import { demoNotice, type HubRole } from './index.ts'

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

test('the mailbox is a link for the operator of a hub that sends no mail, and for nobody else', async () => {
  const head = async (of: Hub, role: HubRole) => {
    const { headers } = await testPerson(of, `Reader ${crypto.randomUUID()}`, { hubRoles: [role] })
    return (await of.fetch(new Request(`${hubOrigin}/account`, { headers }))).text()
  }
  expect(await head(hub, 'operator')).toContain('href="/mailbox"')
  expect(await head(hub, 'customs-officer')).not.toContain('/mailbox')
  expect(await head(peopledHub(db, { sendMail: async () => {} }), 'operator')).not.toContain(
    '/mailbox',
  )
})

test('the desk is a link in the head of those who may work there, and of nobody else', async () => {
  for (const role of ['operator', 'customs-officer'] as const)
    expect(await (await visit({ hubRoles: [role] }, '/account')).text()).toContain(
      '"/officer/screening"',
    )
  const carrier = await (await visit({ hubRoles: ['carrier'] }, '/account')).text()
  expect(carrier).not.toContain('/officer/screening')
  expect(carrier).toContain('href="/lanes/import"')
  expect(await (await visit({}, '/account')).text()).not.toContain('/lanes/import')
})

test.each(['', '/goods', '/import', '/orders', '/orders/money', '/money', '/staff'])(
  'the desk of a business leads from each of its pages to the others: %s',
  async (page) => {
    const base = `/business/${first}`
    const answer = await visit({ businesses: { [first]: 'owner' } }, base + page)
    const [, head = ''] = /<header(.*?)<\/header>/s.exec(await answer.text()) ?? []
    for (const each of ['', '/goods', '/orders', '/money'])
      expect(head).toContain(`href="${base}${each}"`)
  },
)

test('who is here already and wants to join comes to open a business', async () => {
  expect((await visit({}, '/join')).headers.get('location')).toBe('/business/new')
  expect((await visit({}, '/join?next=/account')).status).toBe(200)
  expect((await hub.fetch(new Request(`${hubOrigin}/join`))).status).toBe(200)
})

test.each([
  ['en', 'Try it as a seller, a buyer or an officer'],
  ['fr', 'Essayez en tant que vendeur, acheteur ou agent des douanes'],
])('a demo says where it is tried: %s', async (locale, said) => {
  const text = String(demoNotice(languageFor(locale)))
  expect(text).toContain(`<a href="/sign-in">${said}</a>`)
  expect(text.indexOf('<a')).toBeGreaterThan(10)
})
