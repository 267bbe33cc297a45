import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal, type RefusalFacts } from '../../basis/refusal.ts'
import { importSchedule, type Format } from './import-schedule.ts'

// Invented files with one fault each.
function factsOf(format: Format, ...texts: readonly string[]): RefusalFacts {
  const files = texts.map((text) => ({ name: 'f', bytes: new TextEncoder().encode(text) }))
  try {
    importSchedule(format, files)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'tariff-file-broken') return error.facts
    throw error
  }
  throw new Error('nothing was refused')
}

const hts =
  'HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,Column 2 Rate of Duty\n'

describe('a broken csv is refused with its place', () => {
  test.each<[string, Format, string, RefusalFacts]>([
    ['an empty file', 'ethiopia', '', { line: 1 }],
    ['a missing column', 'us-hts', 'HTS Number,Indent\n', { line: 1, column: 'Description' }],
    ['a line cut short', 'us-hts', `${hts}0101.21.00,2,Horses\n`, { line: 2 }],
    [
      'a quote that does not close',
      'us-hts',
      `${hts}0101.21.00,2,"Horses,"",Free,,\n`,
      { line: 2 },
    ],
    [
      'a word for a number',
      'us-hts',
      `${hts}horse,2,Horses,,Free,,\n`,
      { line: 2, column: 'HTS Number' },
    ],
    ['a rate on no line', 'us-hts', `${hts}0101,2,Horses,,Free,,\n`, { line: 2 }],
    [
      'units that are no list',
      'us-hts',
      `${hts}0101.21.00,2,Horses,kg,Free,,\n`,
      { column: 'Unit of Quantity' },
    ],
    ['a code of letters', 'eaeu', 'code,duty_rate_text\n1,5%\n', { line: 2, column: 'code' }],
  ])('%s', (_, format, text, facts) => {
    expect(factsOf(format, text)).toMatchObject({ file: 'f', ...facts })
  })

  test('a line is named where it starts, also after fields of several lines', () => {
    const text = `${hts}0101.21.00,2,"Big\nhorses",,Free,,\n0101.22.00,2,Horses\n`
    expect(factsOf('us-hts', text)).toMatchObject({ line: 4 })
  })
})

describe('broken json is refused with its place', () => {
  test.each<[string, string, RefusalFacts]>([
    ['cut off', '[\n {"htsno": "0101.21.00",\n', { line: 3, column: '1' }],
    ['a comma too many', '[\n {"htsno": "0101.21.00",}\n]', { line: 2, column: '25' }],
    ['a bare word', '[ { "htsno": free } ]', { line: 1, column: '14' }],
    ['no list', '[ 5 ]', { item: 'element 1' }],
    [
      'a rate that is no text',
      '[ { "htsno": "0101.21.00", "general": 5 } ]',
      { item: 'element 1', column: 'general' },
    ],
  ])('%s', (_, text, facts) => {
    expect(factsOf('us-hts', text)).toMatchObject({ file: 'f', ...facts })
  })

  test('wherever a json text is cut, the place is its end or before it', () => {
    const text = '[{"htsno":"0101.21.00","units":["kg",-1.5e3,true,null],"general":"\\u00e9\\n"}]'
    for (let length = 1; length < text.length; length += 1) {
      const { line, column } = factsOf('us-hts', text.slice(0, length))
      expect([line, Number(column) <= length + 1]).toEqual([1, true])
    }
  })

  test('a tree of another shape', () => {
    expect(factsOf('japan', '{"a": []}')).toMatchObject({ reason: 'no key ends in tariff_data' })
    expect(factsOf('japan', '[{"stat_code": "01.01", "hs_code": "12"}]')).toMatchObject({
      item: 'the list 010112',
    })
    expect(factsOf('australia', '{}')).toMatchObject({ item: 'the file' })
  })
})

describe('the neutral csv', () => {
  const neutral = (...rows: readonly string[]): string =>
    ['code,unit,flags,mfn,gsp', ...rows].map((row) => `${row}\n`).join('')

  test.each<[string, string, RefusalFacts]>([
    ['another header', 'hs,unit,flags,mfn\n', { line: 1, column: 'code' }],
    ['no rates', 'code,unit,flags\n', { line: 1 }],
    ['a column twice', 'code,unit,flags,mfn,mfn\n', { line: 1, column: 'mfn' }],
    ['a column of blanks', 'code,unit,flags,my rate\n', { line: 1, column: 'my rate' }],
    ['an odd number of digits', neutral('610910000,,,5%,'), { line: 2, column: 'code' }],
    ['dots in a code', neutral('6109.10,,,5%,'), { line: 2, column: 'code' }],
    [
      'a code twice',
      neutral('610910,,,5%,', '610920,,,5%,', '610910,,,5%,'),
      { line: 4, reason: '610910 stands on line 2 already' },
    ],
    ['no unit', neutral('610910,kilo,,5%,'), { line: 2, column: 'unit' }],
    ['no flag', neutral('610910,,tasty,5%,'), { line: 2, column: 'flags' }],
    [
      'no rate',
      neutral('610910,,,5%,free'),
      { line: 2, column: 'gsp', reason: 'not a rate: “free”' },
    ],
  ])('%s', (_, text, facts) => expect(factsOf('neutral', text)).toMatchObject(facts))

  test('what is read is written again, whatever the order of lines', () => {
    const code = fc.integer({ min: 10, max: 97 }).map((chapter) => `${chapter}0110`)
    const cell = fc.constantFrom('', '0', '5%', '0.5 EUR/KGM', '"max(5%, 1 EUR/KGM)"', '?see note')
    const rows = fc.uniqueArray(fc.tuple(code, cell, cell), { selector: ([key]) => key })
    fc.assert(
      fc.property(rows, (given) => {
        const kept = given.filter(([, mfn, gsp]) => mfn || gsp)
        const write = (list: typeof given): string =>
          neutral(...list.map(([key, a, b]) => `${key},KGM,remedy,${a},${b}`))
        fc.pre(kept.some(([, mfn]) => mfn) && kept.some(([, , gsp]) => gsp))
        const bytes = new TextEncoder().encode(write(given))
        const { csv } = importSchedule('neutral', [{ name: 'f', bytes: gzipSync(bytes) }])
        expect(csv).toBe(write(kept.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))))
      }),
    )
  })
})

test('bytes that are no UTF-8, a torn gzip, a wrong number of files', () => {
  const refused = (bytes: Uint8Array): unknown => {
    try {
      return importSchedule('neutral', [{ name: 'f', bytes }])
    } catch (error) {
      return error instanceof Refusal ? error.code : error
    }
  }
  expect(refused(Uint8Array.of(0x63, 0xff, 0x64))).toBe('tariff-file-broken')
  expect(refused(gzipSync('code,unit,flags,mfn\n').subarray(0, 12))).toBe('tariff-file-broken')
  expect(factsOf('neutral', 'a', 'b')).toMatchObject({ reason: 'neutral takes 1 files' })
})
