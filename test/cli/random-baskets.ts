import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { isCountry } from '../../src/basis/country.ts'
import { formatMinor } from '../../src/basis/money.ts'
import type { BasketJson, Tariff } from '../../src/tariff/index.ts'

/**
 * Random baskets that look for trouble in the real rules: codes of the destination's own tariff and of others, prices
 * one minor unit around every limit, days around every change of law, proofs and registrations that the law names.
 */
export type Asked = { to: string; on: string; basket: BasketJson }
type Line = BasketJson['lines'][number]

/** Everything the law of a destination mentions that a basket could touch. */
type Named = {
  codes: string[]
  origins: string[]
  facts: string[]
  schemes: string[]
  proofs: string[]
  days: string[]
}

const outsiders = ['CN', 'US', 'MY', 'DE', 'GB', 'JP', 'VN', 'RU', 'KE', 'BD']
const currencies = ['EUR', 'USD', 'MYR', 'CNY', 'GBP', 'JPY', 'IDR']
export const lastDay = '2026-11-22'

export function randomBaskets(tariff: Tariff, rulesFolder: string): fc.Arbitrary<Asked> {
  const subheadings = readFileSync(`${rulesFolder}/hs/codes-2022.csv`, 'utf8')
    .split('\n')
    .filter((row, index) => /^\d/.test(row) && index % 23 === 0)
  const named = new Map<string, Named>()
  const namedIn = (to: string): Named => {
    const known = named.get(to) ?? whatIsNamed(tariff, to)
    named.set(to, known)
    return known
  }
  const alone = tariff.destinations.filter((to) => tariff.rules(to).chain.length === 1)
  const members = tariff.destinations.filter((to) => tariff.rules(to).chain.length > 1)
  const destination = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...alone) },
    { weight: 2, arbitrary: fc.constantFrom(...members) },
  )
  return destination.chain((to) =>
    fc
      .record({ to: fc.constant(to), on: dayOf(namedIn(to)) })
      .chain(({ on }) => basketOf(tariff, to, on, namedIn(to), subheadings)),
  )
}

const dayOf = ({ days }: Named): fc.Arbitrary<string> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(lastDay) }, fc.constantFrom(...days))

function basketOf(
  tariff: Tariff,
  to: string,
  on: string,
  named: Named,
  subheadings: string[],
): fc.Arbitrary<Asked> {
  const law = tariff.on(to, on)
  const amounts = (currency: string): fc.Arbitrary<string> => {
    const factor = tariff.on(to, on).conversion(currency)?.perMinor
    const around = law.limits.flatMap((text) => {
      const [figure = '0', code = ''] = text.split(' ')
      const limit = law.conversion(code)?.factor
      if (!factor || !limit) return []
      const minor = (BigInt(figure.replace(/\..*/, '')) * limit.n * factor.d) / (limit.d * factor.n)
      return [minor - 1n, minor, minor + 1n].filter((each) => each > 0n)
    })
    // Cents up to 90,000 and, for waivers of what is too small to levy, up to 900.
    const size = currency === 'IDR' ? 9000n : 1n
    const free = fc.oneof(fc.bigInt(0n, 90_000n), fc.bigInt(0n, 900n)).map((n) => n * size)
    const minor = around.length > 0 ? fc.oneof(free, fc.constantFrom(...around)) : free
    return minor.map((each) => formatMinor(each, currency))
  }
  const place = fc.oneof(fc.constantFrom(...named.origins), fc.constantFrom(...outsiders))
  const some = (words: string[]): fc.Arbitrary<string[]> => fc.subarray([...words])
  const currency = fc.oneof(fc.constant(law.currency), fc.constantFrom(...currencies))
  return currency.chain((code) =>
    fc
      .record({
        from: place,
        transport: fc.constantFrom('post', 'courier', 'air', 'sea', 'road'),
        consignee: fc.constantFrom('consumer', 'consumer', 'business'),
        incoterm: fc.constantFrom('DDP', 'DAP'),
        freight: amounts(code).map((amount) => ({ amount, currency: code })),
        insurance: fc.option(
          amounts(code).map((amount) => ({ amount, currency: code })),
          { nil: undefined },
        ),
        schemes: fc.option(some(named.schemes), { nil: undefined }),
        lines: fc.array(lineOf(named, subheadings, place, amounts(code), code), {
          minLength: 1,
          maxLength: 4,
        }),
      })
      .map(({ insurance, schemes, lines, ...basket }) => ({
        to,
        on,
        basket: {
          ...basket,
          ...(insurance ? { insurance } : {}),
          ...(schemes ? { schemes } : {}),
          lines: lines.map((line, index) => ({ ...line, id: `line-${index + 1}` })),
        } as BasketJson,
      })),
  )
}

function lineOf(
  { codes, facts, proofs }: Named,
  subheadings: string[],
  origin: fc.Arbitrary<string>,
  amount: fc.Arbitrary<string>,
  currency: string,
): fc.Arbitrary<Line> {
  const code = fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...(codes.length > 0 ? codes : subheadings)) },
    { weight: 1, arbitrary: fc.constantFrom(...subheadings) },
  )
  return fc.record({
    id: fc.constant(''),
    code,
    origin,
    quantity: fc.constantFrom('1', '1', '2', '3', '0.5', '12'),
    unitPrice: amount.map((each) => ({ amount: each, currency })),
    netMassKg: fc.constantFrom('0.4', '12', '250.5'),
    measures: fc.constant({
      l: '0.75',
      alcohol_pct: '12.5',
      pairs: '1',
      m2: '1.5',
      m: '2',
      sugar_pct: '4',
    }),
    facts: fc
      .subarray([...facts])
      .map((held) => Object.fromEntries(held.map((fact) => [fact, true]))),
    proofs: fc.subarray([...proofs]),
  })
}

function whatIsNamed(tariff: Tariff, to: string): Named {
  const rules = tariff.rules(to)
  const found = {
    origins: [] as string[],
    facts: [] as string[],
    schemes: [] as string[],
    proofs: ['quota'],
    days: [] as string[],
  }
  const note = (key: string, value: unknown): void => {
    const list = Array.isArray(value) ? value.flat().map(String) : []
    if (typeof value === 'string') {
      if (key === 'fact' || key === 'fact_not') found.facts.push(value)
      if (key === 'holds' || key === 'holds_not') found.schemes.push(value)
      if (key === 'unless_proof') found.proofs.push(value)
      if ((key === 'from' || key === 'to') && value >= '2019-01-01' && value <= '2028-12-31')
        found.days.push(value)
    }
    if (key === 'proofs') found.proofs.push(...list)
    if (['origin', 'countries', 'from'].includes(key)) found.origins.push(...list.filter(isCountry))
  }
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, each] of Object.entries(value)) {
      note(key, each)
      walk(each)
    }
  }
  walk([
    rules.regimes,
    rules.reliefs,
    rules.waivers,
    rules.taxes,
    rules.fees,
    rules.agreements,
    rules.measures,
  ])
  const codes = rules.schedules.flatMap(({ path, file }) => {
    const lines = [...tariff.schedule(path, file).lines()]
    const step = Math.ceil(lines.length / 120)
    return lines.filter((_, index) => index % step === 0).map(({ code }) => code)
  })
  const unique = (words: string[]): string[] => [...new Set(words)]
  const days = unique(found.days)
  return {
    codes: codes.filter((code) => code.length >= 4),
    origins: unique(found.origins).length > 0 ? unique(found.origins) : outsiders,
    facts: unique(found.facts),
    schemes: unique(found.schemes),
    proofs: unique(found.proofs).slice(0, 12),
    days: days.length > 0 ? days : [lastDay],
  }
}
