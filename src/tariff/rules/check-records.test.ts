import { describe, expect, test } from 'vitest'
import { soundRules, withRules, type Changes } from '../../../test/bad-rules/rules-folder.ts'
import { createTariff } from '../create-tariff.ts'
import { RulesError } from './read-yaml.ts'

// What a schema cannot see: records that are well formed and cannot be meant. Each is refused before any question is
// asked, with its file. One change of the sound rules at a time.

test('the sound rules', () => {
  const tariff = createTariff({ rulesFolder: soundRules })
  for (const code of tariff.territories) expect(tariff.rules(code).territory).toBe(code)
})

describe('names of what is not there', () => {
  test.each<[what: string, changes: Changes, fault: string]>([
    [
      'a group',
      { 'XA/agreements.yaml': ['@neighbours', '@neighbors'] },
      'XA/agreements.yaml:2: xa-neighbours: no country group is called @neighbors',
    ],
    [
      'a union',
      { 'XM/territory.yaml': ['extends: XU', 'extends: XV'] },
      'XM/territory.yaml:1: extends XV, which is no union',
    ],
    [
      'itself as its union',
      { 'XM/territory.yaml': ['extends: XU', 'extends: XM'] },
      'XM/territory.yaml:1: extends XM, which is no union',
    ],
    [
      'another territory than its folder',
      { 'XA/territory.yaml': ['territory: XA', 'territory: XB'] },
      'XA/territory.yaml:2: says XB in the folder XA',
    ],
    [
      'a currency',
      { 'XA/territory.yaml': ['currency: EUR', 'currency: EUX'] },
      'XA/territory.yaml:3: EUX is no currency',
    ],
    [
      'a currency of a flat duty',
      {
        'XA/schemes.yaml': [
          'name: Import,',
          'name: Import, lines: [{ flat: { amount: 3.00 EUX, per: line } }],',
        ],
      },
      'XA/schemes.yaml:2: xa-import: 3.00 EUX is in no currency',
    ],
    [
      'a schedule',
      { 'XA/tariff/2026.csv': null },
      'XA/tariff/2026.csv:1: is named by a rule and is not there',
    ],
    [
      'a list of codes',
      { 'XA/measures/shirts.csv': null },
      'XA/measures/shirts.csv:1: is named by a rule and is not there',
    ],
  ])('%s', (_, changes, fault) => refused(changes, fault))
})

describe('figures that cannot be', () => {
  test.each<[what: string, changes: Changes, fault: string]>([
    [
      'a rate of a treatment that is none',
      { 'XA/schemes.yaml': ['name: Import,', 'name: Import, lines: [{ duty: 5 pct }],'] },
      'XA/schemes.yaml:2: xa-import: wanted % or a currency before “pct” of “5 pct”',
    ],
    [
      'a rounding unit in words',
      { 'XA/rounding.yaml': ["'0.01'", 'a cent'] },
      'XA/rounding.yaml:2: xa-tax-down: the unit a cent is no number',
    ],
    [
      'a range that runs backwards',
      { 'XA/taxes.yaml': ["['2204']", "['2208-2203']"] },
      'XA/taxes.yaml:2: xa-excise: 2208-2203 is no range of prefixes of equal length',
    ],
    [
      'a range of two lengths',
      { 'XA/taxes.yaml': ["['2204']", "['22-2208']"] },
      'XA/taxes.yaml:2: xa-excise: 22-2208 is no range of prefixes of equal length',
    ],
    [
      'an inclusive tax on quantity',
      { 'XA/taxes.yaml': ['rate: 1.50 EUR/LTR', 'rate: 1.50 EUR/LTR\n    inclusive: true'] },
      'XA/taxes.yaml:2: xa-excise: inclusive goes only with a plain per cent rate below 100',
    ],
    [
      'an inclusive tax of the whole',
      { 'XA/taxes.yaml': ['rate: 21%', 'rate: 100%\n    inclusive: true'] },
      'XA/taxes.yaml:18: xa-vat: inclusive goes only with a plain per cent rate below 100',
    ],
  ])('%s', (_, changes, fault) => refused(changes, fault))

  test('an inclusive tax of less than the whole is lawful: 20 % of an amount that holds it is a quarter on top', () =>
    withRules(
      { 'XA/taxes.yaml': ['rate: 21%', 'rate: 20%\n    inclusive: true'] },
      (rulesFolder) => {
        const unitPrice = { amount: '100.00', currency: 'EUR' }
        const lines = [{ id: 'book', code: '490110', origin: 'VN', unitPrice }]
        const tariff = createTariff({ rulesFolder })
        const { charges } = tariff.quote(
          { from: 'VN', lines: [{ ...lines[0]!, code: '4902' }] },
          'XA',
          { on: '2026-01-07' },
        ).lines[0]!
        expect(charges.find(({ rule }) => rule === 'xa-vat')?.amount).toBe('25.00')
      },
    ))
})

function refused(changes: Changes, fault: string): void {
  const code = Object.keys(changes)[0]?.slice(0, 2) ?? ''
  withRules(changes, (rulesFolder) => {
    const tariff = createTariff({ rulesFolder })
    expect(() => tariff.rules(code)).toThrow(RulesError)
    expect(() => tariff.rules(code)).toThrow(fault)
    expect(() => tariff.on(code, '2026-01-07')).toThrow(RulesError)
  })
}
