import { describe, expect, test } from 'vitest'
import { soundRules, withFiles } from '../../test/bad-rules/rules-folder.ts'
import type { Answer } from './assess/answer.ts'
import { createTariff, type Tariff } from './create-tariff.ts'
import type { BasketJson } from './parse-basket.ts'

// An operator's own rules over the shipped ones: `ewtp quote --rules <folder>`. The shipped ones are the sound rules of
// test/bad-rules, on 7 January 2026.

const shipped = createTariff({ rulesFolder: soundRules })
const withOwn = <T>(files: Record<string, string>, use: (tariff: Tariff) => T): T =>
  withFiles(files, (overlay) => use(createTariff({ rulesFolder: soundRules, overlay })))

function ask(
  tariff: Tariff,
  to: string,
  code: string,
  more: Partial<BasketJson['lines'][number]> = {},
): Answer {
  const unitPrice = { amount: '100.00', currency: 'EUR' }
  const line = { id: 'goods', code, origin: 'VN', unitPrice, measures: { l: '1' }, ...more }
  return tariff.quote({ from: 'VN', lines: [line] }, to, { on: '2026-01-07' })
}
/** Every charge as `rule rate amount`, those on the consignment last. */
const charges = ({ lines, charges: whole }: Answer): string[] =>
  [...lines.flatMap((line) => line.charges), ...whole].map(
    ({ rule, rate, amount }) => `${rule} ${rate} ${amount}`,
  )

const cited = `citation: { title: Order 1, publisher: The operator, url: 'https://example.org/order', read: 2026-01-02 }`
const own = { 'XA/territory.yaml': 'territory: XA' }

describe('a rule replaced', () => {
  test('the shipped answer, for comparison', () =>
    expect(charges(ask(shipped, 'XA', '61091000'))).toEqual([
      'mfn 12% 12.00',
      'xa-vat 21% 23.52',
      'xa-levy 1% 0.23',
      'xa-fee 2.00 EUR 2.00',
    ]))

  test('a fee: the new amount with the new citation', () =>
    withOwn(
      {
        ...own,
        'XA/fees.yaml': `fees: [{ id: xa-fee, name: Fee, rate: 9.00 EUR, per: consignment, from: 2026-01-01, ${cited} }]`,
      },
      (tariff) => {
        const answer = ask(tariff, 'XA', '61091000')
        expect(answer.charges).toMatchObject([
          { rule: 'xa-fee', amount: '9.00', citation: { title: 'Order 1' } },
        ])
        expect(answer.totals.landed).toBe('144.75')
      },
    ))

  test('a tax: all shipped versions of it go, those of other days too', () =>
    withOwn(
      {
        ...own,
        'XA/taxes.yaml': `taxes: [{ id: xa-vat, kind: vat, name: Tax, rate: 10%, base: [customs-value, duty], from: 2025-07-01, ${cited} }]`,
      },
      (tariff) => {
        expect(charges(ask(tariff, 'XA', '61091000'))).toContain('xa-vat 10% 11.20')
        const before = tariff.rules('XA').taxes.filter(({ id }) => id === 'xa-vat')
        expect(before).toHaveLength(1)
      },
    ))

  test('a shipped source may be cited', () =>
    withOwn(
      {
        ...own,
        'XA/fees.yaml':
          'fees: [{ id: xa-fee, name: Fee, rate: 1.00 EUR, per: consignment, from: 2026-01-01, citation: act }]',
      },
      (tariff) =>
        expect(ask(tariff, 'XA', '61091000').charges).toMatchObject([
          { citation: { title: 'The customs act' } },
        ]),
    ))

  test('a group: its members are the new ones', () =>
    withOwn(
      { 'groups.yaml': 'groups: [{ id: neighbours, members: [{ countries: [KE] }] }]' },
      (tariff) => {
        const duty = (origin: string): string | undefined =>
          charges(ask(tariff, 'XA', '61091000', { origin, proofs: ['certificate-of-origin'] }))[0]
        expect([duty('KE'), duty('MY')]).toEqual(['xa-neighbours 0 0.00', 'mfn 12% 12.00'])
      },
    ))
})

describe('a rule replaced where others build on it', () => {
  const tax = (record: string): Record<string, string> => ({
    ...own,
    'XA/taxes.yaml': `taxes: [{ ${record}, from: 2020-01-01, ${cited} }]`,
  })

  test('a tax keeps its place: the excise that its base names has been worked out before', () =>
    withOwn(
      tax('id: xa-vat, kind: vat, name: Tax, rate: 10%, base: [customs-value, duty, excise]'),
      (tariff) =>
        // 100.00, duty 10.00, excise 1.50: 10 % of 111.50, and 1 % of that.
        expect(charges(ask(tariff, 'XA', '22042100')).slice(1, 4)).toEqual([
          'xa-excise 1.50 EUR/LTR 1.50',
          'xa-vat 10% 11.15',
          'xa-levy 1% 0.11',
        ]),
    ))

  test('a tax may name a shipped one in its base', () =>
    withOwn(tax(`id: xa-levy, kind: levy, name: Levy, rate: 2%, base: ['tax:xa-vat']`), (tariff) =>
      expect(charges(ask(tariff, 'XA', '61091000'))).toContain('xa-levy 2% 0.47'),
    ))

  test('but not one that comes after it, or is not there', () =>
    withOwn(tax(`id: xa-vat, kind: vat, name: Tax, rate: 2%, base: ['tax:xa-levy']`), (tariff) =>
      expect(() => tariff.rules('XA')).toThrow('xa-vat: its base names tax:xa-levy'),
    ))

  test("a union's rule reaches its members", () =>
    withOwn(
      {
        'XU/territory.yaml': 'territory: XU',
        'XU/schemes.yaml': `regimes: [{ id: xu-import, name: Import, lines: [{ duty: 50% }], from: 2020-01-01, ${cited} }]`,
      },
      (tariff) => {
        expect(charges(ask(tariff, 'XM', '610910'))[0]).toBe('xu-import 50% 50.00')
        expect(ask(tariff, 'XA', '610910')).toEqual(ask(shipped, 'XA', '610910'))
      },
    ))

  test('a file alone is enough: territory.yaml need not be repeated', () =>
    withOwn(
      {
        'XA/fees.yaml': `fees: [{ id: xa-fee, name: Fee, rate: 9.00 EUR, per: consignment, from: 2026-01-01, ${cited} }]`,
      },
      (tariff) => expect(ask(tariff, 'XA', '61091000').totals.fees).toBe('9.00'),
    ))
})

describe('a rule added', () => {
  test('a fee of its own id stands beside the shipped one', () =>
    withOwn(
      {
        ...own,
        'XA/fees.yaml': `fees: [{ id: own-fee, name: Own fee, rate: 1%, per: consignment, from: 2026-01-01, ${cited} }]`,
      },
      (tariff) =>
        expect(charges(ask(tariff, 'XA', '61091000')).slice(-2)).toEqual([
          'xa-fee 2.00 EUR 2.00',
          'own-fee 1% 1.00',
        ]),
    ))

  test('an agreement opens a lower rate', () =>
    withOwn(
      {
        ...own,
        'XA/agreements.yaml': `agreements: [{ id: own-agreement, name: Agreement, rate: 3%, members: [{ countries: [VN] }], proofs: [], from: 2026-01-01, ${cited} }]`,
      },
      (tariff) => expect(charges(ask(tariff, 'XA', '61091000'))[0]).toBe('own-agreement 3% 3.00'),
    ))

  test('a schedule for a chapter that had none', () =>
    withOwn(
      {
        'XA/territory.yaml': `territory: XA\nschedules: [{ file: tariff/62.csv, hs: '2022', chapters: '62', from: 2026-01-01, ${cited} }]`,
        'XA/tariff/62.csv': 'code,unit,flags,mfn\n620520,NMB,,17%\n',
      },
      (tariff) => {
        expect(ask(tariff, 'XA', '61091000')).toEqual(ask(shipped, 'XA', '61091000'))
        expect(ask(shipped, 'XA', '620520').lines[0]?.reasons).toMatchObject([{ code: 'no-line' }])
        expect(ask(tariff, 'XA', '620520').lines[0]?.charges[0]).toMatchObject({
          rule: 'mfn',
          amount: '17.00',
          citation: { title: 'Order 1' },
        })
      },
    ))

  test('a schedule of a chapter takes the place of the shipped one', () =>
    withOwn(
      {
        'XA/territory.yaml': `territory: XA\nschedules: [{ file: tariff/61.csv, hs: '2022', chapters: '61', from: 2026-01-01, ${cited} }]`,
        'XA/tariff/61.csv': 'code,unit,flags,mfn\n61,NMB,,5%\n',
      },
      (tariff) => expect(charges(ask(tariff, 'XA', '61091000'))[0]).toBe('mfn 5% 5.00'),
    ))

  test('an exchange rate for money that the shipped rates do not know', () => {
    const price = { unitPrice: { amount: '3000000', currency: 'VND' } }
    expect(ask(shipped, 'XA', '61091000', price).reasons).toMatchObject([
      { code: 'no-exchange-rate' },
    ])
    withOwn(
      { 'fx/own.csv': 'date,base,quote,rate,source\n2026-01-07,EUR,VND,30000,bank\n' },
      (tariff) => expect(ask(tariff, 'XA', '61091000', price).totals.goods).toBe('100.00'),
    )
  })

  test('a new member of a shipped union', () =>
    withOwn({ 'XN/territory.yaml': 'territory: XN\nextends: XU' }, (tariff) => {
      const answer = ask(tariff, 'XN', '610910')
      expect(charges(answer)).toEqual(['mfn 10% 10.00'])
      expect(answer.lines[0]?.reasons).toMatchObject([{ code: 'not-covered', kind: 'vat' }])
    }))

  test('a whole territory becomes a destination', () =>
    withOwn(
      {
        'XB/territory.yaml': `territory: XB\ncurrency: EUR\nvaluation: [{ id: v, price: 100%, freight: 0%, insurance: 0%, from: 2026-01-01, ${cited} }]\nschedules: [{ file: all.csv, hs: '2022', from: 2026-01-01, ${cited} }]\ncovers: [{ id: c, kind: mfn, from: 2026-01-01 }, { id: d, kind: vat, from: 2026-01-01 }]`,
        'XB/all.csv': 'code,unit,flags,mfn\n61,,,7%\n',
        'XB/schemes.yaml': `regimes: [{ id: import, name: Import, from: 2026-01-01, ${cited} }]`,
      },
      (tariff) => {
        expect(tariff.destinations).toContain('XB')
        expect(shipped.destinations).not.toContain('XB')
        expect(ask(tariff, 'XB', '61091000').totals.landed).toBe('107.00')
      },
    ))
})

describe('what is wrong in it', () => {
  test.each([
    [
      'a rate that is none',
      {
        'XA/fees.yaml': `fees: [{ id: xa-fee, name: Fee, rate: nine, per: consignment, from: 2026-01-01, ${cited} }]`,
      },
      'XA/fees.yaml:1: xa-fee: wanted a number before “nine”',
    ],
    ['an unknown key', { 'XA/fees.yaml': 'fee: []' }, 'XA/fees.yaml:1: '],
    [
      'an unknown citation',
      {
        'XA/fees.yaml':
          'fees: [{ id: xa-fee, name: Fee, rate: 1%, per: line, from: 2026-01-01, citation: order }]',
      },
      'XA/fees.yaml:1: xa-fee: no citation is called order',
    ],
  ])('%s: the territory is not used at all, not even as shipped; others are', (_, files, fault) =>
    withOwn({ ...own, ...files } as Record<string, string>, (tariff) => {
      expect(() => ask(tariff, 'XA', '61091000')).toThrow(fault)
      expect(ask(tariff, 'XM', '61091000').totals.landed).toBe('132.00')
    }),
  )
})

test('a schedule of its own that is broken is named as it stands in the folder', () =>
  withOwn(
    {
      'XA/territory.yaml': `territory: XA\nschedules: [{ file: tariff/62.csv, hs: '2022', chapters: '62', from: 2026-01-01, ${cited} }]`,
      'XA/tariff/62.csv': 'code,unit,flags,mfn\n62,,,5%\n62,,,6%\n',
    },
    (tariff) =>
      expect(() => ask(tariff, 'XA', '620520')).toThrow(/^XA\/tariff\/62\.csv:3: 62 stands twice/),
  ))

test('an empty folder changes nothing', () =>
  withOwn({ 'README.md': 'nothing yet' }, (tariff) => {
    for (const [to, code] of [
      ['XA', '61091000'],
      ['XA', '22042100'],
      ['XM', '610910'],
    ] as const)
      expect(ask(tariff, to, code)).toEqual(ask(shipped, to, code))
  }))
