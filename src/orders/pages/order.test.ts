import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld, type Goods } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  atReview,
  browserOf,
  fieldsOf,
  newPerson,
  ordersOf,
  pay,
  type Browser,
  type Sent,
} from '../../../test/support/form-browser.ts'
import { testPerson } from '../../../test/support/people.ts'
import { checkLedger } from '../../ledger/index.ts'

const db = await testDatabase()
let world: BuyingWorld
beforeAll(async () => {
  world = await buyingWorld(db)
}, 60_000)
afterAll(() => world.end())

describe('an order', () => {
  const order = async (goods: Goods) => {
    const { person, browser, review } = await atReview(world, goods)
    await pay(browser, review)
    const [id = ''] = await ordersOf(db, person)
    return { id, person, buyer: browser, seller: browserOf(world, goods.owner) }
  }
  const move = async (browser: Browser, base: string, name: string, more: Sent = {}) => {
    const { html } = await browser.get(base)
    // A move that has no form is sent all the same, with the key of another.
    const { key = [] } = fieldsOf(html, `${base}/moves`)
    const fields = { key, ...fieldsOf(html, `${base}/moves`, `value="${name}"`) }
    return browser.post(`${base}/moves`, { ...fields, move: name, ...more })
  }

  test('is seen by its two sides and the offices of the hub, by nobody else', async () => {
    const { id, buyer, seller } = await order(world.syrup)
    const ofBo = `/business/${world.syrup.seller.id}/orders/${id}`
    const officer = browserOf(
      world,
      await testPerson(world.hub, 'Officer', { hubRoles: ['customs-officer'] }),
    )
    const stranger = browserOf(world, await newPerson(world))
    const amina = browserOf(world, world.scarf.owner)
    const ofAmina = `/business/${world.scarf.seller.id}/orders/${id}`
    const table: [Browser, string, number][] = [
      [buyer, `/orders/${id}`, 200],
      [seller, ofBo, 200],
      [officer, `/desk/orders/${id}`, 200],
      [stranger, `/orders/${id}`, 404],
      [stranger, `/orders/${id}/receipt`, 404],
      [stranger, ofBo, 404],
      [stranger, `/desk/orders/${id}`, 403],
      [seller, `/orders/${id}`, 404],
      [amina, ofAmina, 404],
      [stranger, `/track/${'A'.repeat(44)}`, 404],
      [stranger, '/track/short', 404],
    ]
    for (const [browser, path, status] of table)
      expect([path, (await browser.get(path)).status]).toEqual([path, status])
  })

  test('is given back in full when the seller cancels with a reason', async () => {
    const { id, buyer, seller } = await order(world.syrup)
    const base = `/business/${world.syrup.seller.id}/orders/${id}`
    const no = await move(seller, base, 'cancel')
    expect([no.status, no.text]).toEqual([422, expect.stringContaining('Write the reason')])
    await move(seller, base, 'cancel', { 'cancel-reason': 'The bottles broke.' })
    const { text } = await buyer.get(`/orders/${id}`)
    expect(text).toContain('Reason: The bottles broke.')
    expect(text).toContain('nothing left in escrow')
    expect((await buyer.get('/wallet')).text).toContain('GBP 1,000.00')
    for (const paper of ['receipt', 'receipt.xml', 'credit-note', 'credit-note.xml'])
      expect([paper, (await buyer.get(`/orders/${id}/${paper}`)).status]).toEqual([paper, 200])
  })

  test('in dispute is shared as the operator says, after both sides were heard', async () => {
    const { id, buyer, seller } = await order(world.syrup)
    const base = `/business/${world.syrup.seller.id}/orders/${id}`
    const mine = `/orders/${id}`
    const operator = browserOf(
      world,
      await testPerson(world.hub, 'Olga', { hubRoles: ['operator'] }),
    )
    await move(seller, base, 'pack')
    await move(seller, base, 'hand-over', { 'hand-over-consignment': 'CA1' })
    const officer = browserOf(
      world,
      await testPerson(world.hub, 'Ono', { hubRoles: ['customs-officer'] }),
    )
    const border = await officer.get(`/desk${mine}`)
    expect(border.text).toMatch(/The goods for customs .* 1702\.20\S* Canada 0\.\d+ kg/)
    expect((await officer.get('/desk/orders')).html).toContain(`/desk${mine}`)
    await move(officer, `/desk${mine}`, 'release')
    expect((await officer.get('/desk/orders')).html).not.toContain(`/desk${mine}`)
    expect((await officer.get('/desk/orders?view=all')).html).toContain(`/desk${mine}`)
    await move(buyer, mine, 'deliver')
    await move(buyer, mine, 'dispute', { 'dispute-reason': 'One of two is empty.' })
    const sold = `/business/${world.syrup.seller.id}/orders`
    expect((await seller.get(sold)).text).toMatch(/In dispute Until/)
    expect((await seller.get(base)).text).toMatch(/Answer the complaint .* One of two is empty\./)
    const silent = await buyer.post(`${mine}/statements`, { key: '', words: ' ' })
    expect([silent.status, silent.text]).toEqual([422, expect.stringContaining('Write what you')])
    await buyer.post(`${mine}/statements`, { key: '', words: 'See the weight on the label.' })
    await seller.post(`${base}/statements`, { key: '', words: 'It was full when it left.' })
    expect((await seller.get(sold)).html).not.toContain(base)
    expect((await seller.get(base)).text).not.toContain('Answer the complaint')
    expect((await officer.get(`/desk${mine}`)).text).not.toContain('It was full when it left.')
    const desk = await operator.get(`/desk${mine}`)
    expect(desk.text).toContain('See the weight on the label.')
    expect(desk.text).toContain('It was full when it left.')
    const settle = (refund: string) =>
      move(operator, `/desk${mine}`, 'settle', {
        ...{ 'settle-reason': 'Half of it.', 'settle-fault': 'seller', 'settle-refund': refund },
      })
    const tooMuch = await settle('900.00')
    expect([tooMuch.status, tooMuch.text]).toEqual([422, expect.stringContaining('At most GBP')])
    await settle('6.00')
    const { text } = await buyer.get(mine)
    expect(text).toContain('back with the buyer GBP 6.00')
    expect(text).toMatch(/given to Bo Maple CAD \d+\.\d\d/)
    const note = await buyer.get(`${mine}/credit-note`)
    expect([note.status, note.text]).toEqual([200, expect.stringContaining('6.00')])
    expect((await buyer.get(`${mine}/credit-note.xml`)).html).toContain('<CreditNote')
    const money = await seller.get(`/business/${world.syrup.seller.id}/orders/money`)
    expect(money.text).toContain('Available in the wallet CAD')
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  })

  test('closes when the buyer says that all is well, and its seller is paid', async () => {
    const { id, buyer, seller } = await order(world.syrup)
    const base = `/business/${world.syrup.seller.id}/orders/${id}`
    const carrier = browserOf(
      world,
      await testPerson(world.hub, 'Carrier', { hubRoles: ['carrier'] }),
    )
    await move(seller, base, 'accept')
    await move(seller, base, 'pack')
    await move(carrier, `/desk/orders/${id}`, 'hand-over')
    const notHis = await move(carrier, `/desk/orders/${id}`, 'release')
    expect([notHis.status, notHis.text]).toEqual([422, expect.stringContaining('cannot be done')])
    await move(carrier, `/desk/orders/${id}`, 'deliver')
    await move(buyer, `/orders/${id}`, 'close')
    const { text } = await buyer.get(`/orders/${id}`)
    expect(text).toContain('given to Bo Maple CAD 24.00')
    expect(text).toContain('nothing left in escrow')
  })

  test('waits in escrow as its seller sees it, and each total opens its orders', async () => {
    const { id, seller } = await order(world.syrup)
    const base = `/business/${world.syrup.seller.id}/orders`
    const { text } = await seller.get(`${base}/money`)
    expect(text).toMatch(/Held in escrow for you GBP [\d.]+ Orders: \d+\. You get it in CAD/)
    expect((await seller.get(`${base}/money?held=GBP`)).html).toContain(`${base}/${id}`)
    expect((await seller.get(`${base}?view=todo`)).html).toContain(`${base}/${id}`)
    expect((await seller.get(`${base}?view=ended`)).html).not.toContain(`${base}/${id}`)
  })
})
