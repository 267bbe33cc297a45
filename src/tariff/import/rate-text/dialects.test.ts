import { describe, expect, test } from 'vitest'
import { australiaRate } from './australia.ts'
import { canadaRate } from './canada.ts'
import { eaeuRate } from './eaeu.ts'
import { isCell } from './is-cell.ts'
import { ukEuRate } from './uk-eu.ts'
import { usRate } from './us.ts'
import { vietNamCptpp, vietNamRate } from './viet-nam.ts'

type Table = ReadonlyArray<readonly [official: string, neutral: string | undefined]>

function holds(name: string, read: (text: string) => string | undefined, table: Table): void {
  describe(name, () => {
    test.each(table)('%s', (official, neutral) => {
      expect(read(official)).toBe(neutral)
      expect(isCell(neutral ?? `?${official}`)).toBe(true)
    })
  })
}

holds('United States', usRate, [
  ['Free', '0'],
  ['6.8%', '6.8%'],
  ['2.5% <u></u>', '2.5%'],
  ['0.34¢/liter', '0.0034 USD/LTR'],
  ['6.3¢/ liter', '0.063 USD/LTR'],
  ['$1.646/kg', '1.646 USD/KGM'],
  ['1.4¢/kg + 5%', '0.014 USD/KGM + 5%'],
  ['22¢/kg on drained weight+45%', '0.22 USD/KDW + 45%'],
  ['1¢ each + 2.8%', '0.01 USD/C62 + 2.8%'],
  ['76¢/pr. + 32%', '0.76 USD/NPR + 32%'],
  ['5.25¢/bbl', '0.0525 USD/BLL'],
  ['$2/1,000 + 60%', '2 USD/1000 C62 + 60%'],
  ['20¢/thousand + 3.5%', '0.2 USD/MIL + 3.5%'],
  ['$2.50/thou- sand + 40%', '2.5 USD/MIL + 40%'],
  ['18.9¢/pf.liter', '0.189 USD/PFL'],
  ['14.5¢/m<sup>2 </sup>+ 0.4%', '0.145 USD/MTK + 0.4%'],
  ['<il>86.1¢/m<sup>2</sup></il> of recording surface', '0.861 USD/MTK'],
  ['18.7¢/clean kg', '0.187 USD/KNS'],
  ['16.9¢/kg of total sugars + 5.1%', '0.169 USD/KNS + 5.1%'],
  ['2.5% on the value of the lead content', '2.5% of value.lead'],
  [
    '48.3¢ each + 6.4% on the case + 5.3% on the battery',
    '0.483 USD/C62 + 6.4% of value.case + 5.3% of value.battery',
  ],
  ['8¢/kg but not less than 5%', 'max(0.08 USD/KGM, 5%)'],
  // Two substances, one unit: which kilogram would be meant?
  ['0.7¢/kg on copper content + 0.7¢/kg on lead content', undefined],
  ['36¢ each + 5.6% + 2¢/jewel', undefined],
  ['33 1/3%', undefined],
  ['$1¢/kg', undefined],
  ['5/kg', undefined],
  ['See 9823.01.01-9823.01.07', undefined],
  ['The rate applicable to each garment in the ensemble if separately entered', undefined],
])

holds('United Kingdom and European Union', ukEuRate, [
  ['0.0%', '0'],
  ['10.20% + 93.10 EUR / 100 kg', '10.2% + 93.1 EUR/100 KGM'],
  ['10.00% + 77.00 GBP/100kg', '10% + 77 GBP/100 KGM'],
  ['1,024.00 EUR / tonne', '1024 EUR/TNE'],
  ['856.00 GBP/1000kg', '856 GBP/1000 KGM'],
  ['1.75 EUR / % vol / hl', '1.75 EUR/HLT/ASV'],
  ['0.50 GBP/%vol/hl + 2.60 GBP/hl', '0.5 GBP/HLT/ASV + 2.6 GBP/HLT'],
  ['1.30 EUR / % vol / hl MIN 7.20 EUR / hl', 'max(1.3 EUR/HLT/ASV, 7.2 EUR/HLT)'],
  ['4.50% MIN 0.30 EUR / item MAX 0.80 EUR / item', 'min(max(4.5%, 0.3 EUR/C62), 0.8 EUR/C62)'],
  [
    '9.10% + 45.10 EUR / 100 kg MAX 18.90% + 16.50 EUR / 100 kg',
    'min(9.1% + 45.1 EUR/100 KGM, 18.9% + 16.5 EUR/100 KGM)',
  ],
  ['52.00 EUR / 1,000 items', '52 EUR/1000 C62'],
  ['0.40 EUR / 100 kg /net/ % sacchar.', '0.4 EUR/100 KGM/P1'],
  ['3.80% MIN 0.60 EUR / 100 kg / gross', 'max(3.8%, 0.6 EUR/100 E4)'],
  [
    '15.00% (01 JAN-14 FEB, 16 JUN-31 DEC), 0.00% (15 FEB-15 JUN)',
    'season(0101-0214: 15%; 0215-0615: 0; 0616-1231: 15%)',
  ],
  [
    '4.00% (01 JAN-31 MAR, 01-31 DEC), 5.10% (01 JUN-30 NOV)',
    'season(0101-0331: 4%; 0601-1130: 5.1%; 1201-1231: 4%)',
  ],
  ['2.00% (01 JAN - 28 FEB), 4.00% (01 MAR - 31 DEC)', 'season(0101-0229: 2%; 0301-1231: 4%)'],
  [
    '10.40% MIN 1.3€/100kg/br (01 JAN-31 MAR), 12.00% MIN 2€/100kg/br (01 APR-31 DEC)',
    'season(0101-0331: max(10.4%, 1.3 EUR/100 E4); 0401-1231: max(12%, 2 EUR/100 E4))',
  ],
  ['9.60% (01 JAN-14 APR), 13.60%', undefined],
  ['9.00% +  EA MAX 18.70%  + ADSZ', undefined],
  ['Entry Price', undefined],
  ['6.4 + 24.6 EUR/100 kg', undefined],
  ['33.90 EUR / 100 kg / std qual', undefined],
])

holds('Australia', australiaRate, [
  ['Free', '0'],
  ['5%', '5%'],
  ['$104.31/L of alcohol', '104.31 AUD/LPA'],
  ['5%, and $107.99/L of alcohol', '5% + 107.99 AUD/LPA'],
  ['$2,445.26/kg of tobacco content', '2445.26 AUD/KNS'],
  ['$1.52829/stick', '1.52829 AUD/C62'],
  ['5%, or, if lower, $0.45/kg TSS', 'min(5%, 0.45 AUD/KNS)'],
  [
    '$0.526/L of gasoline plus $0.526/L of ethanol plus $0.526/L of other substances (if any) in the blend',
    '0.526 AUD/LTR',
  ],
  [
    '$0.526/L of gasoline plus $0.1/L of ethanol plus $0.526/L of other substances in the blend',
    undefined,
  ],
  ['$0.526/L of gasoline plus', undefined],
  ['$1.220/kg, less 5%', undefined],
  [
    '$10.57/L of alcohol, calculated on that alcohol content by which the percentage by volume of alcohol of the goods exceeds 1.15',
    undefined,
  ],
])

holds('Eurasian Economic Union', eaeuRate, [
  ['0', '0'],
  ['0.0', '0'],
  ['6.5%', '6.5%'],
  ['15%, но не менее 0.5 евро за 1 кг', 'max(15%, 0.5 EUR/KGM)'],
  ['20%, но не менее 0.8 EUR за 1 см3, мл', 'max(20%, 0.8 EUR/CMQ)'],
  ['4.5% плюс 0.02 EUR за 1 кг', '4.5% + 0.02 EUR/KGM'],
  ['250 USD за 1 т', '250 USD/TNE'],
  ['0.75 EUR за 1 пар', '0.75 EUR/NPR'],
  ['2 EUR за 1 1000 шт', '2 EUR/1000 C62'],
  ['12', undefined],
  ['17.23', undefined],
])

holds('Viet Nam', vietNamRate, [
  ['7.5', '7.5%'],
  ['7,5', '7.5%'],
  ['*', ''],
  ['', ''],
  ['0 (-KH, ID)', '0 except KH ID'],
  ['0(-MY )', '0 except MY'],
  ['0(-MM)(GIC)', '0 except MM'],
  ['40 (NHN: 80)', 'quota(40%; 80%)'],
  ['0/0/0', '0'],
  ['0/5', undefined],
  ['0/*', undefined],
  ['0 (-QQ)', undefined],
  ['Q', undefined],
  ['150% thuế MFN', undefined],
])

test('Mexico has a rate of its own in Viet Nam’s CPTPP column', () => {
  expect(vietNamCptpp('2,7; M: 5,4')).toEqual({ others: '2.7% except MX', mexico: '5.4%' })
  expect(vietNamCptpp('4')).toEqual({ others: '4%', mexico: '' })
  expect(vietNamCptpp('1,2/0; M: 1,9/0')).toEqual({})
})

holds('Canada', canadaRate, [
  ['Free', '0'],
  ['8 %', '8%'],
  ['2.82 ¢/kg', '0.0282 CAD/KGM'],
  ['0.86 ¢each', '0.0086 CAD/C62'],
  ['$1.25/kg', '1.25 CAD/KGM'],
  ['238 % but not less than $1.25/kg', 'max(238%, 1.25 CAD/KGM)'],
  ['5 % but not less than 2 ¢/kg or more than 9 %', 'min(max(5%, 0.02 CAD/KGM), 9%)'],
  ['$1.25¢/kg', undefined],
  ['12.5 % plus a bit', undefined],
])
