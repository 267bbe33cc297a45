import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testHub } from '../../../test/support/hub.ts'
import type { Database } from '../../db/index.ts'
import { createNomenclature } from '../../nomenclature/index.ts'
import { joinHub } from '../../parties/index.ts'
import { partiesPartsOf } from '../capabilities.ts'
import { drawGoods } from './draw-goods.ts'
import { createTariff, lookUp } from '../../tariff/index.ts'
import { demoSignIns, isDemo, seedDemo } from './index.ts'
import { makeGoods } from './make-goods.ts'
import { readDemoData, titleLocales } from './read-data.ts'

const today = '2026-11-22'
const hubId = '0199d2f0-0000-7000-8000-000000000001'

describe('the data', () => {
  const data = readDemoData()
  const goods = makeGoods(data)

  test('are six hundred goods of forty sellers in ten countries', () => {
    expect(goods.length).toBeGreaterThanOrEqual(600)
    expect(new Set(goods.map(({ seller }) => seller)).size).toBe(40)
    expect(new Set(goods.map(({ country }) => country)).size).toBe(10)
    expect(new Set(goods.map(({ seller, slug }) => `${seller}/${slug}`)).size).toBe(goods.length)
  })

  test('have codes of HS 2022', () => {
    const nomenclature = createNomenclature()
    const unknown = goods.filter(({ draft }) => !nomenclature.isSubheading(draft.subheading ?? ''))
    expect(unknown.map(({ slug }) => slug)).toEqual([])
  })

  test('are on the line of a tariff that they are said to be on, with a reason', () => {
    const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../../../rules') })
    const bySlug = Map.groupBy(goods, ({ seller, slug }) => `${seller}/${slug}`)
    const claims = data.nationalCodes.flatMap((row) => {
      const { seller, slug, territory = '', code = '', because } = row
      const versions = [...bySlug].filter(([name]) => name.startsWith(`${seller}/${slug}-`))
      const drafts = versions.flatMap(([, each]) => each.map(({ draft }) => draft))
      const own = drafts.filter(({ nationalCodes }) => nationalCodes?.[territory] === code)
      return [{ name: `${seller}/${slug} ${territory} ${code}`, own, territory, code, because }]
    })
    expect(claims.length).toBeGreaterThan(50)
    const wrong = claims.filter(
      ({ own, territory, code, because }) =>
        own.length === 0 ||
        !because ||
        own.some(({ subheading }) => !code.startsWith(subheading ?? '-')) ||
        !lookUp(tariff, territory, code, today).lines.some((line) => line.code === code),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  test('are called something of their own in every language', () => {
    for (const locale of titleLocales) {
      const titles = goods.map(
        ({ seller, draft }) =>
          `${seller}: ${draft.texts?.find((text) => text.locale === locale)?.title}`,
      )
      expect(titles.filter((title) => title.endsWith('undefined'))).toEqual([])
      expect(new Set(titles).size, locale).toBe(titles.length)
    }
  })

  test('are described in English and in the language of the place', () => {
    const texts = (country: string) =>
      goods.find((each) => each.country === country)?.draft.texts?.map(({ locale }) => locale)
    expect(texts('IE')).toEqual(['en', 'zh-Hans', 'ms', 'th', 'fr'])
    expect(texts('JP')).toEqual(['en', 'zh-Hans', 'ms', 'th', 'fr', 'ja'])
  })

  test('weigh less bare than packed, and larger packs weigh and cost more', () => {
    for (const { draft } of goods) {
      const [one, more] = draft.variants ?? []
      expect(one?.netMassG, draft.slug).toBeGreaterThan(0)
      expect(one?.grossMassG ?? 0, draft.slug).toBeGreaterThan(one?.netMassG ?? 0)
      if (more?.options?.[0]?.name !== 'Pack') continue
      expect(more.netMassG ?? 0, draft.slug).toBeGreaterThan(one?.netMassG ?? 0)
      expect(Number(more.price), draft.slug).toBeGreaterThan(Number(one?.price))
    }
  })

  test('can all be drawn, without a colour or a part left blank', () => {
    for (const { drawing, slug } of goods)
      expect(drawGoods(drawing), slug).not.toMatch(/\$[a-z]|NaN|undefined/)
  })
})

/** What a world holds, without the instants that hang on the real clock. */
async function contentOf(db: Database) {
  const { rows } = await db.pool.query<Record<string, unknown>>(`
    select o.offer_id, o.slug, o.status, o.published_at, b.slug as seller, p.digest,
      (select string_agg(t.title, '|' order by t.locale) from offer_texts t where t.offer_id = o.offer_id) as titles,
      (select sum(s.on_hand) from stock s join variants v using (home_hub, business_id, variant_id)
        where v.offer_id = o.offer_id) as stock
    from offers o join businesses b on b.id = o.business_id
      left join offer_pictures p on p.offer_id = o.offer_id order by o.offer_id`)
  return rows
}

describe('seeding', async () => {
  const [db, again, other, real] = await Promise.all(
    Array.from({ length: 4 }, () => testDatabase()),
  )
  if (!db || !again || !other || !real) throw new Error('No databases')
  const hub = testHub(db)

  test('makes goods that are on sale, found, and priced at a door', async () => {
    const report = await seedDemo(hub, { sellers: 2 })
    expect(report).toMatchObject({ made: true, sellers: 2, offers: 36, published: 36 })
    expect(await isDemo(db.kysely, hubId)).toBe(true)
    const cookie = { cookie: 'destination=SG' }
    const found = await hub.fetch(
      new Request('http://hub.test/search?q=kopi&lang=ms', { headers: cookie }),
    )
    expect(await found.text()).toContain('Kopi putih Ipoh')
    const shop = await hub.fetch(new Request('http://hub.test/shop/seri-batik?lang=fr'))
    expect(await shop.text()).toContain('Foulard en soie batik')
    const pricedIn = async (destination: string, slug: string) =>
      (
        await db.pool.query(
          `select from offer_prices p join offers o using (home_hub, business_id, offer_id)
            where p.destination = $1 and o.slug like $2`,
          [destination, slug],
        )
      ).rowCount
    expect(await pricedIn('SG', '%')).toBe(36)
    // Silk of 70 % or more has a line of its own there, which six digits do not tell.
    expect(await pricedIn('US', 'silk-scarf-%')).toBe(3)
    // A hub without lists has compared nobody with anything, its demo neither.
    const { rows: screened } = await db.pool.query(
      'select distinct b.screening, s.state from businesses b join screening_subjects s on s.subject_id = b.id',
    )
    expect(screened).toEqual([{ screening: 'unscreened', state: 'unscreened' }])
    expect((await db.pool.query('select from screening_decisions')).rowCount).toBe(0)
  }, 120_000)

  test('says in words who can be signed in as', async () => {
    const labels = async (locale?: string) =>
      (await demoSignIns(db.kysely, hubId, locale)).map(({ label }) => label)
    expect(await labels()).toEqual([
      'Amina Rahman, seller (Seri Batik Terengganu)',
      'Lena Fischer, visitor who buys',
      'Kofi Mensah, customs officer',
      'Nadia Hassan, operator of the hub',
    ])
    expect((await labels('fr'))[2]).toBe('Kofi Mensah, des douanes')
  })

  test('leaves a finished world alone, and goes on with one that was stopped', async () => {
    const before = await contentOf(db)
    expect(await seedDemo(hub, { sellers: 2 })).toMatchObject({ made: false, offers: 36 })
    await db.pool.query('update demo_worlds set finished_at = null')
    await db.pool.query(`delete from offers where slug = 'silk-scarf-hibiscus'`)
    await db.pool.query(`delete from people where name = 'Lim Wei Han'`)
    await db.pool.query(`delete from businesses where slug = 'kopi-lestari'`)
    await db.pool.query(
      `delete from offers o where not exists (select from businesses b where b.id = o.business_id)`,
    )
    await db.pool.query(
      `delete from stock s where not exists (select from businesses b where b.id = s.business_id)`,
    )
    expect(await seedDemo(hub, { sellers: 2 })).toMatchObject({ made: true, offers: 36 })
    const after = await contentOf(db)
    expect(after).toHaveLength(before.length)
    const left = (rows: typeof after) =>
      rows.filter(({ slug, seller }) => seller === 'seri-batik' && slug !== 'silk-scarf-hibiscus')
    expect(left(after)).toEqual(left(before))
    expect(left(after)).toHaveLength(17)
    await expect(seedDemo(hub, { seed: 2 })).rejects.toMatchObject({ code: 'demo-other-seed' })
  }, 120_000)

  test('makes the same of the same seed', async () => {
    await seedDemo(testHub(again), { sellers: 2 })
    await seedDemo(testHub(other), { sellers: 2 })
    expect(await contentOf(other)).toEqual(await contentOf(again))
  }, 120_000)

  test('refuses a hub that somebody has joined', async () => {
    const inhabited = testHub(real)
    await joinHub(partiesPartsOf(inhabited), {
      ...{ name: 'Bo', email: 'bo@example.org', password: undefined, locale: 'en' },
      origin: 'http://hub.test',
    })
    await expect(seedDemo(inhabited)).rejects.toMatchObject({ code: 'demo-not-empty' })
    expect(await isDemo(real.kysely, hubId)).toBe(false)
  })
})
