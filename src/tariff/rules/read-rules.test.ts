import { describe, expect, test } from 'vitest'
import { soundRules, withRules, type Changes } from '../../../test/bad-rules/rules-folder.ts'
import { createTariff, type Tariff } from '../create-tariff.ts'
import type { BasketJson } from '../parse-basket.ts'
import { RulesError, type RuleFault } from './read-yaml.ts'

// Rule files that cannot be trusted: each is named with file, line and reason, and nothing of its territory is used.

const on = '2026-01-07'
const shirt: BasketJson = {
  from: 'CN',
  lines: [
    {
      id: 'shirt',
      code: '6109.10',
      origin: 'VN',
      unitPrice: { amount: '100.00', currency: 'EUR' },
    },
  ],
}
const landed = (tariff: Tariff, to: string): string | null =>
  tariff.quote(shirt, to, { on }).totals.landed

test('the sound rules that every case below breaks in one place', () => {
  const tariff = createTariff({ rulesFolder: soundRules })
  // 100.00 + 12.00 duty; 21 % of 112.00 = 23.52; 1 % of 23.52 cut to 0.23; fee 2.00.
  expect(landed(tariff, 'XA')).toBe('137.75')
  // XM has the union's 10 % duty and its own 20 % tax: 100.00 + 10.00 + 22.00.
  expect(landed(tariff, 'XM')).toBe('132.00')
})

function faultsOf(read: () => unknown): readonly RuleFault[] {
  try {
    read()
  } catch (error) {
    if (error instanceof RulesError) return error.faults
  }
  throw new Error('these rules were read')
}

/** What is wrong with the territory XA; its neighbour XM must not suffer from it. */
const broken: readonly (readonly [what: string, changes: Changes, fault: string])[] = [
  [
    'two versions hold one day',
    { 'XA/taxes.yaml': ['to: 2025-12-31', 'to: 2026-01-01'] },
    'xa-vat: two versions hold the same day (2020-01-01 to 2026-01-01 and 2026-01-01 to …)',
  ],
  [
    'one version without end before another',
    { 'XA/taxes.yaml': ['    to: 2025-12-31\n', ''] },
    'xa-vat: two versions hold the same day (2020-01-01 to … and 2026-01-01 to …)',
  ],
  [
    'dates and sightings in one record',
    { 'XA/taxes.yaml': ['    to: 2025-12-31', '    seen: [2025-12-31]'] },
    'XA/taxes.yaml:10: xa-vat: carries both from/to and seen: a record has one or the other',
  ],
  [
    'no date at all',
    { 'XA/fees.yaml': ['from: 2026-01-01, ', ''] },
    'XA/fees.yaml:2: xa-fee: carries no date: from, to or seen',
  ],
  [
    'an end before the beginning',
    { 'XA/taxes.yaml': ['to: 2025-12-31', 'to: 2019-12-31'] },
    'XA/taxes.yaml:10: xa-vat: ends (2019-12-31) before it begins (2020-01-01)',
  ],
  [
    'a day that is not in the calendar',
    { 'XA/taxes.yaml': ['to: 2025-12-31', 'to: 2025-02-30'] },
    'XA/taxes.yaml:10: xa-vat: 2025-02-30 is not a day',
  ],
  [
    'a day in another notation',
    { 'XA/taxes.yaml': ['to: 2025-12-31', 'to: 31.12.2025'] },
    'XA/taxes.yaml:16: taxes.1.to: a day is YYYY-MM-DD',
  ],
  [
    'a sighting that is not in the calendar',
    { 'XA/territory.yaml': ['seen: [2026-01-01]', 'seen: [2026-13-01]'] },
    'XA/territory.yaml:12: schedules: 2026-13-01 is not a day',
  ],
  [
    'an unknown key of a record',
    { 'XA/taxes.yaml': ['    kind: excise', '    kind: excise\n    rates: 5'] },
    'XA/taxes.yaml:2: taxes.0: Unrecognized key: "rates"',
  ],
  [
    'an unknown key of a condition',
    { 'XA/taxes.yaml': ["lines: { codes: ['2204'] }", "lines: { code: ['2204'] }"] },
    'XA/taxes.yaml:7: taxes.0.lines: Unrecognized key: "code"',
  ],
  [
    'an unknown list of a file',
    { 'XA/fees.yaml': ['fees:', 'charges:'] },
    'XA/fees.yaml:1: : Unrecognized key: "charges"',
  ],
  [
    'an unknown kind of tax',
    { 'XA/taxes.yaml': ['kind: levy', 'kind: toll'] },
    'XA/taxes.yaml:28: taxes.3.kind: ',
  ],
  [
    'a citation nobody knows',
    { 'XA/taxes.yaml': ['citation: own-page', 'citation: my-page'] },
    'XA/taxes.yaml:18: xa-vat: no citation is called my-page',
  ],
  [
    'a citation that another territory knows',
    { 'XM/taxes.yaml': ['citation: act', 'citation: own-page'] },
    'XM/taxes.yaml:2: xm-vat: no citation is called own-page',
  ],
  [
    'a citation in place with a part missing',
    { 'XA/fees.yaml': ['citation: act', 'citation: { title: T, publisher: P, read: 2026-01-01 }'] },
    'XA/fees.yaml:2: fees.0.citation: ',
  ],
  ['no citation', { 'XA/fees.yaml': [', citation: act', ''] }, 'XA/fees.yaml:2: fees.0.citation: '],
  [
    'a rate that is none',
    { 'XA/taxes.yaml': ['rate: 21%', 'rate: 21 percent'] },
    'XA/taxes.yaml:18: xa-vat: wanted % or a currency before “percent” of “21 percent”',
  ],
  [
    'a rate without its per cent sign',
    { 'XA/taxes.yaml': ['rate: 21%', 'rate: 21'] },
    'XA/taxes.yaml:18: xa-vat: wanted % or a currency at the end of “21”',
  ],
  [
    'a reduced rate that is none',
    { 'XA/taxes.yaml': ['rate: 5%', 'rate: five'] },
    'XA/taxes.yaml:26: xa-vat-books: wanted a number before “five” of “five”',
  ],
  [
    'a fee for certain origins, as only schedules may say',
    { 'XA/fees.yaml': ['rate: 2.00 EUR', 'rate: 2.00 EUR except MY'] },
    'XA/fees.yaml:2: xa-fee: not a rate: “2.00 EUR except MY”',
  ],
  [
    'a limit in words',
    { 'XA/schemes.yaml': ['max: 20.00 EUR', 'max: 20 euros'] },
    'XA/schemes.yaml:7: reliefs.0.when.value.max: an amount is "150.00 EUR"',
  ],
  [
    'a code with dots',
    { 'XA/schemes.yaml': ["codes_not: ['22']", "codes_not: ['22.04']"] },
    'XA/schemes.yaml:8: reliefs.0.lines.codes_not.0: a code prefix or range of prefixes',
  ],
  [
    'a country by its name',
    { 'XA/measures.yaml': ['origin: [CN]', 'origin: [China]'] },
    'XA/measures.yaml:5: measures.0.lines.origin.0: a country or @group',
  ],
  [
    'yaml that is none',
    { 'XA/taxes.yaml': ['base: [customs-value, duty, excise]', 'base: [customs-value, duty'] },
    'XA/taxes.yaml:15: Flow sequence in block collection must be sufficiently indented',
  ],
  [
    'a key given twice',
    { 'XA/territory.yaml': ['currency: EUR', 'currency: EUR\ncurrency: USD'] },
    'XA/territory.yaml:4: Map keys must be unique',
  ],
  ['an empty file', { 'XA/fees.yaml': '' }, 'XA/fees.yaml:1: '],
  [
    'a base that names a later tax',
    { 'XA/taxes.yaml': ['excise]\n    from: 2026-01-01', "'tax:xa-levy']\n    from: 2026-01-01"] },
    'xa-vat: its base names tax:xa-levy, which is not an earlier tax',
  ],
  [
    'a base that names itself',
    { 'XA/taxes.yaml': ["base: ['tax:xa-vat']", "base: ['tax:xa-levy']"] },
    'xa-levy: its base names tax:xa-levy, which is not an earlier tax',
  ],
  [
    'a base that names no tax at all',
    { 'XA/taxes.yaml': ["base: ['tax:xa-vat']", "base: ['tax:vat']"] },
    'xa-levy: its base names tax:vat, which is not an earlier tax',
  ],
  [
    'a part of a base that there is not',
    { 'XA/taxes.yaml': ["base: ['tax:xa-vat']", 'base: [postage]'] },
    'XA/taxes.yaml:31: taxes.3.base.0: a part of a base, or tax:<id>',
  ],
]

describe('one thing wrong', () => {
  test.each(broken)('%s', (_, changes, fault) => {
    const code = fault.startsWith('XM') || Object.keys(changes)[0]?.startsWith('XM') ? 'XM' : 'XA'
    withRules(changes, (rulesFolder) => {
      const tariff = createTariff({ rulesFolder })
      const read = (): unknown => tariff.rules(code)
      expect(read).toThrow(RulesError)
      expect(read).toThrow(fault)
      for (const { file, line, reason } of faultsOf(read)) {
        expect(file).toMatch(new RegExp(`^${code}/[a-z]+`))
        expect(line).toBeGreaterThan(0)
        expect(reason).not.toBe('')
      }
      // Nothing half-loaded, now or when asked again; the neighbour is as it was.
      expect(() => tariff.on(code, on)).toThrow(RulesError)
      expect(() => landed(tariff, code)).toThrow(fault)
      const [neighbour, price] =
        code === 'XA' ? (['XM', '132.00'] as const) : (['XA', '137.75'] as const)
      expect(landed(tariff, neighbour)).toBe(price)
    })
  })
})

describe('several things wrong', () => {
  test('all are named at once, in whatever files they stand', () => {
    const changes: Changes = {
      'XA/taxes.yaml': ['rate: 21%', 'rate: 21 percent'],
      'XA/fees.yaml': ['citation: act', 'citation: acts'],
      'XA/measures.yaml': ['from: 2026-01-01', 'from: 2026-02-30'],
    }
    withRules(changes, (rulesFolder) =>
      expect(() => createTariff({ rulesFolder }).rules('XA')).toThrow(
        [
          'XA/taxes.yaml:18: xa-vat: wanted % or a currency before “percent” of “21 percent”',
          'XA/fees.yaml:2: xa-fee: no citation is called acts',
          'XA/measures.yaml:2: xa-dumping: 2026-02-30 is not a day',
        ].join('\n'),
      ),
    )
  })

  test("a member falls with its union's files", () =>
    withRules({ 'XU/schemes.yaml': ['from: 2020-01-01', 'from: 2020-02-30'] }, (rulesFolder) => {
      const tariff = createTariff({ rulesFolder })
      expect(() => tariff.rules('XM')).toThrow(
        'XU/schemes.yaml:2: xu-import: 2020-02-30 is not a day',
      )
      expect(landed(tariff, 'XA')).toBe('137.75')
    }))

  test('a member may not give a rule of its union a second version for the same day', () => {
    const own = 'regimes: [{ id: xu-import, name: Own import, from: 2021-01-01, citation: act }]'
    withRules({ 'XM/schemes.yaml': own }, (rulesFolder) =>
      expect(() => createTariff({ rulesFolder }).rules('XM')).toThrow(
        'xu-import: two versions hold the same day (2020-01-01 to … and 2021-01-01 to …)',
      ),
    )
  })
})
