// The figures of the demo world's carriers: invented, all of them. Only where the countries lie, their time zones and
// their currencies are facts.

export type Place = { readonly at: readonly [latitude: number, longitude: number] }
export type Origin = Place & {
  readonly adjective: string
  readonly timeZone: string
  readonly currency: string
  /** Minor units that one unit of the formula costs in this invented world; no rate of exchange. */
  readonly unit: bigint
}

export const origins: Readonly<Record<string, Origin>> = {
  MY: {
    at: [3, 102],
    adjective: 'Malaysia',
    timeZone: 'Asia/Kuala_Lumpur',
    currency: 'MYR',
    unit: 42n,
  },
  CA: {
    at: [44, -79],
    adjective: 'Canada',
    timeZone: 'America/Toronto',
    currency: 'CAD',
    unit: 14n,
  },
  CN: { at: [30, 120], adjective: 'China', timeZone: 'Asia/Shanghai', currency: 'CNY', unit: 70n },
  TH: {
    at: [14, 101],
    adjective: 'Thailand',
    timeZone: 'Asia/Bangkok',
    currency: 'THB',
    unit: 330n,
  },
  RW: { at: [-2, 30], adjective: 'Rwanda', timeZone: 'Africa/Kigali', currency: 'RWF', unit: 140n },
  IE: { at: [53, -6], adjective: 'Ireland', timeZone: 'Europe/Dublin', currency: 'EUR', unit: 9n },
  IT: { at: [42, 12], adjective: 'Italy', timeZone: 'Europe/Rome', currency: 'EUR', unit: 9n },
  JP: { at: [36, 140], adjective: 'Japan', timeZone: 'Asia/Tokyo', currency: 'JPY', unit: 15n },
  IN: { at: [19, 73], adjective: 'India', timeZone: 'Asia/Kolkata', currency: 'INR', unit: 850n },
  AU: {
    at: [-34, 151],
    adjective: 'Australia',
    timeZone: 'Australia/Sydney',
    currency: 'AUD',
    unit: 15n,
  },
}

export const destinations: Readonly<Record<string, Place>> = {
  ...origins,
  US: { at: [40, -83] },
  GB: { at: [52, -1] },
  DE: { at: [51, 10] },
  SG: { at: [1, 104] },
  AE: { at: [24, 54] },
}

/** Bands of distance are the zones of every demo card: up to so many kilometres. */
export const bands = [
  { zone: 'near', upToKm: 2_500 },
  { zone: 'region', upToKm: 5_500 },
  { zone: 'far', upToKm: 10_500 },
  { zone: 'world', upToKm: 21_000 },
] as const

/** Prices and days per band, in units of the formula: the first mass, and what each further unit adds. */
export const offered = [
  {
    service: 'letter-packet',
    service_name: 'Tracked packet',
    carrier: 'demo-post',
    carrier_name: 'Demo Post',
    transport: 'post',
    limits: {
      max_kg: '2',
      max_length_cm: '60',
      max_girth_cm: '90',
      prohibited: 'dangerous lithium perishable 2203 2204 2208 93',
    },
    days: [
      [5, 9],
      [7, 12],
      [9, 16],
      [11, 20],
    ],
    count: 'working',
    duty_paid: 'no',
    cut_off: '16:00',
    steps: [
      { up_to_kg: '0.1', first: [32, 38, 44, 50] },
      { up_to_kg: '0.25', first: [44, 54, 64, 74] },
      { up_to_kg: '0.5', first: [62, 78, 94, 110] },
      { up_to_kg: '1', first: [96, 124, 150, 178] },
      { up_to_kg: '2', first: [158, 206, 254, 302] },
    ],
  },
  {
    service: 'parcel',
    service_name: 'International parcel',
    carrier: 'demo-post',
    carrier_name: 'Demo Post',
    transport: 'post',
    limits: {
      max_kg: '30',
      max_length_cm: '105',
      max_girth_cm: '200',
      prohibited: 'dangerous lithium 2208 93',
    },
    days: [
      [6, 10],
      [8, 13],
      [10, 17],
      [12, 21],
    ],
    count: 'working',
    duty_paid: 'no',
    cut_off: '16:00',
    steps: [
      {
        up_to_kg: '30',
        first: [180, 230, 290, 340],
        included_kg: '1',
        unit_kg: '1',
        unit: [48, 66, 88, 104],
      },
    ],
  },
  {
    service: 'express',
    service_name: 'Express, duty paid',
    carrier: 'demo-air',
    carrier_name: 'Demo Air',
    transport: 'courier',
    limits: {
      divisor: '5000',
      max_kg: '70',
      max_length_cm: '120',
      max_girth_cm: '300',
      prohibited: 'dangerous 93',
    },
    days: [
      [1, 3],
      [2, 4],
      [2, 5],
      [3, 6],
    ],
    count: 'working',
    duty_paid: 'yes',
    cut_off: '14:30',
    steps: [
      {
        up_to_kg: '20',
        first: [260, 320, 390, 450],
        included_kg: '0.5',
        unit_kg: '0.5',
        unit: [40, 55, 72, 86],
      },
      {
        up_to_kg: '70',
        first: [0, 0, 0, 0],
        unit_kg: '1',
        unit: [96, 126, 160, 188],
        minimum: [1820, 2465, 3198, 3804],
      },
    ],
  },
  {
    service: 'consolidated',
    service_name: 'Sea, shared container',
    carrier: 'demo-sea',
    carrier_name: 'Demo Sea',
    transport: 'sea',
    limits: {
      divisor: '3000',
      max_kg: '500',
      max_length_cm: '240',
      prohibited: 'dangerous perishable 93',
    },
    days: [
      [14, 24],
      [20, 32],
      [28, 44],
      [34, 56],
    ],
    count: 'calendar',
    duty_paid: 'no',
    cut_off: '12:00',
    steps: [
      {
        up_to_kg: '1000',
        first: [300, 330, 360, 390],
        unit: [11, 15, 19, 23],
        minimum: [620, 690, 760, 830],
      },
    ],
  },
] as const
