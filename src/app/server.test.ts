import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import pino from 'pino'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testHub } from '../../test/support/hub.ts'
import { Refusal } from '../basis/refusal.ts'
import { assetUrl } from '../ui/index.ts'
import { serveAssets } from './assets.ts'
import { gzip } from './compress.ts'
import { createApp } from './server.ts'
import { traceIdOf, type HubEnv } from './trace.ts'

const db = await testDatabase()
const hub = testHub(db)
const get = (path: string, headers: Record<string, string> = {}) =>
  hub.fetch(new Request(`http://hub.test${path}`, { headers }))

test('/healthz and /readyz of a hub at work', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
  const ready = await get('/readyz')
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
})

test('/readyz says no within a second to a silent database, and when the hub stops', async () => {
  const deaf = testHub({ ...db, ping: () => new Promise(() => {}) })
  const begun = performance.now()
  const answer = await deaf.fetch(new Request('http://hub.test/readyz'))
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: 'unready', database: 'silent' },
  ])
  expect(performance.now() - begun).toBeLessThan(1000)

  const stopped = testHub({ ...db, close: async () => {} })
  await stopped.stop()
  expect((await stopped.fetch(new Request('http://hub.test/readyz'))).status).toBe(503)
})

test('every answer carries the strict headers', async () => {
  const { headers } = await get('/nowhere')
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('same-origin')
})

test('what is not there is a problem by RFC 9457 that names the request', async () => {
  const answer = await get('/nowhere?name=amina', {
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  })
  expect(answer.headers.get('content-type')).toMatch('application/problem+json')
  expect(answer.headers.get('x-request-id')).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  expect(await answer.json()).toEqual({
    type: 'urn:ewtp:problem:not-found',
    title: 'Nothing is here',
    status: 404,
    instance: '/nowhere',
    requestId: '4bf92f3577b34da6a3ce929d0e0e4736',
  })
})

test.each([
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
  ['cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later', true],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later', false],
  ['ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', false],
  ['00-00000000000000000000000000000000-00f067aa0ba902b7-01', false],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', false],
  ['00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01', false],
  ['', false],
])('traceparent %s is valid: %s', (header, valid) => {
  expect(traceIdOf(header) !== undefined).toBe(valid)
})

test('a refusal shows its code and facts; a fault shows nothing and is logged', async () => {
  const lines: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const app = createApp(testHub(db, { log }))
  app.get('/refuse', () => {
    throw new Refusal('out-of-stock', { left: 2 })
  })
  app.get('/break', () => {
    throw new Error('secret table is on fire')
  })

  const refusal = await app.request('/refuse')
  expect(await refusal.json()).toMatchObject({
    type: 'urn:ewtp:problem:out-of-stock',
    status: 422,
    facts: { left: 2 },
  })

  const fault = await app.request('/break?card=4111')
  expect(await fault.text()).not.toMatch(/secret|stack/)
  expect(lines.at(-1)).toMatchObject({
    level: 50,
    path: '/break',
    status: 500,
    requestId: fault.headers.get('x-request-id'),
    err: { message: 'secret table is on fire', stack: expect.stringContaining('server.test') },
  })
  expect(JSON.stringify(lines)).not.toContain('4111')
})

test('the log never has the secret of a link', async () => {
  const lines: { path?: string }[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const app = createApp(testHub(db, { log }))
  const secret = 'AaICe9xyzAaICe9xyzAaICe9xyz'
  const paths = [`/track/${secret}`, `/track/${secret}/`, `//track/${secret}`, `/%74rack/${secret}`]
  const more = [`/pay/${secret}`, `/wallet/requests/${secret}/live`, '/trackers', '/']
  for (const path of [...paths, ...more]) await app.request(path)
  expect(lines).toHaveLength(8)
  expect(JSON.stringify(lines)).not.toContain('AaICe9')
  expect([lines[0], ...lines.slice(-2)].map((line) => line?.path)).toEqual([
    ...['/track/…', '/trackers', '/'],
  ])
})

test('a body over 1 MB is refused, with or without its length told', async () => {
  const app = createApp(hub)
  app.post('/take', async (c) => c.json((await c.req.arrayBuffer()).byteLength))
  const post = (bytes: number, told: boolean) => {
    const body = told ? new Uint8Array(bytes) : new Blob([new Uint8Array(bytes)]).stream()
    const headers: Record<string, string> = told ? { 'content-length': String(bytes) } : {}
    return app.request('/take', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  }
  for (const told of [true, false]) {
    expect((await post(1024 * 1024, told)).status).toBe(200)
    expect((await post(1024 * 1024 + 1, told)).status).toBe(413)
  }
})

test.each([
  ['text/html; charset=utf-8', 2000, 'gzip'],
  ['application/problem+json', 2000, 'gzip'],
  ['image/svg+xml', 2000, 'gzip'],
  ['text/html; charset=utf-8', 800, null],
  ['image/png', 2000, null],
  ['text/event-stream', 2000, null],
])('%s of %i bytes is encoded: %s', async (type, length, encoding) => {
  const app = new Hono()
  app.use(...gzip)
  app.get('/', () => new Response('x'.repeat(length), { headers: { 'content-type': type } }))
  const answer = await app.request('/', { headers: { 'accept-encoding': 'br, gzip' } })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  const body = Buffer.from(await answer.arrayBuffer())
  expect((encoding ? gunzipSync(body) : body).length).toBe(length)
  expect((await app.request('/')).headers.get('content-encoding')).toBeNull()
})

test('what a page links to is served, kept for ever and asked again cheaply', async () => {
  const app = new Hono<HubEnv>().get('/assets/*', serveAssets())
  const path = assetUrl('app.css')
  const first = await app.request(path)
  const etag = first.headers.get('etag') ?? ''
  expect(first.status).toBe(200)
  expect(first.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`])
    expect((await app.request(path, { headers: { 'if-none-match': tag } })).status).toBe(304)

  const zipped = await app.request(path, { headers: { 'accept-encoding': 'br, gzip' } })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toBe(await first.text())

  for (const other of ['/assets/app.css', '/assets/..%2fassets.ts', '/assets/', '/assets/none.css'])
    expect((await app.request(other)).status).toBe(404)
})

test('the first page of a hub finds everything that it links to', async () => {
  const page = await (await get('/')).text()
  const links = [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(1)
  for (const path of new Set(links)) expect([path, (await get(path)).status]).toEqual([path, 200])
})
