import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  fuelRow,
  laneRow,
  rateRow,
  serviceRow,
  wholeFile,
} from '../../test/logistics/amina-post.ts'
import { testDatabase } from '../../test/support/database.ts'
import { constraintName } from '../db/index.ts'
import {
  demoLanes,
  findLanes,
  importLanes,
  laneFile,
  priceLanes,
  type LaneCells,
  type LaneImport,
} from './index.ts'

const db = await testDatabase()
const today = '2026-11-22'
const tables = ['lane_steps', 'lane_cards', 'lanes', 'lane_services', 'lane_surcharges']

beforeEach(async () => {
  await sql`truncate ${sql.raw(tables.join(', '))}`.execute(db.kysely)
})

const load = (rows: readonly LaneCells[], dryRun = false, on = today): Promise<LaneImport> =>
  importLanes(db, laneFile(rows), { today: on, dryRun })

const said = ({ faults }: LaneImport): string[] =>
  faults.map(({ line, column, reason }) => `${line} ${column} ${reason}`.replace('  ', ' '))

async function counts(): Promise<number[]> {
  const all = tables.map((table) =>
    sql<{ n: number }>`select count(*)::integer as n from ${sql.raw(table)}`.execute(db.kysely),
  )
  return (await Promise.all(all)).map(({ rows }) => rows[0]?.n ?? 0)
}

async function priceOn(day: string, massG = 1_500): Promise<string[]> {
  const lanes = await findLanes(db.kysely, { from: 'MY', to: 'CA', day })
  return priceLanes(lanes, { massG }, day).map(
    ({ amountMinor, currency }) => `${amountMinor} ${currency}`,
  )
}

test('a file becomes lanes with prices, limits and sources', async () => {
  expect(await load(wholeFile)).toMatchObject({ loaded: true, rows: 4, added: 5, faultCount: 0 })
  const [found, ...more] = await findLanes(db.kysely, { from: 'MY', to: ['CA', 'SG'], day: today })
  expect(more).toEqual([])
  expect(found).toMatchObject({
    id: { carrier: 'amina', service: 'post', from: 'MY', to: 'CA', zone: 'far' },
    divisor: 5000,
    prohibited: ['2208', 'lithium'],
    dutyPaid: false,
    transit: { min: 5, max: 9, week: [1, 2, 3, 4, 5], cutOff: '16:00' },
    validity: { from: '2026-01-01' },
    sources: {
      rates: {
        publisher: 'Amina Post',
        url: 'https://post.example.org/prices',
        read: '2026-11-20',
      },
    },
  })
  // 20.00 and one begun kilogram at 4.50, 12.5 % of it for fuel: 24.50 + 3.06.
  expect(await priceOn(today)).toEqual(['2756 MYR'])
  expect(await findLanes(db.kysely, { from: 'MY', to: 'BR', day: today })).toEqual([])
  expect(await findLanes(db.kysely, { from: 'MY', day: today })).toHaveLength(2)
})

test('a dry run says the same and loads nothing', async () => {
  expect(await load(wholeFile, true)).toMatchObject({ loaded: false, added: 5, faultCount: 0 })
  expect(await counts()).toEqual([0, 0, 0, 0, 0])
})

test('the same file twice changes nothing', async () => {
  await load(wholeFile)
  expect(await load(wholeFile)).toMatchObject({ loaded: true, added: 0, ended: 0, unchanged: 5 })
})

describe('new prices', () => {
  const dearer = { ...rateRow, from_day: '2027-01-01', price: '22.00' }

  test('end the old version and begin another; both days keep their price', async () => {
    await load(wholeFile)
    const done = await load([{ ...rateRow, to_day: '2026-12-31' }, dearer])
    expect(done).toMatchObject({ loaded: true, added: 1, ended: 1, unchanged: 0 })
    expect(await priceOn('2026-12-31')).toEqual(['2756 MYR'])
    expect(await priceOn('2027-01-01')).toEqual(['2981 MYR'])
  })

  test('over a version that has not ended are refused', async () => {
    await load(wholeFile)
    expect(said(await load([dearer]))).toEqual(['2 from_day overlaps-kept'])
    expect(await priceOn('2027-01-01')).toEqual(['2756 MYR'])
  })

  test('for days that are gone are refused: what was quoted stays', async () => {
    await load(wholeFile)
    expect(said(await load([{ ...rateRow, price: '22.00' }]))).toEqual([
      '2 from_day version-differs',
    ])
    expect(said(await load([{ ...rateRow, to_day: '2026-10-31' }]))).toEqual([
      '2 to_day end-not-possible',
    ])
    expect((await load([{ ...rateRow, to_day: '2026-11-21' }])).loaded).toBe(true)
    expect(said(await load([{ ...rateRow, to_day: '2027-11-21' }], false, '2027-03-01'))).toEqual([
      '2 to_day end-not-possible',
    ])
    expect(await priceOn(today)).toEqual([])
  })

  test('of one step make another card', async () => {
    await load([...wholeFile, { ...rateRow, up_to_kg: '2', price: '18.00' }])
    expect(said(await load([rateRow]))).toEqual(['2 from_day version-differs'])
    expect((await load([rateRow, { ...rateRow, up_to_kg: '2', price: '18.00' }])).unchanged).toBe(1)
  })
})

describe('rows that do not go together', () => {
  const table: [string, LaneCells[], string[]][] = [
    [
      'two versions on one day',
      [...wholeFile, { ...serviceRow, max_kg: '20', from_day: '2026-05-01' }],
      ['6 from_day overlaps-in-file'],
    ],
    [
      'also when the first is long over',
      [
        serviceRow,
        { ...serviceRow, from_day: '2026-02-01', to_day: '2026-02-02' },
        { ...serviceRow, from_day: '2026-03-01' },
      ],
      ['3 from_day overlaps-in-file', '4 from_day overlaps-in-file'],
    ],
    [
      'the same lane in two rows',
      [...wholeFile, { ...laneRow, to: 'US GB' }],
      ['6 from_day overlaps-in-file'],
    ],
    [
      'rates of one card that end on different days',
      [...wholeFile, { ...rateRow, up_to_kg: '2', to_day: '2026-12-31' }],
      ['6 from_day overlaps-in-file'],
    ],
    ['one step twice', [...wholeFile, { ...rateRow, price: '21.00' }], ['6 up_to_kg step-twice']],
    [
      'a lane of no service',
      [{ ...serviceRow, service: 'other' }, laneRow, rateRow],
      ['3 service unknown-service', '4 service unknown-service'],
    ],
    [
      'a lane before its service begins',
      [serviceRow, { ...laneRow, from_day: '2025-12-31' }, rateRow],
      ['3 service unknown-service', '3 zone zone-without-rates'],
    ],
    ['a zone without rates', [serviceRow, laneRow], ['3 zone zone-without-rates']],
    [
      'rates in another currency',
      [serviceRow, laneRow, { ...rateRow, currency: 'SGD' }],
      ['4 currency other-currency'],
    ],
    [
      'a surcharge in another currency',
      [...wholeFile, { ...fuelRow, surcharge: 'x', kind: 'per-parcel', currency: 'SGD' }],
      ['6 currency other-currency'],
    ],
  ]
  test.each(table)('%s', async (_, rows, faults) => {
    const done = await load(rows)
    expect(said(done)).toEqual(faults)
    expect(done.loaded).toBe(false)
    expect(await counts()).toEqual([0, 0, 0, 0, 0])
  })
})

test('two imports at once: one loads, the other finds it done', async () => {
  const outcomes = await Promise.all([load(wholeFile), load(wholeFile)])
  expect(outcomes.map(({ added }) => added).sort()).toEqual([0, 5])
  expect(await counts()).toEqual([1, 1, 2, 1, 1])
})

test('a fault while writing leaves nothing behind', async () => {
  const broken = importLanes(db, laneFile(wholeFile), {
    today,
    record: () => Promise.reject(new Error('the disk is full')),
  })
  await expect(broken).rejects.toThrow('the disk is full')
  expect(await counts()).toEqual([0, 0, 0, 0, 0])
  expect((await load(wholeFile)).loaded).toBe(true)
})

test.each([
  ['lane_services', 'lane_services_do_not_overlap'],
  ['lanes', 'lanes_do_not_overlap'],
  ['lane_cards', 'lane_cards_do_not_overlap'],
  ['lane_surcharges', 'lane_surcharges_do_not_overlap'],
])('the database itself refuses an overlap in %s', async (table, constraint) => {
  await load(wholeFile)
  const copy = sql`insert into ${sql.raw(table)}
    select (jsonb_populate_record(kept, '{"valid_from": "2026-06-01"}')).* from ${sql.raw(table)} kept limit 1`
  const error = await copy.execute(db.kysely).catch((reason: unknown) => reason)
  expect(constraintName(error)).toBe(constraint)
})

test('only the first hundred faults are kept, all are counted', async () => {
  const done = await load(
    Array.from({ length: 250 }, () => ({ ...rateRow, price: 'x', zone: '?' })),
  )
  expect([done.faults.length, done.faultCount]).toEqual([100, 500])
})

test('a few rows that stand for half a million lanes are too many', async () => {
  const from = 'MY SG TH CA US'
  const to =
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CC CD CF CG CH CI CK CL CM CN CO CR CU CV'
  // Once a row is wrong nothing is stored any more: the test need not wait for the database.
  const rows = [
    { ...rateRow, price: 'x' },
    ...Array.from({ length: 2_000 }, () => ({ ...laneRow, from, to })),
  ]
  const { faults, rows: read } = await load(rows)
  expect(faults.at(-1)).toMatchObject({ reason: 'too-many-lanes' })
  expect(read).toBeLessThan(1_700)
})

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const heapInUse = (): number => (collect(), process.memoryUsage().heapUsed)

test('a hundred thousand rows in bounded memory', async () => {
  const rows = 100_000
  const cells = { ...rateRow, price: '1.00', included_kg: '', unit_kg: '', unit_price: '' }
  function* many(): Generator<LaneCells> {
    yield serviceRow
    for (let zone = 0; zone < rows / 100; zone += 1)
      for (let step = 1; step <= 100; step += 1)
        yield { ...cells, zone: `z${zone}`, up_to_kg: String(step) }
  }
  const before = heapInUse()
  let most = 0
  async function* watched(): AsyncGenerator<Uint8Array> {
    let chunks = 0
    for await (const bytes of laneFile(many())) {
      if (++chunks % 10_000 === 0) most = Math.max(most, heapInUse() - before)
      yield bytes
    }
  }
  const begun = performance.now()
  const done = await importLanes(db, watched(), { today })
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  console.log(`100,000 rates in ${seconds} s, at most ${Math.round(most / 1_048_576)} MB more heap`)
  expect(done).toMatchObject({ loaded: true, rows: rows + 1, added: 1_001 })
  // The rows alone, kept as objects, would be some 200 MB.
  expect(most).toBeLessThan(20 * 1_048_576)
}, 180_000)

test('every lane of the demo world has a price, a time and a source that says what it is', async () => {
  expect(await importLanes(db, laneFile(demoLanes()), { today })).toMatchObject({
    loaded: true,
    faultCount: 0,
  })
  const origins = ['MY', 'CA', 'CN', 'TH', 'RW', 'IE', 'IT', 'JP', 'IN', 'AU']
  for (const from of origins) {
    const lanes = await findLanes(db.kysely, { from, day: today })
    const ends = new Set(lanes.map(({ id }) => id.to))
    expect([...ends].sort()).toEqual([...origins, 'US', 'GB', 'DE', 'SG', 'AE'].sort())
    for (const to of ends) {
      const quotes = priceLanes(
        lanes.filter(({ id }) => id.to === to),
        { massG: 500 },
        today,
      )
      expect(quotes.length, `${from} ${to}`).toBe(4)
      for (const { source } of quotes) expect(source.title).toBe('Demo, not a real tariff')
    }
  }
})

test('the example file is good', async () => {
  const bytes = readFileSync(new URL('../../examples/lanes.csv', import.meta.url))
  expect(await importLanes(db, inPieces(bytes), { today })).toMatchObject({
    loaded: true,
    faultCount: 0,
  })
  expect(await priceOn('2026-11-30', 400)).not.toEqual(await priceOn('2026-12-01', 400))
})

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7_919) yield bytes.subarray(at, at + 7_919)
}
