import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveAssets } from '../../src/app/assets.ts'
import { demoLanes, importLanes, laneFile } from '../../src/logistics/index.ts'
import { logisticsRoutes } from '../../src/logistics/routes.tsx'
import { testClock, testRandom } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { axe, launchBrowser, shoot, sidewaysScroll, smallTargets } from './support/browser.ts'
import { serveApp } from './support/serve.ts'

// A visitor looks up what a parcel costs; a carrier brings a rate card, with a mistake in it at first.

const db = await testDatabase()
const [browser, server] = await Promise.all([launchBrowser(), serveApp(lanesApp())])

beforeAll(async () => {
  await importLanes(db, laneFile(demoLanes()), { today: '2026-11-22' })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

const file = (price: string) => ({
  name: 'amina-vans.csv',
  mimeType: 'text/csv',
  buffer:
    Buffer.from(`record,carrier,service,carrier_name,service_name,transport,currency,max_kg,tracking,from,to,zone,days_min,days_max,days,cut_off,time_zone,duty_paid,up_to_kg,price,from_day,source,publisher,read
service,amina-vans,van,Amina Vans,Van,road,MYR,100,no,,,,,,,,,,,,2026-01-01,Price list,Amina Vans,2026-11-20
lane,amina-vans,van,,,,,,,MY,SG,south,1,1,working,18:00,Asia/Kuala_Lumpur,no,,,2026-01-01,Price list,Amina Vans,2026-11-20
rate,amina-vans,van,,,,MYR,,,,,south,,,,,,,100,${price},2026-01-01,Price list,Amina Vans,2026-11-20
`),
})

describe.each([
  { width: 360, dark: false, javascript: true },
  { width: 360, dark: true, javascript: false },
  { width: 1280, dark: false, javascript: false },
  { width: 1280, dark: true, javascript: true },
])('at $width, dark $dark, script $javascript', (options) => {
  const name = `${options.width}${options.dark ? '-dark' : ''}`

  // axe runs inside the page, so it needs a page that may run scripts.
  const accessible = async (page: Page) =>
    options.javascript ? [...(await axe(page)), ...(await smallTargets(page))] : []

  test('a visitor finds what a parcel costs', async () => {
    const page = await browser.openPage(options)
    await page.goto(`${server.origin}/lanes`)
    await page.getByLabel('From').selectOption('MY')
    await page.getByLabel('To', { exact: true }).selectOption('CA')
    await page.getByRole('button', { name: 'Show lanes' }).click()
    await page.getByText('Demo Air Malaysia').first().waitFor()
    await expect.poll(() => page.getByText('Demo Air China').count()).toBe(0)
    expect(await page.getByRole('rowheader').count()).toBe(4)
    await shoot(page, `lanes-${name}`)
    expect(await accessible(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await page.context().close()
  })

  test('a carrier brings a file', async () => {
    const page = await browser.openPage(options)
    await page.goto(`${server.origin}/lanes/import`)
    await page.getByLabel('Lane file').setInputFiles(file('=1+1'))
    await page.getByRole('button', { name: 'Send file' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('row').allInnerTexts()).toContainEqual(
      expect.stringContaining('A cell may not begin with'),
    )
    await shoot(page, `lanes-import-${name}`)
    expect(await accessible(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await page.getByLabel('Lane file').setInputFiles(file('35.00'))
    await page.getByLabel('Only try it').check()
    await page.getByRole('button', { name: 'Send file' }).click()
    await page.getByText('nothing was loaded yet').waitFor()
    await page.getByLabel('Lane file').setInputFiles(file('35.00'))
    await page.getByLabel('Only try it').uncheck()
    await page.getByRole('button', { name: 'Send file' }).click()
    await page.getByText('The file is loaded').waitFor()
    await shoot(page, `lanes-loaded-${name}`)
    expect(await accessible(page)).toEqual([])
    await page.context().close()
  })
})

function lanesApp(): Hono {
  const clock = testClock()
  const actor = {
    personId: '0199d2f0-0000-7000-8000-0000000000aa',
    name: 'Amina',
    email: 'amina@example.org',
    businesses: new Map(),
    hubRoles: new Set(['carrier']),
    curatorOf: new Set(),
  }
  const app = new Hono<{ Variables: { parties: object } }>()
  app.use(async (c, next) => {
    c.set('parties', { hub: { name: 'Test hub' }, actor })
    await next()
  })
  app.get('/assets/*', serveAssets())
  app.route(
    '/',
    logisticsRoutes({
      db,
      now: clock.now,
      today: clock.today,
      random: testRandom().bytes,
      hub: { id: '0199d2f0-0000-7000-8000-000000000001', name: 'Test hub' },
    }),
  )
  return app as never
}
