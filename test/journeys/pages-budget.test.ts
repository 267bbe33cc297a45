import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { targets } from '../../bench/pages.ts'
import { loadPage, plainLine, type Cookies } from '../../bench/pages-load.ts'
import { testDatabase } from '../support/database.ts'
import { peopledHub, testBusiness, testPerson } from '../support/people.ts'
import { amina, scarf, shopWorld } from '../support/shop-world.ts'
import { launchBrowser, type TestBrowser } from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

// What pages may weigh, for a phone that comes for the first time. `npm run bench -- pages` measures all of them in a whole
// demo world, with times; here the machine is shared, and only what it cannot sway is held.

const db = await testDatabase()
const hub = peopledHub(db)
let server: TestServer
let browser: TestBrowser
let cookies: Cookies
let business = ''
let product = ''

beforeAll(async () => {
  const world = await shopWorld(hub)
  const colours = Array.from({ length: 24 }, (_, at) => `colour ${at}`)
  const sold = await world.sell(
    amina,
    colours.map((colour) => ({
      ...scarf,
      texts: [{ locale: 'en', title: `Batik scarf, ${colour}`, description: '' }],
      variants: [{ price: '99.00', stock: 3, netMassG: 80, grossMassG: 120 }],
    })),
  )
  const [first] = sold
  if (!first || 'refused' in first) throw new Error('the scarf is not on sale')
  product = `/shop/${amina.slug}/${first.slug}`
  const person = await testPerson(hub, 'Bo', { hubRoles: ['operator'] })
  business = `/business/${await testBusiness(hub, person)}`
  server = await serveApp(new Hono().all('*', (c) => hub.fetch(c.req.raw, c.env as object)))
  const [name = '', value = ''] = (person.headers['cookie'] ?? '').split('=')
  cookies = [{ name, value, domain: '127.0.0.1', path: '/' }] as unknown as Cookies
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const pages: [name: string, kind: keyof typeof targets, path: () => string][] = [
  ['the front page', 'list', () => '/'],
  ['search', 'list', () => '/search'],
  ['a shop', 'list', () => `/shop/${amina.slug}`],
  ['a pavilion', 'list', () => '/pavilion/MY'],
  ['a product', 'product', () => product],
  ['the price at the door', 'list', () => '/cost'],
  ['finding a code', 'list', () => '/classify'],
  ['signing in', 'list', () => '/sign-in'],
  ['joining', 'list', () => '/join'],
  ['what one can do here', 'console', () => '/welcome'],
  ['the account', 'console', () => '/account'],
  ['a business', 'console', () => business],
  ['its goods', 'console', () => `${business}/goods`],
  ['a wallet', 'console', () => '/wallet'],
]

test.each(pages)('%s is as light as a %s has to be', async (_, kind, path) => {
  const known = kind === 'console' ? cookies : []
  const { bytes, requests, cls } = await loadPage(browser, server.origin + path(), known, plainLine)
  const most = targets[kind]
  const thousands = (...parts: number[]) => parts.reduce((sum, each) => sum + each, 0) / 1000
  const weighs = {
    html: thousands(bytes.html),
    css: thousands(bytes.css),
    js: thousands(bytes.js),
    bare: thousands(bytes.html, bytes.css, bytes.js, bytes.other),
    requests,
    cls,
  }
  expect(weighs.html).toBeGreaterThan(1)
  expect(weighs.css).toBeGreaterThan(1)
  for (const [what, value] of Object.entries(weighs))
    expect([what, value <= most[what as keyof typeof weighs], value]).toEqual([what, true, value])
})
