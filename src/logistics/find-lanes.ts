import { sql } from 'kysely'
import type { Day } from '../basis/day.ts'
import { parseDecimal } from '../basis/ratio.ts'
import type { Db } from '../db/index.ts'
import type {
  Lane,
  LaneSource,
  RateStep,
  Surcharge,
  SurchargeCondition,
  SurchargeKind,
  Transport,
  Validity,
} from './lane.ts'
import type { CardRow, LaneRow, ServiceRow } from './schema.ts'

export type LaneQuestion = {
  /** ISO country where the goods leave. */
  readonly from: string
  /** One destination, several, or all where it is left out. */
  readonly to?: string | readonly string[]
  readonly day: Day
}

/**
 * The lanes of a day with all that pricing needs, ready for `priceLanes` and `priceLoad`. A lane whose service or rate
 * card does not hold on the day is left out: it has no price. Ordered by destination, carrier and service.
 */
export async function findLanes(db: Db, { from, to, day }: LaneQuestion): Promise<Lane[]> {
  const wanted = to === undefined ? null : typeof to === 'string' ? [to] : to
  return loadLanes(
    db,
    day,
    sql`l.from_country = ${from}
    and (${wanted}::text[] is null or l.to_country = any (${wanted}::text[]))`,
  )
}

export type LanePage = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly day: Day
  /** The last lane of the page before. */
  readonly after?: LaneKey | undefined
  readonly most: number
}

/** What orders the list of all lanes. */
export type LaneKey = readonly [from: string, to: string, carrier: string, service: string]

/** One page of the list of all lanes, by countries, carrier and service. */
export async function listLanes(db: Db, page: LanePage): Promise<Lane[]> {
  const { from = null, to = null, day, after = null, most } = page
  const [a = '', b = '', c = '', d = ''] = after ?? []
  return loadLanes(
    db,
    day,
    sql`(${from}::text is null or l.from_country = ${from})
      and (${to}::text is null or l.to_country = ${to})
      and (l.from_country, l.to_country, l.carrier, l.service) > (${a}, ${b}, ${c}, ${d})`,
    most,
  )
}

/** The countries that lanes of the day start from and lead to. */
export async function laneCountries(
  db: Db,
  day: Day,
): Promise<{ from: readonly string[]; to: readonly string[] }> {
  const { rows } = await sql<{ starts: string[] | null; ends: string[] | null }>`
    select array_agg(distinct from_country) as starts, array_agg(distinct to_country) as ends
    from lanes where ${inForce('lanes', day)}`.execute(db)
  return { from: rows[0]?.starts ?? [], to: rows[0]?.ends ?? [] }
}

type StepJson = {
  up_to_g: number
  base_minor: string
  included_g: number
  unit_g: number | null
  unit_minor: string
  minimum_minor: string
}
type SurchargeJson = {
  surcharge: string
  surcharge_name: string
  kind: SurchargeKind
  rate: string | null
  amount_minor: string | null
  applies: SurchargeCondition
  over_mm: number | null
  over_g: number | null
  postcodes: string[]
  valid_from: string
  valid_to: string | null
  source_title: string
  source_publisher: string
  source_url: string | null
  source_read: string
}
type Sources = Pick<CardRow, 'source_title' | 'source_publisher' | 'source_url' | 'source_read'>
type Found = Omit<LaneRow, keyof Sources> &
  Omit<ServiceRow, keyof Sources> & {
    holds_from: string
    holds_to: string | null
    sources: { service: Sources; lane: Sources; rates: Sources }
    steps: StepJson[] | null
    surcharges: SurchargeJson[] | null
  }

const inForce = (table: string, day: Day) =>
  sql`${sql.raw(table)}.valid_from <= ${day} and (${sql.raw(table)}.valid_to is null or ${sql.raw(table)}.valid_to >= ${day})`

const sourceOf = (table: string) =>
  sql.raw(
    `jsonb_build_object('source_title', ${table}.source_title, 'source_publisher', ${table}.source_publisher,
       'source_url', ${table}.source_url, 'source_read', ${table}.source_read)`,
  )

/** One statement: amounts travel through JSON as text, where a number would lose digits. */
async function loadLanes(
  db: Db,
  day: Day,
  where: ReturnType<typeof sql>,
  most: number | null = null,
): Promise<Lane[]> {
  const { rows } = await sql<Found>`
    select l.carrier, l.service, l.from_country, l.to_country, l.valid_from, l.zone, l.days_min, l.days_max,
      l.days_kind, l.week, l.cut_off, l.time_zone, l.duty_paid,
      s.carrier_name, s.service_name, s.transport, s.currency, s.divisor, s.max_mass_g, s.max_length_mm,
      s.max_girth_mm, s.max_value_minor, s.prohibited, s.tracking,
      greatest(l.valid_from, s.valid_from, c.valid_from) as holds_from,
      least(l.valid_to, s.valid_to, c.valid_to) as holds_to,
      jsonb_build_object('service', ${sourceOf('s')}, 'lane', ${sourceOf('l')}, 'rates', ${sourceOf('c')}) as sources,
      (select jsonb_agg(jsonb_build_object('up_to_g', up_to_g, 'base_minor', base_minor::text,
          'included_g', included_g, 'unit_g', unit_g, 'unit_minor', unit_minor::text,
          'minimum_minor', minimum_minor::text) order by up_to_g)
        from lane_steps p
        where (p.carrier, p.service, p.zone, p.valid_from) = (c.carrier, c.service, c.zone, c.valid_from)) as steps,
      (select jsonb_agg(to_jsonb(x) || jsonb_build_object('amount_minor', x.amount_minor::text,
          'rate', x.rate::text) order by x.surcharge, x.zone, x.to_country, x.valid_from)
        from lane_surcharges x
        where (x.carrier, x.service) = (l.carrier, l.service)
          and x.zone in ('', l.zone) and x.to_country in ('', l.to_country)
          and (x.valid_to is null or x.valid_to >= ${day})) as surcharges
    from lanes l
      join lane_services s on (s.carrier, s.service) = (l.carrier, l.service) and ${inForce('s', day)}
      join lane_cards c on (c.carrier, c.service, c.zone) = (l.carrier, l.service, l.zone) and ${inForce('c', day)}
    where ${inForce('l', day)} and ${where}
    order by l.from_country, l.to_country, l.carrier, l.service
    limit ${most}`.execute(db)
  return rows.map(laneOf)
}

function laneOf(row: Found): Lane {
  return {
    id: {
      carrier: row.carrier,
      service: row.service,
      from: row.from_country,
      to: row.to_country,
      zone: row.zone,
      validFrom: row.valid_from,
    },
    carrierName: row.carrier_name,
    serviceName: row.service_name,
    transport: row.transport as Transport,
    currency: row.currency,
    ...(row.divisor === null ? {} : { divisor: row.divisor }),
    limits: {
      massG: row.max_mass_g,
      ...(row.max_length_mm === null ? {} : { lengthMm: row.max_length_mm }),
      ...(row.max_girth_mm === null ? {} : { girthMm: row.max_girth_mm }),
    },
    ...(row.max_value_minor === null ? {} : { maxValueMinor: row.max_value_minor }),
    prohibited: row.prohibited,
    tracking: row.tracking,
    dutyPaid: row.duty_paid,
    transit: {
      min: row.days_min,
      max: row.days_max,
      count: row.days_kind as 'working' | 'calendar',
      week: Array.from(row.week, Number),
      cutOff: row.cut_off,
      timeZone: row.time_zone,
    },
    steps: (row.steps ?? []).map(stepOf),
    surcharges: (row.surcharges ?? []).map(surchargeOf),
    validity: validityOf(row.holds_from, row.holds_to),
    sources: {
      service: laneSource(row.sources.service),
      lane: laneSource(row.sources.lane),
      rates: laneSource(row.sources.rates),
    },
  }
}

const validityOf = (from: string, to: string | null): Validity =>
  to === null ? { from } : { from, to }

function stepOf(step: StepJson): RateStep {
  return {
    upToG: step.up_to_g,
    baseMinor: BigInt(step.base_minor),
    includedG: step.included_g,
    ...(step.unit_g === null ? {} : { unitG: step.unit_g }),
    unitMinor: BigInt(step.unit_minor),
    minimumMinor: BigInt(step.minimum_minor),
  }
}

function surchargeOf(row: SurchargeJson): Surcharge {
  const percent = row.rate === null ? undefined : parseDecimal(row.rate)
  return {
    code: row.surcharge,
    name: row.surcharge_name,
    kind: row.kind,
    ...(percent ? { percent } : {}),
    ...(row.amount_minor === null ? {} : { amountMinor: BigInt(row.amount_minor) }),
    applies: row.applies,
    ...(row.over_mm === null ? {} : { overMm: row.over_mm }),
    ...(row.over_g === null ? {} : { overG: row.over_g }),
    postcodes: row.postcodes,
    validity: validityOf(row.valid_from, row.valid_to),
    source: laneSource(row),
  }
}

const laneSource = (row: Sources): LaneSource => ({
  title: row.source_title,
  publisher: row.source_publisher,
  ...(row.source_url === null ? {} : { url: row.source_url }),
  read: row.source_read,
})
