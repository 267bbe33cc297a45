import { beforeAll, expect, test } from 'vitest'
import { goodsHub, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'

const db = await testDatabase()
let desk: GoodsHub
let path = ''
beforeAll(async () => {
  desk = await goodsHub(db)
  path = `${await desk.make()}/markets`
})

type Row = { to: string; text: string; deed: string | undefined }

/** The rows of both tables: the destination, what stands there, and what its button does. */
async function tables(query = ''): Promise<{ priced: Row[]; unpriced: Row[]; page: string }> {
  const page = await (await desk.get(path + query)).text()
  const [above = '', below = ''] = page.split('id="unpriced"')
  const rowsOf = (html: string): Row[] =>
    [...html.matchAll(/<tr.*?<\/tr>/gs)]
      .map(([row]) => ({
        to: /see=([A-Z]{2})#see/.exec(row)?.[1] ?? '',
        text: row.replaceAll(/<[^>]*>/g, ' '),
        deed: /<button[^>]* name="(open|close)"/.exec(row)?.[1],
      }))
      .filter(({ to }) => to !== '')
  return { priced: rowsOf(above), unpriced: rowsOf(below), page }
}

test('destinations with a price come first, each with its deed; the others say what is missing and open nothing', async () => {
  const { priced, unpriced, page } = await tables()
  expect(priced.map(({ to }) => to)).toContain('SG')
  for (const { deed, text } of priced) {
    expect(deed).toBe('open')
    expect(text).toMatch(/\d/)
  }
  expect(unpriced.map(({ to }) => to)).toEqual(expect.arrayContaining(['NO', 'US']))
  expect(unpriced.filter(({ deed }) => deed !== undefined)).toEqual([])
  const us = unpriced.find(({ to }) => to === 'US')
  expect(us?.text).toContain('Choose the tariff line')
  expect(unpriced.find(({ to }) => to === 'NO')?.text).toContain('No carrier takes it there yet')
  // What a seller can mend stands above what only others can.
  const places = unpriced.map(({ text }) => text.includes('Choose the tariff line'))
  expect(places.lastIndexOf(true)).toBeLessThan(places.indexOf(false))
  expect(page).toContain('No price at the door yet')
})

test('what was opened while it had a price waits for one, and can be closed', async () => {
  await desk.post(path, { open: 'SG' })
  expect((await tables()).priced[0]).toMatchObject({ to: 'SG', deed: 'close' })
  await desk.post(path, { open: 'NO' })
  const { unpriced } = await tables()
  expect(unpriced.find(({ to }) => to === 'NO')).toMatchObject({
    deed: 'close',
    text: expect.stringContaining('on sale there as soon as there is a price'),
  })
  await desk.post(path, { close: 'NO' })
  expect((await tables()).unpriced.find(({ to }) => to === 'NO')?.deed).toBeUndefined()
})

test('a view without destinations of a kind has no table of it', async () => {
  expect(await tables('?view=ready')).toMatchObject({ unpriced: [] })
  expect(await tables('?view=missing')).toMatchObject({ priced: [] })
})
