import { expect, test } from 'vitest'
import { isCell } from './is-cell.ts'

const good = [
  ...['', '0', '16.5%', '0.063 USD/LTR', '93.1 EUR/100 KGM', '0.5 EUR/HLT/ASV', '33.58 USD'],
  ...['6.4% of value.case', '10.2% + 93.1 EUR/100 KGM', '0%', '10.2%+93.1EUR/100KGM'],
  ...['max(15%, 0.5 EUR/KGM)', 'min(max(4.5%, 0.3 EUR/C62), 0.8 EUR/C62)', 'topup(15%)'],
  ...['season(0101-0214: 15%; 0215-0615: 0; 0616-1231: 15%)', 'quota(0; 21.3% + 54 JPY/KGM)'],
  ...['0 except KH ID', '2.7% except MX', '?Entry Price', '? anything, at (all)'],
]
test.each(good)('“%s” is a cell', (cell) => expect(isCell(cell)).toBe(true))

const bad = [
  ...['free', '15', '15 %%', '%', '5% +', '+ 5%', '5 EUR/', '5 XYZ/KGM', '5 EUR/kilogram'],
  ...[
    'max()',
    'max(5%',
    'max 5%',
    'topup(5 EUR)',
    'season(0101-0214: 15%',
    'season(1301-0214: 15%)',
  ],
  ...['season(15%)', 'quota(0)', 'quota(0; 5%; 6%)', '0 except', '0 except XX', 'except KH'],
  ...['5% of', '5% of Value', '?', '?two\nlines', '5,5%', '-5%', '5% 6%', '1/3', '5%; 6%'],
]
test.each(bad)('“%s” is no cell', (cell) => expect(isCell(cell)).toBe(false))
