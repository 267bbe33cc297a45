import { describe, expect, test } from 'vitest'
import { soundRules, withRules, type Changes } from '../../../test/bad-rules/rules-folder.ts'
import { createTariff, type Tariff } from '../create-tariff.ts'
import { RulesError } from './read-yaml.ts'

// Faults in what territories share, and in schedules, which are read when they are asked for.

const on = '2026-01-07'
const landed = (tariff: Tariff, to: string): string | null => {
  const unitPrice = { amount: '100.00', currency: 'EUR' }
  const lines = [{ id: 'shirt', code: '6109.10', origin: 'VN', unitPrice }]
  return tariff.quote({ from: 'CN', lines }, to, { on }).totals.landed
}

test('the sound rules', () =>
  expect(landed(createTariff({ rulesFolder: soundRules }), 'XM')).toBe('132.00'))

describe('what all territories share', () => {
  test.each<[what: string, changes: Changes, fault: string]>([
    [
      'a source given twice in two files',
      {
        'sources.zz.yaml':
          "act: { title: T, publisher: P, url: 'https://example.org/', read: 2026-01-01 }",
      },
      'sources.zz.yaml:1: source act is given twice',
    ],
    [
      'a group given twice in two files',
      {
        'groups.zz.yaml':
          'groups:\n  - { id: others, members: [] }\n  - { id: neighbours, members: [] }',
      },
      'groups.zz.yaml:3: group neighbours is given twice',
    ],
    [
      'a source without its publisher',
      { 'sources.yaml': ['publisher: The official journal, ', ''] },
      'sources.yaml:1: act: ',
    ],
    [
      'a group without members',
      { 'groups.yaml': ['members:', 'countries:'] },
      'groups.yaml:2: groups.0',
    ],
    ['sources that are no yaml', { 'sources.yaml': 'act: { title: [' }, 'sources.yaml:1: '],
  ])('%s: no tariff at all', (_, changes, fault) =>
    withRules(changes, (rulesFolder) => {
      expect(() => createTariff({ rulesFolder })).toThrow(RulesError)
      expect(() => createTariff({ rulesFolder })).toThrow(fault)
    }),
  )
})

describe('a schedule', () => {
  test.each<[what: string, changes: Changes, fault: string]>([
    [
      'without its header',
      { 'XA/tariff/2026.csv': ['code,unit', 'line,unit'] },
      'XA/tariff/2026.csv:1: the header must begin with code',
    ],
    [
      'with a code that is none',
      { 'XA/tariff/2026.csv': ['61091000', '6109100'] },
      'XA/tariff/2026.csv:3: “6109100” is not a code',
    ],
    [
      'with a code twice',
      { 'XA/tariff/2026.csv': ['61099020', '61091000'] },
      'XA/tariff/2026.csv:4: 61091000 stands twice',
    ],
    ['that is not there', { 'XA/tariff/2026.csv': null }, 'XA/tariff/2026.csv'],
  ])('%s answers no question', (_, changes, fault) =>
    withRules(changes, (rulesFolder) => {
      const tariff = createTariff({ rulesFolder })
      expect(() => landed(tariff, 'XA')).toThrow(fault)
      expect(() => landed(tariff, 'XA')).toThrow(fault)
      expect(landed(tariff, 'XM')).toBe('132.00')
    }),
  )
})
