import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { shedding } from './shed.ts'
import type { HubEnv } from './trace.ts'

function slowApp() {
  const app = new Hono<HubEnv>()
  const gates: (() => void)[] = []
  app.use(shedding({ looking: 2, doing: 3 }))
  app.all('*', async (c) => {
    if (!c.req.path.startsWith('/slow')) return c.text('ok')
    await new Promise<void>((resolve) => gates.push(resolve))
    return c.text('done')
  })
  const ask = async (method: string, path: string) => app.request(path, { method })
  return { ask, gates }
}

test('past its room a request is told at once to come again; what looks gives way to what does', async () => {
  const { ask, gates } = slowApp()
  const looks = [ask('GET', '/slow'), ask('GET', '/slow')]
  await Promise.resolve()
  const turned = await ask('GET', '/')
  expect([turned.status, turned.headers.get('retry-after')]).toEqual([503, '1'])
  expect(turned.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect((await ask('POST', '/')).status).toBe(200)
  const does = [ask('POST', '/slow'), ask('POST', '/slow'), ask('POST', '/slow')]
  await Promise.resolve()
  expect((await ask('POST', '/')).status).toBe(503)
  expect((await ask('GET', '/healthz')).status).toBe(200)
  while (gates.length > 0) gates.pop()?.()
  for (const each of [...looks, ...does]) expect((await each).status).toBe(200)
  // There is room again, also after one that failed.
  expect((await ask('GET', '/')).status).toBe(200)
  expect((await ask('POST', '/')).status).toBe(200)
})

test('doing that fills its room keeps out what only looks', async () => {
  const { ask, gates } = slowApp()
  const does = [ask('POST', '/slow'), ask('POST', '/slow'), ask('POST', '/slow')]
  await Promise.resolve()
  expect((await ask('GET', '/')).status).toBe(503)
  while (gates.length > 0) gates.pop()?.()
  await Promise.all(does)
  expect((await ask('GET', '/')).status).toBe(200)
})
