import { Hono } from 'hono'
import type { Hub } from '../../../src/app/index.ts'
import type { Database } from '../../../src/db/index.ts'
import { demoLanes, importLanes, laneFile } from '../../../src/logistics/index.ts'
import {
  hubOrigin,
  peopledHub,
  testBusiness,
  testPerson,
  type TestPerson,
} from '../../support/people.ts'

export interface GoodsHub {
  hub: Hub
  /** The hub as something a browser can be sent to. */
  app: Hono
  amina: TestPerson
  /** Amina's business in Malaysia, and the address of its goods. */
  business: string
  goods: string
  get(path: string, person?: TestPerson): Promise<Response>
  post(
    path: string,
    body: Record<string, string> | FormData,
    person?: TestPerson,
  ): Promise<Response>
  /** Adds a scarf by the form and gives the path of its page. */
  make(more?: Record<string, string>): Promise<string>
}

/** What Amina types for a scarf that is ready for Singapore. */
export const scarf = {
  'main-locale': 'en',
  'title-en': 'Batik scarf of silk',
  'description-en': 'Drawn by hand',
  'title-zh-Hans': '真丝蜡染围巾',
  subheading: '6214.10',
  origin: 'MY',
  currency: 'MYR',
  rows: '1',
  'price-1': '120.00',
  'stock-1': '5',
  'mass-1': '80',
}

/** A hub with the demo world's lanes, and Amina, who has a business in Malaysia. */
export async function goodsHub(db: Database): Promise<GoodsHub> {
  const hub = peopledHub(db)
  const loaded = await importLanes(db, laneFile(demoLanes()), { today: hub.clock.today() })
  if (!loaded.loaded) throw new Error(JSON.stringify(loaded.faults[0]))
  const app = new Hono().all('*', (c) => hub.fetch(c.req.raw))
  const amina = await testPerson(hub, 'Amina')
  const business = await testBusiness(hub, amina)
  const shipFrom = { country: 'MY', lines: ['12 Jalan Ampang'], town: 'Kuala Lumpur' }
  await db.pool.query('update businesses set ship_from = $1 where id = $2', [
    JSON.stringify(shipFrom),
    business,
  ])
  const goods = `/business/${business}/goods`
  const get: GoodsHub['get'] = async (path, { headers } = amina) =>
    app.request(hubOrigin + path, { headers })
  const post: GoodsHub['post'] = async (path, body, { headers } = amina) =>
    app.request(hubOrigin + path, {
      method: 'POST',
      headers,
      body: body instanceof FormData ? body : new URLSearchParams(body),
    })
  const make: GoodsHub['make'] = async (more = {}) => {
    const { headers } = await post(goods, { ...scarf, ...more })
    return (headers.get('location') ?? '').split(/[?#]/)[0] ?? ''
  }
  return { hub, app, amina, business, goods, get, post, make }
}
