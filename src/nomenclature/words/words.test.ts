import { createInterner } from './intern.ts'
import { describe, expect, test } from 'vitest'
import { fold } from './fold.ts'
import { signsOf } from './noise.ts'
import { guessWord, skeletonOf, type Vocabulary } from './spelling.ts'
import { stem } from './stem.ts'
import { tokensOf } from './tokenize.ts'

describe('folding', () => {
  test.each([
    ['Café CRÈME', 'cafe creme'],
    ['ＵＳＢ　ｃａｂｌｅ', 'usb cable'],
    ['plug &amp; drive', 'plug & drive'],
    ['kid’s', "kid's"],
    ['เสื้อยืด', 'เสื้อยืด'],
  ])('%s', (text, folded) => expect(fold(text)).toBe(folded))
})

describe('words', () => {
  test.each([
    ['Cotton T-shirt, 2x100ml', ['cotton', 'tshirt']],
    ["men's leather belt", ['men', 'leather', 'belt']],
    ["huile d'olive", ['huile', 'olive']],
    ['手机壳', ['手机', '机壳']],
    ['เสื้อยืดผ้าฝ้าย', ['เสื้อ', 'ยืด', 'ผ้า', 'ฝ้าย']],
    ['bm6000 4x100ml 12', []],
  ])('%s', (text, words) => expect(tokensOf(text).map((token) => token.text)).toEqual(words))
})

describe('stems', () => {
  test.each([
    ['en', 'scarves', 'scarf'],
    ['en', 'batteries', 'battery'],
    ['en', 'glass', 'glass'],
    ['en', 'colours', 'color'],
    ['en', 'pyjamas', 'pajama'],
    ['en', 'matches', 'match'],
    ['en', 'flour', 'flour'],
    ['fr', 'chaussures', 'chaussur'],
    ['fr', 'chapeaux', 'chapeau'],
    ['ms', 'kasut', 'kasut'],
  ] as const)('%s %s', (language, word, stemmed) => expect(stem(word, language)).toBe(stemmed))
})

describe('amounts with units', () => {
  test.each([
    ['shampoo 250ml', ['volume']],
    ['rice 5 kg', ['mass']],
    ['charger 20w', ['power']],
    ['dress size 12', ['garment-size']],
    ['vitamin c 500mg', ['dose']],
    ['scarf', []],
  ])('%s', (text, signs) => expect(signsOf(text)).toEqual(signs))
})

describe('words nobody has written so', () => {
  const known = [
    'conditioner',
    'shampoo',
    'liner',
    'panty',
    'phone',
    'cover',
    'moisturiser',
    'lamp',
  ]
  const sorted = [...known].sort()
  const vocabulary: Vocabulary = {
    has: (word) => known.includes(word),
    sorted: () => sorted,
    skeletons: () => new Map(known.map((word) => [skeletonOf(word), [word]])),
    usual: () => 1,
  }
  test.each([
    ['cndtnr', false, ['conditioner']],
    ['shmpo', false, ['shampoo']],
    ['shampo', false, ['shampoo']],
    ['phonecover', false, ['phone', 'cover']],
    ['moistur', true, ['moisturiser']],
    ['xyzzy', false, []],
  ])('%s', (word, isCut, meant) =>
    expect(guessWord(word, vocabulary, isCut).map((guess) => guess.word)).toEqual(meant),
  )
})

test('words have the number of their first meeting, wherever they lie', () => {
  const interner = createInterner()
  const text = 'red shirt red shirts'
  expect([
    interner.idOf(text, 0, 3),
    interner.idOf(text, 4, 9),
    interner.idOf(text, 10, 13),
    interner.idOf(text, 14, 20),
  ]).toEqual([0, 1, 0, 2])
  const many = Array.from({ length: 20_000 }, (_, at) => `w${at}`)
  for (const word of many) interner.idOf(word, 0, word.length)
  expect(many.every((word) => interner.words[interner.find(word)] === word)).toBe(true)
  expect(interner.find('w')).toBe(-1)
})
