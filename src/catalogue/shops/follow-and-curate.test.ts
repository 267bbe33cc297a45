import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testHub } from '../../../test/support/hub.ts'
import {
  amina,
  bo,
  curator,
  idOf,
  lookedAtBy,
  nasty,
  pageOf,
  scarf,
  shopWorld,
  syrup,
  type ShopWorld,
} from '../../../test/support/shop-world.ts'
import { runReader, transact } from '../../db/index.ts'
import type { Actor } from '../../parties/index.ts'
import { saveOffers } from '../index.ts'
import { refreshShops, repriceStale, shopReader } from './routes.tsx'

const db = await testDatabase()
const clock = testClock()
const hub = testHub(db, { clock })
let world: ShopWorld
let ids: string[] = []

const page = (path: string, cookie?: string, lang?: string) => pageOf(world, path, cookie, lang)

beforeAll(async () => {
  world = await shopWorld(hub)
})

const path = '/shop/amina/batik-scarf-of-silk'

beforeAll(async () => {
  const other = {
    ...scarf,
    texts: [{ locale: 'en', title: `Tea towel ${nasty}`, description: nasty }],
    subheading: '630260',
    variants: [{ price: '10.00', stock: 900, netMassG: 100, grossMassG: 150 }],
  }
  const outcomes = [
    ...(await world.sell(amina, [scarf, other])),
    ...(await world.sell(bo, [syrup])),
  ]
  expect(outcomes.map((each) => 'status' in each && each.status)).toEqual(
    Array.from({ length: 3 }, () => 'published'),
  )
  ids = outcomes.map(idOf)
})

describe('the reader of the event log', () => {
  afterEach(() => clock.set(Date.UTC(2026, 10, 22, 9)))
  const run = () => runReader(db, shopReader(world.parts), { now: clock.now() })
  const count = async () => {
    const { rows } = await db.pool.query('select count(*)::int as n from offer_documents')
    return rows[0]?.n as number
  }

  test('writes prices that somebody else writes at the same time', async () => {
    const key = { homeHub: hub.config.id, businessId: amina.id, offerId: ids[0] ?? '' }
    let other: Promise<void> | undefined
    await transact(db, async (tx) => {
      await refreshShops(tx, [key], world.parts)
      other = transact(db, (second) => refreshShops(second, [key], world.parts))
      // Until the other stands at the lock of the rows.
      await expect.poll(waiting).toBe(1)
    })
    await other
    const { rows } = await db.pool.query(
      'select count(*)::int as n from offer_prices where offer_id = $1 and destination = $2',
      [key.offerId, 'CN'],
    )
    expect(rows).toEqual([{ n: 1 }])
  })
  const waiting = async () => {
    const { rows } = await db.pool.query(`
      select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`)
    return rows[0]?.n as number
  }

  test('takes what was withdrawn out of search, and puts it back', async () => {
    const owner = { homeHub: hub.config.id, businessId: bo.id }
    const save = (status: 'withdrawn' | 'published') =>
      transact(db, (tx) =>
        saveOffers(tx, [{ ...owner, draft: { offerId: ids[2], status } }], {
          now: clock.now(),
          random: world.parts.random,
          judge: (_, offers) => Promise.resolve(offers.map(() => ({ ready: ['CN'], missing: [] }))),
        }),
      )
    await run()
    const before = await count()
    await save('withdrawn')
    expect(await run()).toMatchObject({ state: 'ran' })
    expect(await count()).toBe(before - 1)
    expect((await page('/pavilion/CA')).html).toContain('No goods from Canada yet')
    await save('published')
    await run()
    expect(await count()).toBe(before)
  })

  test('closes the shop of a business that an officer keeps out', async () => {
    const decide = async (screening: string) => {
      await db.pool.query('update businesses set screening = $1 where id = $2', [screening, bo.id])
      await db.pool.query(
        `insert into events (at, home_hub, kind, subject, body) values ($1, $2, 'screening.decided', $3, '{}')`,
        [new Date(clock.now()).toISOString(), hub.config.id, bo.id],
      )
      await run()
    }
    const before = await count()
    await decide('blocked')
    expect(await count()).toBe(before - 1)
    expect((await page('/shop/bo')).status).toBe(404)
    await decide('clear')
    expect(await count()).toBe(before)
    expect((await page('/search?q=maple')).html).not.toContain('/shop/bo/')
    while ((await repriceStale(db, world.parts)) > 0);
    expect((await page('/search?q=maple')).html).toContain('/shop/bo/')
  })

  test('goods of another business under the same id change nothing', async () => {
    const [scarfId = ''] = ids
    const seen = async () => /[A-Z]{3}<\/span>[^<]*[\d,.]+/.exec((await page(path)).html)?.[0]
    const before = await seen()
    // Past all checks: as if another hub had sent it.
    for (const table of ['offers', 'offer_texts', 'variants', 'stock', 'offer_markets'])
      await db.pool.query(
        `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('business_id', $2::text,
           'price_minor', 1))).* from ${table} t where business_id = $1 and ${
             table === 'stock'
               ? 'variant_id in (select variant_id from variants where offer_id = $3)'
               : 'offer_id = $3'
           }`,
        [amina.id, bo.id, scarfId],
      )
    const keys = [bo, amina].map(({ id }) => ({
      homeHub: hub.config.id,
      businessId: id,
      offerId: scarfId,
    }))
    await transact(db, (tx) => refreshShops(tx, keys, world.parts))
    expect(await seen()).toBe(before)
    const { rows } = await db.pool.query(
      `select business_id from offer_documents where offer_id = $1 order by 1`,
      [scarfId],
    )
    expect(rows.map((row: { business_id: string }) => row.business_id)).toEqual([amina.id, bo.id])
    for (const table of ['offers', 'offer_documents', 'offer_prices'])
      await db.pool.query(`delete from ${table} where business_id = $1 and offer_id = $2`, [
        bo.id,
        scarfId,
      ])
  })

  test('prices of yesterday are worked out anew before they are shown, and then kept', async () => {
    clock.set(clock.now() + 86_400_000)
    const { html } = await page('/search?q=batik')
    expect(html).toMatch(/class="currency">CNY/)
    let made = 0
    for (;;) {
      const some = await repriceStale(db, world.parts)
      if (some === 0) break
      made += some
    }
    expect(made).toBe(3)
    const { rows } = await db.pool.query('select distinct day from offer_prices')
    expect(rows).toEqual([{ day: '2026-11-23' }])
  })
})

describe('the editor of a pavilion', () => {
  const as = (actor: Actor | undefined) => lookedAtBy(hub, world, actor)
  const send = (form: Record<string, string | string[] | File>, country = 'MY') => {
    const body = new FormData()
    for (const [name, value] of Object.entries(form))
      for (const each of Array.isArray(value) ? value : [value]) body.append(name, each)
    return as(curator).request(`/pavilion/${country}/edit`, { method: 'POST', body })
  }

  test('is for the curators of that country', async () => {
    expect((await as(curator).request('/pavilion/MY/edit')).status).toBe(200)
    expect((await as(curator).request('/pavilion/CA/edit')).status).toBe(403)
    expect((await as(undefined).request('/pavilion/MY/edit')).status).toBe(303)
    expect((await send({ version: '0' }, 'CA')).status).toBe(403)
  })

  test('keeps story, sellers and collections, in the words of each language', async () => {
    const answer = await send({
      ...{
        version: '0',
        'story-en': 'Craft of the monsoon coast.',
        'story-ms': 'Kraf pantai timur.',
      },
      ...{ featured: [amina.id], 'title-1-en': 'Gifts', 'offers-1': `http://hub.example${path}` },
    })
    expect(answer.status).toBe(303)
    const { html } = await page('/pavilion/MY', 'destination=CN', 'ms')
    expect(html).toContain('Kraf pantai timur.')
    expect(html).toMatch(/<h2 lang="en">Gifts/)
    expect((await page('/pavilion/MY', '', 'th')).html).toMatch(
      /lang="en">\s*<p>Craft of the monsoon/,
    )
  })

  test('refuses a change that rests on an older version', async () => {
    expect((await send({ version: '0', 'story-en': 'Mine' })).status).toBe(409)
    expect((await send({ version: '7', 'story-en': 'Mine' })).status).toBe(409)
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'goods that are not on sale',
      { 'title-1-en': 'A', 'offers-1': '/shop/amina/gone' },
      '#offers-1',
    ],
    ['goods without a title', { 'offers-1': path }, '#title-1-en'],
    ['a story without end', { 'story-fr': 'x'.repeat(5_000) }, '#story-fr'],
  ])('refuses %s by name and keeps what was typed', async (_, form, field) => {
    const answer = await send({ version: '1', 'story-en': 'Kept as typed', ...form })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`href="${field}"`)
    expect(html).toContain('Kept as typed')
  })

  test('refuses a picture that is none', async () => {
    const file = new File(['<svg onload="alert(1)"/>'], 'a.svg')
    const answer = await send({ version: '1', picture: file })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('href="#picture"')
  })
})
