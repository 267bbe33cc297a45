// Two whole hubs in one process, each with its own database and keys: a buyer of one buys a scarf of a seller of the other,
// at the price at the door that their own hub works out, and the seller sends it. The goods are known there as a copy of the
// seller's rows, as hubs will tell each other.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderPartsOf } from '../../src/app/capabilities.ts'
import type { Hub } from '../../src/app/index.ts'
import type { Database } from '../../src/db/index.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { newOrder } from '../../src/orders/checkout/new-order.ts'
import { checkoutKind, type PlaceOrders } from '../../src/orders/checkout/place-orders.ts'
import { openDesk } from '../../src/orders/desk.ts'
import { asOtherHub } from '../../src/orders/index.ts'
import { makeQuotes } from '../../src/orders/quotes/make-quotes.ts'
import { buyingWorld, type BuyingWorld } from '../support/buying-world.ts'
import { testDatabase } from '../support/database.ts'
import { browserOf, fieldsOf, newPerson } from '../support/form-browser.ts'

const [buyersDb, sellersDb] = [await testDatabase(), await testDatabase()]
const buyersId = '0199d2f0-0000-7000-8000-000000000002'
let buyers: BuyingWorld
let sellers: BuyingWorld
const answering = (hub: Hub, asker: Hub) =>
  asOtherHub(orderPartsOf(hub), { id: asker.config.id, keys: asker.keys })

beforeAll(async () => {
  sellers = await buyingWorld(sellersDb, { otherHub: () => answering(buyers.hub, sellers.hub) })
  buyers = await buyingWorld(buyersDb, {
    id: buyersId,
    otherHub: () => answering(sellers.hub, buyers.hub),
  })
}, 120_000)
afterAll(() => {
  buyers.end()
  sellers.end()
})

test('a scarf of another hub: quoted, paid, put aside, sent, delivered, paid out there', async () => {
  await copyGoods(sellersDb, buyersDb)
  const parts = orderPartsOf(buyers.hub)
  const person = await newPerson(buyers)
  await buyers.give(person, 100_000n)
  const home = sellers.hub.config.id
  const [line] = await goodsOf(sellersDb, sellers.scarf.variant)
  const asked = {
    buyer: person.personId,
    destination: 'GB',
    lines: [{ ...line!, sellerHub: home }],
  }
  const [outcome] = await makeQuotes(parts, asked)
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome))
  const { body, digest } = outcome.quote
  const goods = body.legs.find(({ leg }) => leg === 'goods')
  expect(goods).toMatchObject({ to: `peer:${home}:MYR`, as: '12000' })
  const now = parts.now()
  const order = newOrder({ id: body.id, digest }, now, parts.random)
  const address = { country: 'GB', lines: ['1 High Street'], town: 'London', postcode: 'E1 6AN' }
  const placing: PlaceOrders = {
    ...{ buyer: person.personId, payer: { kind: 'person', id: person.personId } },
    ...{ shipTo: { name: 'Chen', phone: '', address }, orders: [order] },
  }
  const sent = { actor: person.personId, kind: checkoutKind, key: order.order }
  await openDesk(parts).place({ ...sent, request: digest, body: placing })

  const buyer = browserOf(buyers, person)
  const seller = browserOf(sellers, sellers.scarf.owner)
  const [hers, theirs] = [
    `/orders/${order.order}`,
    `/business/${sellers.scarf.seller.id}/orders/${order.order}`,
  ]
  expect((await buyer.get(hers)).text).toContain('Asked for')
  expect((await seller.get(theirs)).status).toBe(404)
  buyers.hub.work()
  sellers.hub.work()
  await seen(() => seller.get(theirs), 'Confirmed by the buyer’s hub')
  expect((await seller.get(theirs)).text).not.toContain('GBP')
  const move = async (name: string): Promise<void> => {
    const { html } = await seller.get(theirs)
    const fields = fieldsOf(html, `${theirs}/moves`, `value="${name}"`)
    expect((await seller.post(`${theirs}/moves`, { ...fields, move: name })).status).toBe(200)
  }
  await move('accept')
  expect((await buyer.get(hers)).text).toContain('Accepted')
  await move('pack')
  await move('hand-over')
  const bought = async (name: string): Promise<void> => {
    const { html } = await buyer.get(hers)
    const fields = fieldsOf(html, `${hers}/moves`, `value="${name}"`)
    await buyer.post(`${hers}/moves`, { ...fields, move: name })
  }
  await bought('deliver')
  await bought('close')
  await seen(() => seller.get(`/business/${sellers.scarf.seller.id}/money`), '120.00')
  for (const { db, keys } of [buyers.hub, sellers.hub])
    expect((await checkLedger(db, keys)).faults).toEqual([])
}, 60_000)

/** Their background finds it by itself. */
async function seen(look: () => Promise<{ text: string }>, words: string): Promise<void> {
  await expect.poll(async () => (await look()).text, { timeout: 20_000 }).toContain(words)
}

async function goodsOf(db: Database, variant: string) {
  const { rows } = await db.pool.query<{ sellerId: string; offerId: string; variantId: string }>(
    `select business_id as "sellerId", offer_id as "offerId", variant_id as "variantId"
       from variants where variant_id = $1`,
    [variant],
  )
  return rows.map((row) => ({ ...row, quantity: 1 }))
}

/** What a hub tells others of its goods, as rows. */
async function copyGoods(from: Database, to: Database): Promise<void> {
  for (const table of [
    'businesses',
    'offers',
    'offer_texts',
    'variants',
    'offer_markets',
    'stock',
  ]) {
    const { rows } = await from.pool.query<{ all: string }>(
      `select coalesce(jsonb_agg(t), '[]')::text as all from ${table} t`,
    )
    await to.pool.query(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`,
      [rows[0]?.all],
    )
  }
}
