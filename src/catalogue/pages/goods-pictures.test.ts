import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { goodsHub, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hubOrigin } from '../../../test/support/people.ts'

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
})
