import { Hono } from 'hono'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { amina, bo, productFileApp, proposedBy } from '../../../test/support/product-file-app.ts'

const db = await testDatabase()
const { app, appFor, base, check, get, post, upload, woken, work } = await productFileApp(db)

beforeEach(async () => {
  await db.pool.query(
    'truncate offers, stock, product_imports, product_origins, picture_addresses, events cascade',
  )
})

/** What the rows of a table say, a line each. */
const tableOf = (page: string, caption: string): string[] => {
  const table = page.split('<table').find((each) => each.includes(`>${caption}</caption>`)) ?? ''
  const [, body = ''] = table.split('<tbody')
  return [...body.matchAll(/<tr.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[hd].*?<\/t[hd]>/gs)]
      .map(([cell]) => cell.replaceAll(/<[^>]*>/g, ''))
      .join(' | '),
  )
}

const head = 'slug,title,description,hs_code,origin,sku,price,stock,gross_mass_g,pictures\n'
const scarf = 'scarf,Batik scarf,Silk,621410,MY,SC,120.00,5,80,https://s.example/a.jpg\n'
const vase = 'vase,"=cmd|\' /C calc\'!A0",Clay,691390,MY,VA,cheap,1,700,\n'

test('from the upload to the goods and back, page by page', async () => {
  const to = await check(head + scarf + vase)
  expect(woken.times).toBeGreaterThan(0)
  const waiting = await get(to)
  expect(waiting.text).toContain(`<import-progress data-from="${to}/progress">`)
  expect(waiting.text).toContain('0 of 2')
  expect(waiting.text).toContain(`href="${to}"`) // looks again without scripts

  await work()
  const checked = await get(to)
  expect(checked.text).toMatch(/New<\/span><\/dt><dd><span class="figures">1</)
  expect(checked.text).toContain('Save 1 product')
  expect(checked.text).toContain('The price cannot be read (Price: cheap)')
  expect(checked.text).toContain('1 picture is known only by address')

  expect((await post(`${to}/saving`)).status).toBe(303)
  await work()
  const saved = await get(to)
  expect(saved.text).toContain('Your goods are here')
  expect((await db.pool.query('select slug, status from offers')).rows).toEqual([
    { slug: 'scarf', status: 'draft' },
  ])

  expect((await post(`${to}/undoing`)).status).toBe(303)
  await work()
  expect((await get(to)).text).toContain('The import was undone')
  expect((await db.pool.query('select from offers')).rowCount).toBe(0)
  expect((await post(`${to}/undoing`)).status).toBe(422)
})

test('the refused rows come back in their columns, harmless in a spreadsheet, and can be brought again', async () => {
  const to = await check(head + scarf + vase)
  await work()
  const file = await get(`${to}/rows-to-mend.csv`)
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="rows-to-mend.csv"')
  const lines = file.text.replace('\ufeff', '').trim().split('\r\n')
  expect(lines).toEqual([
    'slug,title,description,hs_code,origin,sku,price,stock,gross_mass_g,pictures,Problem',
    `vase,'=cmd|' /C calc'!A0,Clay,691390,MY,VA,cheap,1,700,,The price cannot be read (Price: cheap)`,
  ])
  const again = await check(file.text.replace('cheap,1', '60.00,1'))
  await work()
  await post(`${again}/saving`)
  await work()
  const { rows } = await db.pool.query('select title from offer_texts')
  expect(rows).toEqual([{ title: `=cmd|' /C calc'!A0` }])
})

test('progress is told as it goes, and ends', async () => {
  const to = await check(head + scarf)
  const answer = await app.request(`${to}/progress`)
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe(
    'data: {"done":0,"total":1,"text":"0 of 1","ended":false}\n\n',
  )
  await work()
  let last = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) last = read.value
  expect(last).toContain('"ended":true')
})

test('one person follows four pages at once, not more', async () => {
  const to = await check(head + scarf)
  const answers = []
  for (let at = 0; at < 5; at += 1) answers.push(await app.request(`${to}/progress`))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429])
  await work()
  for (const answer of answers) await answer.text()
  expect((await app.request(`${to}/progress`)).status).toBe(200)
})

test('a country for goods without one: proposed, taken, said on the page of the check', async () => {
  const { to } = await upload('slug,title,price,sku\nscarf,Batik scarf,120.00,SC\n')
  const form = proposedBy((await get(to)).text)
  expect(form['origin']).toBe('MY')
  await post(`${to}/columns`, { ...form, currency: 'MYR', origin: 'ID' })
  await work()
  const { text } = await get(to)
  expect(text).toContain('1 row names no country of origin: Indonesia is taken')
  expect(text).toContain('1 product has no weight in the file')
  // Decided once, it is not proposed anew.
  expect(proposedBy((await get(`${to}/columns`)).text)['origin']).toBe('ID')
})

test('goods without a weight are named, with the way to where it is filled in, until they have one', async () => {
  const rows =
    'slug,title,hs_code,origin,sku,price,stock,gross_mass_g,option1_name,option1_value\n' +
    'scarf,Batik scarf,621410,MY,SC,120.00,5,80,,\n' +
    'pot,Teapot,691110,CN,TP-S,45.00,3,,size,small\n' +
    'pot,,,,TP-L,65.00,3,950,size,large\n' +
    'vase,Vase,691390,MY,VA,cheap,1,700,,\n'
  const to = await check(rows)
  await work()
  const checked = await get(to)
  expect(checked.text).toContain('1 product has no weight in the file')
  expect(tableOf(checked.text, 'Goods without a weight')).toEqual(['Teapot | 3 and 4'])
  // Before it is saved there is nowhere to fill it in.
  expect((await get(`${to}/rows-to-mend.csv`)).text).not.toContain('TP-S')
  await post(`${to}/saving`)
  await work()

  const { rows: pots } = await db.pool.query<{ offer_id: string }>(
    "select offer_id from offers where slug = 'pot'",
  )
  const place = `/business/${amina}/goods/${pots[0]?.offer_id}#mass-1`
  const saved = await get(to)
  expect(saved.text).toContain('1 product has no weight yet')
  expect(tableOf(saved.text, 'Goods without a weight')).toEqual(['Teapot | 3 and 4'])
  expect(saved.text).toContain(`href="${place}"`)
  const file = await get(`${to}/rows-to-mend.csv`)
  const [, ...lines] = file.text.trim().split('\r\n')
  expect(lines).toEqual([
    'vase,Vase,691390,MY,VA,cheap,1,700,,,The price cannot be read (Price: cheap)',
    `pot,Teapot,691110,CN,TP-S,45.00,3,,size,small,"No weight. Fill it in here, or at http://localhost${place}"`,
    'pot,,,,TP-L,65.00,3,950,size,large,',
  ])

  const again = await check(file.text.replace('cheap', '60.00').replace('45.00,3,', '45.00,3,700'))
  await work()
  await post(`${again}/saving`)
  await work()
  // Both files know by now.
  for (const page of [to, again])
    expect((await get(page)).text).not.toContain('Goods without a weight')
})

test('goods that were bare on the scales have a weight', async () => {
  const to = await check('slug,title,price,sku,net_mass_g\nscarf,Batik scarf,120.00,SC,80\n')
  await work()
  expect((await get(to)).text).not.toContain('weight')
})

test('links in a file are of the address that the operator wrote down', async () => {
  await check(head + scarf)
  await work()
  const { rows } = await db.pool.query<{ import_id: string }>(
    'select import_id from product_imports',
  )
  await post(`${base}/${rows[0]?.import_id}/saving`)
  await work()
  const behind = new Hono()
  behind.use(async (c, next) => {
    c.set('origin' as never, 'https://hub.example' as never)
    await next()
  })
  behind.route('/', app)
  const answer = await behind.request(`http://10.0.0.7:8080/business/${amina}/export/google`)
  const text = await answer.text()
  expect(text).toContain('https://hub.example/shop/')
  expect(text).not.toContain('10.0.0.7')
})

test('a form that says too little is asked again, with the field', async () => {
  const { to } = await upload(head + scarf)
  const form = proposedBy((await get(to)).text)
  const missing = await post(`${to}/columns`, { ...form, 'column.price': '', currency: '' })
  const text = await missing.text()
  expect(missing.status).toBe(422)
  expect(text).toContain('<a href="#column.price">Choose the column of the price</a>')
  expect(text).toContain('<a href="#currency">Choose a currency: this file does not name it</a>')
  expect(
    (await post(`${to}/columns`, { 'column.title': '9999 -1 x', 'column.price': '5' })).status,
  ).toBe(422)
})

test('others do not find it; strangers are asked to sign in', async () => {
  const to = await check(head + scarf)
  const others = appFor(bo)
  for (const path of [to, `${to}/rows-to-mend.csv`, `${to}/progress`, base])
    expect([path, (await others.request(path)).status]).toEqual([path, 404])
  for (const verb of ['columns', 'saving', 'undoing'])
    expect((await others.request(`${to}/${verb}`, { method: 'POST' })).status).toBe(404)
  // Their own business with the number of another's file.
  const guessed = to.replace(amina, bo)
  expect((await others.request(guessed)).status).toBe(404)
  expect((await others.request(`${guessed}/saving`, { method: 'POST' })).status).toBe(404)
  expect((await app.request(`${base}/no-number`)).status).toBe(404)
  expect((await appFor(undefined).request(to)).headers.get('location')).toMatch(/^\/sign-in/)
})

test('scripts in every cell stay words, on every page', async () => {
  const script = '<script>alert(1)</script>'
  const nasty = `slug,title,"${script}",price,hs_code,sku\n"x${script}",a ${script}b,"${script}","${script}",691390,"'""><img src=x onerror=alert(1)>"\ny,"<b>ok</b>",,5,691390,Y1\n`
  const { to } = await upload(nasty, `${script}.csv`)
  const pages = [await get(to), await get(base)]
  await post(`${to}/columns`, { ...proposedBy(pages[0]!.text), currency: 'MYR' })
  await work()
  pages.push(await get(to))
  for (const { text } of pages) {
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('<img src=x')
  }
  expect(pages[2]!.text).toContain('ok')
})

test('the export of every form is read back as the same goods', async () => {
  const first = await check(
    head.replace('pictures', 'option1_name,option1_value,pictures') +
      'scarf,"Batik, ""silk"" <scarf>","Line one\nline & two",621410,MY,SC-R,120.00,5,80,color,red,https://s.example/a.jpg\n' +
      'scarf,,,,,SC-B,120.00,2,80,color,blue,\n' +
      'pot,=Teapot,-1 degree,691110,CN,TP,45.50,3,900,,,\n',
  )
  await work()
  await post(`${first}/saving`)
  await work()
  for (const [form, source] of [
    ['shopify', 'shopify'],
    ['shopify-2025', 'shopify-2025'],
    ['woocommerce', 'woocommerce'],
    ['etsy', 'etsy'],
    ['google', 'google'],
    ['google-xml', 'google'],
    ['csv', 'own'],
    ['json', 'own'],
  ] as const) {
    const { text, headers } = await get(`/business/${amina}/export/${form}`)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="/)
    // A cell that a spreadsheet would run is not among them.
    if (!form.endsWith('xml') && form !== 'json') expect(text).not.toMatch(/(^|[,\t\n])"?[=@]/)
    const to = await check(text, {}, form)
    await work()
    const { rows } = await db.pool.query<{ source: string; counts: Record<string, number> }>(
      'select source, counts from product_imports where import_id = $1',
      [to.split('/').at(-1)],
    )
    expect([form, rows[0]?.source]).toEqual([form, source])
    expect([form, rows[0]?.counts['refused'] ?? 0]).toEqual([form, 0])
    const { rows: drafts } = await db.pool.query<{
      draft: {
        texts: { title: string; description: string }[]
        variants: { sku: string; price: string }[]
      }
    }>(
      'select draft from product_import_items where import_id = $1 order by draft -> $2 -> 0 ->> $3',
      [to.split('/').at(-1), 'texts', 'title'],
    )
    expect([
      form,
      drafts.map(({ draft }) => [
        draft.texts[0]!.title,
        draft.texts[0]!.description,
        draft.variants.map(({ sku, price }) => `${sku} ${price}`).sort(),
      ]),
    ]).toEqual([
      form,
      [
        ['=Teapot', '-1 degree', ['TP 45.50']],
        ['Batik, "silk" <scarf>', 'Line one\nline & two', ['SC-B 120.00', 'SC-R 120.00']],
      ],
    ])
    expect([form, rows[0]?.counts]).toEqual([form, { unchanged: 2 }])
  }
  expect((await app.request(`/business/${amina}/export/exe`)).status).toBe(404)
})
