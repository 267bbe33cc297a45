import { beforeAll, describe, expect, test } from 'vitest'
import { goodsHub, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hubOrigin, testKey } from '../../../test/support/people.ts'

const db = await testDatabase()
let desk: GoodsHub
beforeAll(async () => {
  desk = await goodsHub(db)
})

describe('for programs', () => {
  const json = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ) =>
    desk.app.request(`${hubOrigin}/api/v1/businesses/${desk.business}/offers${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const id = '0199d2f0-1111-7000-8000-000000000001'
  const offer = {
    texts: [{ locale: 'en', title: 'Maple syrup' }],
    mainLocale: 'en',
    currency: 'MYR',
    subheading: '170220',
    origin: 'CA',
    variants: [{ price: '30.00', stock: 3, netMassG: 500, grossMassG: 800 }],
  }

  test('an offer is made, changed, read and listed; the scope of the key decides', async () => {
    const write = await testKey(desk.hub, desk.business, desk.amina, [
      'offers:read',
      'offers:write',
    ])
    const read = await testKey(desk.hub, desk.business, desk.amina, ['offers:read'])
    expect((await json('PUT', `/${id}`, offer, read)).status).toBe(403)
    const made = await json('PUT', `/${id}`, { ...offer, status: 'published' }, write)
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({
      offerId: id,
      outcome: 'created',
      status: 'published',
    })
    expect(await (await json('PUT', `/${id}`, offer, write)).json()).toMatchObject({
      outcome: 'unchanged',
    })
    const one = await json('GET', `/${id}`, undefined, read)
    const etag = one.headers.get('etag') ?? ''
    expect(await one.json()).toMatchObject({
      offerId: id,
      exportReady: true,
      variants: [{ price: '30.00', stock: 3 }],
    })
    const all = (await (await json('GET', '', undefined, read)).json()) as {
      offers: { offerId: string }[]
    }
    expect(all.offers.map(({ offerId }) => offerId)).toContain(id)
    expect(
      (await json('PUT', `/${id}`, { brand: 'Amina' }, { ...write, 'if-match': etag })).status,
    ).toBe(200)
    expect(
      (await json('PUT', `/${id}`, { brand: 'Older' }, { ...write, 'if-match': etag })).status,
    ).toBe(412)
    // As it comes back through gzip, and what names no version at all.
    for (const match of [`W/${etag}`, 'garbage', '"1", "9"'])
      expect(
        (await json('PUT', `/${id}`, { brand: 'Older' }, { ...write, 'if-match': match })).status,
      ).toBe(412)
  })

  test.each<[string, unknown, number]>([
    ['no JSON', '{', 400],
    ['a list', [], 422],
    ['an unknown field', { ...offer, owner: 'me' }, 422],
    [
      'a prototype',
      '{"__proto__":{"x":1},"texts":[{"locale":"en","title":"x","constructor":1}]}',
      422,
    ],
    ['a number as price', { ...offer, variants: [{ price: 30 }] }, 422],
    [
      'a broken word',
      {
        ...offer,
        origin: '\u0000',
        texts: [{ locale: 'en', title: '\uD800\u0000' }],
        mainLocale: 'en',
        currency: 'X',
      },
      422,
    ],
    ['a digest of nothing', { pictures: [{ digest: 'x' }] }, 422],
  ])('%s is refused', async (_, body, status) => {
    const write = await testKey(desk.hub, desk.business, desk.amina, [
      'offers:read',
      'offers:write',
    ])
    expect((await json('PUT', '/0199d2f0-1111-7000-8000-000000000002', body, write)).status).toBe(
      status,
    )
  })
})
