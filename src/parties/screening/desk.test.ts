import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { beforeEach, expect, test } from 'vitest'
import { testRandom } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { transact } from '../../db/index.ts'
import type { Actor, HubRole, PartiesEnv } from '../actor.ts'
import { screeningState } from './find-subjects.ts'
import { readList } from './import/index.ts'
import { keepList } from './keep-list.ts'
import { openScreening } from './open-screening.ts'
import { rescreenDue, screenBusiness } from './screen-subjects.ts'
import { screeningRoutes } from './routes.tsx'

// Nobody on this list lives or lived.
const db = await testDatabase()
const hub = { id: '0199d2f0-0000-7000-8000-000000000001', name: 'Test hub' }
const business = '0199d2f0-0000-7000-8000-000000000002'
const at = Date.UTC(2026, 10, 22, 9)
const screening = openScreening()
const desk = '/officer/screening'
const page = `${desk}/business/${business}`

function ask(path: string, roles: readonly HubRole[] | 'nobody', form?: Record<string, string>) {
  const app = new Hono<PartiesEnv>()
  app.use(async (c, next) => {
    const actor: Actor = {
      ...{ personId: '0199d2f0-0000-7000-8000-0000000000ff', name: 'Chen', email: 'c@example.org' },
      ...{
        businesses: new Map(),
        hubRoles: new Set(roles === 'nobody' ? [] : roles),
        curatorOf: new Set(),
      },
    }
    c.set('parties', roles === 'nobody' ? {} : { actor })
    await next()
  })
  const random = testRandom().bytes
  app.route('/', screeningRoutes({ db, now: () => at, random, hub, screening }))
  return app.request(path, form ? { method: 'POST', body: new URLSearchParams(form) } : {})
}

const seenVersion = async (): Promise<string> => {
  const html = await (await ask(page, ['customs-officer'])).text()
  return /name="seen" value="([0-9a-f]{32})"/.exec(html)?.[1] ?? ''
}

beforeEach(async () => {
  await db.pool.query(
    `truncate screening_lists, screening_entries, screening_results, screening_subjects,
              screening_decisions, events`,
  )
  const bytes = readFileSync(join(import.meta.dirname, 'fixtures/un.xml'))
  await keepList(db, readList('un', [{ name: 'un.xml', bytes }]), { homeHub: hub.id, at })
  const screener = await screening.screener(db.kysely)
  const names = ['<b>Testovan</b> Vydumkin']
  await transact(db, (tx) =>
    screenBusiness(tx, screener, { homeHub: hub.id, id: business, names }, at),
  )
})

test.each<[readonly HubRole[] | 'nobody', number]>([
  ['nobody', 303],
  [[], 403],
  [['carrier'], 403],
  [['customs-officer'], 200],
  [['operator'], 200],
])('as %s the desk answers %i', async (roles, status) => {
  for (const path of [desk, page]) expect((await ask(path, roles)).status).toBe(status)
})

test('the desk shows who waits, the lists, and nothing of the name as markup', async () => {
  const html = await (await ask(desk, ['customs-officer'])).text()
  expect(html).toContain('&lt;b&gt;Testovan&lt;/b&gt; Vydumkin')
  expect(html).toContain(page)
  expect(html).toContain('United Nations Security Council')
  expect(html).not.toContain('<b>Testovan')
})

test('a page tells why, in words', async () => {
  const html = await (await ask(page, ['customs-officer'])).text()
  expect(html).toContain('“testovan” is the same word')
  expect(html).toContain('needs a decision')
  expect(html).toContain('1961-05-06')
})

test('a name can be tried, and nothing of it is kept', async () => {
  const html = await (await ask(`${desk}?name=Mohamed+Mutakhayyal+Husein`, ['operator'])).text()
  expect(html).toContain('MUHAMMAD HUSAYN AL-MUTAKHAYYAL')
  const { rows } = await db.pool.query(`select name_key from screening_results`)
  expect(rows).toHaveLength(1)
  expect(await (await ask(`${desk}?name=Bo+Chen`, ['operator'])).text()).toContain(
    'Nothing on the lists',
  )
})

test('an officer decides and is led back', async () => {
  const form = { decision: 'blocked', reason: 'Same birth date', seen: await seenVersion() }
  const answer = await ask(page, ['customs-officer'], form)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${page}?decided=1`])
  const place = { homeHub: hub.id, kind: 'business', subjectId: business } as const
  expect(await screeningState(db.kysely, place)).toBe('blocked')
  const html = await (await ask(page, ['customs-officer'])).text()
  expect(html).toContain('Same birth date')
  expect(html).toContain('decided before')
})

test('without a list the pages say so, how to read one in, and what a word in favour is worth', async () => {
  await db.pool.query('truncate screening_lists, screening_entries, screening_results')
  await transact(db, async (tx) =>
    screenBusiness(
      tx,
      await screening.screener(db.kysely),
      { homeHub: hub.id, id: business, names: ['Batik Maju'] },
      at,
    ),
  )
  for (const path of [desk, page])
    expect(await (await ask(path, ['operator'])).text()).toContain(
      'ewtp screen import un consolidated.xml',
    )
  expect(await (await ask(`${desk}?name=Bo+Chen`, ['operator'])).text()).toContain(
    'No list is read in: “Bo Chen” was compared with nothing.',
  )
  const before = await (await ask(page, ['operator'])).text()
  expect(before).toContain('Nothing was compared')
  expect(before).toContain('Clear by what you know, without a list')

  const form = { decision: 'clear', reason: 'I know the workshop', seen: await seenVersion() }
  await ask(page, ['operator'], form)
  const place = { homeHub: hub.id, kind: 'business', subjectId: business } as const
  expect(await screeningState(db.kysely, place)).toBe('unscreened')
  const after = await (await ask(`${page}?decided=1`, ['operator'])).text()
  expect(after).toContain('Without a list it does not count as screened')
  expect(after).toContain('I know the workshop')
  expect(after).toContain('Made when no list was read in; nothing was compared.')
  expect(after).not.toContain('>Clear<')
})

test.each([
  [{ decision: 'blocked', reason: '' }, 422, 'Give a reason of at least 5'],
  [{ decision: '', reason: 'Same birth date' }, 422, 'Choose a decision'],
  [{ decision: 'maybe', reason: 'Same birth date' }, 422, 'Choose a decision'],
  [{ decision: 'clear', reason: 'Another birth date', seen: 'old' }, 409, 'has changed since'],
])('%o is asked again and what was typed stays', async (form, status, message) => {
  const answer = await ask(page, ['operator'], { seen: await seenVersion(), ...form })
  const html = await answer.text()
  expect(answer.status).toBe(status)
  expect(html).toContain(message)
  expect(html).toContain('error-summary')
  expect(html).toContain(form.reason)
})

test.each([
  [`${desk}/business/nobody`, 404],
  [`${desk}/ship/${business}`, 404],
  [`${desk}/person/${business}`, 404],
  [`${desk}?state=%00&after=9.x.y&name=%00%ff`, 200],
  [`${desk}?after=99999.business.${business}`, 200],
  [`${desk}?name=${'x'.repeat(5_000)}`, 200],
])('%s answers %i', async (path, status) => {
  expect((await ask(path, ['operator'])).status).toBe(status)
  if (!path.includes('?')) {
    const form = { decision: 'clear', reason: 'Another one', seen: '' }
    expect((await ask(path, ['operator'], form)).status).toBe(404)
  }
})

test.each(['zh-Hans', 'ms', 'th', 'fr'])('every page speaks %s', async (locale) => {
  const speaks = async (path: string): Promise<void> => {
    const html = await (
      await ask(`${path}${path.includes('?') ? '&' : '?'}lang=${locale}`, ['operator'])
    ).text()
    expect(html).toContain(`lang="${locale}"`)
    expect(html).not.toContain('screening.')
  }
  const paths = [desk, page, `${desk}?name=Testovan+Vydumkin`]
  for (const path of paths) await speaks(path)
  await db.pool.query('truncate screening_lists, screening_entries, screening_results')
  await rescreenDue(db, screening, at)
  for (const path of paths) await speaks(path)
})
