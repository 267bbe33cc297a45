import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from '../../../test/journeys/support/browser.ts'
import { serveApp } from '../../../test/journeys/support/serve.ts'
import { testRandom } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { serveAssets } from '../../app/assets.ts'
import { transact } from '../../db/index.ts'
import type { Actor, PartiesEnv } from '../actor.ts'
import { readList } from './import/index.ts'
import { keepList } from './keep-list.ts'
import { openScreening } from './open-screening.ts'
import { rescreenDue, screenSubjects } from './screen-subjects.ts'
import { screeningRoutes } from './routes.tsx'

// The desk in a real browser, without JavaScript. Nobody on these lists lives or lived.
const db = await testDatabase()
const hub = { id: '0199d2f0-0000-7000-8000-000000000001', name: 'Straits Hub' }
const at = Date.UTC(2026, 10, 22, 9)
const idOf = (number: number) => `0199d2f0-0000-7000-8000-00000000000${number}`
const names = [
  ['Testovan Vydumkin Trading', 'Testovan Vydumkin'],
  ['Muhammed Husein Mutakhayal'],
  ['Xugou Ship and Trade'],
  ['Batik Maju Sdn Bhd'],
]
let browser: TestBrowser
let server: Awaited<ReturnType<typeof serveApp>>
let origin = ''

beforeAll(async () => {
  for (const [list, file] of [
    ['un', 'un.xml'],
    ['eu', 'eu-export.xml'],
  ] as const) {
    const bytes = readFileSync(join(import.meta.dirname, 'fixtures', file))
    await keepList(db, readList(list, [{ name: file, bytes }]), { homeHub: hub.id, at })
  }
  const screening = openScreening()
  const screener = await screening.screener(db.kysely)
  const subjects = names.map((each, number) => ({
    ...{ homeHub: hub.id, kind: 'business' as const, id: idOf(number), names: each },
  }))
  await transact(db, (tx) => screenSubjects(tx, screener, subjects, at))
  const app = new Hono<PartiesEnv>()
  app.use(async (c, next) => {
    const actor: Actor = {
      ...{ personId: idOf(9), name: 'Chen', email: 'chen@example.org', businesses: new Map() },
      ...{ hubRoles: new Set(['customs-officer' as const]), curatorOf: new Set() },
    }
    c.set('parties', { actor })
    await next()
  })
  app.get('/assets/*', serveAssets())
  const random = testRandom().bytes
  app.route('/', screeningRoutes({ db, now: () => at, random, hub, screening }))
  server = await serveApp(new Hono().route('/', app))
  origin = server.origin
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test.each([
  [360, false, 'en'],
  [1280, false, 'en'],
  [360, true, 'fr'],
  [1280, true, 'ms'],
  [320, false, 'th'],
])('at %i pixels, dark: %s, in %s', async (width, dark, locale) => {
  const page = await browser.openPage({ width, dark, locale, javascript: true })
  for (const [name, path] of [
    ['desk', '/officer/screening'],
    ['tried', '/officer/screening?name=Mohamed+Mutakhayyal'],
    ['empty', '/officer/screening?state=blocked'],
    ['subject', `/officer/screening/business/${idOf(0)}`],
  ] as const) {
    await page.goto(origin + path)
    await shoot(page, `screening-${name}-${width}${dark ? '-dark' : ''}`)
    expect(await axe(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await smallTargets(page)).toEqual([])
  }
  await page.context().close()
})

test('an officer finds a name, forgets the reason, gives it and is told, without JavaScript', async () => {
  const page = await browser.openPage({ width: 360, javascript: false })
  await page.goto(`${origin}/officer/screening`)
  await page.getByRole('link', { name: 'Muhammed Husein Mutakhayal' }).click()
  await page.getByLabel('Clear: not the listed party').check()
  await page.getByRole('button', { name: 'Save the decision' }).click()
  await page.getByRole('link', { name: 'Give a reason of at least 5 characters' }).click()
  await shoot(page, 'screening-refused-360')
  await page.getByLabel('Reason').fill('Born twenty years later, in another country')
  await page.getByRole('button', { name: 'Save the decision' }).click()
  await page.getByText('The decision is saved.').waitFor()
  await shoot(page, 'screening-decided-360')
  await page.goto(`${origin}/officer/screening?state=clear`)
  expect(await page.getByRole('link', { name: 'Muhammed Husein Mutakhayal' }).count()).toBe(1)
  await page.context().close()
})

test('without a list the way to read one in fits the smallest phone', async () => {
  await db.pool.query('truncate screening_lists, screening_entries, screening_results')
  await rescreenDue(db, openScreening(), at)
  for (const [width, dark, locale] of [
    [320, true, 'fr'],
    [1280, false, 'en'],
  ] as const) {
    const page = await browser.openPage({ width, dark, locale, javascript: true })
    for (const path of ['', `/business/${idOf(3)}`]) {
      await page.goto(`${origin}/officer/screening${path}`)
      await shoot(page, `screening-no-list${path === '' ? '' : '-subject'}-${width}`)
      expect(await axe(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await smallTargets(page)).toEqual([])
    }
    await page.context().close()
  }
})
