import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packQuote, unpackQuote } from './packed-quote.ts'
import type { QuoteBody } from './quote.ts'

const id = fc.uuid()
const text = fc.string({ maxLength: 12 })
const some = <T>(usual: T, other: fc.Arbitrary<T>) => fc.oneof(fc.constant(usual), other)

const quotes = fc
  .record({ hub: id, otherHub: id, seller: id, country: fc.constantFrom('MY', 'CN', 'CA') })
  .chain(({ hub, otherHub, seller, country }) =>
    fc.record({
      hub: fc.constant(hub),
      seller: fc.record({
        ...{ hub: fc.constantFrom(hub, otherHub), id: fc.constant(seller), name: text },
        ...{ country: fc.constant(country), address: fc.array(text, { maxLength: 2 }) },
        identifiers: fc.array(fc.record({ scheme: text, value: text }), { maxLength: 2 }),
      }),
      lines: fc.array(
        fc.record({
          ...{ offer: id, quantity: fc.nat(), options: some('', text) },
          ...{ sku: some<string | null>(null, text), origin: some(country, text) },
        }),
      ),
      legs: fc.array(
        fc.record({
          amount: text,
          to: fc.constantFrom(
            ...[`wallet:business:${seller}:MYR`, `wallet:business:${otherHub}:MYR`],
            ...['payable:duty:CN:CNY', `peer:${otherHub}:MYR`],
          ),
        }),
      ),
      except: fc.array(text, { maxLength: 2 }),
      total: text,
    }),
  )

test('any quote comes back as it was, from JSON, and is never longer', () => {
  fc.assert(
    fc.property(quotes, (made) => {
      const quote = made as unknown as QuoteBody
      const payload = JSON.stringify(packQuote(quote))
      expect(unpackQuote(JSON.parse(payload) as object)).toEqual(quote)
      expect(payload.length).toBeLessThanOrEqual(JSON.stringify(quote).length)
      // One that was written whole is read, too.
      expect(unpackQuote(quote)).toEqual(quote)
    }),
    { numRuns: 500 },
  )
})
