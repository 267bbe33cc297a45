import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentOf } from './document.ts'
import { lettersApart, oneLetterAway } from './want-words.ts'
import { fold, lexemesOf, phraseOf, stemOf, wordsOf } from './words.ts'

test.each([
  ['Thé à la Crème', 'the a la creme'],
  ['ＢＡＴＩＫ', 'batik'],
  ['smørrebrød', 'smorrebrod'],
  ['น้ำปลา', 'น้ำปลา'],
])('%s is compared as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test.each([
  ['scarves', 'scarf'],
  ['dresses', 'dress'],
  ['cherries', 'cherry'],
  ['gateaux', 'gateau'],
  ['knives', 'knif'],
  ['knife', 'knif'],
  ['glasses', 'glass'],
  ['glass', 'glass'],
  ['gloves', 'glove'],
  ['iris', 'iris'],
  ['4gs', '4gs'],
])('%s stands under %s', (word, stem) => {
  expect(stemOf(word)).toBe(stem)
})

describe('the words of a question', () => {
  test.each<[string, string[][]]>([
    ['Silk scarves for women', [['silk'], ['scarf'], ['women']]],
    ['丝绸围巾', [['丝绸'], ['围巾']]],
    ['茶', [['茶']]],
    ['ข้าวหอมมะลิ', [['ข้าว'], ['หอม'], ['มะลิ']]],
    ["l'huile d'olive", [['huile'], ['olive']]],
    ['iPhone 手机壳', [['iphone'], ['手机'], ['壳']]],
    ['the of de', []],
    ['  ', []],
  ])('%s', (text, forms) => {
    expect(wordsOf(text).map((word) => [...word.forms])).toEqual(forms)
  })

  test('find the text they are taken from, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const held = new Set(lexemesOf(text))
        // Where Chinese words end is seen by the question alone, so a text holds all pairs.
        for (const { script, forms } of wordsOf(text))
          if (script !== 'thai') for (const form of forms) expect(held).toContain(form)
      }),
      { numRuns: 1000 },
    )
  })
})

test('a name of several words is one phrase, whatever stands between them', () => {
  expect(phraseOf(wordsOf('sacs à dos'))).toBe(phraseOf(wordsOf('Sac dos')))
})

test('a T-shirt is found as tshirt and as shirt', () => {
  expect(lexemesOf('T-shirts')).toEqual(['shirt', 'tshirt'])
})

test.each([
  ['scarf', 'scraf', 1],
  ['scarf', 'scarf', 0],
  ['scarf', 'scrf', 1],
  ['turmeric', 'tumerik', 2],
  ['', 'abc', 3],
])('%s and %s are %s letters apart', (a, b, apart) => {
  expect(lettersApart(a, b)).toBe(apart)
})

test('one slip of the hand is one letter apart', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdexyz'), minLength: 2, maxLength: 9 })
  fc.assert(
    fc.property(word, (text) => {
      for (const other of oneLetterAway(text)) expect(lettersApart(text, other)).toBe(1)
    }),
    { numRuns: 100 },
  )
})

test('what a document holds can be read by PostgreSQL: quotes and backslashes are doubled', () => {
  const described = { titles: ['Scarf'], traits: [], descriptions: [], seller: "O'Neil\\s" }
  const marks = { subheading: '621410', origin: 'MY', business: 'b', reaches: ['CN'] }
  expect(documentOf(described, marks).document).toBe(
    `'scarf':1A 'neil':2C 'oneil':3C '~h6214':4D '~h621410':5D '~c62' '~oMY' '~sb' '~dCN'`,
  )
})
