import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTariff, type BasketJson } from '../../tariff/index.ts'
import { putTexts, takeTexts, textsOf } from './kept-texts.ts'

const citation = {
  title: 'Schedule XIV',
  publisher: 'World Trade Organization',
  url: 'https://www.wto.org/',
}
/** Through JSON, as a quote is stored. */
const again = (value: unknown): string => {
  const { answer, texts } = takeTexts(value)
  return JSON.stringify(putTexts(JSON.parse(JSON.stringify(answer)), texts))
}

describe('what is kept once', () => {
  test('two charges by one rule are one text and their own figures', () => {
    const charge = (amount: string) => ({ rule: 'gb-vat', amount, rate: '20%', citation })
    const { answer, texts } = takeTexts([charge('5.49'), charge('7.20')])
    const [digest = ''] = texts.keys()
    expect(answer).toEqual([
      { $: digest, amount: '5.49' },
      { $: digest, amount: '7.20' },
    ])
    expect(digest).toMatch(/^[\w-]{22}$/)
    expect([...texts.values()]).toEqual([
      JSON.stringify({ rule: 'gb-vat', amount: 0, rate: '20%', citation }),
    ])
  })

  test.each([
    ['nothing that is short', { status: 'complete', reasons: [], amount: '1.00' }, 0],
    ['what is undefined', { status: undefined, amount: '1.00' }, 0],
    ['a long text', 'Value added tax, collected at the sale by the marketplace', 1],
    ['an object without figures, whole', { code: 'paper', citation }, 1],
    ['an object within one that has figures', { amount: '1.00', citation }, 1],
    [
      'lines and their charges',
      { lines: [{ price: '1', charges: [{ amount: '2', citation }] }] },
      1,
    ],
  ])('%s', (_, value, count) => {
    const { answer, texts } = takeTexts(value)
    expect(texts.size).toBe(count)
    expect([...new Set(textsOf(answer))].toSorted()).toEqual([...texts.keys()].toSorted())
    expect(again(value)).toBe(JSON.stringify(value))
  })

  test('an object that really has the key $ is none of our marks', () => {
    const odd = { $: 'abc', $$: '1.00', list: [{ $: '2.00', $a: 3, citation }] }
    expect(textsOf(takeTexts({ $: 'abc' }).answer)).toEqual([])
    expect(again(odd)).toBe(JSON.stringify(odd))
  })

  test('a text that is not there is a fault', () =>
    expect(() => putTexts({ $: 'gone' }, new Map())).toThrow('text gone is not kept'))
})

const key = fc.oneof(
  fc.constantFrom('$', '$$', '$a', 'id', 'line', 'unit', 'amount', '__proto__', '7', 'toString'),
  fc.string(),
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('4.10', '0', '-99', 'x'.repeat(41), '\ud800', '\u0000', null, true, 7),
    fc.string({ unit: 'binary' }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 6 })
      .map((entries): unknown => Object.fromEntries(entries)),
  ),
}))

test('any JSON comes back byte for byte', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(again(value)).toBe(JSON.stringify(value))
    }),
    { numRuns: 1000 },
  )
})

test('answers of all destinations come back byte for byte, and are a quarter as long', () => {
  const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../../../rules') })
  const goods = (id: string, code: string, amount: string): BasketJson['lines'][number] => ({
    ...{ id, description: 'Sarung batik ditulis dengan tangan, sutera, dari Kelantan', code },
    ...{ origin: 'MY', unitPrice: { amount, currency: 'MYR' }, netMassKg: '0.2' },
  })
  const basket: BasketJson = {
    ...{ from: 'MY', transport: 'post', consignee: 'consumer', incoterm: 'DAP', hs: '2022' },
    freight: { amount: '38.00', currency: 'MYR' },
    lines: [goods('1', '621410', '120.00'), goods('2', '330499', '900.00')],
  }
  expect(tariff.destinations.length).toBeGreaterThan(40)
  let [before, after] = [0, 0]
  for (const to of tariff.destinations) {
    const answer = tariff.quote(basket, to, { on: '2026-11-22' })
    const kept = takeTexts(answer).answer
    expect(again(answer), to).toBe(JSON.stringify(answer))
    before += JSON.stringify(answer).length
    after += JSON.stringify(kept).length
  }
  expect(after / before).toBeLessThan(0.25)
})
