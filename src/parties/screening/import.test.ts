import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readList, type ListFile } from './import/index.ts'
import { namesInText } from './import/names-in-text.ts'
import type { ListCode } from './listed.ts'

// Nobody in these files lives or lived.
const file = (name: string): ListFile => ({
  name,
  bytes: readFileSync(join(import.meta.dirname, 'fixtures', name)),
})
const text = (name: string, content: string): ListFile => ({ name, bytes: Buffer.from(content) })

test('the Security Council: names in parts, in their own script, aliases by quality', () => {
  const read = readList('un', [file('un.xml')])
  expect(read).toMatchObject({ list: 'un', listDate: '2026-03-04' })
  expect(read.entries.map(({ id, kind }) => [id, kind])).toEqual([
    ['NWi.001', 'person'],
    ['NWi.002', 'person'],
    ['NWe.001', 'organisation'],
  ])
  expect(read.entries[0]).toMatchObject({
    ...{ programme: 'Nowhere', listedOn: '2020-01-31', births: ['1961-05-06'] },
    countries: ['Ruritania', 'Freedonia'],
    names: [
      { name: 'TESTOVAN BORISOVICH VYDUMKIN', quality: 'name' },
      { name: 'Тестован Борисович Выдумкин', quality: 'alias' },
      { name: 'Testovan Wydumkin', quality: 'alias' },
      { name: '“Tinkerer”', quality: 'weak' },
    ],
  })
  expect(read.entries[2]?.names).toEqual([
    { name: 'SOCIETY OF IMAGINED WORKS', quality: 'name' },
    { name: 'SIW', quality: 'weak' },
    { name: 'Guild of Imagined Works', quality: 'former' },
  ])
  expect(read.unread).toEqual(['INDIVIDUAL 3: no number or no name'])
})

test('the Union: the consolidated list', () => {
  const read = readList('eu', [file('eu-export.xml')])
  expect(read).toMatchObject({ list: 'eu', listDate: '2026-03-05', unread: [] })
  expect(read.entries[0]).toEqual({
    ...{ list: 'eu', id: 'EU.1.11', kind: 'person', programme: 'NWR', listedOn: '2019-04-05' },
    ...{ births: ['1980-02-03'], countries: ['RURITANIA'] },
    names: [
      { name: 'Kseniya NEBYVALOVA', quality: 'name' },
      { name: 'Ксения НЕБЫВАЛОВА', quality: 'alias' },
      { name: 'Ksyusha', quality: 'weak' },
    ],
  })
  expect(read.entries[1]?.names[1]?.name).toBe('Xugou Ship & Trade Co., Ltd.')
})

test.each([
  ['loose', [file('eu-annex.csv')]],
  ['in an archive', [{ name: 'a.tar.gz', bytes: gzipSync(tarOf(file('eu-annex.csv'))) }]],
])('the Union: annexes as tables, %s; numbers that repeat or miss stay apart', (_how, files) => {
  const { entries, unread } = readList('eu', files)
  expect(entries.map(({ id, kind }) => [id, kind])).toEqual([
    ['39999R0001/I/1', 'person'],
    ['39999R0001/II/1', 'vessel'],
    ['39999R0001/II/row-3', 'organisation'],
  ])
  expect(entries[0]).toMatchObject({
    ...{ listedOn: '2022-04-05', births: ['1.2.1970', '1971'] },
    names: [
      { name: 'Prokhor Nesushchestvuyushchiy', quality: 'name' },
      { name: 'Прохор Несуществующий', quality: 'alias' },
      { name: 'Prokhor Nesushestvujushij', quality: 'former' },
      { name: 'Prosha', quality: 'weak' },
    ],
  })
  expect(entries[2]?.names.map(({ name }) => name)).toEqual(['Bureau of Nowhere Affairs', 'BNA'])
  expect(unread).toEqual(['eu-annex.csv row 4: no name'])
})

test('OFAC: three files, spoken order, a.k.a. of the remarks, a number that stands twice', () => {
  const read = readList('ofac', ['ofac-sdn.csv', 'ofac-alt.csv', 'ofac-add.csv'].map(file))
  expect(read.unread).toEqual([])
  expect(read.entries.map(({ id, kind, names }) => [id, kind, names.map((n) => n.name)])).toEqual([
    ['36', 'organisation', ['INVENTED AIR LINES', 'INVENTAIR']],
    ['37', 'person', ['Eleuterio FANTOMAS ROLDAN', 'Leuterio FANTOMAS', 'Teyo ROLDAN']],
    ['38', 'vessel', ['NONESUCH']],
    ['38#2', 'organisation', ['NEVERWAS SHIPPING, LTD.']],
  ])
  expect(read.entries[0]?.countries).toEqual(['Ruritania'])
  expect(read.entries[1]).toMatchObject({
    ...{ births: ['12 Mar 1960'], countries: ['Ruritania', 'Freedonia'] },
  })
  expect(read.entries[1]?.names[2]?.quality).toBe('former')
})

test('BIS: one entry a name, whatever the number of its addresses', () => {
  const { entries } = readList('bis', [file('bis-dpl.txt')])
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    ...{ listedOn: '2003-06-19', countries: ['XX', 'XY'], programme: '1 F.R. 1' },
  })
})

test('the digest is that of the content, packed or not', () => {
  const { bytes } = file('un.xml')
  const packed = { name: 'un.xml.gz', bytes: gzipSync(bytes) }
  expect(readList('un', [packed]).digest).toBe(readList('un', [file('un.xml')]).digest)
})

const bomb = gzipSync(Buffer.alloc(130_000_000))
const evil =
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>'

test.each<[string, ListCode, ListFile, string]>([
  ['a document with entities of its own', 'un', text('a.xml', evil), 'list-unreadable'],
  [
    'broken packing',
    'un',
    { name: 'a.gz', bytes: Buffer.from([0x1f, 0x8b, 1]) },
    'list-unreadable',
  ],
  ['a bomb', 'un', { name: 'a.gz', bytes: bomb }, 'list-too-large'],
  ['another table', 'eu', text('a.csv', 'a,b\n1,2'), 'list-unreadable'],
  ['another document', 'eu', text('a.xml', '<a/>'), 'list-unreadable'],
  ['too few columns', 'ofac', text('a.csv', '1,b\n2,c'), 'list-unreadable'],
  ['no head', 'bis', text('a.txt', 'JOHN NOBODY\tX'), 'list-unreadable'],
  [
    'half an archive',
    'eu',
    { name: 'a.tar', bytes: tarOf(file('eu-annex.csv')).subarray(0, 700) },
    'list-unreadable',
  ],
])('%s is refused', (_what, list, broken, code) => {
  expect(() => readList(list, [broken])).toThrow(code)
})

test.each([
  ['A. B (C.B.A.); D', ['A. B', 'C.B.A.', 'D']],
  ['Ship Works (formerly listed as Boat Works)', ['Ship Works']],
  ['Yard (a.k.a. Wharf, a.k.a. Quay)', ['Yard', 'Wharf', 'Quay']],
  ['Chinese:; Text of image; 船', ['船']],
  ['NAME*', ['NAME']],
  ['(', []],
])('names in %j', (cell, names) => {
  expect(namesInText(cell, 'alias').map(({ name }) => name)).toEqual(names)
})

/** A plain ustar archive of one file. */
function tarOf({ name, bytes }: ListFile): Buffer {
  const head = Buffer.alloc(512)
  head.write(name, 0)
  head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  head.write('        ', 148)
  head.write('0', 156)
  head.write('ustar\x0000', 257)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512)
  return Buffer.concat([head, bytes, padding, Buffer.alloc(1024)])
}
