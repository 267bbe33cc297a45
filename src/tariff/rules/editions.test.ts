import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withFiles } from '../../../test/bad-rules/rules-folder.ts'
import type { HsEdition } from '../../basis/hs.ts'
import { editionOn, readEditions, type Editions } from './editions.ts'

// HS editions, docs/rules-schema.md section 5 step 1: carried where one-to-one, else not at all.

test.each([
  ['1988-01-01', '2012'],
  ['2016-12-31', '2012'],
  ['2017-01-01', '2017'],
  ['2021-12-31', '2017'],
  ['2022-01-01', '2022'],
  ['2027-12-31', '2022'],
  ['2028-01-01', '2028'],
])('on %s the edition of %s is in force', (day, edition) => expect(editionOn(day)).toBe(edition))

const files = {
  '2012-2017.csv': `# what changed
from,to,relation
010101,010102,1:1
020202,020203,1:n
020202,020204,1:n
030301,030303,n:1
030302,030303,n:1
040404,040404,same-code
040405,040404,n:1
050505,850505,1:1
`,
  '2017-2022.csv': 'from,to,relation\r\n010102,010103,1:1\r\n060606,060607,1:1\r\n',
}

describe('of two correlations', () => {
  const carry = (code: string, from: HsEdition, to: HsEdition): string | undefined =>
    withFiles(files, (folder) => readEditions(folder).carry(code, from, to))

  test.each<
    [code: string, from: HsEdition, to: HsEdition, carried: string | undefined, why: string]
  >([
    ['010101', '2012', '2017', '010102', 'one to one'],
    ['010102', '2017', '2012', '010101', 'and back'],
    ['010101', '2012', '2022', '010103', 'over two editions'],
    ['010103', '2022', '2012', '010101', 'and back'],
    ['999999', '2012', '2022', '999999', 'not listed: the same in both'],
    ['020202', '2012', '2017', undefined, 'split'],
    ['020203', '2017', '2012', undefined, 'the split has two targets'],
    ['030301', '2012', '2017', undefined, 'the target has two sources'],
    ['030303', '2017', '2012', undefined, 'merged'],
    ['040404', '2012', '2017', undefined, 'the same number, but it has taken in another'],
    ['020202', '2012', '2022', undefined, 'lost on the way'],
    ['050505', '2012', '2017', '850505', 'moved to another chapter'],
    ['060606', '2012', '2022', '060607', 'changed in the second step alone'],
    ['0101', '2012', '2022', '0101', 'a heading is taken as it is'],
    [
      '0101012030',
      '2012',
      '2017',
      '010102',
      'national digits of another edition fall off where the code changed',
    ],
    ['9999992030', '2012', '2017', '9999992030', 'and stay where it did not'],
    ['020202', '2012', '2012', '020202', 'the same edition: nothing is looked up'],
  ])('%s from %s to %s is %s: %s', (code, from, to, carried) =>
    expect(carry(code, from, to)).toBe(carried),
  )

  test('without a correlation nothing is carried', () => {
    withFiles({ '2017-2022.csv': files['2017-2022.csv'] }, (folder) => {
      const editions = readEditions(folder)
      expect(editions.carry('999999', '2012', '2017')).toBe(undefined)
      expect(editions.carry('999999', '2012', '2022')).toBe(undefined)
      expect(editions.carry('999999', '2017', '2022')).toBe('999999')
    })
  })
})

describe('of the real correlations', () => {
  const folder = join(import.meta.dirname, '../../../rules/hs')
  const editions: Editions = readEditions(folder)
  const codesOf = (edition: string): string[] =>
    readFileSync(join(folder, `codes-${edition}.csv`), 'utf8')
      .split('\n')
      .filter((row) => /^\d{6}/.test(row))
      .map((row) => row.slice(0, 6))

  test.each<
    [code: string, from: HsEdition, to: HsEdition, carried: string | undefined, what: string]
  >([
    ['610910', '2017', '2022', '610910', 'cotton T-shirts'],
    ['847130', '2012', '2022', '847130', 'portable computers'],
    [
      '851712',
      '2017',
      '2022',
      undefined,
      'mobile telephones were split into smartphones and others',
    ],
    [
      '030510',
      '2017',
      '2022',
      '030910',
      'fish meal for people has a heading of its own since 2022',
    ],
  ])('%s from %s to %s: %s (%s)', (code, from, to, carried) =>
    expect(editions.carry(code, from, to)).toBe(carried),
  )

  test('a carried code is a code of the other edition, and comes back to where it began', () => {
    const [older, newer] = [codesOf('2017'), codesOf('2022')]
    expect(older.length).toBeGreaterThan(5000)
    const known = new Set(newer)
    const lost: string[] = []
    for (const code of older) {
      const carried = editions.carry(code, '2017', '2022')
      if (carried === undefined) continue
      if (known.has(carried)) expect(editions.carry(carried, '2022', '2017')).toBe(code)
      else lost.push(code)
    }
    expect(lost).toEqual([])
  })

  test('every edition is reached from every other, but for 2028, whose correlation is not published', () => {
    const editionsHeld: readonly HsEdition[] = ['2012', '2017', '2022']
    for (const from of editionsHeld) {
      for (const to of editionsHeld) expect(editions.carry('610910', from, to)).toBe('610910')
      expect(editions.carry('610910', from, '2028')).toBe(undefined)
    }
  })
})
