// A hub with goods on sale and keys for programs, asked over its whole HTTP face.
import { refreshPartsOf, judgeOfToday } from '../../../src/app/capabilities.ts'
import { refreshShops } from '../../../src/catalogue/routes.tsx'
import { workOnImport } from '../../../src/catalogue/product-files/work-on-import.ts'
import { transact, type Database } from '../../../src/db/index.ts'
import { goodsHub, type GoodsHub } from '../../journeys/support/goods-hub.ts'
import { hubOrigin, testBusiness, testKey, testPerson } from '../../support/people.ts'
import { send, type Answered } from './api.ts'

type Headers = Record<string, string>

export interface ApiWorld extends GoodsHub {
  reads: Headers
  writes: Headers
  /** May buy, sell and look at orders. */
  trades: Headers
  /** May look at money and move it; for Bo's business the same. */
  pays: Headers
  asks: Headers
  /** Of the other business, to buy with. */
  buys: Headers
  /** Another business, in Canada, and its key. */
  maple: string
  others: Headers
  /** Asks below /api/v1; a body that is no text and no form goes as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answered>
  /** What the hub does by itself after something was written: shops and search, product files. */
  follow(): Promise<void>
}

export async function apiWorld(db: Database): Promise<ApiWorld> {
  const desk = await goodsHub(db)
  const { hub, business, amina } = desk
  const bo = await testPerson(hub, 'Bo')
  const maple = await testBusiness(hub, bo, { name: 'Bo Maple', country: 'CA' })
  const call: ApiWorld['call'] = (method, path, body, headers = {}) =>
    send(requestOf(method, path, body, headers), hub)
  return {
    ...desk,
    maple,
    reads: await testKey(hub, business, amina, ['offers:read']),
    writes: await testKey(hub, business, amina, ['offers:write']),
    trades: await testKey(hub, business, amina, ['orders:read', 'orders:write', 'orders:buy']),
    pays: await testKey(hub, business, amina, ['money:read', 'money:move']),
    asks: await testKey(hub, maple, bo, ['money:move']),
    buys: await testKey(hub, maple, bo, ['orders:buy']),
    others: await testKey(hub, maple, bo, ['offers:read', 'offers:write']),
    call,
    async follow() {
      const parts = { db, now: () => hub.clock.now(), random: hub.random.bytes }
      while (await workOnImport({ ...parts, judge: judgeOfToday(hub) })) continue
      const rows = await db.kysely
        .selectFrom('offers')
        .select(['home_hub as homeHub', 'business_id as businessId', 'offer_id as offerId'])
        .execute()
      await transact(db, (tx) => refreshShops(tx, rows, refreshPartsOf(hub)))
    },
  }
}

function requestOf(method: string, path: string, body: unknown, headers: Headers): Request {
  const url = `${hubOrigin}/api/v1${path}`
  if (body === undefined) return new Request(url, { method, headers })
  if (body instanceof FormData) return new Request(url, { method, headers, body })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = { 'content-type': 'application/json' }
  return new Request(url, { method, headers: { ...type, ...headers }, body: text })
}

/** A scarf as a program sends it, ready for sale. */
export const sentScarf = (change: Record<string, unknown> = {}) => ({
  slug: 'batik-scarf',
  mainLocale: 'en',
  texts: [{ locale: 'en', title: 'Batik scarf of silk', description: 'Drawn by hand' }],
  subheading: '621410',
  origin: 'MY',
  currency: 'MYR',
  status: 'published',
  variants: [{ sku: 'SC-1', price: '120.00', stock: 5, netMassG: 80, grossMassG: 120 }],
  ...change,
})
