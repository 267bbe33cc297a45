import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyLine, queryOf, type Ask } from '../../src/tariff/pages/ask.ts'
import { rateWords } from '../../src/tariff/pages/rate-words.ts'
import { readAsk } from '../../src/tariff/pages/read-ask.ts'
import { languageFor } from '../../src/ui/index.ts'

const defaults = { from: 'MY', currency: 'MYR', on: '2026-11-22', to: ['CN', 'GB'] }
const read = (query: string): Ask => readAsk(new URLSearchParams(query), defaults)

describe('the address of a question', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((each) => each.normalize('NFKC').trim())
    .filter((each) => each !== '')
  const figure = fc.nat(100_000).map((minor) => (minor / 100 + 0.01).toFixed(2))
  const key = fc.constantFrom('l', 'alcohol_pct', 'm2')
  const line = fc.record({
    goods: text,
    code: fc.constantFrom('6214.10', '1905.31', '0306.32.10'),
    codeOf: fc.constantFrom('', 'US', 'EU'),
    origin: fc.constantFrom('', 'MY', 'CN'),
    quantity: figure,
    price: figure,
    mass: fc.oneof(fc.constant(''), figure),
    measures: fc.dictionary(key, figure, { noNullPrototype: true }),
    facts: fc.dictionary(fc.constantFrom('gift', 'value.case'), fc.constantFrom('yes', '12.00'), {
      noNullPrototype: true,
    }),
    proofs: fc.uniqueArray(fc.constantFrom('form-d', 'eur1')),
  })
  const ask: fc.Arbitrary<Ask> = fc.record({
    from: fc.constantFrom('MY', 'CA'),
    on: fc.constantFrom('2026-11-22', '2021-01-01'),
    transport: fc.constantFrom('courier', 'post', 'sea'),
    consignee: fc.constantFrom('consumer', 'business'),
    incoterm: fc.constantFrom('DDP', 'DAP'),
    currency: fc.constantFrom('MYR', 'CAD'),
    freight: fc.oneof(fc.constant(''), figure),
    freightCurrency: fc.constantFrom('MYR', 'CAD'),
    insurance: fc.oneof(fc.constant(''), figure),
    schemes: fc.constantFrom(undefined, [], ['IOSS'], ['IOSS', 'CN-CBEC']),
    facts: fc.dictionary(fc.constant('cbec-used-this-year'), figure, { noNullPrototype: true }),
    to: fc.uniqueArray(fc.constantFrom('CN', 'GB', 'US'), { minLength: 1 }),
    strict: fc.boolean(),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  })

  test('asks the same when it is read again', () => {
    fc.assert(
      fc.property(ask, (asked) => {
        expect(readAsk(queryOf(asked), defaults)).toEqual(asked)
      }),
    )
  })

  test('says nothing that is usual', () => {
    const asked = { ...read('goods-1=Tea&code-1=0902.30&price-1=12.50'), to: ['GB'] }
    expect(queryOf(asked).toString()).toBe(
      'from=MY&on=2026-11-22&currency=MYR&goods-1=Tea&code-1=0902.30&price-1=12.50&to=GB',
    )
  })

  test.each([
    ['12,50', '12.50'],
    ['12.50', '12.50'],
    ['１２.５', '12.5'],
    ['1 204.50', '1204.50'],
    ['1,204', '1,204'],
    ['much', 'much'],
  ])('takes the price %s as %s', (written, taken) => {
    expect(read(`price-1=${encodeURIComponent(written)}`).lines[0]?.price).toBe(taken)
  })

  test('names the usual destinations, unless a form was sent with none', () => {
    expect(read('').to).toEqual(['CN', 'GB'])
    expect(read('to=US&to=US').to).toEqual(['US'])
    expect(read('asked=1').to).toEqual([])
  })

  test('loses a line that is taken out and gains one that is added', () => {
    const lines = 'goods-1=Tea&goods-2=Pot&goods-7=Cup'
    const names = (query: string) => read(query).lines.map(({ goods }) => goods)
    expect(names(lines)).toEqual(['Tea', 'Pot', 'Cup'])
    expect(names(`${lines}&remove=2`)).toEqual(['Tea', 'Cup'])
    expect(names(`${lines}&add=1`)).toEqual(['Tea', 'Pot', 'Cup', ''])
    expect(read('add=1').lines).toEqual([emptyLine])
  })

  test('takes the answer to a question in place of what stood there', () => {
    expect(read('mass-1=1&also-mass-1=2').lines[0]?.mass).toBe('2')
    expect(read('on=2026-01-01&also-on=2025-01-01').on).toBe('2025-01-01')
  })
})

test.each([
  ['0', 'free'],
  ['16.5%', '16.5%'],
  ['0.063 USD/LTR', 'USD 0.063 per litre'],
  ['93.1 EUR/100 KGM', 'EUR 93.1 per 100 kg'],
  ['0.5 EUR/HLT/ASV', 'EUR 0.5 per hectolitre × % of alcohol'],
  ['9% + 24.2 EUR/100 KGM', '9% + EUR 24.2 per 100 kg'],
  ['max(6%, 1.2 EUR/KGM)', 'the highest of 6% and EUR 1.2 per kg'],
  ['max(min(6%, 1 EUR/KGM), 2%)', 'the highest of the lowest of 6% and EUR 1 per kg and 2%'],
  ['topup(15%)', 'up to 15% together with the ordinary duty'],
  ['quota(0; 30%)', 'within the quota free, beyond it 30%'],
  ['6.4% of value.case', '6.4% of value of the case'],
  ['33.58 USD', 'USD 33.58'],
  ['see chapter note 3', 'see chapter note 3'],
])('the rate %s reads %s', (rate, words) => {
  expect(rateWords(rate, languageFor('en')).replaceAll('\u00a0', ' ')).toBe(words)
})
