// The market finder: one product at every door. Rules and days are compiled beforehand, no result is kept.
import { createTariff, findMarkets, parseBasket, type Basket } from '../src/tariff/index.ts'
import { codesOf, rulesFolder } from './support/codes.ts'
import type { Figure } from './support/figure.ts'
import { median, percentile, timed } from './support/measure.ts'
import { seeded } from './support/random.ts'

type Tariff = ReturnType<typeof createTariff>

const day = '2026-11-22'

export function run(): Figure[] {
  const tariff = createTariff({ rulesFolder })
  const products = makeProducts(tariff, 300)
  // Compiles every territory for the day and reads every schedule, for products that are not among them.
  for (const product of makeProducts(tariff, 30, 1)) findMarkets(tariff, product, day)
  const first = products.map((product) => timed(() => findMarkets(tariff, product, day)))
  const again = [1, 2, 3, 4, 5].flatMap(() =>
    products.map((product) => timed(() => findMarkets(tariff, product, day))),
  )
  const priced = products.map((product) =>
    timed(() => findMarkets(tariff, product, day, { wanted: twiceThePrice(product) })),
  )
  return [
    {
      ...figureOf('one product at every door', again, coverage(tariff, products)),
      bar: { of: 'figure', most: 2 },
    },
    figureOf('the same, a code never asked before', first),
    figureOf('the same, with a wanted price', priced),
  ]
}

function figureOf(what: string, times: readonly number[], more = ''): Figure {
  const note = `99 of 100 within ${percentile(times, 99).toFixed(2)} ms`
  return { name: `markets: ${what}`, value: median(times), unit: 'ms', note: note + more }
}

function coverage(tariff: Tariff, products: readonly Basket[]): string {
  const markets = products.flatMap((product) => findMarkets(tariff, product, day))
  const priced = markets.filter(({ landed }) => landed !== null).length
  return (
    `; ${products.length} products, ${tariff.destinations.length} territories, ` +
    `${(priced / markets.length).toFixed(2)} of the answers with a price`
  )
}

/** Six digits, as the finder takes them: a product has no national code yet. */
function makeProducts(tariff: Tariff, count: number, seed = 20261122): Basket[] {
  const random = seeded(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const codes = ['EU', 'GB', 'JP', 'AU', 'VN'].flatMap((place) => codesOf(tariff, place))
  return Array.from({ length: count }, () => {
    const from = pick(['CN', 'MY', 'IT', 'IN', 'RW', 'KR'])
    const currency = pick(['USD', 'EUR', 'CNY', 'MYR'])
    const price = `${5 + Math.floor(random() * 400)}.50`
    const parsed = parseBasket({
      from,
      freight: { amount: '12', currency },
      lines: [
        {
          ...{ id: 'a', code: pick(codes).slice(0, 6), origin: from, netMassKg: '0.4' },
          unitPrice: { amount: price, currency },
          measures: { l: '0.7', alcohol_pct: '12', pairs: '1', m2: '1', m: '2' },
        },
      ],
    })
    if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
    return parsed.basket
  })
}

function twiceThePrice({ lines, currency }: Basket): { minor: bigint; currency: string } {
  return { minor: 2n * (lines[0]?.priceMinor ?? 0n), currency }
}
