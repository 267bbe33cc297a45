import type { Lane, RateStep, Surcharge } from '../../src/logistics/lane.ts'
import type { LaneCells } from '../../src/logistics/index.ts'

// Amina Post, the carrier of the tests: as a lane that can be priced, and as rows of a lane file.

export const source = { title: 'Price list', publisher: 'Amina Post', read: '2026-11-20' }
/** A Sunday. */
export const day = '2026-11-22'

/** Amina Post: 12.00 up to 0.5 kg, 20.00 up to 2 kg, then 5.00 for each begun kilogram, up to 30 kg. */
export const steps: readonly RateStep[] = [
  { upToG: 500, baseMinor: 1200n, includedG: 0, unitMinor: 0n, minimumMinor: 0n },
  { upToG: 2_000, baseMinor: 2000n, includedG: 0, unitMinor: 0n, minimumMinor: 0n },
  {
    upToG: 30_000,
    baseMinor: 2000n,
    includedG: 2_000,
    unitG: 1_000,
    unitMinor: 500n,
    minimumMinor: 0n,
  },
]

export const lane: Lane = {
  id: {
    carrier: 'amina',
    service: 'post',
    from: 'MY',
    to: 'CA',
    zone: 'far',
    validFrom: '2026-01-01',
  },
  carrierName: 'Amina Post',
  serviceName: 'Parcel',
  transport: 'post',
  currency: 'MYR',
  limits: { massG: 30_000, lengthMm: 1_050, girthMm: 2_000 },
  prohibited: [],
  tracking: true,
  dutyPaid: false,
  transit: {
    min: 5,
    max: 9,
    count: 'working',
    week: [1, 2, 3, 4, 5],
    cutOff: '16:00',
    timeZone: 'Asia/Kuala_Lumpur',
  },
  steps,
  surcharges: [],
  validity: { from: '2026-01-01', to: '2026-12-31' },
  sources: { service: source, lane: source, rates: source },
}

export const surcharge = (code: string, more: Partial<Surcharge>): Surcharge => ({
  code,
  name: code,
  kind: 'per-parcel',
  applies: 'always',
  postcodes: [],
  validity: { from: '2026-01-01' },
  source,
  ...more,
})

export const commonCells = {
  carrier: 'amina',
  service: 'post',
  from_day: '2026-01-01',
  source: 'Price list',
  publisher: 'Amina Post',
  url: 'https://post.example.org/prices',
  read: '2026-11-20',
}
export const serviceRow: LaneCells = {
  ...commonCells,
  record: 'service',
  carrier_name: 'Amina Post',
  service_name: 'Parcel',
  transport: 'post',
  currency: 'MYR',
  divisor: '5000',
  max_kg: '30',
  tracking: 'yes',
  prohibited: 'lithium 2208',
}
export const laneRow: LaneCells = {
  ...commonCells,
  record: 'lane',
  from: 'MY',
  to: 'CA US',
  zone: 'far',
  days_min: '5',
  days_max: '9',
  days: 'working',
  cut_off: '16:00',
  time_zone: 'Asia/Kuala_Lumpur',
  duty_paid: 'no',
}
export const rateRow: LaneCells = {
  ...commonCells,
  record: 'rate',
  zone: 'far',
  currency: 'MYR',
  up_to_kg: '30',
  price: '20.00',
  included_kg: '1',
  unit_kg: '1',
  unit_price: '4.50',
}
export const fuelRow: LaneCells = {
  ...commonCells,
  record: 'surcharge',
  surcharge: 'fuel',
  surcharge_name: 'Fuel',
  kind: 'percent-of-freight',
  amount: '12.5',
  when: 'always',
}
export const wholeFile = [serviceRow, laneRow, rateRow, fuelRow]
