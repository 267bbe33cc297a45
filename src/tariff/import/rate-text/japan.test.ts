import { expect, test } from 'vitest'
import { importWindow, isBracketed, japanPreference, japanRate } from './japan.ts'

test.each([
  ['無税', '0'],
  ['免税', '0'],
  ['◎無税', '0'],
  ['(8.5%)', '8.5%'],
  ['(29.8%+20円/kg)', '29.8% + 20 JPY/KGM'],
  ['（４０％）', '40%'],
  ['4,000,000円/頭', '4000000 JPY/C62'],
  ['170万円/頭', '1700000 JPY/C62'],
  ['6.40円/l', '6.4 JPY/LTR'],
  ['934円/kl', '934 JPY/1000 LTR'],
  ['930円/MT', '930 JPY/TNE'],
  ['25%又は60円/kgのうちいずれか高い税率', 'max(25%, 60 JPY/KGM)'],
  ['60%又は4,800円/足のうちいずれか高い税率', 'max(60%, 4800 JPY/NPR)'],
  ['5.6%又は4.4%＋1.52円/㎡のうちいずれか高い税率', 'max(5.6%, 4.4% + 1.52 JPY/MTK)'],
  [
    '15%又は125円/lのうちいずれか低い税率\nただしその税率が67円/lを下回る場合は67円/l',
    'max(min(15%, 125 JPY/LTR), 67 JPY/LTR)',
  ],
  [
    '9.3%又は7.19円/kgのうちいずれか高い税率（ただしその税率が50%を上回る場合は50%とする）',
    'min(max(9.3%, 7.19 JPY/KGM), 50%)',
  ],
  ['(8.5%＋290.70円/1,000本)', '8.5% + 290.7 JPY/1000 C62'],
  ['(73.70円−課税価格)/kg', undefined],
  ['●21%〜（35%）', undefined],
  ['*(55円/kg)', undefined],
  ['※1%', undefined],
  ['無税〜(6%)', undefined],
])('%s', (official, neutral) => expect(japanRate(official)).toBe(neutral))

test('brackets say that another column applies', () => {
  const bracketed = ['(8.5%)', '（無税）', '(無税)〜(6%)', '(25%又は60円/kgのうちいずれか高い税率)']
  expect(bracketed.filter(isBracketed)).toEqual(bracketed)
  expect(['8.5%', '●21%〜（35%）', '(73.70円−課税価格)/kg'].filter(isBracketed)).toEqual([])
})

test.each([
  ['無税', '0'],
  ['関税割当数量以内のもの　30.8%', 'quota(30.8%; 38.5%)'],
  ['関税割当数量以内のもの　無税\n関税割当数量以外のもの　21.3%', 'quota(0; 21.3%)'],
  ['関税割当数量以内のもの　無税\nその他のもの　10%', 'quota(0; 10%)'],
  ['毎年4月1日から同年8月31日までに輸入されるもの　無税', 'season(0401-0831: 0; 0901-0331: 38.5%)'],
  ['くらげ　無税', undefined],
  ['●無税又は非譲許', undefined],
  ['◎無税 ◆2', undefined],
])('a preference on a line of 38.5 %%: %s', (official, neutral) =>
  expect(japanPreference(official, '38.5%').rate).toBe(neutral),
)

test('parties of CPTPP with rates of their own', () => {
  const text = '（カナダ及びチリに対する待遇）　3%\n（他の締約国に対する待遇）　1%'
  const { rate, own } = japanPreference(text, '6%')
  expect(rate).toBe('1% except CA CL')
  expect(Object.fromEntries(own)).toEqual({ CA: '3%', CL: '3%' })
})

test('a party that is not known is not understood', () => {
  const text = '（アイルランドに対する待遇）　3%\n（他の締約国に対する待遇）　1%'
  expect(japanPreference(text, '6%').rate).toBeUndefined()
})

test('windows of import', () => {
  expect(importWindow('1 毎年11月1日から翌年2月末日までに輸入されるもの')).toBe('1101-0229')
  expect(importWindow('その他のもの')).toBeUndefined()
})
