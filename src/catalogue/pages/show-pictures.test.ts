import { beforeAll, expect, test } from 'vitest'
import { goodsHub, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hubOrigin } from '../../../test/support/people.ts'

const db = await testDatabase()
let desk: GoodsHub
beforeAll(async () => {
  desk = await goodsHub(db)
})

test.each([
  ['JSON', 'application/json', '{}'],
  ['no form', 'text/plain', 'picture'],
  ['a form of several parts that breaks off', 'multipart/form-data; boundary=x', '--x\r\nConte'],
  ['a form without its boundary', 'multipart/form-data', 'x'],
])('%s is refused on the pages of pictures', async (_, type, body) => {
  const path = await desk.make()
  for (const deed of ['/pictures', '/pictures/order']) {
    const answer = await desk.app.request(hubOrigin + path + deed, {
      ...{ method: 'POST', body },
      headers: { ...desk.amina.headers, 'content-type': type },
    })
    expect([deed, answer.status]).toEqual([deed, 400])
  }
  const files = desk.goods.replace(/goods$/, 'import')
  const answer = await desk.app.request(hubOrigin + files, {
    ...{ method: 'POST', body },
    headers: { ...desk.amina.headers, 'content-type': type },
  })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Choose a file')
})
