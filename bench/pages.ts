// What pages weigh and how soon they can be used, on a phone: a demo hub, the public pages and those at a seller's desk, each
// with an empty cache. PAGES_LIGHTHOUSE=3 asks Lighthouse as well, three times each.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { launchBrowser, type TestBrowser } from '../test/journeys/support/browser.ts'
import type { Figure } from './support/figure.ts'
import { isMet } from './support/figure.ts'
import { serveHub, withFolder } from './support/hub-process.ts'
import { median } from './support/measure.ts'
import { askLighthouse } from './pages-lighthouse.ts'
import { lab, loadPage, plainLine, slowLine, type Cookies, type Load } from './pages-load.ts'

/** One page: where it is, and which targets are its own. */
export interface PageToMeasure {
  name: string
  path: string
  kind: 'list' | 'product' | 'console'
}

export function run(): Promise<Figure[]> {
  return withFolder(async (folder) => {
    const data = join(folder, 'data')
    const command = join(import.meta.dirname, '../bin/ewtp.js')
    const { DATABASE_URL: _, ...env } = process.env
    execFileSync(process.execPath, [command, 'demo', 'seed', '--data', data], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const hub = serveHub(data)
    const browser = await launchBrowser()
    try {
      return await measureHub(browser, new URL(await hub.address).origin)
    } finally {
      await browser.close()
      await hub.stop()
    }
  })
}

async function measureHub(browser: TestBrowser, origin: string): Promise<Figure[]> {
  const { pages, cookies } = await findPages(browser, origin)
  const rounds = Number(process.env['PAGES_LIGHTHOUSE'] ?? 0)
  const figures: Figure[] = []
  for (const page of pages) {
    const known = page.kind === 'console' ? cookies : []
    const url = origin + page.path
    // The first one wakes what the hub reads only once.
    await loadPage(browser, url, known, plainLine)
    const plain = await loadPage(browser, url, known, plainLine)
    const slow: Load[] = []
    const mobile: Load[] = []
    for (let round = 0; round < 3; round += 1) {
      slow.push(await loadPage(browser, url, known, slowLine))
      mobile.push(await loadPage(browser, url, known, lab))
    }
    figures.push(...figuresOf(page, { plain, slow, mobile }))
    if (rounds > 0) figures.push(...(await askLighthouse({ ...page, url }, known, rounds)))
  }
  return [summary(figures), ...figures]
}

/** The pages of the demo world by its own links, and the cookies of one of its sellers. */
async function findPages(
  browser: TestBrowser,
  origin: string,
): Promise<{ pages: PageToMeasure[]; cookies: Cookies }> {
  const page = await browser.openPage({ width: 360 })
  const follow = async (path: string, link: RegExp): Promise<string> => {
    await page.goto(origin + path)
    const all = await page
      .locator('a[href]')
      .evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''))
    const found = all.find((href) => link.test(href))
    if (!found) throw new Error(`${path} has no link ${String(link)}`)
    return found
  }
  const product = await follow('/search', /^\/shop\/[^/?]+\/[^/?]+/)
  const pavilion = await follow('/', /^\/pavilion\/[A-Z]{2}/)
  const shown = [
    ['front page', '/'],
    ['search', '/search'],
    ['shop', product.split('/').slice(0, 3).join('/')],
    ['pavilion', pavilion],
    ['price at the door', '/cost'],
    ['classify', '/classify'],
    ['sign in', '/sign-in'],
  ] as const
  await page.goto(`${origin}/sign-in`)
  await Promise.all([
    page.waitForURL(/\/business\//),
    page.locator('form[action="/sign-in/demo"] button').first().click(),
  ])
  const business = new URL(page.url()).pathname
  const cookies = await page.context().cookies()
  await page.context().close()
  return {
    cookies,
    pages: [
      ...shown.map(([name, path]): PageToMeasure => ({ name, path, kind: 'list' })),
      { name: 'product', path: product, kind: 'product' },
      { name: "seller's goods", path: `${business}/goods`, kind: 'console' },
      { name: 'business', path: business, kind: 'console' },
      { name: 'wallet', path: '/wallet', kind: 'console' },
    ],
  }
}

/** The most that is allowed: bytes in thousands, times in milliseconds; what is packed is packed. */
export const targets = {
  list: {
    html: 20,
    css: 10,
    js: 15,
    bare: 60,
    all: 250,
    requests: 15,
    slow: 3000,
    lcp: 1500,
    cls: 0.02,
    tbt: 100,
  },
  product: {
    html: 14,
    css: 10,
    js: 15,
    bare: 60,
    all: 250,
    requests: 15,
    slow: 3000,
    lcp: 1500,
    cls: 0.02,
    tbt: 100,
  },
  console: {
    html: 30,
    css: 14,
    js: 60,
    bare: 150,
    all: undefined,
    requests: 20,
    slow: 5000,
    lcp: 2000,
    cls: 0.05,
    tbt: 200,
  },
} as const

interface Loads {
  plain: Load
  slow: readonly Load[]
  mobile: readonly Load[]
}

function figuresOf({ name, kind }: PageToMeasure, { plain, slow, mobile }: Loads): Figure[] {
  const most = targets[kind]
  const figure = (what: string, value: number, unit: string, bar: number | undefined): Figure => ({
    name: `pages: ${name}, ${what}`,
    value,
    unit,
    ...(bar === undefined ? {} : { bar: { of: 'figure', most: bar } }),
  })
  const of = (loads: readonly Load[], read: (load: Load) => number): number =>
    median(loads.map(read))
  const { bytes } = plain
  const bare = bytes.html + bytes.css + bytes.js + bytes.other
  return [
    figure('HTML gz', bytes.html / 1000, 'kB', most.html),
    figure('CSS gz', bytes.css / 1000, 'kB', most.css),
    figure('JS gz', bytes.js / 1000, 'kB', most.js),
    figure('without pictures', bare / 1000, 'kB', most.bare),
    figure('with pictures', (bare + bytes.pictures) / 1000, 'kB', most.all),
    figure('requests', plain.requests, '', most.requests),
    figure(
      'usable at 400 ms and 400 kbit/s',
      of(slow, (load) => load.usable),
      'ms',
      most.slow,
    ),
    figure(
      'LCP',
      of(mobile, (load) => load.lcp),
      'ms',
      most.lcp,
    ),
    figure(
      'CLS',
      of(mobile, (load) => load.cls),
      '',
      most.cls,
    ),
    figure(
      'TBT',
      of(mobile, (load) => load.tbt),
      'ms',
      most.tbt,
    ),
  ]
}

function summary(figures: readonly Figure[]): Figure {
  const asked = figures.filter(({ bar }) => bar !== undefined)
  const missed = asked.filter((figure) => isMet(figure) === false)
  return {
    name: `pages: targets missed, of ${asked.length}`,
    value: missed.length,
    unit: '',
    bar: { of: 'figure', most: 0 },
    note: missed.map(({ name }) => name.replace('pages: ', '')).join('; ') || 'none is missed',
  }
}
