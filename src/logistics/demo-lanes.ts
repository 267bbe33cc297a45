// Rate cards for the demo world. Carriers and prices are invented and every row says so; only where the countries lie,
// their time zones and currencies are facts. Prices follow the distance: a formula, so that every run makes the same.
import { formatMinor } from '../basis/money.ts'
import {
  bands,
  destinations,
  offered,
  origins,
  type Origin,
  type Place,
} from './demo-rate-cards.ts'
import type { LaneCells } from './write-lane-file.ts'

const common = {
  from_day: '2026-01-01',
  source: 'Demo, not a real tariff',
  publisher: 'Invented for the demo world',
  read: '2026-11-22',
}

/** The rows of a lane file for the demo world: `importLanes(db, laneFile(demoLanes()), { today })`. */
export function* demoLanes(): Generator<LaneCells> {
  for (const [from, origin] of Object.entries(origins)) {
    for (const each of offered) {
      const id = {
        ...common,
        carrier: `${each.carrier}-${from.toLowerCase()}`,
        service: each.service,
      }
      yield {
        ...id,
        ...each.limits,
        record: 'service',
        carrier_name: `${each.carrier_name} ${origin.adjective}`,
        service_name: each.service_name,
        transport: each.transport,
        currency: origin.currency,
        tracking: 'yes',
      }
      yield* surchargesOf(each.carrier, { ...id, currency: origin.currency }, origin)
      for (const [band, { zone }] of bands.entries()) {
        const to = destinationsOf(from, band)
        if (to.length === 0) continue
        yield {
          ...id,
          record: 'lane',
          from,
          to: to.join(' '),
          zone,
          days_min: String(each.days[band]?.[0]),
          days_max: String(each.days[band]?.[1]),
          days: each.count,
          week: '12345',
          cut_off: each.cut_off,
          time_zone: origin.timeZone,
          duty_paid: each.duty_paid,
        }
        for (const step of each.steps)
          yield {
            ...id,
            record: 'rate',
            zone,
            currency: origin.currency,
            ...stepCells(step, band, origin),
          }
      }
    }
  }
}

type Step = (typeof offered)[number]['steps'][number]

function stepCells(step: Step, band: number, origin: Origin): LaneCells {
  const price = (units: readonly number[] | undefined): string =>
    units?.[band] ? inCurrency(units[band], origin) : ''
  return {
    up_to_kg: step.up_to_kg,
    price: price(step.first),
    included_kg: 'included_kg' in step ? step.included_kg : '',
    unit_kg: 'unit_kg' in step ? step.unit_kg : '',
    unit_price: price('unit' in step ? step.unit : undefined),
    minimum: price('minimum' in step ? step.minimum : undefined),
  }
}

const inCurrency = (units: number, { unit, currency }: Origin): string =>
  formatMinor(BigInt(units) * unit, currency)

function* surchargesOf(carrier: string, id: LaneCells, origin: Origin): Generator<LaneCells> {
  if (carrier === 'demo-post') return
  const { currency: _, ...share } = id
  yield {
    ...share,
    record: 'surcharge',
    surcharge: 'fuel',
    surcharge_name: 'Fuel',
    kind: 'percent-of-freight',
    amount: carrier === 'demo-air' ? '16.5' : '7',
    when: 'always',
  }
  if (carrier !== 'demo-air') return
  yield {
    ...id,
    record: 'surcharge',
    surcharge: 'duty-advance',
    surcharge_name: 'Duty and tax paid in advance',
    kind: 'per-parcel',
    amount: inCurrency(45, origin),
    when: 'always',
  }
  yield {
    ...id,
    record: 'surcharge',
    surcharge: 'oversize',
    surcharge_name: 'Longer than 100 cm',
    kind: 'per-parcel',
    amount: inCurrency(600, origin),
    when: 'oversize',
    over_cm: '100',
  }
}

function destinationsOf(from: string, band: number): string[] {
  return Object.keys(destinations)
    .filter((to) => bandOf(from, to) === band)
    .sort()
}

function bandOf(from: string, to: string): number {
  const km = kilometres((destinations[from] as Place).at, (destinations[to] as Place).at)
  return bands.findIndex(({ upToKm }) => km <= upToKm)
}

/** Over the globe's surface; only to sort countries into bands. */
function kilometres([latA, lonA]: Place['at'], [latB, lonB]: Place['at']): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [a, b] = [radians(latA), radians(latB)]
  const cosine =
    Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(radians(lonB - lonA))
  return Math.round(6_371 * Math.acos(Math.min(1, cosine)))
}
