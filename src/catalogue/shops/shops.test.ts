import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { beforeAll, describe, expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testHub } from '../../../test/support/hub.ts'
import {
  amina,
  bo,
  idOf,
  nasty,
  pageOf,
  scarf,
  shopWorld,
  syrup,
  type ShopWorld,
} from '../../../test/support/shop-world.ts'
import { transact } from '../../db/index.ts'
import { letPricesAge, repriceStale } from './routes.tsx'

const db = await testDatabase()
const clock = testClock()
const hub = testHub(db, { clock })
let world: ShopWorld
let ids: string[] = []

const page = (path: string, cookie?: string, lang?: string) => pageOf(world, path, cookie, lang)

beforeAll(async () => {
  world = await shopWorld(hub)
})

test('an empty hub leads to opening a shop and to the price at the door', async () => {
  const { status, html } = await page('/')
  expect(status).toBe(200)
  for (const href of ['/join', '/cost']) expect(html).toContain(`href="${href}"`)
  expect(html).toContain('This hub has no goods yet')
})

describe('with goods on sale', () => {
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

  test('the front page shows what reaches the visitor, with the price at their door', async () => {
    const { html } = await page('/')
    expect(html).toContain('New, and delivered to China')
    expect(html).toContain('Batik scarf of silk')
    expect(html).toMatch(/class="currency">CNY/)
    expect(html).toContain('href="/pavilion/MY"')
  })

  test('the list and the page of a product name the same price', async () => {
    const price = (html: string) => /CNY <\/span>([\d.,]+)/.exec(html)?.[1]
    const list = price((await page('/search?q=batik')).html)
    const shown = price((await page(path)).html)
    expect(list).toMatch(/^\d/)
    expect(shown).toBe(list)
  })

  test('the page of a product tells stock, delivery, seller, screening, and leads to each rule', async () => {
    const { html } = await page(path, 'destination=DE')
    expect(html).toContain('5 left')
    expect(html).toMatch(/Arrives between .* and /)
    expect(html).toContain('Cleared by the hub')
    expect(html).toMatch(/href="\/rules\/DE\/[^"]+\?on=2026-11-22"/)
    expect(html).toMatch(/href="\/cost\?[^"]*see=DE/)
    expect(html).toContain(`<link rel="canonical" href="http://localhost${path}"`)
  })

  test('a variant that is sold out says so, and two pieces cost more than one', async () => {
    const { html } = await page(path)
    const [, blue = ''] = /<option value="([^"]+)"[^>]*>blue/.exec(html) ?? []
    expect((await page(`${path}?variant=${blue}`)).html).toContain('Sold out')
    const { html: two } = await page(`${path}?quantity=2`)
    expect(two).toContain('for 2 pieces')
  })

  test.each(['0', '-1', 'x', '1000', '', '1e3'])(
    'pieces as %j are refused by name',
    async (quantity) => {
      const { status, html } = await page(`${path}?quantity=${quantity}`)
      expect(status).toBe(200)
      expect(html).toContain('href="#quantity"')
    },
  )

  test('in another language the text of the seller is marked as what it is', async () => {
    const { html } = await page(path, 'destination=CN', 'zh-CN')
    expect(html).toContain('<html lang="zh-Hans"')
    expect(html).toMatch(/<h1 lang="en"[^>]*>Batik scarf of silk/)
    expect(html).toContain('卖家以英语书写')
  })

  test('in a language the seller wrote there is no such mark', async () => {
    const { html } = await page(
      `/search?q=${encodeURIComponent('枫糖浆')}`,
      'destination=CN',
      'zh-CN',
    )
    expect(html).toContain('琥珀枫糖浆')
  })

  test('programs read product, offer and delivery as schema.org', async () => {
    const { html } = await page(path)
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? []
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'Product',
      name: 'Batik scarf of silk',
      countryOfOrigin: { name: 'MY' },
      offers: {
        price: '120.00',
        priceCurrency: 'MYR',
        availability: 'https://schema.org/InStock',
        shippingDetails: {
          shippingDestination: { addressCountry: 'CN' },
          deliveryTime: { transitTime: { unitCode: 'DAY' } },
        },
      },
    })
  })

  test('scripts in the words of a seller stay words, on every page and in every feed', async () => {
    const row = await db.pool.query('select slug from offers where offer_id = $1', [ids[1]])
    const towel = `/shop/amina/${String(row.rows[0]?.slug)}`
    for (const at of ['/', '/search?anywhere=1', '/shop/amina', '/pavilion/MY', towel]) {
      const { html, status } = await page(at)
      expect(status, at).toBe(200)
      expect(html, at).toContain('Tea towel')
      expect(html, at).not.toContain('<script>alert')
    }
    const { html } = await page(`/search?q=${encodeURIComponent(nasty)}`)
    expect(html).not.toContain('<script>alert')
  })

  test('a destination without a lane says so, and never ships for free', async () => {
    const { html } = await page(path, 'destination=NO')
    expect(html).toContain('No carrier takes this to Norway yet')
    expect(html).not.toContain('class="price"')
    expect((await page('/search?q=batik', 'destination=NO')).html).toContain(
      'None of it can be delivered to Norway yet',
    )
  })

  test('a market that the seller closed has no price', async () => {
    await db.pool.query(
      `update offer_markets set open = false where offer_id = $1 and destination = 'JP'`,
      [ids[0]],
    )
    await transact(db, (tx) => letPricesAge(tx))
    while ((await repriceStale(db, world.parts)) > 0);
    const { html } = await page(path, 'destination=JP')
    expect(html).toContain('The seller does not sell this to Japan')
    expect((await page('/search?q=batik', 'destination=JP')).html).not.toContain(path)
  })

  test('amounts in another money are for comparing, with the rate named', async () => {
    const { html } = await page(path, 'destination=CN; currency=EUR')
    expect(html).toMatch(/About EUR\s[\d.]+, by the rate of .+ of .+\. To compare, not to pay\./)
  })

  test.each([
    '/shop/nobody',
    '/shop/amina/nothing',
    '/shop/amina/%00',
    `/shop/${'x'.repeat(3000)}`,
    '/pavilion/ZZ',
    '/feeds/google/nobody.xml',
    '/sitemap.xml?after=x',
  ])('%s is not here', async (at) => {
    expect((await page(at)).status).toBe(404)
  })

  test.each([
    '/search?q=%00',
    '/search?q=%F0%9F%A7%A3&sort=x&after=1_2&origin=xx&category=abc&shop=%27&low=x&high=-1',
    '/search?shop=nobody&sort=price',
    '/search?low=99999999999999999999&high=1e9',
    '/search?category=6214&origin=MY&shop=amina&sort=price&anywhere=1',
    `/search?q=${'w '.repeat(300)}`,
    '/shop/amina?after=%27',
    '/pavilion/MY?after=x',
    '/?lang=xx',
  ])('whatever the address says, there is a page: %s', async (at) => {
    expect((await page(at, 'destination=XX; currency=ZZZ; lang=qq')).status).toBe(200)
  })

  test('a limit that is no amount is refused by name', async () => {
    const { html } = await page('/search?q=batik&high=cheap')
    expect(html).toContain('href="#high"')
  })

  describe('for programs', () => {
    const read = async (at: string) => {
      const { status, html, headers } = await page(at)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toContain('xml')
      expect(XMLValidator.validate(html)).toBe(true)
      return new XMLParser({ ignoreAttributes: false }).parse(html) as Record<string, unknown>
    }

    test('the sitemap lists front page, pavilions, shops and goods', async () => {
      const { urlset } = await read('/sitemap.xml')
      const places = (urlset as { url: { loc: string }[] }).url.map(({ loc }) => loc)
      for (const at of ['/', '/pavilion/MY', '/shop/amina', path])
        expect(places).toContain(`http://localhost${at}`)
    })

    test('the product feed holds each variant with price and stock', async () => {
      const { rss } = await read('/feeds/google/amina.xml')
      const { item } = (rss as { channel: { item: Record<string, string>[] } }).channel
      expect(item).toHaveLength(3)
      expect(item.find((each) => each['g:mpn'] === 'SC-BLUE')).toMatchObject({
        'g:price': '135.00 MYR',
        'g:availability': 'out_of_stock',
        'g:item_group_id': ids[0],
      })
      await read('/feeds/google.xml')
    })

    test('new goods are an Atom feed', async () => {
      const { feed } = await read('/feeds/new.atom')
      expect((feed as { entry: unknown[] }).entry).toHaveLength(3)
    })
  })
})

test.each([
  ['/search?q=a', '/search?q=a'],
  ['//evil.example/', '/'],
  ['/.//evil.example', '/'],
  ['/%2e//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['https://evil.example', '/'],
  ['', '/'],
])('a choice leads back to a page of this hub only: %s', async (next, path) => {
  const answer = await world.app.request(`/choose?next=${encodeURIComponent(next)}`)
  expect(answer.headers.get('location')).toBe(path)
})

test('a choice is kept in cookies; one that is none is not', async () => {
  const answer = await world.app.request('/choose?destination=JP&currency=USD&next=/search')
  expect(answer.status).toBe(303)
  expect(answer.headers.getSetCookie().join()).toMatch(/destination=JP.*currency=USD/)
  const other = await world.app.request('/choose?destination=ZZ&currency=XXXX')
  expect(other.headers.getSetCookie()).toEqual([])
})
