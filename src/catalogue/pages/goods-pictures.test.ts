import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { goodsHub, scarf, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hubOrigin, testKey } from '../../../test/support/people.ts'

const db = await testDatabase()
let desk: GoodsHub
let get: GoodsHub['get']
let post: GoodsHub['post']
let make: GoodsHub['make']
beforeAll(async () => {
  desk = await goodsHub(db)
  ;({ get, post, make } = desk)
})

describe('pictures', () => {
  const upload = async (path: string, bytes: Uint8Array<ArrayBuffer>, name = 'a.jpg') => {
    const form = new FormData()
    form.set('picture', new File([bytes], name, { type: 'image/jpeg' }))
    return post(`${path}/pictures`, form)
  }
  const picture = async (red: number) =>
    new Uint8Array(
      await sharp({
        create: { width: 300, height: 200, channels: 3, background: { r: red, g: 0, b: 0 } },
      })
        .jpeg()
        .toBuffer(),
    )

  test('are added, described, ordered, served and taken away', async () => {
    const path = await make()
    for (const red of [1, 200]) expect((await upload(path, await picture(red))).status).toBe(303)
    const digests = async (): Promise<string[]> => [
      ...new Set(
        [
          ...(await (await get(`${path}/pictures`)).text()).matchAll(
            /pictures\/([0-9a-f]{64})\/thumb/g,
          ),
        ].map((each) => each[1] ?? ''),
      ),
    ]
    const [first = '', second = ''] = await digests()
    expect(
      (await desk.app.request(`${hubOrigin}/pictures/${first}/thumb`)).headers.get('content-type'),
    ).toBe('image/webp')
    await post(`${path}/pictures/order`, { first: second, [`alt-${second}`]: 'A red scarf' })
    expect(await digests()).toEqual([second, first])
    expect(await (await get(`${path}/pictures`)).text()).toContain('alt="A red scarf"')
    await post(`${path}/pictures/order`, { away: second })
    expect(await digests()).toEqual([first])
  })

  test('that are none are refused with a sentence', async () => {
    const path = await make()
    const answer = await upload(
      path,
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    )
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('This is no picture that we take')
    expect((await post(`${path}/pictures`, {})).status).toBe(422)
    expect([413, 422]).toContain((await upload(path, new Uint8Array(9 * 1024 * 1024))).status)
  })

  test('one of them shows a variant, at the offer, for programs and in files, until it is taken away', async () => {
    const two = {
      rows: '2',
      ...{ 'options-1': 'Colour: red', 'sku-1': 'RED', 'options-2': 'Colour: blue' },
      ...{ 'sku-2': 'BLUE', 'price-2': '125.00', 'stock-2': '2', 'mass-2': '80' },
    }
    const path = await make(two)
    expect(await (await get(path)).text()).not.toContain('Picture that shows it')
    for (const red of [10, 210]) await upload(path, await picture(red))
    const form = await (await get(path)).text()
    expect(form.match(/<select[^>]* name="picture-\d"/g)).toHaveLength(2)
    const options = [...form.matchAll(/<option value="([0-9a-f]{64})">Picture 2</g)]
    const [, second = ''] = options[0] ?? []

    const chosen = { ...scarf, ...two, 'picture-1': '', 'picture-2': second }
    expect((await post(path, chosen)).status).toBe(303)
    expect(await (await get(path)).text()).toContain(`<option value="${second}" selected`)
    const wrong = await post(path, { ...chosen, 'picture-1': 'f'.repeat(64) })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('href="#picture-1"')

    const key = await testKey(desk.hub, desk.business, desk.amina, ['offers:read', 'offers:write'])
    const address = `${hubOrigin}/api/v1/businesses/${desk.business}/offers/${path.split('/').at(-1)}`
    const shown = async (): Promise<unknown> => {
      const offer = (await (await desk.app.request(address, { headers: key })).json()) as {
        variants: { sku: string; picture: string | null }[]
      }
      return offer.variants.map(({ sku, picture: digest }) => [sku, digest])
    }
    expect(await shown()).toEqual([
      ['RED', null],
      ['BLUE', second],
    ])
    const image = `/pictures/${second}/large`
    for (const [file, column] of [
      ['shopify', 'Variant Image'],
      ['shopify-2025', 'Variant image URL'],
      ['woocommerce', 'Images'],
      ['google', 'image_link'],
      ['csv', 'picture'],
    ] as const) {
      const text = await (await get(`/business/${desk.business}/export/${file}`)).text()
      const [head = [], ...lines] = parse(text, {
        bom: true,
        delimiter: file === 'google' ? '\t' : ',',
      }) as string[][]
      const blue = lines.filter((cells) => cells.includes('BLUE'))
      expect(
        blue.map((cells) => cells[head.indexOf(column)]),
        file,
      ).toEqual([hubOrigin + image])
      const red = lines.filter((cells) => cells.includes('RED'))
      expect(
        red.map((cells) => cells[head.indexOf(column)]),
        file,
      ).toEqual([''])
    }
    const json = await (await get(`/business/${desk.business}/export/json`)).text()
    expect(json).toContain(`"picture":"${hubOrigin}${image}"`)

    const put = await desk.app.request(address, {
      method: 'PUT',
      headers: { ...key, 'content-type': 'application/json' },
      body: JSON.stringify({ variants: [{ sku: 'RED', price: '120.00', picture: second }] }),
    })
    expect(put.status).toBe(200)
    expect(await shown()).toContainEqual(['RED', second])
    await post(`${path}/pictures/order`, { away: second })
    expect(await shown()).toContainEqual(['RED', null])
  })
})
