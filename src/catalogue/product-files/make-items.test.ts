import { expect, test } from 'vitest'
import { readProductFile as read } from '../../../test/support/product-files.ts'

const shopify = `Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Image Src,Image Alt Text,Status
batik-scarf,Batik scarf,"<p>Silk,<br>drawn by hand</p><script>alert(1)</script>",Amina & Co,Colour,red,SC-R,80,5,120.00,https://shop.example/r.jpg,"A red scarf",active
batik-scarf,,,,,blue,SC-B,80,-2,125.50,https://shop.example/b.jpg,,
batik-scarf,,,,,,,,,,https://shop.example/c.jpg,,
teapot,Teapot,,,Title,Default Title,,0,,45,,,draft
`

test('Shopify, before 2025: variants under a handle, a last row that is only a picture', () => {
  const { source, items, drafts } = read(shopify)
  expect(source).toBe('shopify')
  expect(drafts).toEqual([
    {
      slug: 'batik-scarf',
      mainLocale: 'en',
      texts: [{ locale: 'en', title: 'Batik scarf', description: 'Silk,\ndrawn by hand' }],
      brand: 'Amina & Co',
      currency: 'USD',
      variants: [
        {
          ...{ sku: 'SC-R', price: '120.00', stock: 5, grossMassG: 80 },
          options: [{ name: 'Colour', value: 'red' }],
        },
        {
          ...{ sku: 'SC-B', price: '125.50', stock: 0, grossMassG: 80 },
          options: [{ name: 'Colour', value: 'blue' }],
        },
      ],
    },
    {
      slug: 'teapot',
      mainLocale: 'en',
      texts: [{ locale: 'en', title: 'Teapot', description: '' }],
      currency: 'USD',
      variants: [{ sku: null, price: '45', options: [] }],
    },
  ])
  expect(items.map(({ rows, notes, pictures }) => [rows, notes, pictures.length])).toEqual([
    [
      [0, 1, 2],
      [
        { code: 'pictures-not-fetched', count: 3 },
        { code: 'stock-below-zero', count: 1 },
      ],
      3,
    ],
    [[3], [{ code: 'mass-missing', count: 1 }], 0],
  ])
  expect(items[0]?.pictures[0]).toEqual({
    address: 'https://shop.example/r.jpg',
    alt: 'A red scarf',
  })
})

test('Shopify since 2025: other names, the same goods', () => {
  const { source, drafts } = read(
    `Title,URL handle,Description,Vendor,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Inventory quantity,Weight value (grams),HS code,Country of origin
Batik scarf,batik-scarf,Silk,Amina,true,active,SC-R,Colour,red,120.00,5,80,6214.10.0000,MY
,batik-scarf,,,,,SC-B,,blue,125.50,,80,,`,
  )
  expect(source).toBe('shopify-2025')
  expect(drafts).toMatchObject([
    {
      slug: 'batik-scarf',
      subheading: '621410',
      origin: 'MY',
      variants: [{ sku: 'SC-R', stock: 5 }, { sku: 'SC-B' }],
    },
  ])
})

test('WooCommerce: variations under their parent, by number or by id; what is no goods is refused', () => {
  const { source, settings, items } = read(
    `ID,Type,SKU,Name,Published,Short description,Description,Stock,Weight (lbs),Length (in),Regular price,Parent,Attribute 1 name,Attribute 1 value(s),Images
44,variable,tee,T-shirt,1,,Cotton,,.5,24,,,Size,"S, M",https://shop.example/a.jpg
45,variation,tee-s,T-shirt - S,1,,,4,,,18,tee,Size,S,
46,variation,tee-m,T-shirt - M,1,,,2,,,18,id:44,Size,M,
47,simple,mug,Mug,1,,Stoneware,,1,4,9.5,,Colour,"Blue, Green",
48,"simple, virtual",gift,Gift card,1,,,,,,10,,,,
49,variation,lost,Lost,1,,,,,,10,id:999,,,`,
  )
  expect([source, settings.massUnit, settings.lengthUnit]).toEqual(['woocommerce', 'lb', 'in'])
  expect(items[0]?.draft).toMatchObject({
    texts: [{ title: 'T-shirt', description: 'Cotton' }],
    // Half a pound is 226.8 g, 24 inches are 609.6 mm: both up to the next whole.
    variants: [
      {
        sku: 'tee-s',
        price: '18',
        stock: 4,
        grossMassG: 227,
        lengthMm: 610,
        options: [{ name: 'Size', value: 'S' }],
      },
      { sku: 'tee-m', stock: 2, options: [{ name: 'Size', value: 'M' }] },
    ],
  })
  expect(items[1]?.draft).toMatchObject({ variants: [{ sku: 'mug', price: '9.5', options: [] }] })
  expect(items.slice(2).map(({ faults }) => faults.map(({ row, code }) => [row, code]))).toEqual([
    [[4, 'kind-not-goods']],
    [[5, 'parent-missing']],
  ])
})

test('Etsy: one row, its values in lists', () => {
  const { source, items } = read(
    `TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,IMAGE2,VARIATION 1 TYPE,VARIATION 1 NAME,VARIATION 1 VALUES,VARIATION 2 TYPE,VARIATION 2 NAME,VARIATION 2 VALUES,SKU
"Fern print","A print, with ""quotes""",16.00,CAD,5,"fern,art",paper,https://e.example/1.jpg,https://e.example/2.jpg,Size,Size,"A4,A3",Frame,Frame,"Oak,None","F1,F2,F3,F4"
Mug,Speckled,20,CAD,3,,clay,,,,,,,,,MUG`,
    '',
  )
  expect(source).toBe('etsy')
  expect(items[0]?.draft).toMatchObject({
    currency: 'CAD',
    materials: 'paper',
    variants: [
      {
        sku: 'F1',
        options: [
          { name: 'Size', value: 'A4' },
          { name: 'Frame', value: 'Oak' },
        ],
      },
      { sku: 'F2', options: [{ value: 'A4' }, { value: 'None' }] },
      { sku: 'F3' },
      { sku: 'F4', price: '16.00' },
    ],
  })
  expect(items[0]?.pictures).toHaveLength(2)
  expect(items[1]?.draft).toMatchObject({ variants: [{ sku: 'MUG', stock: 3 }] })
})

const feed = `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>SC-R</g:id><g:item_group_id>scarf</g:item_group_id><title>Batik scarf &amp; box</title><description>Silk</description>
<g:price>120.00 MYR</g:price><g:availability>in_stock</g:availability><g:color>red</g:color><g:shipping_weight>0.08 kg</g:shipping_weight>
<g:image_link>https://s.example/r.jpg</g:image_link><g:additional_image_link>https://s.example/1.jpg</g:additional_image_link><g:additional_image_link>https://s.example/2.jpg</g:additional_image_link></item>
<item><g:id>SC-B</g:id><g:item_group_id>scarf</g:item_group_id><title>Batik scarf &amp; box</title><g:price>125.50 MYR</g:price><g:availability>in_stock</g:availability><g:color>blue</g:color></item>
</channel></rss>`

test('a Google product feed, in XML and in TSV', () => {
  const { source, items } = read(feed, '')
  expect(source).toBe('google')
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    key: 'scarf',
    draft: {
      currency: 'MYR',
      texts: [{ title: 'Batik scarf & box' }],
      variants: [
        {
          sku: 'SC-R',
          price: '120.00',
          grossMassG: 80,
          options: [{ name: 'color', value: 'red' }],
        },
        { sku: 'SC-B', price: '125.50', options: [{ name: 'color', value: 'blue' }] },
      ],
    },
  })
  expect(items[0]?.pictures).toHaveLength(3)
  const tsv = read(
    'id\ttitle\tprice\tavailability\tbrand\nM1\tMug 12" tall\t9.50 EUR\tin stock\tBo\n',
    '',
  )
  expect(tsv.source).toBe('google')
  expect(tsv.drafts).toMatchObject([
    { brand: 'Bo', currency: 'EUR', texts: [{ title: 'Mug 12" tall' }] },
  ])
})

test('our own, as CSV with two languages and as JSON, are the same offer', () => {
  const csv = read(
    `slug,title,title:fr,description:fr,hs_code,origin,materials,currency,sku,option1_name,option1_value,price,stock,net_mass_g,gross_mass_g,length_mm
scarf,Scarf,Foulard,Soie,621410,Malaysia,silk,MYR,SC-R,Colour,red,120,5,80,95,300`,
    '',
  )
  const json = read(
    JSON.stringify({
      offers: [
        {
          slug: 'scarf',
          title: 'Scarf',
          texts: [{ locale: 'fr', title: 'Foulard', description: 'Soie' }],
          subheading: '621410',
          origin: 'MY',
          materials: 'silk',
          currency: 'MYR',
          variants: [
            {
              ...{
                sku: 'SC-R',
                options: [{ name: 'Colour', value: 'red' }],
                price: '120',
                stock: 5,
              },
              ...{ netMassG: 80, grossMassG: 95, lengthMm: 300 },
            },
          ],
        },
      ],
    }),
    '',
  )
  expect([csv.source, json.source]).toEqual(['own', 'own'])
  expect(csv.drafts).toEqual(json.drafts)
  expect(csv.drafts[0]).toMatchObject({
    subheading: '621410',
    origin: 'MY',
    texts: [
      { locale: 'en', title: 'Scarf' },
      { locale: 'fr', title: 'Foulard', description: 'Soie' },
    ],
    variants: [
      { netMassG: 80, grossMassG: 95, lengthMm: 300, options: [{ name: 'Colour', value: 'red' }] },
    ],
  })
})

test('every row that cannot be read says where and why', () => {
  const { items } = read(
    `slug,title,hs_code,origin,currency,sku,price,stock,gross_mass_g
a,,621410,MY,MYR,1,10,1,1
b,B,62,MY,MYR,2,10,1,1
c,C,621410,Atlantis,MYR,3,10,1,1
d,D,621410,MY,MYR,4,free,1,1
e,E,621410,MY,MYR,5,,1,1
f,F,621410,MY,MYR,6,10,many,1
g,G,621410,MY,MYR,7,10,1,heavy
h,H,621410,MY,,8,10,1,1
i,I,621410,MY,MYR,9,10,1,1
j,J,621410,MY,MYR,9,10,1,1
`,
    '',
  )
  expect(
    items.map(({ faults }) =>
      faults.map(({ row, field, code, value }) => [row, field, code, value]),
    ),
  ).toEqual([
    [[0, 'title', 'title-missing', '']],
    [[1, 'subheading', 'subheading-unreadable', '62']],
    [[2, 'origin', 'origin-unreadable', 'Atlantis']],
    [[3, 'price', 'price-unreadable', 'free']],
    [[4, 'price', 'price-missing', '']],
    [[5, 'stock', 'stock-unreadable', 'many']],
    [[6, 'mass', 'mass-unreadable', 'heavy']],
    [[7, 'price', 'currency-missing', '10']],
    [],
    [[9, 'sku', 'sku-twice', '9']],
  ])
  expect(items.filter(({ draft }) => draft).map(({ key }) => key)).toEqual(['i'])
})

test('a feed may hold HTML in CDATA and in comments, however much; tags that stay open are counted', () => {
  const item = (at: number, text: string) =>
    `<item><g:id>N${at}</g:id><title>Goods ${at}</title><g:price>5.00 MYR</g:price><description><![CDATA[${text}]]></description></item>`
  const goods = Array.from({ length: 60 }, (_, at) => item(at, '<p>Silk<br>by hand<ul><li>soft'))
  const { drafts } = read(
    `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><!-- ${'<p>'.repeat(50)} -->${goods.join('')}</channel></rss>`,
  )
  expect(drafts).toHaveLength(60)
  expect(drafts[0]?.texts?.[0]?.description).toContain('by hand')
  for (const broken of [`<rss><channel>${'<a>'.repeat(50)}`, `<rss>${'<![CDATA['.repeat(500_000)}`])
    expect(() => read(broken)).toThrow('xml-broken')
})

test('what no offer could be made of is refused as one, with some of its faults', () => {
  const { items } = read(
    `slug,title,price,sku\n${Array.from({ length: 500 }, (_, at) => `scarf,Scarf,cheap,S${at}\n`).join('')}`,
  )
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ draft: undefined })
  expect(items[0]?.faults).toHaveLength(100)
  const { items: many } = read(
    `slug,title,price,sku\n${Array.from({ length: 201 }, (_, at) => `scarf,Scarf,5,S${at}\n`).join('')}`,
  )
  expect(many[0]?.faults).toEqual([{ row: 0, field: 'variants', code: 'too-many', value: '' }])
})

test('rows times columns have a bound, empty ones included', () => {
  const wide = Array.from({ length: 200 }, (_, at) => `c${at}`).join(',')
  expect(() => read(`${wide}\n${'1\n'.repeat(5_001)}`)).toThrow('too-many-cells')
  const thing = Object.fromEntries(wide.split(',').map((name) => [name, '1']))
  const things = JSON.stringify([thing, ...Array.from({ length: 5_000 }, () => ({ c0: '1' }))])
  expect(() => read(things)).toThrow('too-many-cells')
})
