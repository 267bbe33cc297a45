import { describe, expect, test } from 'vitest'
import { explainQuote } from '../../src/orders/quotes/find-quotes.ts'
import type { QuoteOutcome } from '../../src/orders/quotes/make-quotes.ts'
import { line, quoteOf, quotesWorld } from './quotes-world.ts'

const { db, parts, goods, id, ask } = await quotesWorld()
const marketplace = { ...parts, schemes: ['CN-CBEC'] }

describe('the Chinese scheme for retail imports, 26,000 yuan for each buyer and year', () => {
  const used = (buyer: string, minor: number) =>
    db.pool.query(
      `insert into allowances (subject, allowance, period, currency, used_minor)
       values ($1, 'CN/cbec-used-this-year', '2026', 'CNY', $2)`,
      [`person:${buyer}`, minor],
    )
  const route = async (outcome: QuoteOutcome | undefined) =>
    (await explainQuote(db.kysely, quoteOf(outcome))).answer.route
  const facts = async (outcome: QuoteOutcome | undefined) =>
    (await explainQuote(db.kysely, quoteOf(outcome))).basket.facts

  test('is used by a quote, says how much, and says nothing of what was used when nothing was', async () => {
    const [outcome] = await ask('CN', [line(goods.shawl)], id(), marketplace)
    const { body } = quoteOf(outcome)
    expect(await route(outcome)).toBe('cn-cbec')
    expect(await facts(outcome)).toBeUndefined()
    const { totals } = (await explainQuote(db.kysely, quoteOf(outcome))).answer
    expect(body.allowance).toEqual({
      ...{ allowance: 'CN/cbec-used-this-year', period: '2026', currency: 'CNY', limit: '2600000' },
      // By the rate of customs, whatever the buyer's money is changed at.
      amount: String(Math.round((Number(totals.goods) + Number(totals.freight)) * 100)),
    })
  })

  test('the next quote of the same buyer knows what was used', async () => {
    const buyer = id()
    await used(buyer, 100_000)
    const [outcome] = await ask('CN', [line(goods.shawl)], buyer, marketplace)
    expect(await route(outcome)).toBe('cn-cbec')
    expect(await facts(outcome)).toEqual({ 'cbec-used-this-year': '1000.00' })
  })

  test('who has used it all goes another way, and uses nothing', async () => {
    const buyer = id()
    await used(buyer, 2_590_000)
    const [outcome] = await ask('CN', [line(goods.shawl)], buyer, marketplace)
    expect(await route(outcome)).toBe('cn-personal-post')
    expect(quoteOf(outcome).body.allowance).toBeUndefined()
  })

  test('two quotes of one asking do not use the same rest', async () => {
    const buyer = id()
    // Enough for either of them, and not for both.
    await used(buyer, 2_500_000)
    const lines = [line(goods.shawl), line(goods.blanket)]
    const outcomes = await ask('CN', lines, buyer, marketplace)
    expect(await Promise.all(outcomes.map(route))).toEqual(['cn-cbec', 'cn-personal-post'])
    const [alone] = await ask('CN', lines.slice(1), buyer, marketplace)
    expect(await route(alone)).toBe('cn-cbec')
  })

  test('a hub without the registration does not use it', async () => {
    const [outcome] = await ask('CN', [line(goods.shawl)], id(), { ...parts, schemes: [] })
    expect(await route(outcome)).toBe('cn-personal-post')
    expect(quoteOf(outcome).body.allowance).toBeUndefined()
  })
})
