import { expect, test } from 'vitest'
import { importAustralia } from './australia.ts'
import { importCanada } from './canada.ts'
import { importEaeu } from './eaeu.ts'
import { importEthiopia } from './ethiopia.ts'
import { importNorway } from './norway.ts'
import { understoodLines } from './schedule.ts'
import { importUkEu } from './uk-eu.ts'
import { importVietNam } from './viet-nam.ts'
import { writeSchedule } from './write-schedule.ts'

// Small files of our own in the shapes of the official ones; codes and rates are invented.
const lines = (...text: readonly string[]): string => text.map((line) => `${line}\n`).join('')

const ukEu = lines(
  'commodity,description,cet_duty_rate,ukgt_duty_rate,change,trade_remedy_applies,cet_applies_until_trade_remedy_transition_reviews_concluded,suspension_applies,atq_applies',
  '1012990,"Horses, live",11.5%,10.0%,Simplified,False,False,False,False',
  '301919010,Trout,8.0%,8.0%,No change,False,False,True,False',
  '20093119,Juice,18.00% + 193.00 EUR / 100 kg,18.00% + 160.00 GBP/100kg,Currency conversion,False,False,False,True',
  '3102290010,Urea,6.5%,6.0%,Simplified,True,True,False,False',
)

test('the United Kingdom and the European Union from one file, leading zeros put back', () => {
  expect(writeSchedule(importUkEu(ukEu, 'ukgt.csv', 'EU'))).toBe(
    lines(
      'code,unit,flags,mfn',
      '01012990,,,11.5%',
      '0301919010,,suspension,8%',
      '20093119,,quota,18% + 193 EUR/100 KGM',
      '3102290010,,remedy,6.5%',
    ),
  )
  expect(writeSchedule(importUkEu(ukEu, 'ukgt.csv', 'GB'))).toBe(
    lines(
      'code,unit,flags,mfn',
      '01012990,,,10%',
      '0301919010,,suspension,8%',
      '20093119,,quota,18% + 160 GBP/100 KGM',
      '3102290010,,remedy,"?6.5% until the trade remedy review is concluded, then 6.0%"',
    ),
  )
})

test('Ethiopia: five columns side by side', () => {
  const text = lines(
    '"No.","HS Code","HS Description","Suppl. Unit","Special Permission","Duty Tax Rate","Excise Tax Rate","VAT Rate","Sur Tax Rate","With Hold Rate","Second Schedule 1"',
    '"1.0","01011000","HORSES, LIVE","UN","MOA","05","0","15","10","3","0"',
    '"2.0","22030000","BEER","LTR","","35","100.0","00","0","3","0"',
  )
  expect(writeSchedule(importEthiopia(text, 'et.csv'))).toBe(
    lines(
      'code,unit,flags,mfn,excise,vat,surtax,withholding',
      '01011000,C62,,5%,0,15%,10%,3%',
      '22030000,LTR,,35%,100%,0,0,3%',
    ),
  )
})

const agreements =
  'ACFTA,ATIGA,AJCEP,VJEPA,AKFTA,AANZFTA,AIFTA,VKFTA,VCFTA,VN-EAEU,CPTPP,AHKFTA,EVFTA,UKVFTA,VIFTA,' +
  'RCEPT A,RCEPT B,RCEPT C,RCEPT D,RCEPT E,RCEPT F'
const vietNam = (...rows: readonly (readonly [code: string, ...rates: string[]])[]): string => {
  const heads = agreements.split(',').map((name) => `Import duty rate per ${name}`)
  const header = ['Level,HSCode,Description_VN,Standard import duty rate,MFN rate', ...heads]
  const filled = rows.map(([code, ...rates]) =>
    ['2', code, 'Ngựa', ...rates, ...Array(23 - rates.length).fill('*')]
      .map((field) => `"${field}"`)
      .join(','),
  )
  return lines(header.join(','), ...filled)
}
const stars = (count: number): string[] => Array<string>(count).fill('*')

test('Viet Nam: decimal commas, excepted origins, quotas, Mexico, chapter 98', () => {
  const text = vietNam(
    ['0101', '', '', ...Array<string>(21).fill('')],
    ['01012900', '7,5', '5', '0 (-KH, ID)', '*', '0/0', '0/5'],
    ['1019000', '7.5', '5'],
    ['04072100', '60 (NHN: 120)', '40 (NHN: 80)', ...stars(9), 'Q', '2,7; M: 5,4'],
    ['87021010', '150% thuế MFN', 'Theo hướng dẫn tại khoản 1.1 Chương 98'],
    ['98491600', '0', '0'],
    ['9849170', '0', '0'],
  )
  const schedule = importVietNam(text, 'vn.csv')
  expect(writeSchedule(schedule)).toBe(
    lines(
      'code,unit,flags,mfn,standard,acfta,ajcep,vjepa,vn-eaeu,cptpp,cptpp-mexico',
      '01012900,,,5%,7.5%,0 except KH ID,0,?0/5,,,',
      '01019000,,,5%,7.5%,,,,,,',
      '04072100,,,quota(40%; 80%),quota(60%; 120%),,,,?Q,2.7% except MX,5.4%',
      '87021010,,,?Theo hướng dẫn tại khoản 1.1 Chương 98,?150% thuế MFN,,,,,,',
    ),
  )
  // A line that only points to chapter 98 has no rate of its own to understand.
  expect([schedule.rated, understoodLines(schedule)]).toEqual([3, 3])
  expect(schedule.notUnderstood.filter(({ elsewhere }) => elsewhere)).toHaveLength(2)
})

test('Eurasian Economic Union: cut figures and contradictions are not used', () => {
  const text = lines(
    'code,duty_rate_text',
    '3304990000,"6.5%"',
    '6109100000,"12"',
    '2707501000,"0.0"',
    '2707501000,"5%"',
    '2921410000,"0"',
    '2921410000,"0.0"',
    '6401100000,"15%, но не менее 0.5 EUR за 1 пар"',
  )
  const schedule = importEaeu(text, 'eaeu.csv')
  expect(writeSchedule(schedule)).toBe(
    lines(
      'code,unit,flags,mfn',
      '2707501000,,,?0.0 or 5%',
      '2921410000,,,0',
      '3304990000,,,6.5%',
      '6109100000,,,?12',
      '6401100000,,,"max(15%, 0.5 EUR/NPR)"',
    ),
  )
  expect([schedule.rated, understoodLines(schedule)]).toEqual([5, 3])
})

test('Norway: a column for each group, no ordinary rate', () => {
  const text = lines(
    'code,classifier,value,value_type,raw,land_codes,description_en',
    '01012100,FREE,,,,EU GSP+,Horses',
    '01012100,NA,,,,GSP,Horses',
    '01012100,,29.05,pr.kg,,RS,Horses',
    '01012100,,10.7,%,,HK,Horses',
    '17049099,,0,pr.kg,"{""classifier"": ""VARIABLE""}",EU,Sweets',
  )
  expect(writeSchedule(importNorway(text, 'no.csv'))).toBe(
    lines(
      'code,unit,flags,EU,GSP+,HK,RS',
      '01012100,,,0,0,10.7%,29.05 NOK/KGM',
      '17049099,,,?VARIABLE,,,',
    ),
  )
})

test('Canada: rates on eight digits, units on ten', () => {
  const text = lines(
    'TARIFF,EFF_DATE,CHANGE,SUB_CHAP,DESC1,DESC2,DESC3,FOOTNOTE,UOM,MFN,UST,GPT,General Tariff',
    '0101.21,,,,Horses,,,,,,,,',
    '0101.21.00,1/1/26,,,Horses,,,,,Free,Free,N/A,35 %',
    '0101.21.00.10,1/1/26,,,Horses,,,,NMB,,,,',
    '0105.11.22,1/1/26,,,Birds,,,,,238 % but not less than $1.25/kg,Free,5 %,See note',
    '0105.11.22.00,1/1/26,,,Birds,,,,KGM,,,,',
  )
  expect(writeSchedule(importCanada(text, 'tphs.csv'))).toBe(
    lines(
      'code,unit,flags,mfn,general,UST,GPT',
      '01012100,C62,,0,35%,,',
      '01051122,KGM,,"max(238%, 1.25 CAD/KGM)",?See note,0,5%',
    ),
  )
})

const schedule3 = (...rows: readonly (readonly [number: string, rate: string])[]): string => {
  const classifications = rows.map(([referenceNumber, dutyRate]) => ({
    referenceNumber,
    dutyRate,
    unit: '\u200bNo',
  }))
  return JSON.stringify([{ chapters: [{ headings: [{ classifications }] }] }])
}
const australia = (
  rows: readonly (readonly [string, string])[],
  exceptions: unknown = {},
): unknown => {
  const found = importAustralia(
    { text: schedule3(...rows), file: 'schedule3.json' },
    { text: JSON.stringify(exceptions), file: 'fta.json' },
  )
  return found.rows.map(({ code, cells }) => [code, Object.fromEntries(cells)])
}
const lettersFree = { nz: '0', pg: '0', fi: '0', dc: '0', ldc: '0' }

test('Australia: columns that run together', () => {
  const rows = [
    ['0101.21.00\u200b', 'Free\u200b'],
    ['0101.90', ''],
    ['0709.52.00', '5% DCS4% DCT5%'],
    ['1514.11.00', '5% DCS4% CAFree'],
    ['8486.20.40', 'From1January2017 3.75% From1July2017 2.5% CA Free From 1 July 2019Free'],
    ['8414.59.20', '5% DCS4% DTC5% From1July20182.5%'],
    ['2707.10.00*', '$0.526/L NZ /PG/FI/DC/ LDC/SG $0.5\u200b26/L'],
    [
      '2204.10.23',
      '5%, and $1.5/L of alcohol NZ/PG/FI/DC/LDC/SG $1.5/L of alcohol DCS4%, and $1.5/L of alcohol',
    ],
    ['8462.59', 'View TCOs for 8462.59'],
  ] as const
  const petrol = '0.526 AUD/LTR'
  const wine = '1.5 AUD/LPA'
  expect(australia(rows)).toEqual([
    ['01012100', { mfn: '0' }],
    ['07095200', { mfn: '5%', ...lettersFree, dcs: '4%', dct: '5%' }],
    ['15141100', { mfn: '5%', ...lettersFree, dcs: '4%', dct: '4%', ca: '0' }],
    [
      '22041023',
      {
        mfn: `5% + ${wine}`,
        nz: wine,
        pg: wine,
        fi: wine,
        dc: wine,
        ldc: wine,
        dcs: `4% + ${wine}`,
        dct: `4% + ${wine}`,
      },
    ],
    ['27071000', { mfn: petrol, nz: petrol, pg: petrol, fi: petrol, dc: petrol, ldc: petrol }],
    ['84145920', { mfn: '2.5%', ...lettersFree }],
    ['84862040', { mfn: '0' }],
  ])
})

test('Australia: what an agreement does not list is free, a first stage is not the rate of today', () => {
  const exception = (hsCode: string, dutyRate: string): unknown => ({
    ftaName: 'CPTPP',
    hsCode,
    dutyRate,
    description: hsCode,
  })
  const exceptions = {
    'Schedule 4': [
      { ftaName: 'CONCESSIONAL', hsCode: '9999.32.04', dutyRate: 'Free', description: '' },
    ],
    'Schedule 8B': [
      exception('0405.20.00', 'From 30 December 2018&#58; 5%'),
      exception('0406.10.00', '$1.5\t/kg'),
    ],
  }
  const rows = [
    ['0405.20.00', '4%'],
    ['0406.10.00', '$2/kg'],
    ['0407.10.00', '5%'],
  ] as const
  expect(australia(rows, exceptions)).toEqual([
    ['04052000', { mfn: '4%', ...lettersFree, cptpp: '?From 30 December 2018: 5%' }],
    ['04061000', { mfn: '2 AUD/KGM', ...lettersFree, cptpp: '1.5 AUD/KGM' }],
    ['04071000', { mfn: '5%', ...lettersFree, cptpp: '0' }],
  ])
})
