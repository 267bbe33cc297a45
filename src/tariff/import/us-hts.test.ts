import { expect, test } from 'vitest'
import { additionalDuty, importChapter99, writeChapter99 } from './us-chapter-99.ts'
import { importUsHts } from './us-hts.ts'
import { footnoteLinks, importProductLists, writeProductLists } from './us-section-301.ts'
import { specialCells } from './us-special.ts'
import { writeSchedule } from './write-schedule.ts'

// Files of our own in the shapes of hts.usitc.gov; numbers, rates and goods are invented.
const header =
  '\uFEFFHTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,' +
  'Column 2 Rate of Duty,Quota Quantity,Additional Duties'
const csv = [
  header,
  '"0101","0","Beasts:","","","","","",""',
  '"","1","Tame:","","","","","",""',
  '"0101.21.00","2","Big, ""very big""","","Free","Free (AU)","20%","",""',
  '"0101.21.00.10","3","Male","[""No.""]","","","","",""',
  '"0101.21.00.20","3","Female","[""No.""]","","","","",""',
  '"0101.30.00.00","1","Small","[""No."",""kg""]","6.8%","Free (A+,.AU,E IL,S) 3.2% (JP) See 9822.01.01 (P+)","33 1/3%","",""',
  '"0101.40.00","1","Split by law","","","","","",""',
  '"0101.40.00.10","2","One","[""kg""]","1%","","5%","",""',
  '"0101.40.00.20","2","Other","[""kg""]","2%","","5%","",""',
  '"0101.50.00","1","Rate on the line","","3%","","9%","",""',
  '"0101.50.00.10","2","Repeats column 2","[""kg""]","","","9%","",""',
  '"9801.00.10","0","Goods returned","","Free","","Free","",""',
  '"9903.88.15","0","Additional","","The duty provided in the applicable subheading + 7.5%","","","",""',
].join('\r\n')

test('eight-digit lines carry the rates, statistical rows do not count', () => {
  const schedule = importUsHts([{ text: csv, file: 'hts.csv' }])
  expect(writeSchedule(schedule)).toBe(
    [
      'code,unit,flags,mfn,column2,A+,AU,E,IL,JP,P+,S',
      '01012100,C62,,0,20%,,,,,,,',
      '01013000,C62 KGM,,6.8%,?33 1/3%,0,0,0,0,3.2%,?See 9822.01.01,0',
      '0101400010,KGM,,1%,5%,,,,,,,',
      '0101400020,KGM,,2%,5%,,,,,,,',
      '01015000,KGM,,3%,9%,,,,,,,',
      '',
    ].join('\n'),
  )
  expect(schedule.rated).toBe(5)
  expect(schedule.notUnderstood.map(({ column }) => column)).toEqual(['column2', 'P+'])
})

test('json gives what csv gives', () => {
  const rows = [
    { htsno: '0101.30', indent: '1', description: 'Small', units: [], general: '', special: '' },
    {
      htsno: '0101.30.00.00',
      units: ['No.', 'kg'],
      general: '6.8%',
      special: 'Free (A+,.AU,E IL,S) 3.2% (JP) See 9822.01.01 (P+)',
      other: '33 1/3%',
      footnotes: null,
    },
  ]
  const [line] = importUsHts([{ text: JSON.stringify(rows), file: 'hts.json' }]).rows
  expect(line).toEqual(importUsHts([{ text: csv, file: 'hts.csv' }]).rows[1])
})

test('the Special column', () => {
  const cells = (text: string): Record<string, string | undefined> =>
    Object.fromEntries(
      specialCells(text).map(({ column, official, rate }) => [column, rate ?? `?${official}`]),
    )
  expect(cells('Free(A*,BH)')).toEqual({ 'A*': '0', BH: '0' })
  expect(cells('Free (CO,CO) ')).toEqual({ CO: '0' })
  expect(cells('Free (PA) 5% (PA)')).toEqual({ PA: '?Free; 5%' })
  expect(cells('See 9919.01.01, 9919.01.02 (PA (PA)')).toEqual({
    PA: '?See 9919.01.01, 9919.01.02',
  })
  expect(cells('A duty upon the value (see U.S. note 3) (B,C,)')).toEqual({
    B: '?A duty upon the value (see U.S. note 3)',
    C: '?A duty upon the value (see U.S. note 3)',
  })
  expect(cells('Free')).toEqual({ special: '?Free' })
})

test.each([
  ['The duty provided in the applicable subheading + 25%', 'additional', '25%'],
  ['The duty provided in the applicable subheading plus 25%', 'additional', '25%'],
  ['[The duty provided inthe applicable subheading+ 100%]', 'additional', '100%'],
  ['The duty provided in the applicable subheading', 'unchanged', '0'],
  ['No change', 'unchanged', '0'],
  ['15%', 'instead', '15%'],
  ['Free', 'instead', '0'],
  [
    'The duty provided in the applicable subheading + a duty of 50% upon the value of the copper content.',
    'additional',
    '50% of value.copper',
  ],
  ['Whatever the Secretary says', '?', '?Whatever the Secretary says'],
])('chapter 99: %s', (text, kind, rate) => expect(additionalDuty(text)).toEqual({ kind, rate }))

const chapter99 = JSON.stringify([
  {
    htsno: '9903.88.01',
    description:
      'Effective with respect to entries on or after January 1, 2021, and before March 1, 2022, goods',
    general: 'The duty provided in the applicable subheading + 25%',
  },
  {
    htsno: '9903.88.04',
    description: "Goods [Compiler's note: provision suspended.]",
    general: 'The duty provided in the applicable subheading + 15%',
  },
  {
    htsno: '9903.91.13',
    description: 'Other',
    general: 'The duty provided in the applicable subheading',
  },
  { htsno: '9903.92', description: 'A heading without a rate', general: '' },
])

test('headings of chapter 99 with the days they name', () => {
  expect(writeChapter99(importChapter99(chapter99, 'chapter 99'))).toBe(
    [
      'heading,kind,rate,from,to,state',
      '9903.88.01,additional,25%,2021-01-01,2022-02-28,',
      '9903.88.04,additional,15%,,,suspended',
      '9903.91.13,unchanged,0,,,',
      '',
    ].join('\n'),
  )
})

const notes = `
(b) Heading 9903.88.01 applies to all products of China that are classified in the following 8-digit subheadings, except
         products provided for in heading 9903.88.05 and subheading 9802.00.40

                   0101.21.00  0101.30.00

(g) For the purposes of heading 9903.88.04, products of China, as provided for in this note, shall be subject to

1. Beasts provided for in 0102.10.00, except for such
         beasts provided for in statistical reporting number 0102.10.0020;

2. Fish provided for in 0103.10.00, except for such fish provided for in statistical reporting number 0103.10.0099.

(h) Another subdivision naming 0104.10.00

(k)

     (i) Heading 9903.91.13 applies to products of China, described in statistical reporting numbers 0105.10.0010
`

test('product lists come from the notes: whole lines, and numbers of lines', () => {
  const statistical = ['0102100010', '0102100020', '0102100030', '0103100010'].map(
    (number) =>
      `"${number.replace(/^(....)(..)(..)(..)$/, '$1.$2.$3.$4')}","1","","","","","","",""`,
  )
  const lists = importProductLists(
    { text: notes, file: 'notes.txt' },
    { text: [header, ...statistical].join('\n'), file: 'hts.csv' },
  )
  expect(lists).toEqual([
    { heading: '9903.88.01', codes: ['01012100', '01013000'], unsettled: [] },
    { heading: '9903.88.04', codes: ['0102100010', '0102100030'], unsettled: ['01031000'] },
    { heading: '9903.91.13', codes: ['0105100010'], unsettled: [] },
  ])
  const files = writeProductLists(lists, importChapter99(chapter99, 'chapter 99'))
  expect([...files.keys()]).toEqual(['301-9903.88.01.csv', '301-9903.88.04.csv', 'index.csv'])
  expect(files.get('index.csv')).toContain(
    '301-9903.88.04.csv,9903.88.04,15%,3 addition,,,suspended,01031000\n',
  )
})

test('footnotes link lines to headings', () => {
  const footnotes = [{ columns: ['general'], value: 'See\u00a09903.88.15 and 9903.88.16. ' }]
  const rows = [{ htsno: '6101.20.00.10', general: '', footnotes }]
  expect(footnoteLinks(JSON.stringify(rows), 'hts.json')).toEqual([
    { code: '61012000', heading: '9903.88.15', column: 'general' },
    { code: '61012000', heading: '9903.88.16', column: 'general' },
  ])
})
