type Dated = { valid_from: string; valid_to: string | null }
type Sourced = {
  source_title: string
  source_publisher: string
  source_url: string | null
  source_read: string
}

/** The rows as a file gives them, in the order and with the names of the columns (db/migrations/0005-logistics.sql). */
export type ServiceRow = Dated &
  Sourced & {
    carrier: string
    service: string
    carrier_name: string
    service_name: string
    transport: string
    currency: string
    divisor: number | null
    max_mass_g: number
    max_length_mm: number | null
    max_girth_mm: number | null
    max_value_minor: bigint | null
    prohibited: readonly string[]
    tracking: boolean
  }

export type LaneRow = Dated &
  Sourced & {
    carrier: string
    service: string
    from_country: string
    to_country: string
    zone: string
    days_min: number
    days_max: number
    days_kind: string
    week: string
    cut_off: string
    time_zone: string
    duty_paid: boolean
  }

export type CardRow = Dated &
  Sourced & { carrier: string; service: string; zone: string; currency: string }

export type StepRow = {
  carrier: string
  service: string
  zone: string
  valid_from: string
  up_to_g: number
  base_minor: bigint
  included_g: number
  unit_g: number | null
  unit_minor: bigint
  minimum_minor: bigint
}

export type SurchargeRow = Dated &
  Sourced & {
    carrier: string
    service: string
    surcharge: string
    zone: string
    to_country: string
    surcharge_name: string
    kind: string
    rate: string | null
    amount_minor: bigint | null
    currency: string | null
    applies: string
    over_mm: number | null
    over_g: number | null
    postcodes: readonly string[]
  }

export type LaneImportRow = {
  import_id: string
  at: string
  person_id: string | null
  file_name: string
  sha256: string
  rows: number
  added: number
  ended: number
  unchanged: number
}

/** Versioned tables with their keys; a card carries its steps. */
export const versioned = {
  lane_services: ['carrier', 'service'],
  lanes: ['carrier', 'service', 'from_country', 'to_country'],
  lane_cards: ['carrier', 'service', 'zone'],
  lane_surcharges: ['carrier', 'service', 'surcharge', 'zone', 'to_country'],
} as const
export type Versioned = keyof typeof versioned
export const versionedTables = Object.keys(versioned) as Versioned[]

declare module '../db/tables.ts' {
  interface Tables {
    lane_services: ServiceRow
    lanes: LaneRow
    lane_cards: CardRow
    lane_steps: StepRow
    lane_surcharges: SurchargeRow
    lane_imports: LaneImportRow
  }
}
