import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { goodsHub, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testKey } from '../../../test/support/people.ts'

const db = await testDatabase()
let desk: GoodsHub
let path = ''
beforeAll(async () => {
  desk = await goodsHub(db)
})

const address = { country: 'MY', lines: ['12 Jalan Ampang'], town: 'Kuala Lumpur' }

/** What Amina's business has told and what an officer has said of it. */
const business = (shipFrom: object | null, screening: string) =>
  db.pool.query('update businesses set ship_from = $1, screening = $2 where id = $3', [
    shipFrom && JSON.stringify(shipFrom),
    screening,
    desk.business,
  ])

beforeEach(async () => {
  await business(address, 'clear')
  path = await desk.make()
})

/** What stands beside the form: whether the goods can be sold, and why not. */
const besideForm = async (): Promise<string> => {
  const page = await (await desk.get(path)).text()
  return /<aside[^>]* id="ready".*?<\/aside>/s.exec(page)?.[0] ?? ''
}

describe('an address to ship from', () => {
  test('is asked for, with the way to where it is given', async () => {
    await business(null, 'clear')
    const said = await besideForm()
    expect(said).toContain('One fact is missing')
    expect(said).toContain(`href="/business/${desk.business}/profile#address"`)
    await business(address, 'clear')
    expect(await besideForm()).not.toContain('fact is missing')
  })

  test('is needed to go on sale', async () => {
    await business(null, 'clear')
    const refused = await desk.post(`${path}/publication`, {})
    expect(refused.headers.get('location')).toContain('done=unready')
    await business(address, 'clear')
    const granted = await desk.post(`${path}/publication`, {})
    expect(granted.headers.get('location')).toContain('done=published')
  })

  test('is named to programs', async () => {
    await business(null, 'clear')
    const key = await testKey(desk.hub, desk.business, desk.amina, ['offers:read'])
    const offer = path.split('/').at(-1)
    const of = `/api/v1/businesses/${desk.business}/offers/${offer}`
    const read = async () =>
      (await desk.app.request(`http://hub.test${of}`, { headers: key })).json()
    expect(await read()).toMatchObject({ exportReady: false, missing: ['ship-from'] })
    await business(address, 'clear')
    expect(await read()).toMatchObject({ exportReady: true, missing: [] })
  })
})

describe('screening', () => {
  const shop = async (): Promise<string> => {
    const [, slug = ''] = /\/shop\/([^"]+)"/.exec(await besideForm()) ?? []
    return slug
  }
  const table: readonly [screening: string, published: boolean, said: RegExp][] = [
    ['clear', true, /^(?!.*buyers see)/s],
    ['review', true, /On sale; buyers see that the screening of your business is under review\./],
    ['unscreened', true, /On sale; buyers see that your business is not screened yet\./],
    ['blocked', false, /may not sell at present: an officer of the hub has to decide first/],
  ]
  test.each(table)('%s: published %j', async (screening, published, said) => {
    await business(address, screening)
    const answer = await desk.post(`${path}/publication`, {})
    expect(answer.headers.get('location')).toContain(published ? 'done=published' : 'done=unready')
    expect(await besideForm()).toMatch(said)
    expect((await shop()) !== '').toBe(published)
  })

  test('of a draft nothing is said: no buyer sees it', async () => {
    await business(address, 'unscreened')
    expect(await besideForm()).not.toContain('buyers see')
  })

  test('that shuts a seller out later is said where the goods stand as on sale', async () => {
    await desk.post(`${path}/publication`, {})
    await business(address, 'blocked')
    expect(await besideForm()).toContain('Buyers do not see it')
  })
})
