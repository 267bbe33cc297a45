import { describe, expect, test } from 'vitest'
import { withRules, type Changes } from '../../../test/bad-rules/rules-folder.ts'
import { createTariff } from '../create-tariff.ts'
import { checkRules } from '../check-rules.ts'
import { RulesError } from './read-yaml.ts'

// Records that are well formed alone and cannot be meant together. Each is refused when the territory is read, with
// the file and line of the record it lies in.

test.each<[what: string, changes: Changes, fault: string]>([
  [
    'two schedules of the law for one chapter',
    {
      'XA/territory.yaml': [
        '  - { file: tariff/books.csv',
        "  - { file: tariff/2025.csv, hs: '2022', chapters: '48-49', from: 2021-01-01, citation: act }\n  - { file: tariff/books.csv",
      ],
    },
    'XA/territory.yaml:14: tariff/books.csv: chapter 49 stands in tariff/2025.csv on the same day',
  ],
  [
    'two reduced rates of one name',
    {
      'XA/taxes.yaml': [
        '    reduced:\n',
        "    reduced:\n      - { id: xa-vat-books, rate: 7%, lines: { codes: ['4902'] }, from: 2026-01-01, citation: own-page }\n",
      ],
    },
    'XA/taxes.yaml:27: xa-vat-books: two versions hold the same day (2026-01-01 to … and 2026-01-01 to …)',
  ],
  [
    'a column that no schedule has',
    { 'XA/agreements.yaml': ['column: neighbours', 'column: neighbors'] },
    'XA/agreements.yaml:2: xa-neighbours: no schedule has a column neighbors',
  ],
  [
    'a regime that is not there',
    { 'XA/schemes.yaml': ['relieves: [duty]', 'relieves: [duty]\n    regimes: [xa-imports]'] },
    'XA/schemes.yaml:4: xa-small: no regime is called xa-imports',
  ],
  [
    'a measure that is not there',
    { 'XA/measures.yaml': ['rate: 30%', 'rate: 30%\n    not_with: [xa-safeguard]'] },
    'XA/measures.yaml:2: xa-dumping: no measure is called xa-safeguard',
  ],
  [
    'a tax that is not there',
    { 'XA/schemes.yaml': ['name: Import,', 'name: Import, lines: [{ taxes: { vat: none } }],'] },
    'XA/schemes.yaml:2: xa-import: no tax is called vat',
  ],
  [
    'a step finer than the smallest coin',
    { 'XA/rounding.yaml': ["'0.01'", "'0.001'"] },
    'XA/rounding.yaml:2: xa-tax-down: 0.001 is finer than a minor unit',
  ],
  [
    'versions that overlap',
    { 'XA/taxes.yaml': ['to: 2025-12-31', 'to: 2026-12-31'] },
    'XA/taxes.yaml:18: xa-vat: two versions hold the same day (2020-01-01 to 2026-12-31 and 2026-01-01 to …)',
  ],
  [
    'a base that names a later tax',
    { 'XA/taxes.yaml': ['base: [customs-value]', "base: ['tax:xa-levy']"] },
    'XA/taxes.yaml:2: xa-excise: its base names tax:xa-levy, which is not an earlier tax',
  ],
  [
    'no citation',
    { 'XA/fees.yaml': [', citation: act', ''] },
    'XA/fees.yaml:2: fees.0.citation: a citation is the name of one, or { title, publisher, url, read: YYYY-MM-DD }',
  ],
])('%s', (_, changes, fault) =>
  withRules(changes, (rulesFolder) => {
    const tariff = createTariff({ rulesFolder })
    expect(() => tariff.rules('XA')).toThrow(RulesError)
    expect(() => tariff.rules('XA')).toThrow(fault)
  }),
)

describe('a cell of a schedule is named with its line', () => {
  const basket = {
    from: 'VN',
    lines: [
      { id: 'a', code: '61091000', origin: 'VN', unitPrice: { amount: '100.00', currency: 'EUR' } },
    ],
  }
  test.each([
    ['out of the grammar', '12 pct', 'wanted % or a currency before “pct” of “12 pct”'],
    ['with a unit that is none', '5 EUR/kg', 'wanted a Rec 20 unit before “kg” of “5 EUR/kg”'],
    [
      'with a season that is none',
      'season(131-0301: 5%)',
      'wanted MMDD before “131-0301: 5%)” of “season(131-0301: 5%)”',
    ],
    ['that lifts itself', 'topup(15%)', 'topup rests on the MFN duty and cannot be it'],
  ])('%s', (_, cell, reason) =>
    withRules(
      { 'XA/tariff/2026.csv': ['61091000,NMB,,12%', `61091000,NMB,,${cell}`] },
      (rulesFolder) => {
        const tariff = createTariff({ rulesFolder })
        expect(() => tariff.quote(basket, 'XA', { on: '2026-01-07' })).toThrow(
          `XA/tariff/2026.csv:3: 61091000: ${reason}`,
        )
      },
    ),
  )
})

test('a fault of the rules is told once, not for every worked case', () =>
  withRules(
    {
      'XA/fees.yaml': ['rate: 2.00 EUR', 'rate: 2.00 EUX'],
      'XA/examples/a.yaml': ['one', 'two']
        .map((id) => `- { id: ${id}, by: hand, on: 2026-01-07, to: XA, basket: {}, expect: {} }`)
        .join('\n'),
    },
    (rulesFolder) => {
      const { lines, wrong } = checkRules(rulesFolder, undefined, ['XA'], '2026-01-07')
      expect(lines.filter((line) => line.includes('xa-fee'))).toHaveLength(1)
      expect(wrong).toBe(1)
    },
  ))
