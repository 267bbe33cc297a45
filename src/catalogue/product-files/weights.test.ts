import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { apiWorld, type ApiWorld } from '../../../test/api/support/api-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { productFileApp, proposedBy } from '../../../test/support/product-file-app.ts'

describe('before anything is saved the page shows each weight as it was understood', async () => {
  const db = await testDatabase()
  const { check, get, post, work } = await productFileApp(db)
  beforeEach(async () => {
    await db.pool.query('truncate product_imports cascade')
  })

  /** What stands in the cells of the goods: name and weight. */
  const weightsOn = (page: string): string[] => {
    const table = page.split('<table').find((each) => each.includes('Some of the goods')) ?? ''
    return [...(table.split('<tbody')[1] ?? '').matchAll(/<tr.*?<\/tr>/gs)].map(([row]) => {
      const cells = [...row.matchAll(/<t[hd].*?<\/t[hd]>/gs)]
      return [cells[0], cells[3]].map((cell) => cell?.[0].replaceAll(/<[^>]*>/g, '')).join(': ')
    })
  }
  const own = 'slug,title,price,sku,gross_mass_g'
  const other = 'group,name,price,item number,weight'
  const table: readonly [columns: string, unit: string, cell: string, shown: string][] = [
    [own, 'kg', '250', '0.25 kg'],
    [other, 'g', '250', '0.25 kg'],
    [other, 'kg', '2.5', '2.5 kg'],
    [other, 'lb', '1', '0.454 kg'],
    [other, 'g', '1.2 kg', '1.2 kg'],
    [`${other} (kg)`, 'g', '0.08', '0.08 kg'],
    [other, 'g', '', 'not in the file'],
  ]
  test.each(table)('%s, without a unit in %s: %j is %s', async (columns, massUnit, cell, shown) => {
    const to = await check(`${columns}\nscarf,Scarf,12.00,SC,${cell}\n`, { massUnit })
    await work()
    expect(weightsOn((await get(to)).text)).toEqual([`Scarf: ${shown}`])
  })

  test('of several variants the lightest and the heaviest', async () => {
    const to = await check(
      'slug,title,price,sku,gross_mass_g,option1_name,option1_value\n' +
        'pot,Teapot,45.00,S,700,size,small\npot,,65.00,L,1950,size,large\n',
    )
    await work()
    expect(weightsOn((await get(to)).text)).toEqual(['Teapot: 0.7 kg to 1.95 kg'])
  })

  test('where the column names no unit it is asked for at once, and can be chosen anew', async () => {
    const to = await check('name,price,sku,weight\nScarf,12.00,SC,2\n')
    await work()
    const first = (await get(to)).text
    expect(weightsOn(first)).toEqual(['Scarf: 0.002 kg'])
    expect(first).toContain('Weights without a unit were read as g.')
    expect(first).toContain(`href="${to}/columns#massUnit"`)
    const columns = (await get(`${to}/columns`)).text
    expect(columns.indexOf('id="massUnit"')).toBeLessThan(columns.indexOf('More columns and units'))
    await post(`${to}/columns`, { ...proposedBy(columns), massUnit: 'kg' })
    await work()
    expect(weightsOn((await get(to)).text)).toEqual(['Scarf: 2 kg'])
  })

  test('where the column names its unit nothing is asked', async () => {
    const to = await check(`${own}\nscarf,Scarf,12.00,SC,80\n`)
    await work()
    expect((await get(to)).text).not.toContain('Weights without a unit')
    const columns = (await get(`${to}/columns`)).text
    expect(columns.indexOf('id="massUnit"')).toBeGreaterThan(
      columns.indexOf('More columns and units'),
    )
  })
})

describe('a program', async () => {
  const db = await testDatabase()
  let world: ApiWorld
  beforeAll(async () => {
    world = await apiWorld(db)
  })

  test('reads which goods have no weight, and once they are saved where to fill it in', async () => {
    const { business, writes, follow, call } = world
    const form = new FormData()
    const rows =
      'slug,title,price,sku,currency,gross_mass_g\nscarf,Scarf,12.00,SC,MYR,80\npot,Teapot,45.00,TP,MYR,\n'
    form.set('file', new File([rows], 'goods.csv'))
    const begun = await call('POST', `/businesses/${business}/imports`, form, writes)
    const { importId } = begun.body as { importId: string }
    const path = `/businesses/${business}/imports/${importId}`
    const unweighed = async () => {
      const { body } = await call('GET', path, undefined, writes)
      return (body as { unweighed: { count: number; offers: { url: string | null }[] } }).unweighed
    }
    expect(await unweighed()).toEqual({ count: 0, offers: [] })
    await follow()
    expect(await unweighed()).toEqual({
      count: 1,
      offers: [{ title: 'Teapot', rows: [1], url: null }],
    })
    await call('POST', `${path}/saving`, undefined, writes)
    await follow()
    const { rows: pots } = await db.pool.query("select offer_id from offers where slug = 'pot'")
    const url = `http://hub.test/business/${business}/goods/${pots[0]?.offer_id}#mass-1`
    expect(await unweighed()).toEqual({ count: 1, offers: [{ title: 'Teapot', rows: [1], url }] })
    await db.pool.query('update variants set gross_mass_g = 700 where gross_mass_g is null')
    expect(await unweighed()).toEqual({ count: 0, offers: [] })
  })
})
