// Rounding and conversion as a territory's law has them on one day.
import { minorDigits } from '../../basis/currency.ts'
import type { Day } from '../../basis/day.ts'
import { decimal, one, reduce } from '../../basis/ratio.ts'
import { held } from './compile-records.ts'
import type { ExchangeRates, RateOn } from './exchange.ts'
import type { Conversion, RoundingRule, Stage } from './law.ts'
import type { TerritoryRules } from './read-rules.ts'

export function makeRounding(rules: TerritoryRules, day: Day, currency: string) {
  const records = held(rules.rounding, day)
  const perMajor = 10n ** BigInt(minorDigits(currency) ?? 2)
  return (stage: Stage, tax?: string): RoundingRule => {
    const found = records.find(
      ({ record }) =>
        record.stage === stage &&
        (!record.applies || (tax !== undefined && record.applies.includes(tax))),
    )
    if (!found)
      return { id: 'default', step: 1n, mode: 'half-up', level: 'line', citation: undefined }
    const { record } = found
    const unit = decimal(record.unit)
    const step = (unit.n * perMajor) / unit.d
    if (step < 1n) throw new RangeError(`${record.id}: ${record.unit} is finer than a minor unit`)
    return {
      id: record.id,
      step,
      mode: record.mode,
      level: record.level,
      citation: record.citation,
    }
  }
}

export function makeConversion(
  rules: TerritoryRules,
  day: Day,
  currency: string,
  /** Read when the first other currency is met. */
  exchange: () => ExchangeRates,
): (from: string) => Conversion | undefined {
  const known = new Map<string, Conversion | undefined>()
  const rule = held(rules.exchange, day)[0]?.record
  const perMajor = 10n ** BigInt(minorDigits(currency) ?? 2)
  return (from) => {
    if (!known.has(from)) {
      const on =
        from === currency
          ? { rate: one, date: day, source: 'the same currency' }
          : rule && exchange().rate(from, currency, day, rule)
      known.set(from, on && conversionOf(on, perMajor, from))
    }
    return known.get(from)
  }
}

function conversionOf(on: RateOn, perMajor: bigint, from: string): Conversion {
  const factor = reduce({ n: on.rate.n * perMajor, d: on.rate.d })
  return {
    factor,
    perMinor: reduce({ n: factor.n, d: factor.d * 10n ** BigInt(minorDigits(from) ?? 2) }),
    on,
  }
}
