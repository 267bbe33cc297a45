import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withFiles } from '../../../test/bad-rules/rules-folder.ts'
import { RulesError } from './read-yaml.ts'
import { readSchedule, type Schedule } from './schedule.ts'

// A schedule as csv, docs/rules-schema.md section 5.

const schedule = (text: string): Schedule =>
  withFiles({ 'x.csv': text }, (folder) => readSchedule(`${folder}/x.csv`, 'XA/tariff/x.csv'))

const shirts = schedule(`code,unit,flags,mfn,neighbours
6109,,,9%,
61091000,NMB,remedy quota,12%,0
6109102030,NMB,,"max(10%, 0.5 EUR/KGM)","? see ""note 3"", part 2"
61099020,NMB,,,5% except SG
62,,,0,
`)
const found = (code: string): string[] => shirts.find(code).map((line) => line.code)
const text = (code: string, column: string, fallback?: string): string | undefined =>
  shirts.cell(shirts.find(code)[0]!, column, fallback)?.text

describe('the line of a code', () => {
  test.each([
    ['61091000', ['61091000'], 'equal'],
    ['6109100011', ['61091000'], 'the longest line that is a prefix, not the heading'],
    ['61099020', ['61099020'], 'equal'],
    ['61099090', ['6109'], 'below the heading and not listed itself'],
    [
      '610910',
      ['6109', '61091000', '6109102030'],
      'a prefix and all longer lines that begin with it',
    ],
    ['6109', ['6109', '61091000', '6109102030', '61099020'], 'equal and all below'],
    ['61', ['6109', '61091000', '6109102030', '61099020'], 'none that is a prefix: all below'],
    ['6110', [], 'none'],
    ['6205', ['62'], 'a chapter row stands for all below it'],
    ['620520001020', ['62'], 'however long'],
    ['60', [], 'before the first'],
    ['63', [], 'after the last'],
  ])('%s finds %j: %s', (code, lines) => expect(found(code)).toEqual(lines))
})

describe('a cell', () => {
  test.each<[code: string, column: string, fallback: string | undefined, cell: string | undefined]>(
    [
      ['61091000', 'mfn', undefined, '12%'],
      ['61091000', 'neighbours', undefined, '0'],
      ['6109102030', 'mfn', undefined, 'max(10%, 0.5 EUR/KGM)'],
      ['6109102030', 'neighbours', undefined, '? see "note 3", part 2'],
      ['61099020', 'neighbours', undefined, '5% except SG'],
      ['61099020', 'mfn', undefined, undefined],
      ['61099020', 'mfn', '17%', '17%'],
      ['61091000', 'mfn', '17%', '12%'],
      ['61091000', 'no-such-column', undefined, undefined],
      ['61091000', 'no-such-column', '0', '0'],
    ],
  )('%s %s, default %s: %s', (code, column, fallback, cell) =>
    expect(text(code, column, fallback)).toBe(cell),
  )

  test('is read as a rate, with the countries it is not for', () => {
    expect(shirts.cell(shirts.find('61099020')[0]!, 'neighbours')).toMatchObject({ except: ['SG'] })
    expect(shirts.cell(shirts.find('6109102030')[0]!, 'neighbours')).toMatchObject({
      unknown: 'see "note 3", part 2',
    })
  })

  test('flags stand beside it', () =>
    expect(shirts.find('61091000')[0]!.cells[2]).toBe('remedy quota'))
})

describe('the file', () => {
  test('its columns, its size, and its lines in order of code', () => {
    expect(shirts.columns).toEqual(['code', 'unit', 'flags', 'mfn', 'neighbours'])
    expect(shirts.size).toBe(5)
    expect([...shirts.lines()].map(({ code }) => code)).toEqual([
      '6109',
      '61091000',
      '6109102030',
      '61099020',
      '62',
    ])
  })

  test('a byte order mark, Windows line ends and a last line without an end are no matter', () => {
    const windows = schedule('\uFEFFcode,unit,flags,mfn\r\n61,,,5%\r\n62,,,6%')
    expect(windows.columns).toEqual(['code', 'unit', 'flags', 'mfn'])
    expect(['61', '62'].map((code) => windows.cell(windows.find(code)[0]!, 'mfn')?.text)).toEqual([
      '5%',
      '6%',
    ])
  })

  test.each([
    ['no header', '61091000,NMB,,12%\n', 'XA/tariff/x.csv:1: the header must begin with code'],
    [
      'another header',
      'line,unit,flags,mfn\n61,,,5%\n',
      'XA/tariff/x.csv:1: the header must begin with code',
    ],
    ['nothing at all', '', 'XA/tariff/x.csv:1: the header must begin with code'],
    [
      'an odd number of digits',
      'code,unit,flags,mfn\n61,,,5%\n6109100,,,5%\n',
      'XA/tariff/x.csv:3: “6109100” is not a code',
    ],
    [
      'a code with dots',
      'code,unit,flags,mfn\n6109.10,,,5%\n',
      'XA/tariff/x.csv:2: “6109.10” is not a code',
    ],
    [
      'a code of fourteen digits',
      'code,unit,flags,mfn\n61091000203040,,,5%\n',
      'XA/tariff/x.csv:2: “61091000203040” is not a code',
    ],
    [
      'a comment',
      'code,unit,flags,mfn\n# shirts\n61,,,5%\n',
      'XA/tariff/x.csv:2: “# shirts” is not a code',
    ],
    [
      'a code twice',
      'code,unit,flags,mfn\n61,,,5%\n62,,,5%\n61,,,6%\n',
      'XA/tariff/x.csv:4: 61 stands twice',
    ],
  ])('%s is refused with file and line', (_, csv, message) => {
    expect(() => schedule(csv)).toThrow(RulesError)
    expect(() => schedule(csv)).toThrow(message)
  })

  test('a cell outside the grammar is refused with file, code and reason when it is read', () => {
    const bad = schedule('code,unit,flags,mfn\n61,,,5%\n62,,,5 pct\n')
    expect(bad.cell(bad.find('61')[0]!, 'mfn')?.text).toBe('5%')
    expect(() => bad.cell(bad.find('62')[0]!, 'mfn')).toThrow(RulesError)
    expect(() => bad.cell(bad.find('62')[0]!, 'mfn')).toThrow(
      /^XA\/tariff\/x\.csv:\d+: 62: wanted % or a currency/,
    )
  })
})

describe('properties', () => {
  const code = fc
    .tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.constantFrom('0', '1', '9'), { minLength: 12, maxLength: 12 }),
    )
    .map(([pairs, digits]) => digits.join('').slice(0, pairs * 2))
  const codes = fc.uniqueArray(code, { minLength: 1, maxLength: 30 })

  test('what is found is the longest prefix and everything below, and nothing else', () => {
    fc.assert(
      fc.property(codes, code, (listed, asked) => {
        const lines = schedule(
          `code,unit,flags,mfn\n${listed.map((each) => `${each},,,0`).join('\n')}\n`,
        )
        const prefix = listed
          .filter((each) => asked.startsWith(each))
          .sort((a, b) => b.length - a.length)[0]
        const below = listed.filter((each) => each.startsWith(asked) && each !== asked).sort()
        expect(lines.find(asked).map((line) => line.code)).toEqual([
          ...(prefix ? [prefix] : []),
          ...below,
        ])
      }),
      { numRuns: 400 },
    )
  })

  test('any text in quotes comes back as it went in', () => {
    const words = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '%', ';', '“') })
    fc.assert(
      fc.property(words, words, (a, b) => {
        const quoted = (each: string): string => `"? ${each.replaceAll('"', '""')}"`
        const one = schedule(`code,unit,flags,mfn,other\n61,,,${quoted(a)},${quoted(b)}\n`)
        const cells = ['mfn', 'other'].map((column) => one.cell(one.find('61')[0]!, column)?.text)
        expect(cells).toEqual([`? ${a}`.trim(), `? ${b}`.trim()])
      }),
      { numRuns: 400 },
    )
  })
})
