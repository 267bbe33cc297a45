import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { findQuotes } from './find-quotes.ts'
import { keepQuotes } from './keep-quotes.ts'
import type { QuoteBody } from './quote.ts'
import { digestOf } from './sign-quote.ts'

const db = await testDatabase()
const now = Date.UTC(2026, 10, 22, 9)
const hub = '0199d2f0-0000-7000-8000-000000000001'
let made = 0
const id = () => uuidv7(now + (made += 1), (length) => new Uint8Array(length))

test('who bring the same new texts at the same moment wait for each other and not in a circle', async () => {
  for (let round = 0; round < 10; round += 1) {
    const texts = Array.from(
      { length: 500 },
      (_, index) => [`${round} ${digestOf(String(index))}`, '"a text"'] as const,
    )
    const quotes = [texts, texts.toReversed(), texts, texts.toReversed()].map((each) => {
      const body = {
        ...{ id: id(), hub, buyer: id(), expires: now, seller: {}, lines: [], legs: [] },
      } as unknown as QuoteBody
      const payload = JSON.stringify(body)
      const signed = { payload, keyId: 'key', signature: new Uint8Array(64) }
      return { body, signed: { ...signed, digest: digestOf(payload) }, texts: new Map(each) }
    })
    await Promise.all(quotes.map((quote) => keepQuotes({ db }, [quote])))
    const ids = quotes.map(({ body }) => body.id)
    expect((await findQuotes(db.kysely, hub, ids)).map(({ body }) => body.id)).toEqual(ids)
  }
  const { rows } = await db.pool.query('select count(*)::int as count from quote_texts')
  expect(rows).toEqual([{ count: 5_000 }])
})
