import { expect, test } from 'vitest'
import { readObjects, writeObjects } from './tlv.ts'

test.each([
  ['', []],
  [
    '0002010102XY',
    [
      ['00', '01', 4],
      ['01', 'XY', 10],
    ],
  ],
  [
    '5904最佳运输6002北京',
    [
      ['59', '最佳运输', 4],
      ['60', '北京', 12],
    ],
  ],
])('%j in characters', (text, objects) => {
  expect(readObjects(text, 'characters')).toEqual(
    objects.map(([id, value, at]) => ({ id, text: value, at })),
  )
})

test('the same in bytes', () => {
  expect(readObjects('5912最佳运输6006北京', 'bytes', 40)).toEqual([
    { id: '59', text: '最佳运输', at: 44 },
    { id: '60', text: '北京', at: 52 },
  ])
})

test.each([
  ['no digits', '00020159O4', 'characters', 'qr-object-broken', 6],
  ['digits of another script', '٠٠٠٢٠١', 'characters', 'qr-object-broken', 0],
  ['a head that is cut', '000201590', 'characters', 'qr-object-broken', 6],
  ['no value', '00020159006001A', 'characters', 'qr-object-empty', 6],
  ['one id twice', '000201000201', 'characters', 'qr-object-twice', 6],
  ['a value that is cut', '0002015905Bati', 'characters', 'qr-length-wrong', 8],
  ['a length inside a character', '5904最佳', 'bytes', 'qr-length-wrong', 2],
] as const)('%s', (_, text, counting, code, at) => {
  expect(readObjects(text, counting)).toMatchObject({ refused: code, facts: { at } })
})

test.each([
  ['nothing', 0],
  ['a hundred', 100],
])('a value of %s is not written', (_, length) => {
  expect(writeObjects([{ id: '59', text: '最'.repeat(length) }])).toEqual({
    refused: 'qr-value-length',
    facts: { id: '59', length, most: 99 },
  })
})

test('99 characters are written', () => {
  expect(writeObjects([{ id: '59', text: '最'.repeat(99) }])).toBe(`5999${'最'.repeat(99)}`)
})
