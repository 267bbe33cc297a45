/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets, assetUrl, languageFor, WaitFor } from '../../src/ui/index.ts'
import { launchBrowser, type TestBrowser } from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

// Something happens elsewhere while Chen looks at a page, or while Chen is in the middle of a sentence on it.

let server: TestServer
let browser: TestBrowser
/** Whether something has happened. */
let ended = false

beforeAll(async () => {
  const app = new Hono()
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    return asset ? c.body(asset.bytes, 200, { 'content-type': asset.contentType }) : c.notFound()
  })
  app.get('/live', (c) =>
    c.text(`retry: 50\ndata: ${JSON.stringify({ ended })}\n\n`, 200, {
      'content-type': 'text/event-stream',
    }),
  )
  app.get('/', (c) =>
    c.html(
      <html lang="en">
        <script type="module" src={assetUrl('wait-for.js')}></script>
        <textarea name="words"></textarea>
        <WaitFor from="/live" to="/news" language={languageFor('en')} />
      </html>,
    ),
  )
  app.get('/news', (c) => c.html('<h1>News</h1>'))
  server = await serveApp(app)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('who only looks is led on; who has begun to type keeps it, is told, and goes on when they like', async () => {
  ended = false
  const looking = await browser.openPage()
  const typing = await browser.openPage()
  for (const page of [looking, typing]) await page.goto(server.origin)
  await typing.fill('textarea', 'The colour is not')
  expect(await typing.locator('.changed').isVisible()).toBe(false)
  ended = true
  await looking.waitForURL(/\/news$/)
  await typing.waitForSelector('.changed[role=status]', { state: 'visible' })
  expect(await typing.inputValue('textarea')).toBe('The colour is not')
  await typing.click('.changed a')
  await typing.waitForURL(/\/news$/)
}, 30_000)
