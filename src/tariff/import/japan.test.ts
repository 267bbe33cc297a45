import { expect, test } from 'vitest'
import { importJapan } from './japan.ts'
import { lowerOf } from './lower-rate.ts'
import type { ScheduleRow } from './schedule.ts'

// Nodes of our own in the shape of the published tree; codes and rates are invented.
type Rates = Readonly<Record<string, string>>
const node = (
  code: string,
  rate: Rates,
  children: readonly unknown[] = [],
  desc = '',
): unknown => ({
  stat_code: `${code.slice(0, 4)}.${code.slice(4, 6)}`,
  hs_code: code.slice(6),
  desc,
  rate,
  unit: { I: 'NO', II: 'KG\n(I.I.)' },
  children,
})
const rows = (...nodes: readonly unknown[]): readonly ScheduleRow[] =>
  importJapan(JSON.stringify({ index: {}, j_01_tariff_data: nodes }), 'japan.json').rows
const cellsOf = (row: ScheduleRow | undefined): Rates => Object.fromEntries(row?.cells ?? [])

test.each([
  ['the general rate alone', { 基本: '10%' }, '10%'],
  [
    'a temporary rate replaces the general one',
    { 基本: '(50%)', 暫定: '38.5%', WTO協定: '(50%)' },
    '38.5%',
  ],
  ['even when it is higher', { 基本: '5%', 暫定: '8%' }, '8%'],
  ['WTO applies where it is lower', { 基本: '10%', WTO協定: '8.5%' }, '8.5%'],
  ['WTO in brackets does not', { 基本: '3%', WTO協定: '(12%)' }, '3%'],
  ['nor ranges in brackets', { 基本: '3%', WTO協定: '(3%)〜(6%)' }, '3%'],
  ['free is free', { 基本: '(73.70円−課税価格)/kg', WTO協定: '無税' }, '0'],
  [
    'both figures lower',
    { 基本: '30%＋599円/kg', WTO協定: '25.5%＋509円/kg' },
    '25.5% + 509 JPY/KGM',
  ],
  [
    'one lower, one higher',
    { 基本: '36%＋130円/kg', WTO協定: '29.8%＋396円/kg' },
    'min(36% + 130 JPY/KGM, 29.8% + 396 JPY/KGM)',
  ],
  [
    'a levy besides the duty',
    { 基本: '(65円/kg)', 暫定: '9.80円/kg', WTO協定: '*(55円/kg)' },
    '?9.80円/kg; WTO *(55円/kg)',
  ],
  [
    'a rate of conditions',
    { 基本: '20%', WTO協定: '男子用 6.7%\n\nその他 8%' },
    '?20%; WTO 男子用 6.7% その他 8%',
  ],
])('ordinary duty: %s', (_, rates, mfn) => {
  expect(cellsOf(rows(node('010121100', rates))[0])['mfn']).toBe(mfn)
})

test('a node without three digits hands its rates down, column by column', () => {
  const parent = node('010392', { 基本: '10%', 特別特恵: '無税' }, [
    node('010392010', { WTO協定: '8.5%', EPA_CPTPP: '無税' }),
    node('010392020', { EPA_英国: '関税割当数量以内のもの　2%' }),
  ])
  const [first, second] = rows(parent)
  expect(first?.code).toBe('0103920100')
  expect(first?.unit).toBe('C62 KGM')
  expect(cellsOf(first)).toEqual({ mfn: '8.5%', general: '10%', ldc: '0', cptpp: '0' })
  expect(cellsOf(second)).toEqual({
    mfn: '10%',
    general: '10%',
    ldc: '0',
    'epa-uk': 'quota(2%; 10%)',
  })
})

test('the two seasons of a fruit make one line', () => {
  const summer = node(
    '080510000',
    { 基本: '20%', WTO協定: '16%', EPA_豪州: '無税' },
    [],
    '1 毎年6月1日から同年11月30日までに輸入されるもの',
  )
  const winter = node(
    '080510000',
    { 基本: '40%', WTO協定: '32%' },
    [],
    '2 毎年12月1日から翌年5月31日までに輸入されるもの',
  )
  expect(cellsOf(rows(summer, winter)[0])).toEqual({
    mfn: 'season(0601-1130: 16%; 1201-0531: 32%)',
    general: 'season(0601-1130: 20%; 1201-0531: 40%)',
    'epa-australia': 'season(0601-1130: 0; 1201-0531: 32%)',
  })
})

test('a code that stands twice without seasons is refused', () => {
  const twice = node('080510000', { 基本: '20%' })
  expect(() => rows(twice, twice)).toThrow(/"item":"0805100000".*stands twice/)
})

test('parties of CPTPP get columns of their own', () => {
  const rates = {
    基本: '6%',
    EPA_CPTPP: '（マレーシアに対する待遇）　5%\n（他の締約国に対する待遇）　1.8%',
  }
  expect(cellsOf(rows(node('441231111', rates))[0])).toMatchObject({
    cptpp: '1.8% except MY',
    'cptpp-MY': '5%',
  })
})

test('in-quota lines are flagged', () => {
  expect(rows(node('040210211', { 暫定: '◎無税' }))[0]?.flags).toEqual(['quota'])
})

test.each([
  ['5%', '3%', '3%'],
  ['0', '3%', '0'],
  ['max(25%, 60 JPY/KGM)', 'max(20%, 48 JPY/KGM)', 'max(20%, 48 JPY/KGM)'],
  ['5 JPY/100 KGM', '4 JPY/100 KGM', '4 JPY/100 KGM'],
  ['5 JPY/100 KGM', '4 JPY/10 KGM', 'min(5 JPY/100 KGM, 4 JPY/10 KGM)'],
  ['5%', '4 JPY/KGM', 'min(5%, 4 JPY/KGM)'],
])('the lower of %s and %s is %s', (a, b, lower) => expect(lowerOf(a, b)).toBe(lower))
