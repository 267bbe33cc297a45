import { describe, expect, test } from 'vitest'
import {
  fuelRow,
  laneRow,
  rateRow,
  serviceRow,
  wholeFile,
} from '../../test/logistics/amina-post.ts'
import { countries } from '../basis/country.ts'
import { languageFor, locales } from '../ui/index.ts'
import { faultReasons, type RowFault } from './fault.ts'
import { laneFile, type LaneCells } from './index.ts'
import { laneColumns } from './lane-record.ts'
import { readLaneFile } from './read-lane-file.ts'
import { faultSentence, refusalSentence } from './words.ts'

describe('a row by itself', () => {
  const table: [LaneCells, string][] = [
    [{ ...serviceRow, record: 'rates' }, 'record not-one-of'],
    [{ ...serviceRow, carrier: 'Amina Post' }, 'carrier not-a-code'],
    [{ ...serviceRow, carrier: '' }, 'carrier missing'],
    [{ ...serviceRow, carrier_name: 'x'.repeat(201) }, 'carrier_name too-long'],
    [{ ...serviceRow, carrier_name: '=HYPERLINK("https://x.example")' }, 'carrier_name formula'],
    [{ ...serviceRow, carrier_name: ' @SUM(1)' }, 'carrier_name formula'],
    [{ ...serviceRow, carrier_name: 'Amina\u0000Post' }, 'carrier_name control-character'],
    [{ ...serviceRow, transport: 'drone' }, 'transport not-one-of'],
    [{ ...serviceRow, currency: 'XXX' }, 'currency not-a-currency'],
    [{ ...serviceRow, divisor: '5000.5' }, 'divisor not-a-number'],
    [{ ...serviceRow, divisor: '0' }, 'divisor not-above-zero'],
    [{ ...serviceRow, max_kg: '30 kg' }, 'max_kg not-a-number'],
    [{ ...serviceRow, max_kg: '1e3' }, 'max_kg not-a-number'],
    [{ ...serviceRow, max_kg: '30,5' }, 'max_kg not-a-number'],
    [{ ...serviceRow, max_kg: '0.0001' }, 'max_kg not-a-number'],
    [{ ...serviceRow, max_kg: '9999999999' }, 'max_kg too-large'],
    [{ ...serviceRow, max_value: '100.001' }, 'max_value not-an-amount'],
    [{ ...serviceRow, prohibited: 'weapons' }, 'prohibited not-goods'],
    [{ ...serviceRow, prohibited: '220' }, 'prohibited not-goods'],
    [{ ...serviceRow, tracking: 'maybe' }, 'tracking not-one-of'],
    [{ ...serviceRow, from_day: '2026-02-30' }, 'from_day not-a-day'],
    [{ ...serviceRow, to_day: '2025-12-31' }, 'to_day ends-before-it-begins'],
    [{ ...serviceRow, url: 'javascript:alert(1)' }, 'url not-an-address'],
    [{ ...serviceRow, source: '' }, 'source missing'],
    [{ ...serviceRow, read: 'today' }, 'read not-a-day'],
    [{ ...laneRow, to: 'CA XX' }, 'to not-a-country'],
    [{ ...laneRow, from: '' }, 'from missing'],
    [{ ...laneRow, days_min: '10' }, 'days_max days-out-of-order'],
    [{ ...laneRow, week: '54321' }, 'week not-a-week'],
    [{ ...laneRow, cut_off: '4 pm' }, 'cut_off not-a-time'],
    [{ ...laneRow, time_zone: 'Kuala Lumpur' }, 'time_zone not-a-time-zone'],
    [{ ...rateRow, price: '-1' }, 'price formula'],
    [{ ...rateRow, price: '1.234' }, 'price not-an-amount'],
    [{ ...rateRow, price: '0', unit_kg: '', unit_price: '' }, 'price costs-nothing'],
    [{ ...rateRow, unit_price: '' }, 'unit_price missing'],
    [{ ...rateRow, price: '99999999999999999' }, 'price too-large'],
    [{ ...fuelRow, kind: 'share' }, 'kind not-one-of'],
    [{ ...fuelRow, amount: '0' }, 'amount not-a-percentage'],
    [{ ...fuelRow, amount: '1000.01' }, 'amount not-a-percentage'],
    [{ ...fuelRow, when: 'remote-area' }, 'postcodes missing'],
    [{ ...fuelRow, when: 'remote-area', postcodes: 'X0A §' }, 'postcodes not-a-postcode'],
    [{ ...fuelRow, when: 'oversize' }, 'over_cm missing'],
    [{ ...fuelRow, kind: 'per-parcel', currency: 'MYR', amount: '0' }, 'amount not-above-zero'],
  ]
  test.each(table)('%j', async (row, fault) => {
    expect(said(await read([row]))).toEqual([`2 ${fault}`])
  })

  test('three hundred lanes at most come from one row', async () => {
    const all = countries.join(' ')
    expect(said(await read([{ ...laneRow, to: all, from: 'MY SG' }]))).toEqual([
      '2 to too-many-countries',
    ])
    expect((await read([serviceRow, { ...laneRow, to: all }, rateRow])).rows).toBe(1 + 250 + 1)
  })
})

describe('files that are none', () => {
  const header = laneColumns.join(',')
  const table: [string, string | Uint8Array, string[]][] = [
    ['nothing', '', ['1 empty-file']],
    ['a header alone', header, ['1 empty-file']],
    [
      'another table',
      'Handle,Title\nscarf,Scarf\n',
      [
        '1 record column-missing',
        '1 carrier column-missing',
        '1 service column-missing',
        '1 from_day column-missing',
        '1 handle column-unknown',
        '1 title column-unknown',
      ],
    ],
    ['a column twice', `${header},record\n`, ['1 record column-twice']],
    ['a short row', `${header}\nservice,amina\n`, ['2 wrong-length']],
    ['a quote that never closes', `${header}\n"${'a,'.repeat(50_000)}`, ['2 row-too-long']],
    ['a stray quote', `${header}\nab"c\n`, ['2 broken-csv']],
    ['a million columns', 'a,'.repeat(1_000_000), ['1 row-too-long']],
    ['UTF-16', Buffer.from(`\ufeff${header}\n`, 'utf16le'), ['1 not-unicode']],
    ['Windows-1252', Buffer.from(`${header}\nservice,Café`, 'latin1'), ['1 not-unicode']],
    ['a gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), ['1 not-unicode']],
  ]
  test.each(table)('%s', async (_, content, faults) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    expect(said(await readBytes(inPieces(bytes)))).toEqual(faults)
  })

  test('a file with a byte order mark and other line ends is one', async () => {
    let text = ''
    for await (const piece of laneFile(wholeFile)) text += Buffer.from(piece).toString()
    const bytes = Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`)
    expect(await readBytes(inPieces(bytes))).toEqual({ rows: 5, faults: [] })
  })
})

test('a file of more than 200,000 rows is not read to its end', async () => {
  let given = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('record,carrier,service,from_day\n')
    for (;;) {
      given += 1_000
      yield Buffer.from('x,,,\n'.repeat(1_000))
    }
  }
  let last: RowFault | undefined
  for await (const row of readLaneFile(endless())) if ('faults' in row) last = row.faults.at(-1)
  expect(last).toMatchObject({ line: 200_002, reason: 'too-many-rows' })
  expect(given).toBeLessThan(220_000)
})

test('every reason has a sentence in every language', () => {
  const facts = {
    text: 'x',
    most: 1,
    known: 'x',
    line: 1,
    found: 1,
    wanted: 2,
    from: 'x',
    to: 'x',
    today: 'x',
    zone: 'x',
    currency: 'MYR',
  }
  for (const locale of locales)
    for (const reason of faultReasons) {
      const sentence = faultSentence(languageFor(locale), {
        line: 2,
        column: 'zone',
        reason,
        facts,
      })
      expect(sentence).not.toBe('')
    }
})

test('every refusal has one too', () => {
  const values = {
    day: '2026-11-22',
    massG: 1,
    mostG: 1,
    lengthMm: 1,
    mostMm: 1,
    girthMm: 1,
    mostMinor: '1',
    currency: 'MYR',
    goods: '93',
    pieces: 2,
    most: 1,
    currencies: ['MYR', 'JPY'],
  }
  const codes = [
    'no-lane',
    'no-lane-takes-it',
    'lane-not-on-day',
    'mass-unknown',
    'size-unknown',
    'too-heavy',
    'too-long',
    'too-large',
    'too-valuable',
    'goods-not-taken',
    'no-parcel',
    'too-many-pieces',
    'too-many-parcels',
    'currencies-not-comparable',
  ]
  for (const locale of locales)
    for (const refused of codes)
      expect(refusalSentence(languageFor(locale), { refused, facts: values })).not.toBe('')
  const heavy = { refused: 'too-heavy', facts: { massG: 30_500, mostG: 30_000 } }
  expect(refusalSentence(languageFor('en'), heavy)).toBe(
    'Too heavy: 30.5 kg, and at most 30 kg is taken',
  )
})

type Read = { rows: number; faults: RowFault[] }

const read = (rows: readonly LaneCells[]): Promise<Read> => readBytes(laneFile(rows))

/** How many table rows the file makes, and what is wrong with it. */
async function readBytes(bytes: AsyncIterable<Uint8Array>): Promise<Read> {
  const found: Read = { rows: 0, faults: [] }
  for await (const row of readLaneFile(bytes)) {
    if ('faults' in row) found.faults.push(...row.faults)
    else found.rows += row.record.rows.length
  }
  return found
}

const said = ({ faults }: Read): string[] =>
  faults.map(({ line, column, reason }) => `${line} ${column} ${reason}`.replace('  ', ' '))

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7_919) yield bytes.subarray(at, at + 7_919)
}
