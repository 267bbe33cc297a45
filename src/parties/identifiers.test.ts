import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkIdentifier, schemesFor } from './identifiers.ts'

// Numbers as registers print them in their own examples, or of well-known firms; the second of each pair has one
// digit changed.
test.each([
  ['SG', 'uen', '00192200M', '00192201M'],
  ['SG', 'uen', '197401143C', '197401144C'],
  ['SG', 'uen', 'S16FC0121D', 'S16FC0122D'],
  ['SG', 'uen', 'T01FC6132D', 'T01FC6133D'],
  ['CN', 'uscc', '91110000600037341L', '91110000600037342L'],
  ['MY', 'ssm', '201901000005', '201900000005'],
  ['MY', 'ssm', '1234567-X', '12345678-X'],
  ['CA', 'bn', '123026635 RC 0001', '123026636RC0001'],
  ['AU', 'abn', '51 824 753 556', '51 824 753 557'],
  ['IN', 'gstin', '27AAPFU0939F1ZV', '27AAPFU0939F1ZW'],
  ['JP', 'corporate-number', '5-8356-7825-6246', '6835678256246'],
  ['TH', 'tin-th', '0 9940 00617 72 1', '0994000617722'],
  ['IE', 'vat-ie', 'IE 6433435F', 'IE6433435E'],
  ['IE', 'vat-ie', 'IE6433435OA', 'IE6433435OB'],
  ['IT', 'vat-it', 'IT 00743110157', 'IT00743110158'],
  ['DE', 'vat-de', 'DE 136.695.976', 'DE136695978'],
  ['FR', 'vat-fr', 'FR 40 303 265 045', 'FR41303265045'],
  ['NL', 'vat-nl', 'NL004495445B01', 'NL004495446B01'],
  ['GB', 'vat-gb', 'GB 980 7806 84', 'GB980780685'],
  ['GB', 'eori', 'GB205672212000', 'GB20567221200'],
  ['IT', 'eori', 'IT00743110157', 'FR00743110157'],
  ['RW', 'lei', '5493001KJTIIGC8Y1R12', '5493001KJTIIGC8Y1R13'],
])('%s %s: %s is one, %s is none', (country, scheme, right, wrong) => {
  expect(checkIdentifier(country, scheme, right)).toBe(right.replaceAll(/[\s.-]/g, ''))
  expect(checkIdentifier(country, scheme, wrong)).toMatchObject({ refused: 'identifier-not-valid' })
})

const countries = [
  'AU',
  'CA',
  'CN',
  'IN',
  'JP',
  'MY',
  'SG',
  'TH',
  'DE',
  'FR',
  'GB',
  'IE',
  'IT',
  'US',
]

test('every scheme takes its own example', () => {
  for (const country of [...countries, 'BR'])
    for (const { scheme, example } of schemesFor(country))
      expect([scheme, typeof checkIdentifier(country, scheme, example)]).toEqual([scheme, 'string'])
})

/**
 * Without a check digit, with parts that it does not cover, or with two remainders that are written
 * alike.
 */
const unchecked = new Set(['ssm', 'tin-rw', 'ein', 'eori', 'bn', 'vat-nl', 'vat-gb', 'tin-th'])

test('a check digit finds every single wrong digit', () => {
  const checked = countries.flatMap((country) =>
    schemesFor(country)
      .filter(({ scheme }) => !unchecked.has(scheme))
      .map((scheme) => ({ country, ...scheme })),
  )
  const place = fc.record({
    scheme: fc.constantFrom(...checked),
    at: fc.nat(19),
    by: fc.integer({ min: 1, max: 9 }),
  })
  fc.assert(
    fc.property(place, ({ scheme: { country, scheme, example }, at, by }) => {
      const index = at % example.length
      const digit = example[index] ?? ''
      fc.pre(/\d/.test(digit))
      const wrong = example.slice(0, index) + ((Number(digit) + by) % 10) + example.slice(index + 1)
      expect(typeof checkIdentifier(country, scheme, wrong)).toBe('object')
    }),
    { numRuns: 1000 },
  )
})

test('any text is answered, none throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...countries), fc.string({ unit: 'binary' }), (country, text) => {
      for (const { scheme } of schemesFor(country)) checkIdentifier(country, scheme, text)
    }),
    { numRuns: 1000 },
  )
})
