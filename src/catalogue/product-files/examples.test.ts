import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { productFileApp } from '../../../test/support/product-file-app.ts'
import { readProductFile } from '../../../test/support/product-files.ts'
import { createNomenclature } from '../../nomenclature/index.ts'

const db = await testDatabase()
const { check, get, post, work } = await productFileApp(db)
const fileOf = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../examples', name), 'utf8')

beforeEach(async () => {
  await db.pool.query('truncate offers, stock, product_imports, product_origins, events cascade')
})

const files = ['goods.csv', 'goods-shopify.csv']

test.each(files)('examples/%s is brought in as its README says, no row refused', async (name) => {
  const to = await check(fileOf(name), { currency: 'MYR' }, name)
  await work()
  const { text } = await get(to)
  expect(text).toContain('Save 6 products')
  for (const trouble of ['Refused rows', 'Goods without a weight', 'names no country'])
    expect(text).not.toContain(trouble)
  await post(`${to}/saving`)
  await work()
  const { rows } = await db.pool.query('select state, counts from product_imports')
  expect(rows).toEqual([{ state: 'saved', counts: { created: 6 } }])
  expect((await db.pool.query('select from variants')).rowCount).toBe(7)
})

test('both hold the same goods, each with a code of the Harmonized System', () => {
  const [own, shopify] = files.map((name) =>
    readProductFile(fileOf(name), 'MYR').drafts.map((draft) => ({
      ...{ slug: draft?.slug, texts: draft?.texts, brand: draft?.brand },
      ...{ subheading: draft?.subheading, origin: draft?.origin, currency: draft?.currency },
      variants: draft?.variants?.map(({ sku, options, price, stock, grossMassG }) => ({
        ...{ sku, options, price, stock, grossMassG },
      })),
    })),
  )
  expect(shopify).toEqual(own)
  const { nameOf } = createNomenclature()
  expect(own?.map(({ slug, subheading }) => [slug, nameOf(subheading ?? '', 'en')?.name])).toEqual([
    ['batik-scarf', 'Silk scarves and shawls'],
    ['kopi-beans', 'Roasted coffee, with caffeine'],
    ['lemongrass-soap', 'Toilet soap in bars and soapy wipes for the body'],
    ['porcelain-teapot', 'Porcelain tableware and kitchenware'],
    ['rattan-basket', 'Rattan baskets and wickerwork'],
    ['leather-belt', 'Leather belts'],
  ])
})
