import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { testClock, testRandom } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import type { Actor, HubRole } from '../parties/index.ts'
import { findEvents } from '../db/index.ts'
import { demoLanes, importLanes, laneFile } from './index.ts'
import { logisticsRoutes } from './routes.tsx'

const db = await testDatabase()
const hubId = '0199d2f0-0000-7000-8000-000000000001'
const carrier = person('carrier')

beforeAll(async () => {
  await importLanes(db, laneFile(demoLanes()), { today: '2026-11-22' })
})

describe('the list of lanes', () => {
  test('shows what 0.5, 2 and 10 kg cost, in how many days, and who says so', async () => {
    const page = await text('/lanes?from=MY&to=CA')
    // The demo packet: 110 units of 0.42 ringgit for 0.5 kg in the band of the longest ways.
    expect(page).toContain('46.20')
    expect(page).toContain('11 to 20 working days')
    expect(page).toContain('Demo, not a real tariff')
    expect(page).toContain('not taken') // a packet of 10 kg
    expect(page).toContain('Paid by the carrier on entry')
  })

  test.each([
    ['zh-Hans', '运输线路与资费', '由收件人缴纳'],
    ['ms', 'Laluan dan kadar', 'hari bekerja'],
    ['th', 'เส้นทางและอัตราค่าขนส่ง', 'วันทำการ'],
    ['fr', 'Liaisons et tarifs', 'jours ouvrés'],
  ])('speaks %s', async (locale, ...words) => {
    const page = await text(`/lanes?from=MY&to=CA&lang=${locale}`)
    for (const word of words) expect(page).toContain(word)
  })

  test('goes on page after page, each lane once', async () => {
    const seen: string[] = []
    let next: string | undefined = '/lanes'
    for (let pages = 0; next && pages < 40; pages += 1) {
      const page: string = await text(next)
      seen.push(...[...page.matchAll(/<tr role="row"><th role="rowheader"/g)].map(() => next ?? ''))
      next = /href="(\/lanes\?from=&amp;to=&amp;after=[^"&]*)"/
        .exec(page)?.[1]
        ?.replaceAll('&amp;', '&')
    }
    expect(seen).toHaveLength(10 * 15 * 4)
  })

  test('says that nobody goes there, in place of a price', async () => {
    const page = await text('/lanes?from=MY&to=BR')
    expect(page).toContain('No carrier goes this way')
    expect(page).not.toContain('0.00')
  })

  test.each(['/lanes?from=XX', '/lanes?to=%3Cscript%3E', '/lanes?from=my'])(
    '%s is told what is wrong',
    async (path) => {
      const answer = await ask(path)
      expect(answer.status).toBe(422)
      const page = await answer.text()
      expect(page).toContain('Choose a country from the list')
      expect(page).not.toContain('<script>')
    },
  )

  test.each(['after=%00', 'after=MY.CA', 'after=MY.CA.%27.x', 'from=MY&from=CA', 'lang=%FF'])(
    '?%s breaks nothing',
    async (query) => expect((await ask(`/lanes?${query}`)).status).toBe(200),
  )
})

describe('quotes for programs', () => {
  test('a parcel by four ways, amounts as exact text', async () => {
    const answer = await ask('/api/v1/lanes?from=MY&to=CA&kg=0.8&size=30x20x10&code=610910')
    const { quotes, refusals } = (await answer.json()) as {
      quotes: { carrier: string; amount: string; freight: string; byMassOnly: boolean }[]
      refusals: unknown[]
    }
    expect(quotes.map(({ carrier, amount }) => [carrier, amount])).toEqual([
      ['Demo Post Malaysia', '74.76'],
      ['Demo Post Malaysia', '142.80'],
      // Freight 189.00 and two begun halves above 0.5 kg at 36.12; fuel 16.5 %; 18.90 for the duty.
      ['Demo Air Malaysia', '323.24'],
      ['Demo Sea Malaysia', '373.00'],
    ])
    expect(refusals).toEqual([])
  })

  test.each([
    ['from=MY&to=BR&kg=1', 404, 'no-lane'],
    ['from=MY&to=CA&kg=900', 404, 'no-lane-takes-it'],
    ['from=MY&to=CA&kg=0', 422, 'bad-parcel'],
    ['from=MY&to=CA&kg=1e3', 422, 'bad-parcel'],
    ['from=MY&to=CA&kg=0.0001', 422, 'bad-parcel'],
    ['from=MY&to=CA&kg=99999999999999999999', 422, 'bad-parcel'],
    ['from=MY&to=CA&kg=1&size=30x20', 422, 'bad-parcel'],
    ['from=MY&to=CA&kg=1&size=-1x2x3', 422, 'bad-parcel'],
    ['from=MY&to=CA&kg=1&code=cotton', 422, 'bad-parcel'],
    ['', 422, 'bad-parcel'],
  ])('%s is %i %s', async (query, status, code) => {
    const answer = await ask(`/api/v1/lanes?${query}`)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ type: `urn:ewtp:problem:${code}` })
  })
})

describe('bringing a file', () => {
  const file = `record,carrier,service,carrier_name,service_name,transport,currency,max_kg,tracking,from,to,zone,days_min,days_max,days,cut_off,time_zone,duty_paid,up_to_kg,price,from_day,to_day,source,publisher,read
service,amina-vans,van,Amina Vans,Van,road,MYR,100,no,,,,,,,,,,,,2026-01-01,,Price list,Amina Vans,2026-11-20
lane,amina-vans,van,,,,,,,MY,SG,south,1,1,working,18:00,Asia/Kuala_Lumpur,no,,,2026-01-01,,Price list,Amina Vans,2026-11-20
rate,amina-vans,van,,,,MYR,,,,,south,,,,,,,100,35.00,2026-01-01,,Price list,Amina Vans,2026-11-20
`

  test('strangers are sent to the sign-in page, others than carriers away', async () => {
    expect((await ask('/lanes/import')).status).toBe(303)
    expect((await ask('/lanes/import', {}, person('financier'))).status).toBe(403)
    expect((await send(file, {}, person('financier'))).status).toBe(403)
    expect((await ask('/lanes/import', {}, carrier)).status).toBe(200)
  })

  test('a try loads nothing; then it is loaded, noted and shown', async () => {
    const tried = await send(file, { dry_run: 'yes' }, carrier)
    expect(await tried.text()).toContain('nothing was loaded yet')
    expect(await text('/lanes?from=MY&to=SG')).not.toContain('Amina Vans')

    const done = await send(file, {}, carrier)
    expect(done.status).toBe(303)
    const after = await ask(done.headers.get('location') ?? '', {}, carrier)
    expect(await after.text()).toContain('3 rows: 3 new versions')
    expect(await text('/lanes?from=MY&to=SG')).toContain('Amina Vans')
    const { import_id: id } = await db.kysely
      .selectFrom('lane_imports')
      .select('import_id')
      .executeTakeFirstOrThrow()
    expect(await findEvents(db.kysely, id)).toMatchObject([
      { kind: 'lanes.imported', actor: carrier.personId, body: { rows: 3, added: 3 } },
    ])
  })

  test('what is wrong is told by line and column', async () => {
    const answer = await send(
      file.replace('35.00', '"=1+1"').replace('2026-01-01', 'soon'),
      {},
      carrier,
    )
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Nothing was loaded: 2 places are wrong')
    expect(page).toContain('“soon” is not a day')
    expect(page).toContain('A cell may not begin with')
  })

  test.each([
    ['nothing', new FormData()],
    ['an empty file', formWith('')],
    ['no CSV', formWith('\u0000\u0001\u0002')],
    ['a picture', formWith(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))],
    ['a quote that never closes', formWith(`record,"${'a'.repeat(100_000)}`)],
  ])('%s is refused', async (_, form) => {
    const answer = await ask('/lanes/import', { method: 'POST', body: form }, carrier)
    expect(answer.status).toBe(422)
  })

  test('the example that the page offers is taken', async () => {
    const example = await ask('/lanes/example.csv')
    expect(example.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const tried = await send(await example.text(), { dry_run: 'yes' }, carrier)
    expect(await tried.text()).toContain('The file is good')
  })

  test('what is no form is refused', async () => {
    const sent = {
      method: 'POST',
      body: '{"file": 1}',
      headers: { 'content-type': 'multipart/form-data' },
    }
    expect((await ask('/lanes/import', sent, carrier)).status).toBe(422)
  })
})

function person(role: HubRole): Actor {
  return {
    personId: '0199d2f0-0000-7000-8000-0000000000aa',
    name: 'Amina',
    email: 'amina@example.org',
    businesses: new Map(),
    hubRoles: new Set([role]),
    curatorOf: new Set(),
  }
}

async function ask(path: string, init: RequestInit = {}, actor?: Actor): Promise<Response> {
  const clock = testClock()
  const app = new Hono<{ Variables: { parties: object; requestId: string } }>()
  app.onError((error) => {
    throw error
  })
  app.use(async (c, next) => {
    c.set('parties', { hub: { name: 'Test hub' }, ...(actor ? { actor } : {}) })
    await next()
  })
  app.route(
    '/',
    logisticsRoutes({
      db,
      now: clock.now,
      today: clock.today,
      random: testRandom().bytes,
      hub: { id: hubId, name: 'Test hub' },
    }),
  )
  return app.fetch(new Request(`http://hub.test${path}`, init))
}

async function text(path: string): Promise<string> {
  const answer = await ask(path)
  expect(answer.status, path).toBe(200)
  return answer.text()
}

function formWith(
  content: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
): FormData {
  const form = new FormData()
  form.set('file', new File([content], 'lanes.csv', { type: 'text/csv' }))
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

const send = (content: string, fields: Record<string, string>, actor: Actor): Promise<Response> =>
  ask('/lanes/import', { method: 'POST', body: formWith(content, fields) }, actor)
