import type { Day } from '../../src/basis/day.ts'
import { refused } from '../../src/basis/refusal.ts'
import { roundQuotient } from '../../src/basis/rounding.ts'
import type { MoneyChanger } from '../../src/catalogue/index.ts'
import type { Tariff } from '../../src/tariff/index.ts'

/** A dealer who takes half a percent, and pays no dirham. Money of two decimals. */
export const testDealer =
  (tariff: Pick<Tariff, 'exchange'>, day: Day): MoneyChanger =>
  (gets, from, to) => {
    const found = tariff.exchange.rate(from, to, day, { source: 'ecb', rule: 'latest' })
    if (!found || to === 'AED') return refused('no-rate', { from, to })
    const { n, d } = found.rate
    const gives = roundQuotient(gets * d * 10_000n, n * 9_950n, 'up')
    return { gives, rate: { mid: { n, d }, source: 'a bank', day }, spreadPoints: 50 }
  }
