import { afterAll, describe, expect, test } from 'vitest'
import {
  findQuote,
  findQuotes,
  explainQuote,
  findSignedQuote,
} from '../../src/orders/quotes/find-quotes.ts'
import type { QuoteBody, StoredQuote } from '../../src/orders/quotes/quote.ts'
import { jwsOf, verifyQuote } from '../../src/orders/quotes/sign-quote.ts'
import { currencyOf } from '../../src/ledger/index.ts'
import { createTariff } from '../../src/tariff/index.ts'
import { withFiles } from '../bad-rules/rules-folder.ts'
import { ewtp, folderOfFiles } from '../cli/ewtp.ts'
import { rulesFolder } from '../cli/real-rules.ts'
import { amina, shopWorld } from '../support/shop-world.ts'
import { began, line, quoteOf, quotesWorld, type Line } from './quotes-world.ts'

// What a buyer is told before they pay, in a hub with real rules and the demo rate cards.

const files = folderOfFiles()
afterAll(() => files.remove())
const { db, keys, clock, hub, parts, goods, id, ask } = await quotesWorld()

const legs = ({ legs: all }: QuoteBody): string[] =>
  all.map(({ leg, amount, to, as }) => `${leg} ${amount} ${to}${as === undefined ? '' : ` ${as}`}`)

describe('a scarf of 120 ringgit from Malaysia', () => {
  test('to Britain: the figures of `ewtp quote`, leg by leg', async () => {
    const [outcome] = await ask('GB', [line(goods.scarf)])
    const { body } = quoteOf(outcome)
    const { basket, answer, exchange } = await explainQuote(db.kysely, quoteOf(outcome))
    const file = files.put('scarf.json', basket)
    const { out } = await ewtp(['quote', file, '--to', 'GB', '--on', '2026-11-22', '--json'])
    expect(JSON.parse(out)).toEqual({ answers: [answer] })
    expect(body).toMatchObject({
      ...{ currency: 'GBP', status: 'complete-except', except: ['restriction'], on: '2026-11-22' },
      expires: began + 30 * 60_000,
      ratesUntil: began + 30 * 24 * 3_600_000,
      seller: {
        ...{ name: 'Amina Batik', slug: 'amina', country: 'MY' },
        address: ['12 Jalan Batik', '15000 Kota Bharu', 'Kelantan'],
        identifiers: [{ scheme: 'ssm', value: '202601012345' }],
      },
      lane: { carrier: 'demo-post-my', carrierName: 'Demo Post Malaysia', transport: 'post' },
      lines: [
        {
          ...{ title: 'Batik scarf of silk', options: 'red', sku: 'SC-RED', quantity: 1 },
          ...{ price: '12000', priceCurrency: 'MYR', subheading: '621410', origin: 'MY' },
        },
      ],
    })
    // Customs counts a ringgit as 0.18303955… pounds: 20 % of 21.96 and 5.69 is 5.53. Who buys ringgit gets half a percent
    // less than 5.4633 for a pound: 120.00 cost 22.08, 31.08 cost 5.72.
    expect(answer.totals).toMatchObject({ goods: '21.96', freight: '5.69', landed: '33.18' })
    expect(exchange).toEqual({
      ...{ goods: 12n, freight: 3n, spreadPoints: 50 },
      rates: { MYR: { rate: '54633/10000', source: 'hmrc-monthly', day: '2026-08-01' } },
    })
    expect(legs(body)).toEqual([
      `goods 2208 wallet:business:${amina.id}:MYR 12000`,
      'freight 572 payable:freight:demo-post-my:MYR 3108',
      'tax 553 payable:tax:GB:GBP',
    ])
    expect(body.total).toBe('3333')
  })

  test('within Malaysia: no customs border, the price and the freight in ringgit', async () => {
    const [outcome] = await ask('MY', [line(goods.scarf, 2)])
    const { body } = quoteOf(outcome)
    expect(body).toMatchObject({ status: 'no-border', currency: 'MYR', except: [] })
    expect(legs(body)).toEqual([
      `goods 24000 wallet:business:${amina.id}:MYR`,
      'freight 1848 payable:freight:demo-post-my:MYR',
    ])
    expect(body.total).toBe('25848')
    const { answer, basket } = await explainQuote(db.kysely, quoteOf(outcome))
    expect(answer.reasons).toMatchObject([{ code: 'no-customs-border' }])
    expect(answer.totals.landed).toBeNull()
    expect(basket.lines[0]?.quantity).toBe('2')
  })
})

test('a quote for each seller and currency, in the order in which they were named; one variant twice is one line', async () => {
  const lines = [goods.dollars, goods.syrup, goods.scarf].map((offer) => line(offer))
  const outcomes = await ask('GB', [...lines, line(goods.syrup, 2), line(goods.shawl)])
  const said = outcomes.map((outcome) => {
    const { seller, lines: bought, currency } = quoteOf(outcome).body
    return [seller.slug, outcome.currency, currency, bought.map((each) => each.quantity)]
  })
  expect(said).toEqual([
    ['amina', 'USD', 'GBP', [1]],
    ['bo', 'CAD', 'GBP', [3]],
    ['amina', 'MYR', 'GBP', [1, 1]],
  ])
  // Paid in dollars, however, where the carrier is paid in ringgit.
  expect(legs(quoteOf(outcomes[0]).body).slice(0, 2)).toEqual([
    expect.stringMatching(`^goods \\d+ wallet:business:${amina.id}:USD 3000$`),
    expect.stringMatching('^freight \\d+ payable:freight:demo-post-my:MYR 3108$'),
  ])
  for (const { body } of outcomes.map(quoteOf)) {
    const sum = body.legs.reduce((total, { amount }) => total + BigInt(amount), 0n)
    expect(sum).toBe(BigInt(body.total))
    expect(body.legs.every(({ to, as }) => (as === undefined) === (currencyOf(to) === 'GBP'))).toBe(
      true,
    )
  }
})

describe('what is kept', () => {
  test('is the payload that was signed, and is found again by its id', async () => {
    const outcomes = await ask('GB', [line(goods.scarf), line(goods.syrup)])
    const [first, second] = outcomes.map(quoteOf) as [StoredQuote, StoredQuote]
    const ids = [second.body.id, id(), first.body.id]
    expect(await findQuotes(db.kysely, hub.config.id, ids)).toEqual([second, first])
    expect(await findQuote(db.kysely, hub.config.id, ids[1] as string)).toBeUndefined()
    const signed = await findSignedQuote(db.kysely, hub.config.id, first.body.id)
    expect(signed && verifyQuote(keys, jwsOf(signed))).toEqual(first.body)
    await expect(db.pool.query(`update quotes set payload = '{}'`)).rejects.toThrow('quotes')
  })

  test('is kept whole when many ask at once', async () => {
    const at = Array.from(
      { length: 20 },
      (_, index) => [line(goods.scarf), line(goods.syrup)][index % 2],
    )
    const outcomes = await Promise.all(at.map((each) => ask('GB', [each as Line])))
    for (const quote of outcomes.flat().map(quoteOf)) {
      const { answer } = await explainQuote(db.kysely, quote)
      const more =
        BigInt(quote.body.exchange?.goods ?? 0) + BigInt(quote.body.exchange?.freight ?? 0)
      const landed = BigInt(answer.totals.landed?.replace('.', '') ?? 0)
      expect(String(landed + more)).toBe(quote.body.total)
    }
  })

  test('explains itself when the law is another one, many years later', async () => {
    const buyer = id()
    const [then] = await ask('GB', [line(goods.scarf)], buyer)
    const known = await explainQuote(db.kysely, quoteOf(then))
    const journey = { from: 'MY', destination: 'GB', day: '2026-11-22' }
    const [variant] = goods.scarf.variants
    const bought = [{ offer: goods.scarf, variant: variant as never, quantity: 1 }]
    const door = await parts.doors.together(bought, journey)
    // Byte for byte what the tariff said.
    const said = ({ basket, answer }: { basket: unknown; answer: unknown }) =>
      JSON.stringify({ basket, answer })
    expect(said(known)).toBe(said(door))
    expect(known.exchange).toEqual(door.exchange)
    const dearer = withFiles(
      {
        'GB/territory.yaml': 'territory: GB',
        'GB/taxes.yaml': `taxes:
  - id: gb-vat
    kind: vat
    name: Value added tax
    rate: 30%
    base: [customs-value, duty, excise]
    from: 2011-01-04
    citation: { title: Order 1, publisher: The operator, url: 'https://example.org/order', read: 2026-01-02 }
`,
      },
      (overlay) => {
        const tariff = createTariff({ rulesFolder, overlay })
        tariff.rules('GB')
        return tariff
      },
    )
    const world = await shopWorld({ ...hub, tariff: () => dearer } as typeof hub)
    const now = { ...parts, doors: world.doors, tariff: () => dearer }
    const [changed] = await ask('GB', [line(goods.scarf)], buyer, now)
    expect(legs(quoteOf(changed).body)).toContain('tax 830 payable:tax:GB:GBP')
    expect(quoteOf(changed).body.rules).not.toBe(quoteOf(then).body.rules)
    clock.set(Date.UTC(2046, 0, 1))
    const kept = await findQuote(db.kysely, hub.config.id, quoteOf(then).body.id)
    clock.set(began)
    expect(kept).toEqual(quoteOf(then))
    const later = await explainQuote(db.kysely, kept as StoredQuote)
    expect(later).toEqual(known)
    expect(said(later)).toBe(said(known))
  })
})
