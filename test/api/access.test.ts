import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/server.ts'
import {
  accessOf,
  allow,
  everybody as everybodyMay,
  publicRoute,
  requireAccess,
} from '../../src/parties/index.ts'
import { hubRoles, permissions, scopes, type Access, type Action } from '../../src/parties/index.ts'
import { testDatabase } from '../support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testKey, testPerson } from '../support/people.ts'

// Every route of a hub, asked by everybody there is, on what is theirs and what is not. The expected answers stand in
// a table of their own, so that a slip in the table of permissions shows.

const db = await testDatabase()
const hub = peopledHub(db)
const app = createApp(hub)
const routes = accessOf(app)

type Who =
  | 'nobody'
  | 'stranger'
  | 'owner'
  | 'staff'
  | 'curator of MY'
  | (typeof hubRoles)[number]
  | 'key that reads'
  | 'key that writes'
  | 'key that pays'

/** Who gets through, to what is theirs. Everybody else, and everybody to what is others', does not. */
const expected: Readonly<Record<Action, readonly Who[]>> = {
  'account.use': ['stranger', 'owner', 'staff', 'curator of MY', ...hubRoles],
  'business.create': ['stranger', 'owner', 'staff', 'curator of MY', ...hubRoles],
  'business.view': ['owner', 'staff'],
  'business.edit': ['owner'],
  'staff.manage': ['owner'],
  'keys.manage': ['owner'],
  'offer.view': ['owner', 'staff', 'key that reads'],
  'offer.edit': ['owner', 'staff', 'key that writes'],
  'offer.import': ['owner', 'staff', 'key that writes'],
  'order.view': ['owner', 'staff', 'key that reads'],
  'order.manage': ['owner', 'staff', 'key that writes'],
  'order.buy': ['owner', 'key that pays'],
  'money.view': ['owner', 'staff', 'key that reads'],
  'money.move': ['owner', 'key that pays'],
  'order.handle': ['customs-officer', 'carrier', 'operator'],
  'screening.decide': ['customs-officer', 'operator'],
  'role.grant': ['operator'],
  'lanes.edit': ['carrier', 'operator'],
  'pavilion.edit': ['curator of MY', 'operator'],
  'hub.operate': ['operator'],
}

const everybody: readonly Who[] = [
  'nobody',
  'stranger',
  'owner',
  'staff',
  'curator of MY',
  ...hubRoles,
  'key that reads',
  'key that writes',
  'key that pays',
]

const headers = new Map<Who, Record<string, string>>([['nobody', {}]])
const businesses = { own: '', other: '' }

beforeAll(async () => {
  const stranger = await testPerson(hub, 'Stranger')
  const owner = await testPerson(hub, 'Amina')
  const other = await testPerson(hub, 'Bo')
  businesses.own = await testBusiness(hub, owner)
  businesses.other = await testBusiness(hub, other, { name: 'Bo', country: 'CA' })
  const staff = await testPerson(hub, 'Chen', { businesses: { [businesses.own]: 'staff' } })
  const curator = await testPerson(hub, 'Dara', { curatorOf: ['MY'] })
  headers.set('stranger', stranger.headers).set('owner', owner.headers)
  headers.set('staff', staff.headers).set('curator of MY', curator.headers)
  for (const role of hubRoles)
    headers.set(role, (await testPerson(hub, `The ${role}`, { hubRoles: [role] })).headers)
  const key = (...kinds: readonly string[]) => {
    const some = scopes.filter((scope) => kinds.includes(scope.split(':')[1] ?? ''))
    return testKey(hub, businesses.own, owner, some)
  }
  headers.set('key that reads', await key('read'))
  headers.set('key that writes', await key('write'))
  headers.set('key that pays', await key('buy', 'move'))
})

const isKey = (who: Who): boolean => who.startsWith('key')

/** The status of the middleware alone, on a bare route of the same kind: the capability is not asked. */
async function ask(who: Who, action: Action, own: boolean, api: boolean): Promise<number> {
  const path = addressOf(action, api)
  const bare = new Hono().all('*', (c) => hubWith(action, path).fetch(c.req.raw))
  const target = path
    .replace(':business', own ? businesses.own : businesses.other)
    .replace(':country', own ? 'MY' : 'CA')
  return (await bare.request(hubOrigin + target, { headers: headers.get(who) ?? {} })).status
}

const addressOf = (action: Action, api: boolean): string => {
  const { on } = permissions[action]
  const subject = on === 'business' || on === 'country' ? `/:${on}` : ''
  return `${api ? '/api/v1' : ''}/try/${action}${subject}`
}

/** The hub's own app with one more route. */
function hubWith(action: Action, path: string) {
  const tried = createApp(hub)
  tried.get(path, allow(action), (c) => c.text('in'))
  return tried
}

describe.each(Object.keys(permissions) as Action[])('%s', (action) => {
  const { on } = permissions[action]
  const lets = expected[action]

  test.each(everybody)('asked by %s', async (who) => {
    const inside = lets.includes(who)
    const foreign =
      who === 'nobody'
        ? 401
        : on === 'business'
          ? 404
          : on === 'country' && who === 'operator'
            ? 200
            : 403
    const own = inside
      ? 200
      : who === 'nobody'
        ? 401
        : on === 'business' && !['owner', 'staff'].includes(who) && !isKey(who)
          ? 404
          : 403
    expect(await ask(who, action, true, true)).toBe(own)
    if (on === 'business' || on === 'country')
      expect(await ask(who, action, false, true)).toBe(foreign)
    // A page asks people to sign in; a key counts on the API alone.
    const onPage = who === 'nobody' || isKey(who) ? 303 : own
    expect(await ask(who, action, true, false)).toBe(onPage)
  })
})

describe('every route of the hub', () => {
  test('says who may come through, and the list is not empty', () => {
    expect(routes.length).toBeGreaterThan(40)
    expect(routes.filter(({ access }) => access === undefined)).toEqual([])
  })

  test('that is behind a permission turns away everybody who lacks it, whatever the method', async () => {
    const wrong: string[] = []
    for (const { method, path, access } of routes) {
      if (access === undefined || access === 'everybody') continue
      const { on } = permissions[access]
      for (const who of everybody) {
        for (const own of on === 'business' || on === 'country' ? [true, false] : [true]) {
          if (expected[access].includes(who) && (own || who === 'operator')) continue
          const status = await visit(who, method, path, own)
          const turned = [303, 401, 403, 404].includes(status)
          if (!turned) wrong.push(`${method} ${path} let ${who} in (${own}): ${status}`)
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  test('that is a page of a business is not found by its strangers, and opens to its owner', async () => {
    const pages = routes.filter(
      ({ method, path, access }) =>
        method === 'GET' &&
        access !== undefined &&
        access !== 'everybody' &&
        permissions[access].on === 'business' &&
        !/:(?!business)/.test(path),
    )
    expect(pages.length).toBeGreaterThan(3)
    for (const { method, path } of pages) {
      expect([path, await visit('stranger', method, path, true)]).toEqual([path, 404])
      expect([path, await visit('owner', method, path, false)]).toEqual([path, 404])
      expect([path, await visit('owner', method, path, true)]).toEqual([path, 200])
    }
  })
})

/** A real request to a real route; further parameters are filled with what exists nowhere. */
async function visit(who: Who, method: string, path: string, own: boolean): Promise<number> {
  const target = path
    .replace(':business', own ? businesses.own : businesses.other)
    .replace(':country', own ? 'MY' : 'CA')
    .replaceAll(/:\w+(\{[^}]*\})?\??/g, '0199d2f0-0000-7000-8000-00000000dead')
  const verb = method === 'ALL' ? 'GET' : method
  const init = { method: verb, headers: { origin: hubOrigin, ...headers.get(who) } }
  const answer = await app.fetch(new Request(hubOrigin + target, init))
  const location = answer.headers.get('location') ?? ''
  // A redirect counts as turned away only when it leads to the sign-in page.
  return answer.status === 303 && !location.startsWith('/sign-in?next=') ? 200 : answer.status
}

/** The routes for programs, and who may come through each. */
const forPrograms: readonly (readonly [route: string, access: Access])[] = [
  ['GET /api/v1/businesses/:business/imports/:import', 'offer.import'],
  ['GET /api/v1/businesses/:business/money/requests/:code', 'money.view'],
  ['GET /api/v1/businesses/:business/money/wallets', 'money.view'],
  ['GET /api/v1/businesses/:business/money/wallets/:currency/movements', 'money.view'],
  ['GET /api/v1/businesses/:business/offers', 'offer.view'],
  ['GET /api/v1/businesses/:business/offers/:offer', 'offer.view'],
  ['GET /api/v1/businesses/:business/orders', 'order.view'],
  ['GET /api/v1/businesses/:business/orders/:order', 'order.view'],
  ['GET /api/v1/lanes', 'everybody'],
  ['GET /api/v1/offers', 'everybody'],
  ['GET /api/v1/offers/:offer', 'everybody'],
  ['GET /api/v1/openapi.json', 'everybody'],
  ['GET /api/v1/schemas/landed-cost.json', 'everybody'],
  ['GET /api/v1/tariff/:territory/:code', 'everybody'],
  ['POST /api/v1/businesses/:business/checkouts', 'order.buy'],
  ['POST /api/v1/businesses/:business/imports', 'offer.import'],
  ['POST /api/v1/businesses/:business/imports/:import/saving', 'offer.import'],
  ['POST /api/v1/businesses/:business/imports/:import/undoing', 'offer.import'],
  ['POST /api/v1/businesses/:business/money/payments', 'money.move'],
  ['POST /api/v1/businesses/:business/money/requests', 'money.move'],
  ['POST /api/v1/businesses/:business/money/requests/:code/cancellation', 'money.move'],
  ['POST /api/v1/businesses/:business/offers', 'offer.edit'],
  ['POST /api/v1/businesses/:business/orders/:order/moves', 'order.manage'],
  ['POST /api/v1/businesses/:business/quotes', 'order.buy'],
  ['POST /api/v1/classifications', 'everybody'],
  ['POST /api/v1/landed-cost', 'everybody'],
  ['PUT /api/v1/businesses/:business/offers/:offer', 'offer.edit'],
]

describe('every route for programs', () => {
  const isForPrograms = ({ path }: { path: string }) => path.startsWith('/api/')

  test('stands in the table with who may come through', () => {
    const found = routes
      .filter(isForPrograms)
      .map(({ method, path, access }) => [`${method} ${path}`, access])
    expect(found.toSorted()).toEqual(forPrograms)
  })

  test('of a business takes its key, and is not found by the key of another one', async () => {
    for (const { method, path, access } of routes.filter(isForPrograms)) {
      if (access === undefined || access === 'everybody') continue
      for (const who of ['key that reads', 'key that writes'] as const) {
        expect([path, await visit(who, method, path, false)]).toEqual([path, 404])
        const status = await visit(who, method, path, true)
        expect([path, who, status === 403]).toEqual([path, who, !expected[access].includes(who)])
      }
    }
  })
})

describe('default deny', () => {
  test('a capability may be opened whole, and then every route of it is', async () => {
    const inside = new Hono()
      .get('/a', (c) => c.text('a'))
      .post('/b/:id', (c) => c.text(c.req.param('id')))
    const outside = new Hono().route('/', everybodyMay(inside))
    expect(() => requireAccess(outside)).not.toThrow()
    const answer = await outside.request('/b/7', { method: 'POST' })
    expect([answer.status, await answer.text()]).toEqual([200, '7'])
  })

  test('a hub with a route that does not say who may come through does not start', () => {
    const bare = new Hono()
      .get('/open', publicRoute, (c) => c.text(''))
      .post('/secret', (c) => c.text(''))
    expect(() => requireAccess(bare)).toThrow('POST /secret does not say who may come through')
  })

  test('the mark must come first: what runs before it is not protected', () => {
    const late = new Hono()
    late.get(
      '/late',
      (_c, next) => next(),
      allow('hub.operate'),
      (c) => c.text(''),
    )
    expect(() => requireAccess(late)).toThrow('GET /late does not say who may come through')
  })

  test('an action on a business needs the business in the address', () => {
    const lost = new Hono().get('/goods', allow('offer.view'), (c) => c.text(''))
    expect(() => requireAccess(lost)).toThrow('GET /goods asks for offer.view but has no :business')
  })
})
