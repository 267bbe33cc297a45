import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/server.ts'
import { accessOf, permissions, type Permission } from '../../src/parties/index.ts'
import { checkoutWorld } from '../support/checkout-world.ts'
import { testDatabase } from '../support/database.ts'
import { apiWorld, sentScarf, type ApiWorld } from './support/api-world.ts'
import { basket, type Answered } from './support/api.ts'
import { describedBy, type Described, type OpenApi } from './support/described.ts'

// Every route for programs: described, answering as it says, and open to whom the table of permissions lets in.

const db = await testDatabase()
let world: ApiWorld
let described: Described
let ofBusiness: string
beforeAll(async () => {
  world = await apiWorld(db)
  ofBusiness = `/businesses/${world.business}`
  described = describedBy((await world.call('GET', '/openapi.json')).body as OpenApi)
})

const routesOf = (app: ReturnType<typeof createApp>) =>
  accessOf(app).filter(({ path }) => path.startsWith('/api/'))

/** Routes without a description, and descriptions without a route. */
function strays(app: ReturnType<typeof createApp>, { paths }: OpenApi): string[] {
  const mounted = routesOf(app).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  )
  const said = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  return [
    ...mounted.filter((route) => !said.includes(route)),
    ...said.filter((route) => !mounted.includes(route)),
  ]
}

test('every route is described, and every description has its route', () => {
  const app = createApp(world.hub)
  expect(routesOf(app).length).toBeGreaterThan(14)
  expect(strays(app, described.document)).toEqual([])
  app.get('/api/v1/secret', (c) => c.text(''))
  expect(strays(app, described.document)).toEqual(['GET /api/v1/secret'])
})

test('a key is asked for where the route is no public one, with its scope', () => {
  for (const { method, path, access } of routesOf(createApp(world.hub))) {
    const operation =
      described.document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    const rule = permissions[access as keyof typeof permissions] as Permission | undefined
    const scope = rule?.on === 'business' ? rule.scope : undefined
    expect(operation?.security, path).toEqual(scope ? [{ apiKey: [scope] }] : [])
  }
})

const offerId = '0199d2f0-1111-7000-8000-000000000001'
const csv = 'slug,title,price,sku,currency\nsarong,Sarong,80.00,SA-1,MYR\n'

/** Each step of a story: a real request for every operation, and the status it gets. */
const story: readonly (readonly [
  method: string,
  path: string,
  status: number,
  tell: () => Promise<Answered>,
])[] = [
  [
    'post',
    '/businesses/{business}/offers',
    200,
    () => save([sentScarf(), { slug: 'broken', origin: 7 }]),
  ],
  ['post', '/businesses/{business}/offers', 422, () => save([])],
  [
    'put',
    '/businesses/{business}/offers/{offer}',
    201,
    () => put(sentScarf({ slug: 'second', variants: [{ price: '1.00', sku: 'SC-2' }] })),
  ],
  ['put', '/businesses/{business}/offers/{offer}', 200, () => put({ brand: 'Amina' })],
  ['put', '/businesses/{business}/offers/{offer}', 422, () => put({ owner: 'me' })],
  ['get', '/businesses/{business}/offers', 200, () => own('/offers')],
  ['get', '/businesses/{business}/offers/{offer}', 200, () => own(`/offers/${offerId}`)],
  ['get', '/businesses/{business}/offers/{offer}', 404, () => own('/offers/none')],
  ['post', '/businesses/{business}/imports', 201, () => startImport()],
  ['get', '/businesses/{business}/imports/{import}', 200, () => ofImport('GET', '')],
  [
    'post',
    '/businesses/{business}/imports/{import}/saving',
    202,
    () => ofImport('POST', '/saving'),
  ],
  [
    'post',
    '/businesses/{business}/imports/{import}/undoing',
    202,
    () => ofImport('POST', '/undoing'),
  ],
  [
    'post',
    '/businesses/{business}/imports/{import}/saving',
    422,
    () => ofImport('POST', '/saving'),
  ],
  ['get', '/offers', 200, () => world.call('GET', '/offers?q=silk+scarff&to=SG')],
  ['get', '/offers', 422, () => world.call('GET', '/offers?q=scarf')],
  ['get', '/offers/{offer}', 200, () => firstFound('?to=SG&quantity=2')],
  ['get', '/offers/{offer}', 200, () => firstFound('')],
  ['get', '/offers/{offer}', 404, () => world.call('GET', '/offers/none')],
  [
    'post',
    '/landed-cost',
    200,
    () => world.call('POST', '/landed-cost', { ...basket(), to: ['GB'] }),
  ],
  [
    'post',
    '/landed-cost',
    415,
    () => world.call('POST', '/landed-cost', 'a=b', { 'content-type': 'text/csv' }),
  ],
  ['get', '/tariff/{territory}/{code}', 200, () => world.call('GET', '/tariff/GB/6214.10')],
  ['get', '/schemas/landed-cost.json', 200, () => world.call('GET', '/schemas/landed-cost.json')],
  [
    'post',
    '/classifications',
    200,
    () => world.call('POST', '/classifications', { text: 'silk scarf' }),
  ],
  ['post', '/classifications', 422, () => world.call('POST', '/classifications', {})],
  ['get', '/lanes', 200, () => world.call('GET', '/lanes?from=MY&to=CA&kg=0.8&code=610910')],
  ['get', '/lanes', 422, () => world.call('GET', '/lanes')],
  ['get', '/openapi.json', 200, () => world.call('GET', '/openapi.json')],
  ['post', '/businesses/{business}/quotes', 200, () => askQuote()],
  ['post', '/businesses/{business}/quotes', 422, () => trade('POST', '/quotes', {})],
  ['post', '/businesses/{business}/checkouts', 400, () => checkOut('')],
  ['post', '/businesses/{business}/checkouts', 422, () => checkOut('no-money')],
  ['post', '/businesses/{business}/checkouts', 201, () => topUpAndBuy()],
  ['post', '/businesses/{business}/checkouts', 409, () => checkOut('again')],
  ['get', '/businesses/{business}/orders', 200, () => trade('GET', '/orders?state=placed')],
  ['get', '/businesses/{business}/orders', 422, () => trade('GET', '/orders?state=lost-in-space')],
  ['get', '/businesses/{business}/orders/{order}', 200, () => trade('GET', `/orders/${orderId}`)],
  ['get', '/businesses/{business}/orders/{order}', 404, () => trade('GET', '/orders/none')],
  ['post', '/businesses/{business}/orders/{order}/moves', 201, () => move('1', 'accept')],
  ['post', '/businesses/{business}/orders/{order}/moves', 409, () => move('2', 'accept')],
  ['post', '/businesses/{business}/orders/{order}/moves', 422, () => move('3', 'deliver')],
  ['get', '/businesses/{business}/money/wallets', 200, () => money('GET', '/wallets')],
  [
    'get',
    '/businesses/{business}/money/wallets/{currency}/movements',
    200,
    () => money('GET', '/wallets/MYR/movements'),
  ],
  ['post', '/businesses/{business}/money/requests', 201, () => askForMoney()],
  ['post', '/businesses/{business}/money/requests', 422, () => money('POST', '/requests', {}, 'x')],
  ['post', '/businesses/{business}/money/payments', 201, () => payBo('a')],
  ['post', '/businesses/{business}/money/payments', 409, () => payBo('b')],
  ['get', '/businesses/{business}/money/requests/{code}', 200, () => ofRequest('GET', '')],
  [
    'post',
    '/businesses/{business}/money/requests/{code}/cancellation',
    200,
    () => ofRequest('POST', '/cancellation', 'c'),
  ],
  [
    'post',
    '/businesses/{business}/money/requests/{code}/cancellation',
    409,
    () => ofRequest('POST', '/cancellation', 'd'),
  ],
]

const money = (method: string, path: string, body?: unknown, key = '') =>
  world.call(method, `${ofBusiness}/money${path}`, body, { ...world.pays, 'idempotency-key': key })
const sgd = { currency: 'SGD', amount: '1.00' }
const codeOf = ({ body }: Answered): string => (body as { code: string }).code
let requestCode = ''
async function askForMoney(): Promise<Answered> {
  const answer = await money('POST', '/requests', sgd, 'ask')
  requestCode = codeOf(answer)
  return answer
}
/** Bo's business asks, the same each time; Amina's pays. */
async function payBo(key: string): Promise<Answered> {
  const headers = { ...world.asks, 'idempotency-key': 'bo' }
  const asked = await world.call('POST', `/businesses/${world.maple}/money/requests`, sgd, headers)
  return money('POST', '/payments', { ...sgd, code: codeOf(asked) }, key)
}
const ofRequest = (method: string, path: string, key = '') =>
  money(method, `/requests/${requestCode}${path}`, undefined, key)

const save = (offers: unknown[]) =>
  world.call('POST', `${ofBusiness}/offers`, { offers }, world.writes)
const put = (body: unknown) =>
  world.call('PUT', `${ofBusiness}/offers/${offerId}`, body, world.writes)
const own = (path: string) => world.call('GET', ofBusiness + path, undefined, world.reads)

let importId = ''
async function startImport(): Promise<Answered> {
  const form = new FormData()
  form.append('file', new File([csv], 'goods.csv'))
  const answer = await world.call('POST', `${ofBusiness}/imports`, form, world.writes)
  importId = (answer.body as { importId: string }).importId
  await world.follow()
  return answer
}
async function ofImport(method: string, move: string): Promise<Answered> {
  const path = `${ofBusiness}/imports/${importId}${move}`
  const answer = await world.call(method, path, undefined, world.writes)
  await world.follow()
  return answer
}
async function firstFound(query: string): Promise<Answered> {
  const found = (await world.call('GET', '/offers?to=SG')).body as {
    offers: { offerId: string }[]
  }
  const [first] = found.offers
  return world.call('GET', `/offers/${first?.offerId}${query}`)
}

const trade = (method: string, path: string, body?: unknown, key = '') => {
  const once = key === '' ? {} : { 'idempotency-key': `"${key}"` }
  return world.call(method, ofBusiness + path, body, { ...world.trades, ...once })
}
/** Bo's business buys of Amina's: nobody buys of themselves. */
const buy = (path: string, body: unknown, key = '') => {
  const once = key === '' ? {} : { 'idempotency-key': `"${key}"` }
  return world.call('POST', `/businesses/${world.maple}${path}`, body, { ...world.buys, ...once })
}
let quote = { quote: '', digest: '' }
let orderId = ''
async function askQuote(): Promise<Answered> {
  const { offers } = (await own('/offers')).body as { offers: { offerId: string; slug: string }[] }
  const offer = offers.find(({ slug }) => slug === 'batik-scarf')
  const { variants } = (await own(`/offers/${offer?.offerId}`)).body as {
    variants: { variantId: string }[]
  }
  const line = { seller: world.business, offer: offer?.offerId, variant: variants[0]?.variantId }
  const answer = await buy('/quotes', {
    destination: 'SG',
    lines: [{ ...line, quantity: 1 }],
  })
  const { outcomes } = answer.body as { outcomes: (typeof quote)[] }
  quote = { quote: outcomes[0]?.quote ?? '', digest: outcomes[0]?.digest ?? '' }
  return answer
}
const checkOut = (key: string): Promise<Answered> => {
  const address = {
    country: 'SG',
    lines: ['1 Raffles Place'],
    town: 'Singapore',
    postcode: '048616',
  }
  return buy('/checkouts', { shipTo: { name: 'Siti', address }, quotes: [quote] }, key)
}
async function topUpAndBuy(): Promise<Answered> {
  const { hub, maple, business } = world
  const money = checkoutWorld(db, { hub: hub.config.id, now: hub.clock.now() })
  for (const id of [maple, business])
    await money.topUp({ kind: 'business', id }, 10_000_000n, 'SGD')
  const answer = await checkOut('bought')
  orderId = (answer.body as { orders: { order: string }[] }).orders[0]?.order ?? ''
  return answer
}
const move = (key: string, name: string): Promise<Answered> =>
  trade('POST', `/orders/${orderId}/moves`, { move: name }, key)

describe('a real answer of every operation is what the document says', () => {
  test('no operation is left out', () => {
    const told = new Set(
      story.filter(([, , status]) => status < 300).map(([method, path]) => `${method} ${path}`),
    )
    const all = Object.entries(described.document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path.replace('/api/v1', '')}`),
    )
    expect(all.filter((each) => !told.has(each))).toEqual([])
  })

  test.each(story)('%s %s answers %i', async (method, path, status, tell) => {
    const answer = await tell()
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect(described.wrongAnswer(method, `/api/v1${path}`, answer)).toBe('')
  })
})

test.each<[path: string, body: unknown, isRight: boolean]>([
  ['/businesses/{business}/offers', { offers: [sentScarf()] }, true],
  ['/businesses/{business}/offers', { offers: [] }, false],
  ['/businesses/{business}/offers', { offers: [{ ...sentScarf(), owner: 'me' }] }, false],
  ['/landed-cost', { ...basket(), to: ['GB'] }, true],
  ['/landed-cost', basket(), false],
  ['/classifications', { text: 'silk scarf' }, true],
  ['/classifications', { text: 5 }, false],
])('the described body of %s tells right from wrong', (path, body, isRight) => {
  expect(described.wrongBody('post', `/api/v1${path}`, body) === '').toBe(isRight)
})
