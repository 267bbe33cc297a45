import { beforeAll, describe, expect, test } from 'vitest'
import { goodsHub, scarf, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  hubOrigin,
  testBusiness,
  testPerson,
  type TestPerson,
} from '../../../test/support/people.ts'

const db = await testDatabase()
let desk: GoodsHub
let get: GoodsHub['get']
let post: GoodsHub['post']
let make: GoodsHub['make']
let bo: TestPerson
beforeAll(async () => {
  desk = await goodsHub(db)
  ;({ get, post, make } = desk)
  bo = await testPerson(desk.hub, 'Bo')
  await testBusiness(desk.hub, bo, { name: 'Bo and sons', country: 'CA' })
})

describe('the list', () => {
  test('says what to do while it is empty, then shows what was added, and is filtered by its address', async () => {
    expect(await (await get(desk.goods)).text()).toContain('Nothing here yet')
    const path = await make({ 'sku-1': 'SC-1' })
    const list = await (await get(desk.goods)).text()
    expect(list).toContain('Batik scarf of silk')
    expect(list).toContain(path)
    expect(await (await get(`${desk.goods}?q=batik`)).text()).toContain(path)
    expect(await (await get(`${desk.goods}?q=sc-1`)).text()).toContain(path)
    for (const query of ['q=lobster', 'status=published', 'lacking=no-code', 'q=%25', 'q=_'])
      expect(await (await get(`${desk.goods}?${query}`)).text(), query).not.toContain(`${path}"`)
    expect(await (await get(`${desk.goods}?lang=zh-Hans`)).text()).toContain('真丝蜡染围巾')
  })

  test('goes on by keyset, every offer once', async () => {
    for (let n = 0; n < 55; n += 1) await make({ 'title-en': `Thing ${n}` })
    const seen = new Set<string>()
    let path: string | undefined = `${desk.goods}?q=Thing`
    for (let pages = 0; path && pages < 5; pages += 1) {
      const text = await (await get(path)).text()
      for (const [, id = ''] of text.matchAll(/goods\/([0-9a-f-]{36})"/g)) seen.add(id)
      path = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen.size).toBe(55)
    expect((await get(`${desk.goods}?after=nonsense&q=%00`)).status).toBe(200)
    expect(
      (await get(`${desk.goods}?after=999999999999999.0199d2f0-0000-7000-8000-000000000001`))
        .status,
    ).toBe(200)
  })
})

describe('the form', () => {
  test('is shown again with every fault beside its field, and what was typed', async () => {
    const answer = await post(desk.goods, {
      ...scarf,
      'title-en': '',
      'price-1': '12,5',
      subheading: '99',
      'mass-1': '80g',
    })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    for (const field of ['title-en', 'price-1', 'subheading', 'mass-1'])
      expect(text, field).toContain(`href="#${field}"`)
    expect(text).toContain('value="12,5"')
    expect(text).toContain('<title>Error:')
  })

  test('adds fields for another variant without saving', async () => {
    const answer = await post(desk.goods, { ...scarf, more: 'variant' })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('id="price-2"')
    expect(text).toContain('value="120.00"')
  })

  test('finds the code by questions and keeps how it was found', async () => {
    const asked = {
      ...scarf,
      subheading: '',
      'classify-text': 'silk scarf',
      'classify-turn': 'ask',
    }
    const turn = await (await post(desk.goods, asked)).text()
    expect(turn).toContain('6214.10')
    const path = await make({
      subheading: '',
      'classify-text': 'silk scarf',
      'classify-code': '621410',
    })
    const { rows } = await db.pool.query(
      'select subheading, classified from offers where offer_id = $1',
      [path.split('/').at(-1)],
    )
    expect(rows[0]).toMatchObject({ subheading: '621410', classified: { text: 'silk scarf' } })
  })

  test('does not overwrite what somebody else changed meanwhile', async () => {
    const path = await make()
    expect((await post(path, { ...scarf, version: '1', brand: 'Amina' })).status).toBe(303)
    const late = await post(path, { ...scarf, version: '1', brand: 'Older' })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('Somebody changed it')
  })

  test('writes scripts of a title as text', async () => {
    const path = await make({ 'title-en': '<script>alert(1)</script><img src=x onerror=alert(1)>' })
    for (const page of [path, desk.goods, `${path}/markets`, `${path}/pictures`]) {
      const text = await (await get(page)).text()
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
    }
  })
})

describe('on sale', () => {
  test('nothing that lacks a fact, and each fact is a link to its field', async () => {
    const path = await make({ subheading: '', 'mass-1': '', 'stock-1': '0', origin: '' })
    const answer = await post(`${path}/publication`, {})
    expect(answer.headers.get('location')).toContain('done=unready')
    const text = await (await get(path)).text()
    for (const field of ['subheading', 'origin', 'mass-1', 'stock-1'])
      expect(text).toContain(`${path}#${field}"`)
    expect(text).toContain('Draft')
  })

  test('what is ready for a destination; those are opened, then closed and opened one by one', async () => {
    const path = await make()
    const answer = await post(`${path}/publication`, {})
    expect(answer.headers.get('location')).toContain('done=published')
    const id = path.split('/').at(-1)
    const open = async (): Promise<string[]> =>
      (
        await db.pool.query(
          'select destination from offer_markets where offer_id = $1 and open order by 1',
          [id],
        )
      ).rows.map((row: { destination: string }) => row.destination)
    const opened = await open()
    expect(opened).toContain('SG')
    expect(opened).toContain('MY')
    await post(`${path}/markets`, { close: 'SG' })
    expect(await open()).toEqual(opened.filter((each) => each !== 'SG'))
    await post(`${path}/markets`, { open: 'SG' })
    expect(await open()).toEqual(opened)
    expect((await post(`${path}/markets`, { open: 'XX' })).status).toBe(303)
    expect(await open()).toEqual(opened)

    await post(`${path}/withdrawal`, {})
    expect(await (await get(path)).text()).toContain('Withdrawn')
  })

  test('a wanted price at the door says what to ask, and with that price it is met', async () => {
    const path = await make()
    const of = (text: string) => /at the door you can ask MYR\s([\d.]+) at most/.exec(text)?.[1]
    const first = await (await get(`${path}/markets?see=SG&wanted=30.00`)).text()
    const price = of(first) ?? ''
    expect(Number(price)).toBeGreaterThan(1)
    expect((await post(path, { ...scarf, version: '1', 'price-1': price })).status).toBe(303)
    const then = await (await get(`${path}/markets?see=SG&wanted=30.00`)).text()
    expect(of(then)).toBe(price)
    const door = /Price at the door<\/[a-z]+>[^]*?SGD\s*([\d.]+)/.exec(then)?.[1]
    expect(Number(door)).toBeGreaterThan(29.98)
    expect(Number(door)).toBeLessThanOrEqual(30)
    expect(await (await get(`${path}/markets?see=SG&wanted=0.01`)).text()).toContain(
      'No price of yours',
    )
    for (const wrong of ['abc', '-1', '1e9', '٣٠', '1.234', '9'.repeat(400)])
      expect(
        await (await get(`${path}/markets?see=SG&wanted=${encodeURIComponent(wrong)}`)).text(),
      ).toContain('Enter an amount such as')
  })

  test('ends by an edit that takes the code away, which is said', async () => {
    const path = await make()
    await post(`${path}/publication`, {})
    const answer = await post(path, { ...scarf, subheading: '' })
    expect(answer.headers.get('location')).toContain('done=taken-down')
  })

  test('not while screening keeps the business from selling', async () => {
    const path = await make()
    await db.pool.query(`update businesses set screening = 'blocked' where id = $1`, [
      desk.business,
    ])
    const answer = await post(`${path}/publication`, {})
    expect(answer.headers.get('location')).toContain('done=unready')
    await db.pool.query(`update businesses set screening = 'clear' where id = $1`, [desk.business])
  })
})

describe('the market finder', () => {
  test('says which gap of the tariff there is no price for', async () => {
    const path = await make({ subheading: '090121' })
    const text = await (await get(`${path}/markets`)).text()
    expect(text).toContain('A trade measure applies whose rate we do not hold.')
    expect(text).toContain('Thailand: we hold no duty rate for 0901.21')
  })

  test('shows the price at the door with each rule, what is left, and freight with its source', async () => {
    const path = await make()
    const text = await (await get(`${path}/markets?see=SG`)).text()
    expect(text).toMatch(/SGD[^<]*<\/span>[\d.,]+|SGD\s*[\d.,]+/)
    expect(text).toContain('/rules/SG/')
    expect(text).toContain('Demo, not a real tariff')
    expect(text).toContain('MYR')
  })

  test('takes the word of a seller who holds a proof of origin, until it is taken back', async () => {
    const path = await make()
    await post(`${path}/proofs`, { see: 'CN', proof: 'certificate-of-origin' })
    const proofs = async (): Promise<unknown> =>
      (
        await db.pool.query('select proofs from offers where offer_id = $1', [
          path.split('/').at(-1),
        ])
      ).rows[0]
    expect(await proofs()).toEqual({ proofs: ['certificate-of-origin'] })
    expect(await (await get(path)).text()).toContain('id="proof-certificate-of-origin"')
    await post(path, { ...scarf, 'proof-certificate-of-origin': 'yes' })
    expect(await proofs()).toEqual({ proofs: ['certificate-of-origin'] })
    await post(path, scarf)
    expect(await proofs()).toEqual({ proofs: [] })
  })

  test('keeps the line that was chosen, and no code of other goods', async () => {
    const path = await make()
    const wrong = await post(`${path}/national-code`, { territory: 'US', code: '8471300000' })
    expect(wrong.headers.get('location')).toContain('done=no-line')
    const right = await post(`${path}/national-code`, { territory: 'US', code: '6214101000' })
    expect(right.headers.get('location')).toContain('done=line')
    const { rows } = await db.pool.query('select national_codes from offers where offer_id = $1', [
      path.split('/').at(-1),
    ])
    expect(rows[0]).toEqual({ national_codes: { US: '6214101000' } })
  })
})

test('the goods of another business are not found, and nobody unknown comes in', async () => {
  const path = await make()
  for (const page of [
    desk.goods,
    `${desk.goods}/new`,
    path,
    `${path}/markets`,
    `${path}/pictures`,
  ]) {
    expect((await get(page, bo)).status, page).toBe(404)
    expect((await desk.app.request(hubOrigin + page)).status, page).toBe(303)
  }
  for (const deed of [
    '',
    '/publication',
    '/withdrawal',
    '/pictures',
    '/pictures/order',
    '/markets',
    '/national-code',
    '/proofs',
  ])
    expect((await post(path + deed, scarf, bo)).status, deed).toBe(404)
  expect((await get(`${desk.goods}/nonsense`)).status).toBe(404)
  expect((await get(`${desk.goods}/0199d2f0-0000-7000-8000-0000000000ff`)).status).toBe(404)
})
