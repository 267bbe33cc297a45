// Landed cost in process: distinct seeded baskets over full schedules and dates; nothing of a result is kept.
import { join } from 'node:path'
import { assessBasket, assessRegime } from '../src/tariff/assess/assess-basket.ts'
import { createTariff, parseBasket, type Basket } from '../src/tariff/index.ts'
import type { TariffOnDay } from '../src/tariff/rules/compile.ts'
import { seeded } from './support/random.ts'
import { throughput, type Figure } from './support/measure.ts'

const destinations = (process.env.D?.split(',') ?? ['US', 'GB', 'DE', 'JP', 'AU', 'VN', 'ET', 'RU'])
const days = ['2026-11-22', '2026-06-30', '2025-10-15']
const origins = ['CN', 'MY', 'CA', 'IT', 'IN', 'RW', 'MX', 'KR']
const currencies: Record<string, string> = {
  US: 'USD', GB: 'GBP', DE: 'EUR', JP: 'JPY', AU: 'AUD', VN: 'VND', ET: 'ETB', RU: 'RUB',
}

type Case = { basket: Basket; tariff: TariffOnDay; regime: string }

/** Distinct baskets: each its own codes, origins, quantities and prices. */
export function makeCases(count: number, lines: number, seed = 20261122): Case[] {
  const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../rules') })
  const random = seeded(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const known = destinations.filter((code) => tariff.destinations.includes(code))
  const codes = new Map(known.map((code) => [code, codesOf(tariff, code)]))
  return Array.from({ length: count }, () => {
    const to = pick(known)
    const currency = random() < 0.7 ? (currencies[to] as string) : 'EUR'
    const from = pick(origins)
    const parsed = parseBasket({
      from,
      transport: pick(['courier', 'post', 'air']),
      consignee: random() < 0.7 ? 'consumer' : 'business',
      freight: { amount: String(5 + Math.floor(random() * 60)), currency },
      lines: Array.from({ length: lines }, (_, index) => ({
        id: String(index),
        code: pick(codes.get(to) as string[]),
        codeOf: to,
        origin: from,
        quantity: String(1 + Math.floor(random() * 5)),
        unitPrice: { amount: `${1 + Math.floor(random() * 400)}.${10 + Math.floor(random() * 90)}`, currency },
        netMassKg: `0.${1 + Math.floor(random() * 9)}`,
        measures: { l: '0.7', alcohol_pct: '12', pairs: '1', m2: '1', m: '2' },
      })),
    })
    if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
    const { basket } = parsed
    const onDay = tariff.on(to, pick(days))
    const regime = assessBasket(basket, onDay).proposed?.route.regime.ref.id
    return { basket, tariff: onDay, regime: regime ?? '' }
  }).filter(({ regime }) => regime !== '')
}

function codesOf(tariff: ReturnType<typeof createTariff>, code: string): string[] {
  const [record] = tariff.rules(code).schedules
  if (!record) return []
  const found: string[] = []
  for (const line of tariff.schedule(record.path, record.file).lines())
    if (line.code.length >= 8) found.push(line.code)
  return found
}

export function run(): Figure[] {
  const figures: Figure[] = []
  for (const lines of [3, 1, 10, 100]) {
    const cases = makeCases(lines === 3 ? 10_000 : 2_000, lines)
    figures.push(
      throughput(`one regime, explained, ${lines} lines`, cases.length, () => {
        for (const { basket, tariff, regime } of cases) assessRegime(basket, tariff, regime)
      }),
      throughput(`all routes and alternatives, ${lines} lines`, cases.length, () => {
        for (const { basket, tariff } of cases) assessBasket(basket, tariff)
      }),
    )
  }
  return figures
}
