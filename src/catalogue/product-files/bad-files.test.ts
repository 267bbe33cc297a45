import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { productFileApp } from '../../../test/support/product-file-app.ts'

const db = await testDatabase()
const { app, base, get, post, upload } = await productFileApp(db)

beforeEach(async () => {
  await db.pool.query('truncate product_imports cascade')
})

const head = 'slug,title,description,hs_code,origin,sku,price,stock,gross_mass_g,pictures\n'
const scarf = 'scarf,Batik scarf,Silk,621410,MY,SC,120.00,5,80,https://s.example/a.jpg\n'

describe('what no hub should have to eat is refused within a second, in words', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  const table: readonly [string, () => string | Uint8Array, string][] = [
    ['nothing', () => '', 'This file is empty'],
    ['a header alone', () => 'slug,title,price\n', 'This file has a header and no rows'],
    ['a million columns', () => `${'a,'.repeat(1_000_000)}\n1`, 'more than 200 columns'],
    [
      'a million columns in one row',
      () => `a,b\n${'1,'.repeat(1_000_000)}\n`,
      'a cell is too long|more cells than the header',
    ],
    ['an open quote', () => `slug,title\n"${'x'.repeat(3_000_000)}`, 'cannot be read'],
    ['quotes without end', () => `slug,title\n${'"a""'.repeat(500_000)}`, 'cannot be read'],
    ['one cell of 15 MB', () => `slug,title\na,${'x'.repeat(15_000_000)}`, 'cannot be read'],
    ['NUL', () => 'slug,title\na,b\0c', 'This is no text'],
    ['gzip', () => gzipSync(utf8(head)), 'packed file'],
    ['a gzip bomb', () => gzipSync(new Uint8Array(200_000_000), { level: 1 }), 'packed file'],
    ['zip, or a workbook', () => Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'packed file'],
    [
      'a picture',
      () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      'This is no text',
    ],
    ['too many rows', () => `a,b\n${'1,2\n'.repeat(60_000)}`, 'more than 50,000 rows'],
    ['100 MB', () => new Uint8Array(100_000_000).fill(97), 'too large'],
    [
      'an entity bomb',
      () =>
        '<!DOCTYPE lolz [<!ENTITY a "ha">]><rss><channel><item><id>&a;</id></item></channel></rss>',
      'document type',
    ],
    [
      'an outer entity',
      () => '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd"><rss/>',
      'document type',
    ],
    ['XML a million deep', () => '<a>'.repeat(1_000_000), 'This XML cannot be read'],
    ['XML without goods', () => '<rss><channel><title>x</title></channel></rss>', 'holds no item'],
    ['XML with an open tag', () => `<rss><channel><item><id>1</item>`, 'This XML cannot be read'],
    ['JSON a million deep', () => '['.repeat(1_000_000), 'JSON'],
    ['JSON of nothing', () => '{"offers": 5}', 'holds no list'],
    ['JSON of numbers', () => '[1,2,3]', 'holds no list'],
    ['half a JSON', () => '{"offers": [', 'This JSON cannot be read'],
    [
      'JSON with a million names',
      () => `[{${Array.from({ length: 100_000 }, (_, at) => `"n${at}":1`).join(',')}}]`,
      'more than 200 columns',
    ],
  ]
  test.each(table)('%s', async (_, make, said) => {
    const content = make()
    const { status, text, ms } = await upload(content)
    expect([413, 415, 422]).toContain(status)
    expect(text).toMatch(new RegExp(`<a href="#file">[^<]*(${said})`))
    expect(ms).toBeLessThan(1_000)
    expect((await db.pool.query('select from product_imports')).rowCount).toBe(0)
  })

  test('a body that says it is packed', async () => {
    const answer = await app.request(base, {
      ...{ method: 'POST', headers: { 'content-encoding': 'gzip' } },
      body: gzipSync(new Uint8Array(1_000)),
    })
    expect(answer.status).toBe(415)
  })

  test('no form, no file, a field in its place', async () => {
    expect((await app.request(base, { method: 'POST', body: 'x' })).status).toBe(422)
    expect((await post(base, { file: 'x' })).status).toBe(422)
  })
})

describe('letters of other alphabets arrive', () => {
  const utf16 = (text: string, big: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return new Uint8Array(big ? bytes.swap16() : bytes)
  }
  const text = head + scarf.replace('Batik scarf', 'Café 丝巾 ผ้า')
  test.each([
    ['UTF-8 with its mark', () => new TextEncoder().encode(`\ufeff${text}`), 'Café 丝巾 ผ้า', ''],
    ['UTF-16LE', () => utf16(text, false), 'Café 丝巾 ผ้า', ''],
    ['UTF-16BE', () => utf16(text, true), 'Café 丝巾 ผ้า', ''],
    [
      'Windows-1252',
      () => new Uint8Array(Buffer.from(head + scarf.replace('Batik', 'Caf\u00e9'), 'latin1')),
      'Café scarf',
      '',
    ],
    [
      'GB18030, told',
      () =>
        new Uint8Array([
          ...Buffer.from(`${head}scarf,`),
          0xcb,
          0xbf,
          0xbd,
          0xed,
          ...Buffer.from(scarf.slice(17)),
        ]),
      '丝巾',
      'gb18030',
    ],
  ])('%s', async (_, make, title, encoding) => {
    const { to, text: said } = await upload(make(), 'goods.csv', encoding)
    expect(to, said.slice(0, 500)).not.toBe('')
    expect((await get(to)).text).toContain(title)
  })
})
