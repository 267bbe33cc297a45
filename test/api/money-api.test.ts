import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '../../src/ledger/index.ts'
import { accessOf } from '../../src/parties/index.ts'
import { hubOrigin } from '../support/people.ts'
import { testDatabase } from '../support/database.ts'
import { moneyWorld, no, type MoneyWorld, type Sent } from './money-world.ts'
import { anything, expectLawful, nasty } from './support/nasty.ts'

// Money for the programs of a business, over HTTP; every answer is held against the document of the interface.

const db = await testDatabase()
let world: MoneyWorld
beforeAll(async () => {
  world = await moneyWorld(db)
})
const call: MoneyWorld['call'] = (...asked) => world.call(...asked)
const ask: MoneyWorld['ask'] = (...asked) => world.ask(...asked)
const pay: MoneyWorld['pay'] = (...asked) => world.pay(...asked)
const requested = (body?: unknown) => world.requested(body)
const newKey = () => world.newKey()

test('every route of money is described, with the scope that its key needs', () => {
  const routes = accessOf(world.app).filter(
    ({ path }) => path.includes('/money') && path.startsWith('/api/'),
  )
  expect(
    routes.map(({ method, path }) => `${method} ${path.split('/money')[1]}`).toSorted(),
  ).toEqual([
    'GET /requests/:code',
    'GET /wallets',
    'GET /wallets/:currency/movements',
    'POST /payments',
    'POST /requests',
    'POST /requests/:code/cancellation',
  ])
  for (const { method, path } of routes) {
    const operation =
      world.document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    const scope = method === 'GET' ? 'money:read' : 'money:move'
    expect(operation?.security).toEqual([{ apiKey: [scope] }])
    const asks = operation?.parameters?.filter((each) => each.in === 'header') ?? []
    expect(asks.map(({ name, required }) => `${name} ${required}`)).toEqual(
      method === 'GET' ? [] : ['idempotency-key true'],
    )
  }
})

describe('a request to be paid', () => {
  test('is made, looked at, paid by another business, and seen as paid', async () => {
    const asked = await ask({ currency: 'MYR', amount: '25.00', purpose: 'order 7' })
    expect(asked.status).toBe(201)
    const { code, link } = asked.body as { code: string; link: string }
    expect(asked.body).toMatchObject({ state: 'open', amount: '25.00', purpose: 'order 7' })
    expect(link).toBe(`${hubOrigin}/pay/${code}`)
    const paid = await pay(code)
    expect(paid).toMatchObject({ status: 201, body: { code, amount: '25.00', currency: 'MYR' } })
    const { payment } = paid.body as { payment: string }
    const seen = await call('GET', `/requests/${code.toLowerCase()}`, world.reads)
    expect(seen).toMatchObject({ status: 200, body: { state: 'paid', payment } })
    expect(await pay(code).then(no)).toBe('409 request-paid')
    const wallets = await call('GET', '/wallets', world.reads)
    expect(wallets.body).toEqual({
      wallets: [{ currency: 'MYR', balance: '25.00', held: '0.00', available: '25.00' }],
    })
  })

  test('without an amount it is paid again and again, each time what the payer says', async () => {
    const code = await requested({ currency: 'MYR' })
    const amounts = ['1.00', '2.50']
    for (const amount of amounts) expect((await pay(code, newKey(), { amount })).status).toBe(201)
    const seen = await call('GET', `/requests/${code}`, world.reads)
    expect(seen.body).toMatchObject({ state: 'open', amount: null, expiresAt: null })
  })

  test('is taken back: once with success, then it says what it is', async () => {
    const code = await requested()
    const path = `/requests/${code}/cancellation`
    const once = newKey()
    const cancelled = await call('POST', path, { ...world.moves, ...once })
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    expect((await call('POST', path, { ...world.moves, ...once })).text).toBe(cancelled.text)
    expect(no(await call('POST', path, { ...world.moves, ...newKey() }))).toBe(
      '409 request-cancelled',
    )
    expect(await pay(code).then(no)).toBe('409 request-cancelled')
  })

  test('a paid one is not taken back, an expired one is', async () => {
    const [paid, late] = [await requested(), await requested()]
    await pay(paid)
    const cancel = (code: string) =>
      call('POST', `/requests/${code}/cancellation`, { ...world.moves, ...newKey() })
    expect(no(await cancel(paid))).toBe('409 request-paid')
    const now = world.clock.now()
    world.clock.set(now + 7 * 24 * 60 * 60_000)
    expect((await call('GET', `/requests/${late}`, world.reads)).body).toMatchObject({
      state: 'expired',
    })
    expect(await pay(late).then(no)).toBe('409 request-expired')
    expect(await cancel(late)).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    world.clock.set(now)
  })

  test.each<[body: unknown, said: string]>([
    [{ currency: 'XXX', amount: '1.00' }, '422 currency-not-known'],
    [{ currency: 'MYR', amount: '0' }, '422 amount-not-valid'],
    [{ currency: 'MYR', amount: '' }, '422 amount-not-valid'],
    [{ currency: 'MYR', amount: '1.001' }, '422 amount-not-valid'],
    [{ currency: 'MYR', amount: '1,000.00' }, '422 amount-not-valid'],
    [{ currency: 'MYR', amount: '9999999999999999' }, '422 amount-too-large'],
    [{ currency: 'MYR', purpose: 'x'.repeat(141) }, '422 purpose-too-long'],
    [{ currency: 'MYR', amount: 25 }, '422 bad-payment-request'],
    [{ currency: 'MYR', owner: 'me' }, '422 bad-payment-request'],
    [{}, '422 bad-payment-request'],
    ['{', '400 broken-json'],
  ])('%j is refused: %s', async (body, said) => {
    expect(no(await ask(body))).toBe(said)
  })

  test.each<[change: Record<string, unknown>, said: string]>([
    [{ code: '000-000-001' }, '422 short-code-check'],
    [{ code: '000000000' }, '404 no-such-request'],
    [{ code: 'K7' }, '422 short-code-length'],
    [{ amount: '24.99' }, '422 amount-differs'],
    [{ currency: 'EUR' }, '422 amount-differs'],
    [{ currency: 'ABC' }, '422 amount-not-valid'],
    [{ amount: '1e2' }, '422 amount-not-valid'],
    [{ amount: -25 }, '422 bad-payment'],
  ])('a payment with %j is refused: %s', async (change, said) => {
    expect(no(await pay(await requested(), newKey(), change))).toBe(said)
  })

  test('more than there is, and what oneself has asked for, is not paid', async () => {
    const much = await requested({ currency: 'MYR', amount: '999999.00' })
    const told = await pay(much, newKey(), { amount: '999999.00' })
    expect(no(told)).toBe('422 not-enough-money')
    expect(told.body).toMatchObject({ facts: { currency: 'MYR' } })
    await world.put(world.shop, 100_000n)
    const own = { code: await requested(), amount: '25.00', currency: 'MYR' }
    expect(no(await call('POST', '/payments', { ...world.moves, ...newKey() }, own))).toBe(
      '422 pays-oneself',
    )
  })

  test('others’ requests are not found', async () => {
    const code = await requested()
    expect(no(await call('GET', `/requests/${code}`, world.bos, undefined, world.maple))).toBe(
      '404 not-found',
    )
    const path = `/requests/${code}/cancellation`
    const theirs = await call('POST', path, { ...world.bos, ...newKey() }, undefined, world.maple)
    expect(no(theirs)).toBe('404 no-such-request')
    for (const odd of ['none', '000000001', '%00'])
      expect((await call('GET', `/requests/${odd}`, world.reads)).status).toBe(404)
  })
})

describe('movements', () => {
  test('come a page at a time, without a hole, with who was on the other side', async () => {
    const pages: { position: string; counterparty: string | null; kind: string }[] = []
    let before = ''
    for (;;) {
      const path = `/wallets/MYR/movements?limit=3${before && `&before=${before}`}`
      const { body, status } = await call('GET', path, world.reads)
      expect(status).toBe(200)
      const { movements, next } = body as { movements: typeof pages; next: string | null }
      pages.push(...movements)
      // What comes meanwhile changes no page below.
      await world.put(world.shop, 1n)
      if (next === null) break
      before = next
    }
    const positions = pages.map(({ position }) => Number(position))
    expect(positions).toEqual(positions.map((_, index) => positions[0]! - index))
    expect(positions.at(-1)).toBe(1)
    expect(pages.find(({ kind }) => kind === 'payment')?.counterparty).toBe('Bo Maple')
    expect(pages.find(({ kind }) => kind === 'top-up')?.counterparty).toBeNull()
  })

  test.each([
    ['MYR/movements?limit=101', '422 bad-query'],
    ['MYR/movements?before=0', '422 bad-query'],
    ['MYR/movements?before=99999999999999999999', '422 bad-query'],
    ['MYR/movements?after=1', '422 bad-query'],
    ['myr/movements', '404 not-found'],
    ['ABC/movements', '404 not-found'],
  ])('%s is refused: %s', async (path, said) => {
    expect(no(await call('GET', `/wallets/${path}`, world.reads))).toBe(said)
  })

  test('a wallet that was never used has none', async () => {
    expect((await call('GET', '/wallets/JPY/movements', world.reads)).body).toEqual({
      ...{ movements: [], next: null },
    })
  })
})

test.each<[method: string, path: string, body: unknown, reader: string]>([
  ['GET', '/wallets', undefined, '200'],
  ['GET', '/wallets/MYR/movements', undefined, '200'],
  ['POST', '/requests', { currency: 'MYR', amount: '1.00' }, '403 scope-missing'],
  ['POST', '/requests/000000000/cancellation', undefined, '403 scope-missing'],
  ['POST', '/payments', { code: '000000000', amount: '1', currency: 'MYR' }, '403 scope-missing'],
])(
  '%s %s: who world.reads may not move, and others see nothing',
  async (method, path, body, reader) => {
    const as = async (headers: Sent) => {
      const told = await call(method, path, { ...headers, ...newKey() }, body)
      return told.status === 200 ? '200' : no(told)
    }
    expect([
      await as(world.reads),
      await as(world.offers),
      await as(world.bos),
      await as({}),
    ]).toEqual([...[reader, '403 scope-missing', '404 not-found', '401 sign-in-first']])
  },
)

test('whatever programs send, they get an answer or a problem, and the books stay right', async () => {
  const code = await requested({ currency: 'MYR' })
  const place = fc.oneof(
    fc.constantFrom(
      '/wallets',
      '/wallets/MYR/movements',
      '/requests',
      '/payments',
      `/requests/${code}`,
    ),
    fc.constantFrom(`/requests/${code}/cancellation`),
    nasty.map((text) => `/requests/${encodeURIComponent(text.toWellFormed()) || 'x'}`),
  )
  const sent = fc.oneof(
    anything,
    fc.record(
      {
        code: fc.oneof(fc.constant(code), anything),
        currency: fc.oneof(fc.constantFrom('MYR', 'JPY', 'BHD'), anything),
        amount: fc.oneof(fc.constantFrom('1.00', '0.01', '1'), anything),
        purpose: anything,
      },
      { requiredKeys: [] },
    ),
  )
  const key = fc.constantFrom('a', 'b', 'c', '', '"', 'ключ', 'x'.repeat(300))
  await fc.assert(
    fc.asyncProperty(
      place,
      fc.constantFrom('GET', 'POST'),
      sent,
      key,
      nasty,
      async (path, method, body, name, query) => {
        const headers = { ...world.moves, 'idempotency-key': Buffer.from(name).toString('latin1') }
        const asked = `${path}?before=${encodeURIComponent(query.toWellFormed())}`
        const told = await call(method, asked, headers, method === 'GET' ? undefined : body)
        const type = told.headers.get('content-type') ?? ''
        const requestId = told.headers.get('x-request-id')
        expectLawful({ ...told, type, requestId })
      },
    ),
    { numRuns: 400 },
  )
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
}, 120_000)
