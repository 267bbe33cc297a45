import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { peopledHub } from '../../test/support/people.ts'
import { openRoom } from './shed.ts'
import type { HubEnv } from './trace.ts'

function slowApp() {
  const app = new Hono<HubEnv>()
  const gates: (() => void)[] = []
  const parts = {
    addressOf: (c: { req: { header(name: string): string | undefined } }) => c.req.header('from'),
    takesFiles: /^\/slow-file$/,
    receive: async () => undefined,
  }
  const room = openRoom(parts, { looking: 4, doing: 4, coming: 8, filing: 2 })
  app.use(room.first, room.does)
  app.all('*', async (c) => {
    if (!c.req.path.startsWith('/slow')) return c.text('ok')
    await new Promise<void>((resolve) => gates.push(resolve))
    return c.text('done')
  })
  const ask = async (method: string, path: string, from?: string) =>
    app.request(path, { method, headers: from === undefined ? {} : { from } })
  const fill = async (method: string, count: number, path = '/slow') => {
    const answers = Array.from({ length: count }, () => ask(method, path))
    await new Promise(setImmediate)
    return answers
  }
  return { ask, gates, fill }
}

test('past its room a request is told at once to come again; neither looking nor doing closes the other', async () => {
  const { ask, gates, fill } = slowApp()
  const looks = await fill('GET', 4)
  const turned = await ask('GET', '/')
  expect([turned.status, turned.headers.get('retry-after')]).toEqual([503, '1'])
  expect(turned.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect((await ask('POST', '/')).status).toBe(200)
  const does = await fill('POST', 4)
  expect((await ask('POST', '/')).status).toBe(503)
  expect((await ask('GET', '/healthz')).status).toBe(200)
  gates.splice(0, 4).forEach((open) => open())
  for (const each of looks) expect((await each).status).toBe(200)
  expect([(await ask('GET', '/')).status, (await ask('POST', '/')).status]).toEqual([200, 503])
  while (gates.length > 0) gates.pop()?.()
  for (const each of does) expect((await each).status).toBe(200)
  // There is room again, also after one that failed.
  expect((await ask('POST', '/')).status).toBe(200)
})

test('one address has a quarter of the places, and files have places of their own', async () => {
  const { ask, gates, fill } = slowApp()
  for (const method of ['GET', 'POST']) {
    const first = ask(method, '/slow', '192.0.2.1')
    await new Promise(setImmediate)
    expect((await ask(method, '/', '192.0.2.1')).status).toBe(503)
    expect((await ask(method, '/', '192.0.2.2')).status).toBe(200)
    gates.pop()?.()
    expect((await first).status).toBe(200)
    expect((await ask(method, '/', '192.0.2.1')).status).toBe(200)
  }
  const files = await fill('POST', 2, '/slow-file')
  expect((await ask('POST', '/slow-file')).status).toBe(503)
  expect((await ask('POST', '/')).status).toBe(200)
  while (gates.length > 0) gates.pop()?.()
  await Promise.all(files)
})

test('of too many bodies on their way the one that is longest on it goes, and never one that has come', async () => {
  const app = new Hono<HubEnv>()
  const bodies: (() => void)[] = []
  const receive = () =>
    new Promise<undefined>((resolve) => {
      bodies.push(() => resolve(undefined))
    })
  const parts = { addressOf: () => undefined, takesFiles: /^\/file$/, receive }
  const room = openRoom(parts, { looking: 1, doing: 8, coming: 2, filing: 1 })
  app.use(room.first, room.does).post('/', (c) => c.text('done'))
  const answers = Array.from({ length: 3 }, async () => app.request('/', { method: 'POST' }))
  expect((await answers[0])?.status).toBe(408)
  for (const come of bodies) come()
  for (const each of answers.slice(1)) expect((await each).status).toBe(200)
})

const db = await testDatabase()

/** A whole hub on a port behind a proxy that tells addresses, as one would attack it. */
async function listening() {
  const hub = peopledHub(db)
  hub.config.behindProxy = true
  const server = createAdaptorServer({ fetch: hub.fetch }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    ask: (path: string, from: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        ...{ ...init, redirect: 'manual' },
        headers: { 'x-forwarded-for': from, ...(init.headers as Record<string, string>) },
      }),
    /** The head of a request whose body stays out but for its first sign. */
    send: (from: string, head: string) =>
      new Promise<Socket>((resolve) => {
        const socket = connect(port, '127.0.0.1')
        socket.on('error', () => {})
        sockets.push(socket)
        const text = `${head}\r\nhost: 127.0.0.1\r\nx-forwarded-for: ${from}\r\ncontent-type: application/x-www-form-urlencoded`
        socket.write(`${text}\r\ncontent-length: 9\r\n\r\na`, () => resolve(socket))
      }),
  }
}

const form = {
  method: 'POST',
  body: 'quantity=1',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
}

test('512 bodies that never come hold up nobody but the address that they are from', async () => {
  const { ask, send } = await listening()
  const head = 'POST /basket/lines HTTP/1.1'
  for (let index = 0; index < 384; index += 1) await send(`192.0.2.${1 + (index % 3)}`, head)
  for (let index = 0; index < 128; index += 1) await send('198.51.100.7', head)
  const of = async (from: string) => [
    (await ask('/basket', from)).status,
    (await ask('/basket/lines', from, form)).status,
  ]
  expect(await of('203.0.113.9')).toEqual([200, 303])
  expect(await of('198.51.100.7')).toEqual([200, 503])
}, 30_000)

test('a body that comes late is read whole, in every form that is understood', async () => {
  const { ask, send } = await listening()
  const socket = await send('203.0.113.9', 'POST /basket/lines HTTP/1.1')
  const answer = new Promise<string>((resolve) => {
    socket.once('data', (data) => resolve(String(data)))
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  socket.write('=bcdefgh')
  expect(await answer).toMatch(/^HTTP\/1.1 303 /)
  const landed = JSON.stringify({ text: 'silk scarf' })
  const api = { method: 'POST', body: landed, headers: { 'content-type': 'application/json' } }
  expect((await ask('/api/v1/classifications', '203.0.113.9', api)).status).toBe(200)
  // Its route counts bytes once more; both ways of sending end at the signature that is missing.
  const told = await ask('/rails/sandbox/callback', '203.0.113.9', { method: 'POST', body: 'x' })
  const untold = await ask('/rails/sandbox/callback', '203.0.113.9', {
    ...{ method: 'POST', body: new Blob(['x']).stream(), duplex: 'half' },
  } as RequestInit)
  expect([told.status < 500, told.status === untold.status]).toEqual([true, true])
})
