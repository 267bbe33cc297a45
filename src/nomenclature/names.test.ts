import { expect, test } from 'vitest'
import { createNomenclature } from './index.ts'

const nomenclature = createNomenclature()

// Whoever types what a subheading is called is not asked again.
test.each([
  ["men's cotton T-shirt, knitted", '610910'],
  ['Leather belts', '420330'],
  ['silk scarf', '621410'],
  ['leather wallet', '420231'],
  ["men's cotton shirts", '620520'],
  ['shampoo 250ml', '330510'],
  ['sunglasses', '900410'],
  ['smartphones, black', '851713'],
])('%s is sure at the first turn', (text, code) =>
  expect(nomenclature.classify(text)).toMatchObject({ state: 'sure', code }),
)

test.each([
  ['t-shirt', 'its material is open'],
  ['T-shirt, not cotton', 'it says what it is not'],
  ['cotton', 'a material is no thing'],
  ['oil', 'orange oil without its orange'],
  ['other footwear', 'the rest of many'],
  ['silk scarf with leather belt', 'two things'],
  ['leather belt xqzzv', 'a word more than the name'],
])('%s is not: %s', (text) => expect(nomenclature.classify(text).state).not.toBe('sure'))

test('a name that is sure is sure of its own code', () => {
  const wrong = nomenclature
    .headingsOf('42')
    .concat(nomenclature.headingsOf('33'), nomenclature.headingsOf('85'))
    .flatMap(({ code }) => nomenclature.subheadingsOf(code))
    .filter(({ name, code }) => {
      const turn = nomenclature.classify(name)
      return turn.state === 'sure' && turn.code !== code
    })
  expect(wrong).toEqual([])
})
