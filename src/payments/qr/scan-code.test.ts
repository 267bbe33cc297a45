import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, launchBrowser, type TestBrowser } from '../../../test/journeys/support/browser.ts'
import { serveApp, type TestServer } from '../../../test/journeys/support/serve.ts'
import { assets, assetUrl } from '../../ui/index.ts'

// A real browser with a made camera and a made detector: no browser for Linux reads codes by itself.

const policy = "default-src 'none'; script-src 'self'; form-action 'self'"

const page = `<!doctype html><html lang="en"><title>Pay</title><main><h1>Pay</h1>
  <script type="module" src="${assetUrl('scan-code.js')}"></script>
  <form action="/read"><label>Code <input name="code" required></label>
    <scan-code data-field="code" data-failed="The camera cannot be used. Type the code." hidden>
      <button type="button">Scan with the camera</button><video muted playsinline hidden></video>
      <p role="status"></p></scan-code>
    <button>Go on</button></form></main></html>`

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  const app = new Hono()
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    return asset ? c.body(asset.bytes, 200, { 'content-type': asset.contentType }) : c.notFound()
  })
  app.get('/', (c) => c.html(page, 200, { 'content-security-policy': policy }))
  app.get('/read', (c) => c.text(`code ${c.req.query('code')}`))
  server = await serveApp(app)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** What the browser can do: `seen` is what its detector finds in one picture after the other. */
interface Abilities {
  formats: string[]
  camera: 'allowed' | 'denied'
  seen: string[]
}

/** Runs in the page, before any script of it. */
function pretend({ formats, camera, seen }: Abilities): void {
  const state = { pictures: 0, tracks: [] as MediaStreamTrack[] }
  class BarcodeDetector {
    static getSupportedFormats = () => Promise.resolve(formats)
    detect(video: HTMLVideoElement) {
      const text = video.videoWidth > 0 ? seen[state.pictures++] : undefined
      return Promise.resolve(text ? [{ rawValue: text }] : [])
    }
  }
  const getUserMedia = () => {
    if (camera === 'denied') return Promise.reject(new DOMException('', 'NotAllowedError'))
    const canvas = document.createElement('canvas')
    const draw = () => canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
    setInterval(draw, 20)
    const stream = canvas.captureStream(25)
    state.tracks.push(...stream.getTracks())
    return Promise.resolve(stream)
  }
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia } })
  Object.assign(window, { state, ...(formats.length > 0 ? { BarcodeDetector } : {}) })
}

async function open(abilities: Partial<Abilities> = {}): Promise<Page> {
  const opened = await browser.openPage({ width: 360 })
  const able: Abilities = { formats: ['qr_code'], camera: 'allowed', seen: [], ...abilities }
  await opened.addInitScript(pretend, able)
  await opened.goto(server.origin)
  return opened
}

const scan = (opened: Page) => opened.getByRole('button', { name: 'Scan with the camera' })

/** How many cameras were opened, and how many of them still run. */
const cameras = (opened: Page) =>
  opened.evaluate(() => {
    const { tracks } = (window as unknown as { state: { tracks: MediaStreamTrack[] } }).state
    return [tracks.length, tracks.filter(({ readyState }) => readyState === 'live').length]
  })

test('a code that the camera sees is sent', async () => {
  const opened = await open({ seen: ['', '', 'EWTP1/HUB.EXAMPLE/7'] })
  expect(await axe(opened)).toEqual([])
  await scan(opened).click()
  await opened.waitForURL('**/read?*')
  expect(await opened.textContent('body')).toBe('code EWTP1/HUB.EXAMPLE/7')
}, 60_000)

test('a second press closes the camera, a third opens it again', async () => {
  const opened = await open()
  await scan(opened).press('Enter')
  await opened.locator('video').waitFor({ state: 'visible' })
  expect(await scan(opened).getAttribute('aria-pressed')).toBe('true')
  expect(await axe(opened)).toEqual([])
  expect(await cameras(opened)).toEqual([1, 1])
  await scan(opened).press('Enter')
  await opened.locator('video').waitFor({ state: 'hidden' })
  await expect.poll(() => scan(opened).getAttribute('aria-pressed')).toBe(null)
  expect(await cameras(opened)).toEqual([1, 0])
  await scan(opened).press('Enter')
  await opened.locator('video').waitFor({ state: 'visible' })
  expect(await cameras(opened)).toEqual([2, 1])
}, 60_000)

test('without the camera the page says so, and typing works', async () => {
  const opened = await open({ camera: 'denied' })
  await scan(opened).click()
  await opened.getByRole('status').getByText('The camera cannot be used.').waitFor()
  await type(opened)
}, 60_000)

test.each([
  ['no detector', []],
  ['a detector that knows no QR codes', ['ean_13']],
])(
  '%s: nothing is offered, and typing works',
  async (_, formats) => {
    const opened = await open({ formats })
    expect(await scan(opened).isVisible()).toBe(false)
    await type(opened)
  },
  60_000,
)

test('without JavaScript typing works', async () => {
  const opened = await browser.openPage({ javascript: false })
  await opened.goto(server.origin)
  expect(await scan(opened).isVisible()).toBe(false)
  await type(opened)
}, 60_000)

test('the script is small', () => {
  expect(assets.get(assetUrl('scan-code.js'))?.gzip.length).toBeLessThan(900)
})

async function type(opened: Page): Promise<void> {
  await opened.getByLabel('Code').fill('28T-5CY-4TH')
  await opened.getByRole('button', { name: 'Go on' }).click()
  expect(await opened.textContent('body')).toBe('code 28T-5CY-4TH')
}
