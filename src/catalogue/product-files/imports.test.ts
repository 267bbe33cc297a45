import { randomBytes } from 'node:crypto'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { amina, importer } from '../../../test/support/importer.ts'
import { transact } from '../../db/index.ts'
import { findOffers } from '../find-offers.ts'
import { saveOffers } from '../save-offers.ts'
import { findItems, findNotes } from './find-items.ts'
import { decideImport, startSaving, startUndoing } from './imports.ts'
import { findImport } from './find-imports.ts'
import { workOnImport } from './work-on-import.ts'

const db = await testDatabase()
const clock = testClock()
const parts = { db, now: clock.now, random: randomBytes }

beforeEach(async () => {
  await db.pool.query(
    'truncate offers, stock, product_imports, product_origins, picture_addresses, events cascade',
  )
  clock.set(Date.UTC(2026, 10, 22, 9))
})

const { bring, save, stateOf, workToTheEnd } = importer(db, clock.now)

const offers = async () => {
  const { rows } = await db.pool.query<{ offer_id: string }>(
    'select offer_id from offers order by slug',
  )
  return findOffers(
    db.kysely,
    rows.map(({ offer_id }) => ({ ...amina, offerId: offer_id })),
  )
}
const kinds = async () =>
  (await db.pool.query<{ kind: string }>('select kind from events order by seq')).rows.map(
    (row) => row.kind,
  )

const head = 'slug,title,hs_code,origin,sku,price,stock,gross_mass_g,pictures\n'
const scarf = 'scarf,Batik scarf,621410,MY,SC,120.00,5,80,https://s.example/a.jpg\n'
const teapot = 'teapot,Teapot,691110,MY,TP,45.00,3,900,\n'
const broken = 'vase,Vase,691390,MY,VA,cheap,1,700,\n'

test('a check counts what saving would do, and does nothing', async () => {
  const key = await bring(head + scarf + teapot + broken)
  await workToTheEnd()
  expect(await stateOf(key)).toEqual({ state: 'checked', counts: { created: 2, refused: 1 } })
  expect(await offers()).toEqual([])
  expect(await kinds()).toEqual([])
  expect(await workOnImport(parts)).toBe(false)
})

test('saving makes the offers as drafts, keeps the addresses of pictures and tells the log', async () => {
  const key = await bring(head + scarf + teapot + broken)
  await save(key)
  expect(await stateOf(key)).toEqual({ state: 'saved', counts: { created: 2, refused: 1 } })
  expect(await offers()).toMatchObject([
    {
      ...{ slug: 'scarf', status: 'draft', subheading: '621410', origin: 'MY', currency: 'MYR' },
      texts: [{ locale: 'en', title: 'Batik scarf', source: 'import' }],
      variants: [{ sku: 'SC', priceMinor: 12_000n, onHand: 5n, grossMassG: 80 }],
    },
    { slug: 'teapot' },
  ])
  expect((await db.pool.query('select address from picture_addresses')).rows).toEqual([
    { address: 'https://s.example/a.jpg' },
  ])
  expect(await kinds()).toEqual(['offer.saved', 'offer.saved', 'import.saved'])
  const [refusedItem] = await findItems(db.kysely, key, { limit: 9, only: 'refused' })
  expect(refusedItem).toMatchObject({
    title: 'Vase',
    faults: [{ row: 2, field: 'price', code: 'price-unreadable', value: 'cheap' }],
  })
})

test('the same file again changes nothing; a corrected one changes what it says', async () => {
  await save(await bring(head + scarf + teapot))
  const again = await bring(head + scarf + teapot)
  await save(again)
  expect(await stateOf(again)).toEqual({ state: 'saved', counts: { unchanged: 2 } })
  const dearer = await bring(head + scarf.replace('120.00', '130.00') + teapot)
  await save(dearer)
  expect(await stateOf(dearer)).toMatchObject({ counts: { updated: 1, unchanged: 1 } })
})

test('an offer that was renamed here is still known by where it came from', async () => {
  await save(await bring(head + scarf))
  const [offer] = await offers()
  const draft = { offerId: offer!.offerId, slug: 'silk-scarf' }
  await transact(db, (tx) =>
    saveOffers(tx, [{ ...amina, draft }], { now: clock.now(), random: randomBytes }),
  )
  const again = await bring(head + scarf.replace('Batik', 'Silk'))
  await save(again)
  expect(await stateOf(again)).toMatchObject({ counts: { updated: 1 } })
  expect(await offers()).toMatchObject([{ slug: 'silk-scarf', texts: [{ title: 'Silk scarf' }] }])
})

test('what saving refuses is said of the row that is wrong', async () => {
  const key = await bring(
    head + scarf.replace('621410', '999999') + teapot.replace('45.00', '45.123'),
  )
  await workToTheEnd()
  const items = await findItems(db.kysely, key, { limit: 9, only: 'refused' })
  expect(items.map(({ faults }) => faults)).toEqual([
    [{ row: 1, field: 'price', code: 'bad-price', value: '' }],
  ])
})

test('an item that breaks the database stands alone; its neighbours are saved', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `g${at},Goods ${at},,,N${at},10,1,5,\n`).join(
    '',
  )
  const key = await bring(head + rows)
  await workToTheEnd()
  await db.pool.query(`alter table offers add constraint nobody_expects check (slug <> 'g17')`)
  onTestFinished(
    async () => void (await db.pool.query('alter table offers drop constraint nobody_expects')),
  )
  await startSaving(db.kysely, key, clock.now())
  await workToTheEnd()
  expect(await stateOf(key)).toEqual({ state: 'saved', counts: { created: 39, refused: 1 } })
  const items = await findItems(db.kysely, key, { limit: 9, only: 'refused' })
  expect(items).toMatchObject([{ title: 'Goods 17', faults: [{ code: 'cannot-be-saved' }] }])
})

test('undoing takes away what was made and brings back what was changed', async () => {
  await save(await bring(head + scarf))
  const before = await offers()
  const second = await bring(
    'slug,title,title:ms,hs_code,origin,sku,price,stock,gross_mass_g\n' +
      'scarf,Dear scarf,Selendang,621420,ID,SC,200.00,50,90\nteapot,Teapot,,691110,MY,TP,45.00,3,900\n',
  )
  await save(second)
  expect(await stateOf(second)).toMatchObject({ counts: { updated: 1, created: 1 } })
  expect(await startUndoing(db, second, clock.now())).toBeUndefined()
  await workToTheEnd(1)
  expect(await stateOf(second)).toEqual({ state: 'undone', counts: { restored: 1, removed: 1 } })
  const plain = (list: object) =>
    JSON.parse(
      JSON.stringify(list, (key, value) =>
        ['version', 'updatedAt', 'source'].includes(key)
          ? 0
          : typeof value === 'bigint'
            ? String(value)
            : value,
      ),
    )
  expect(plain(await offers())).toEqual(plain(before))
  expect(await kinds()).toContain('offer.removed')
  for (const table of ['stock', 'variants', 'offer_texts'])
    expect([table, (await db.pool.query(`select from ${table}`)).rowCount]).toEqual([table, 1])
})

test('undoing leaves alone what somebody has changed since, and what was sold stays sold', async () => {
  await save(await bring(head + scarf + teapot))
  const second = await bring(
    head +
      scarf.replace(',5,', ',50,').replace('120', '130') +
      teapot.replace('45', '46') +
      'cup,Cup,691110,MY,CU,5,9,100,\n',
  )
  await save(second)
  const [cup, scarfNow, teapotNow] = await offers()
  const change = { offerId: teapotNow!.offerId, brand: 'Bo' }
  const own = { offerId: cup!.offerId, brand: 'Bo' }
  await transact(db, (tx) =>
    saveOffers(
      tx,
      [
        { ...amina, draft: change },
        { ...amina, draft: own },
      ],
      { now: clock.now(), random: randomBytes },
    ),
  )
  await db.pool.query('update stock set on_hand = 48 where variant_id = $1', [
    scarfNow!.variants[0]!.variantId,
  ])
  await startUndoing(db, second, clock.now())
  await workToTheEnd()
  expect(await stateOf(second)).toMatchObject({ counts: { restored: 1, 'changed-since': 2 } })
  expect(await offers()).toMatchObject([
    { slug: 'cup', brand: 'Bo' },
    { slug: 'scarf', variants: [{ priceMinor: 12_000n, onHand: 48n }] },
    { slug: 'teapot', brand: 'Bo', variants: [{ priceMinor: 4_600n }] },
  ])
})

test('the log names who saved and who undid, not who uploaded', async () => {
  const key = await bring(head + scarf)
  await workToTheEnd()
  await startSaving(db.kysely, key, clock.now(), 'bo')
  await workToTheEnd()
  await startUndoing(db, key, clock.now(), 'chen')
  await workToTheEnd()
  const { rows } = await db.pool.query('select kind, actor from events order by seq')
  expect(rows).toEqual([
    { kind: 'offer.saved', actor: 'bo' },
    { kind: 'import.saved', actor: 'bo' },
    { kind: 'offer.removed', actor: 'chen' },
    { kind: 'import.undone', actor: 'chen' },
  ])
})

test('five files wait; a sixth takes the place of the oldest, and what was saved stays', async () => {
  const saved = await bring(head + scarf)
  await save(saved)
  const waiting = []
  for (let at = 0; at < 7; at += 1) {
    clock.set(clock.now() + 1_000)
    waiting.push(await bring(head + teapot.replace('TP', `TP-${at}`)))
  }
  const { rows } = await db.pool.query<{ import_id: string }>(
    'select import_id from product_imports order by created_at',
  )
  expect(rows.map((row) => row.import_id)).toEqual(
    [saved, ...waiting.slice(2)].map(({ importId }) => importId),
  )
})

test('several files at once are read one after another; too many are asked to come later', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, (_, at) => bring(head + teapot.replace('TP', `TP-${at}`))),
  )
  const refusals = outcomes.flatMap((each) =>
    each.status === 'rejected' ? [(each.reason as Error).message] : [],
  )
  expect(refusals.length).toBeGreaterThanOrEqual(4)
  expect(refusals.filter((text) => text !== 'files-waiting')).toEqual([])
  await workToTheEnd()
  expect((await bring(head + scarf)).importId).toBeTypeOf('string')
})

test('a country said for rows without one is taken, and not from goods that have one here', async () => {
  const bare = 'slug,title,hs_code,sku,price,stock,gross_mass_g\n'
  const rows = 'scarf,Batik scarf,621410,SC,120.00,5,80\nteapot,Teapot,691110,TP,45.00,3,\n'
  await save(await bring(head + scarf))
  const key = await bring(bare + rows, { origin: 'ID' })
  expect(await findNotes(db.kysely, key)).toEqual([
    { code: 'mass-missing', count: 1 },
    { code: 'origin-taken', count: 2 },
  ])
  await save(key)
  expect(await offers()).toMatchObject([
    { slug: 'scarf', origin: 'MY' },
    { slug: 'teapot', origin: 'ID', status: 'draft' },
  ])
  expect(await stateOf(key)).toMatchObject({ counts: { unchanged: 1, created: 1 } })
})

test('a day later nothing can be undone, nor twice', async () => {
  const key = await bring(head + scarf)
  await save(key)
  const day = 24 * 60 * 60 * 1000
  expect(await startUndoing(db, key, clock.now() + day + 1)).toMatchObject({
    refused: 'undo-too-late',
  })
  expect(await startUndoing(db, key, clock.now() + day)).toBeUndefined()
  await workToTheEnd()
  expect(await startUndoing(db, key, clock.now())).toMatchObject({ refused: 'import-not-saved' })
})

test('the columns may be decided again until saving begins, not after', async () => {
  const key = await bring(head + scarf)
  await workToTheEnd()
  const found = (await findImport(db.kysely, key))!
  const decide = () =>
    decideImport(
      db,
      key,
      { ...found, settings: { ...found.settings, locale: 'ms' } },
      { now: clock.now(), locales: ['en'] },
    )
  expect(await decide()).toBeUndefined()
  await save(key)
  expect(await offers()).toMatchObject([{ mainLocale: 'ms' }])
  expect(await decide()).toMatchObject({ refused: 'import-under-way' })
  expect(await startSaving(db.kysely, key, clock.now())).toBe(false)
})

test('another business neither sees it nor moves it', async () => {
  const key = await bring(head + scarf)
  const bo = { ...key, businessId: '0199d2f0-0000-7000-8000-00000000000b' }
  expect(await findImport(db.kysely, bo)).toBeUndefined()
  expect(await startSaving(db.kysely, bo, clock.now())).toBe(false)
  expect(await findItems(db.kysely, bo, { limit: 9 })).toEqual([])
})
