// Landed cost in process: distinct seeded baskets over full schedules and dates; nothing of a result is kept.
import { assessBasket, assessRegime } from '../src/tariff/assess/assess-basket.ts'
import { toAnswer } from '../src/tariff/assess/answer.ts'
import { createTariff, parseBasket, type Basket, type BasketJson } from '../src/tariff/index.ts'
import type { TariffOnDay } from '../src/tariff/rules/law.ts'
import { bareCost } from './support/bare-cost.ts'
import { codesOf, rulesFolder } from './support/codes.ts'
import type { Figure } from './support/figure.ts'
import { median, ratioOf, takeTurns, processorTime, type Task } from './support/measure.ts'
import { seeded } from './support/random.ts'

export function run(): Figure[] {
  const usual = parsedAnew(makeCases(10_000, 3))
  return [
    ...figuresOf(usual, 3),
    ...figuresOf(parsedAnew(makeCases(10_000, 1)), 1),
    ...figuresOf(parsedAnew(makeCases(2_000, 10)), 10),
    ...figuresOf(parsedAnew(makeCases(300, 100)), 100),
    neverSeen(usual),
  ]
}

// D=US,GB narrows a run to what is being worked on.
const destinations = process.env['D']?.split(',') ?? [
  ...['US', 'GB', 'DE', 'JP', 'AU', 'VN', 'ET', 'RU'],
]
const days = ['2026-11-22', '2026-06-30', '2025-10-15']
const origins = ['CN', 'MY', 'CA', 'IT', 'IN', 'RW', 'MX', 'KR']
const currencies: Record<string, string> = {
  ...{ US: 'USD', GB: 'GBP', DE: 'EUR', JP: 'JPY', AU: 'AUD', VN: 'VND', ET: 'ETB', RU: 'RUB' },
}

export interface Case {
  basket: Basket
  tariff: TariffOnDay
  /** The regime that the engine proposes. */
  regime: string
  /** The same as the API takes it; its destination and day are those of `tariff`. */
  json: BasketJson
  /** Whether the answer has a landed price. */
  priced: boolean
  alternatives: number
}

type Measured = Omit<Case, 'json'>

/** Distinct baskets that some regime takes: each its own codes, origins, quantities and prices. */
export function makeCases(count: number, lines: number, seed = 20261122): Case[] {
  const tariff = createTariff({ rulesFolder })
  const random = seeded(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const known = destinations.filter((code) => tariff.destinations.includes(code))
  const codes = new Map(known.map((code) => [code, codesOf(tariff, code)]))
  const cases = new Map<string, Case>()
  while (cases.size < count) {
    const to = pick(known)
    const json = makeBasket(to, codes.get(to) ?? [], lines, random, pick)
    const found = caseOf(json, tariff.on(to, pick(days)))
    if (found) cases.set(JSON.stringify([to, found.tariff.day, json]), found)
  }
  return [...cases.values()]
}

/** A hub assesses a basket that it has just read: here they lie in memory without the texts they came from. */
function parsedAnew(cases: readonly Case[]): Measured[] {
  return cases.map(({ json, ...others }) => {
    const parsed = parseBasket(json)
    if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
    return { ...others, basket: parsed.basket }
  })
}

function makeBasket(
  to: string,
  codes: readonly string[],
  lines: number,
  random: () => number,
  pick: <T>(from: readonly T[]) => T,
): BasketJson {
  const below = (limit: number): number => Math.floor(random() * limit)
  const currency = random() < 0.7 ? (currencies[to] ?? 'EUR') : 'EUR'
  const from = pick(origins)
  return {
    from,
    transport: pick(['courier', 'post', 'air'] as const),
    consignee: random() < 0.7 ? 'consumer' : 'business',
    freight: { amount: String(5 + below(60)), currency },
    lines: Array.from({ length: lines }, (_, index) => ({
      id: String(index),
      code: pick(codes),
      codeOf: to,
      origin: from,
      quantity: String(1 + below(5)),
      unitPrice: { amount: `${1 + below(400)}.${10 + below(90)}`, currency },
      netMassKg: `0.${1 + below(9)}`,
      measures: { l: '0.7', alcohol_pct: '12', pairs: '1', m2: '1', m: '2' },
    })),
  }
}

function caseOf(json: BasketJson, tariff: TariffOnDay): Case | undefined {
  const parsed = parseBasket(json)
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  const { basket } = parsed
  const { proposed, status, alternatives } = assessBasket(basket, tariff)
  if (!proposed) return undefined
  return {
    ...{ basket, tariff, json, regime: proposed.route.regime.ref.id },
    ...{ priced: status.startsWith('complete'), alternatives: alternatives.length },
  }
}

function figuresOf(cases: readonly Measured[], lines: number): Figure[] {
  const [bare = [], ...engine] = takeTurns(tasksOn(cases))
  const yardstick = { name: 'bare sums', value: median(bare) }
  const bars = lines === 3 ? [200_000, 50_000] : []
  const names = [
    'one regime, explained',
    'all routes and alternatives',
    'the same, as the API says it',
  ]
  return engine.map((rates, index) => ({
    name: `landed cost, ${lines} lines: ${names[index]}`,
    value: median(rates),
    unit: '/s per core',
    ...{ yardstick, ratio: ratioOf(rates, bare) },
    ...(bars[index] === undefined ? {} : { bar: { of: 'figure' as const, least: bars[index] } }),
    ...(index === 1 ? { note: sortsOf(cases) } : {}),
  }))
}

function tasksOn(cases: readonly Measured[]): Task[] {
  let sum = 0n
  const works: ((each: Measured) => unknown)[] = [
    ({ basket }) => (sum += bareCost(basket)),
    ({ basket, tariff, regime }) => assessRegime(basket, tariff, regime),
    ({ basket, tariff }) => assessBasket(basket, tariff),
    ({ basket, tariff }) => toAnswer(assessBasket(basket, tariff)),
  ]
  return works.map((work) => {
    const all = (): void => {
      for (const each of cases) work(each)
    }
    return { operations: cases.length, work: all }
  })
}

function sortsOf(cases: readonly Measured[]): string {
  const share = (part: number): string => (part / cases.length).toFixed(2)
  const priced = cases.filter((each) => each.priced).length
  const alternatives = cases.reduce((sum, each) => sum + each.alternatives, 0)
  return (
    `${cases.length} distinct baskets into ${destinations.join(', ')} on ${days.length} days, ` +
    `${share(priced)} of them with a price, ${share(alternatives)} alternatives each`
  )
}

/** The law of a line is kept from its first asking: here each basket is asked once, of a tariff that knows no line. */
function neverSeen(cases: readonly Measured[]): Figure {
  const rates = [1, 2, 3].map(() => {
    const tariff = createTariff({ rulesFolder })
    const fresh = cases.map((each) => ({
      ...each,
      tariff: tariff.on(each.tariff.territory, each.tariff.day),
    }))
    // Reads the schedules.
    const places = new Map(fresh.map((each) => [each.tariff.territory, each]))
    for (const { basket, tariff } of places.values()) assessBasket(basket, tariff)
    const took = processorTime(() => {
      for (const { basket, tariff } of fresh) assessBasket(basket, tariff)
    })
    return (cases.length * 1000) / took
  })
  return {
    name: 'landed cost, 3 lines: all routes, codes never asked before',
    value: median(rates),
    unit: '/s per core',
  }
}
