// One load of one page by a real browser with an empty cache: what came over the line, and when the page was there.
import type { CDPSession, Page } from 'playwright-core'
import type { TestBrowser } from '../test/journeys/support/browser.ts'

export type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>

/** How the line and the phone are: milliseconds before each answer, bytes in a second, how often slower the processor. */
export interface Line {
  delay: number
  perSecond: number
  slower: number
}

/** Of this machine. */
export const plainLine: Line = { delay: 0, perSecond: -1, slower: 1 }
/** A far village: 400 ms, 400 kbit/s. */
export const slowLine: Line = { delay: 400, perSecond: 50_000, slower: 1 }
/** What Lighthouse means by a mobile: 150 ms, 1.6 Mbit/s, a processor four times slower. */
export const lab: Line = { delay: 150, perSecond: 204_800, slower: 4 }

export interface Load {
  /** As they came over the line, heads of the answers included. */
  bytes: Record<'html' | 'css' | 'js' | 'pictures' | 'other', number>
  requests: number
  /** Milliseconds until the page was read to its end and something of it was painted: then its links and forms work. */
  usable: number
  /** Milliseconds until the largest thing in view was painted. */
  lcp: number
  /** How much moved without being asked, without a unit. */
  cls: number
  /** Milliseconds for which the page did not listen, each time after the first 50. */
  tbt: number
}

export async function loadPage(
  browser: TestBrowser,
  url: string,
  cookies: Cookies,
  line: Line,
): Promise<Load> {
  const page = await browser.openPage({ width: 360 })
  try {
    await page.context().addCookies(cookies)
    const control = await page.context().newCDPSession(page)
    const told = await listen(control, line)
    await page.addInitScript(observe)
    const answer = await page.goto(url, { waitUntil: 'load' })
    if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}`)
    // What is largest is told late, and pictures further down come after the page.
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(300)
    const seen = await page.evaluate(readSeen)
    return { ...told, ...seen }
  } finally {
    await page.context().close()
  }
}

const kinds: Readonly<Record<string, keyof Load['bytes']>> = {
  Document: 'html',
  Stylesheet: 'css',
  Script: 'js',
  Image: 'pictures',
}

async function listen(control: CDPSession, { delay, perSecond, slower }: Line) {
  const bytes = { html: 0, css: 0, js: 0, pictures: 0, other: 0 }
  const told = { bytes, requests: 0 }
  const typeOf = new Map<string, string>()
  control.on('Network.requestWillBeSent', ({ request, requestId, type = 'Other' }) => {
    if (!request.url.startsWith('http')) return
    typeOf.set(requestId, type)
    told.requests += 1
  })
  control.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = typeOf.get(requestId)
    if (type) bytes[kinds[type] ?? 'other'] += encodedDataLength
  })
  await control.send('Network.enable')
  await control.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: delay,
    downloadThroughput: perSecond,
    uploadThroughput: perSecond,
  })
  await control.send('Emulation.setCPUThrottlingRate', { rate: slower })
  return told
}

interface Seen {
  lcp: number
  cls: number
  tasks: { start: number; took: number }[]
}

type Looking = typeof globalThis & { seen: Seen }

/** Runs in the page, before anything of it. */
function observe(): void {
  const seen: Seen = { lcp: 0, cls: 0, tasks: [] }
  ;(globalThis as Looking).seen = seen
  const watch = (type: string, take: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
    })
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.lcp = startTime
  })
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & {
      value: number
      hadRecentInput: boolean
    }
    if (!hadRecentInput) seen.cls += value
  })
  watch('longtask', ({ startTime, duration }) => {
    seen.tasks.push({ start: startTime, took: duration })
  })
}

/** Runs in the page, at its end. */
function readSeen(): Pick<Load, 'usable' | 'lcp' | 'cls' | 'tbt'> {
  const { lcp, cls, tasks } = (globalThis as Looking).seen
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
  const late = tasks.filter(({ start, took }) => start + took > painted)
  return {
    usable: Math.max(page?.domInteractive ?? 0, painted),
    lcp,
    cls,
    tbt: late.reduce((sum, { took }) => sum + Math.max(0, took - 50), 0),
  }
}
