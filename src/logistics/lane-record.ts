// One row of a lane file, read and checked by itself (docs/how-to/lanes.md). Nothing is guessed: a cell is right or the
// row is refused with the column and the reason.
import { compare, decimal, parseDecimal } from '../basis/ratio.ts'
import { cellsOf, type Cells } from './cells.ts'
import type { CellFault } from './fault.ts'
import { goodsKinds, surchargeConditions, surchargeKinds, transports } from './lane.ts'
import type { CardRow, LaneRow, ServiceRow, StepRow, SurchargeRow } from './schema.ts'

export const laneColumns =
  `record carrier service carrier_name service_name transport currency divisor max_kg max_length_cm
  max_girth_cm max_value prohibited tracking from to zone days_min days_max days week cut_off time_zone duty_paid up_to_kg
  price included_kg unit_kg unit_price minimum surcharge surcharge_name kind amount when over_cm over_kg postcodes
  from_day to_day source publisher url read`.split(/\s+/)

/** What every file must have; other columns only where a row uses them. */
export const neededColumns: readonly string[] = ['record', 'carrier', 'service', 'from_day']

/** From every country to every other would be 62,500 lanes in one row. */
const mostPairs = 300

export type LaneRecord =
  | { readonly into: 'lane_services'; readonly rows: readonly ServiceRow[] }
  | { readonly into: 'lanes'; readonly rows: readonly LaneRow[] }
  | { readonly into: 'rates'; readonly rows: readonly (CardRow & StepRow)[] }
  | { readonly into: 'lane_surcharges'; readonly rows: readonly SurchargeRow[] }

export type ReadRecord = (
  cell: (column: string) => string,
) => LaneRecord | { readonly faults: readonly CellFault[] }

/** A reader for one file: rows become table rows, a list of countries one for each. */
export function recordReader(): ReadRecord {
  // A file names a few time zones in many rows, and to ask for one is slow.
  const zones = new Map<string, boolean>()
  const isZone = (name: string): boolean => {
    if (!zones.has(name)) zones.set(name, zones.size < 1_000 && isTimeZone(name))
    return zones.get(name) ?? false
  }
  return (cell) => readRecord(cell, isZone)
}

function readRecord(
  cell: (column: string) => string,
  isZone: (name: string) => boolean,
): ReturnType<ReadRecord> {
  const faults: CellFault[] = []
  const cells = cellsOf(cell, faults)
  const kind = cells.oneOf('record', ['service', 'lane', 'rate', 'surcharge'])
  if (faults.length > 0) return { faults }
  const record =
    kind === 'service'
      ? serviceRecord(cells, faults)
      : kind === 'lane'
        ? laneRecord(cells, faults, isZone)
        : kind === 'rate'
          ? rateRecord(cells, faults)
          : surchargeRecord(cells, faults)
  return faults.length > 0 ? { faults } : record
}

/** What every row says: of which service, from when to when, and who published it. */
function commonOf(cells: Cells) {
  const common = {
    carrier: cells.code('carrier'),
    service: cells.code('service'),
    valid_from: cells.day('from_day'),
    valid_to: cells.maybe('to_day', cells.day),
    source_title: cells.words('source'),
    source_publisher: cells.words('publisher'),
    source_url: cells.maybe('url', cells.link),
    source_read: cells.day('read'),
  }
  if (common.valid_to !== null && common.valid_to < common.valid_from)
    cells.no('to_day', 'ends-before-it-begins')
  return common
}

function serviceRecord(cells: Cells, faults: readonly CellFault[]): LaneRecord {
  const currency = cells.currency('currency')
  const prohibited = cells.list('prohibited').sort()
  for (const each of prohibited)
    if (!/^\d\d(\d\d){0,2}$/.test(each) && !goodsKinds.some((kind) => kind === each))
      cells.no('prohibited', 'not-goods', { text: each, known: goodsKinds.join(', ') })
  const row: ServiceRow = {
    ...commonOf(cells),
    carrier_name: cells.words('carrier_name'),
    service_name: cells.words('service_name'),
    transport: cells.oneOf('transport', transports),
    currency,
    divisor: cells.maybe('divisor', (column) => cells.above(column, 1n, 100_000)),
    max_mass_g: cells.kilograms('max_kg'),
    max_length_mm: cells.maybe('max_length_cm', cells.centimetres),
    max_girth_mm: cells.maybe('max_girth_cm', cells.centimetres),
    max_value_minor: cells.maybe('max_value', (column) => cells.amount(column, currency)),
    prohibited,
    tracking: cells.yes('tracking'),
  }
  if (faults.length === 0 && row.max_value_minor === 0n) cells.no('max_value', 'not-above-zero')
  return { into: 'lane_services', rows: [row] }
}

function laneRecord(
  cells: Cells,
  faults: readonly CellFault[],
  isZone: (name: string) => boolean,
): LaneRecord {
  const [from, to] = [cells.countries('from'), cells.countries('to')]
  const week = cells.text('week') || '12345'
  if (!/^1?2?3?4?5?6?7?$/.test(week)) cells.no('week', 'not-a-week', { text: week })
  const cutOff = cells.needed('cut_off')
  if (cutOff !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(cutOff))
    cells.no('cut_off', 'not-a-time', { text: cutOff })
  const timeZone = cells.needed('time_zone')
  if (timeZone !== '' && !isZone(timeZone))
    cells.no('time_zone', 'not-a-time-zone', { text: timeZone })
  const row = {
    ...commonOf(cells),
    zone: cells.code('zone'),
    days_min: cells.scaled('days_min', 1n, 400),
    days_max: cells.scaled('days_max', 1n, 400),
    days_kind: cells.oneOf('days', ['working', 'calendar']),
    week,
    cut_off: cutOff,
    time_zone: timeZone,
    duty_paid: cells.yes('duty_paid'),
  }
  if (faults.length === 0 && row.days_max < row.days_min) cells.no('days_max', 'days-out-of-order')
  if (from.length * to.length > mostPairs) cells.no('to', 'too-many-countries', { most: mostPairs })
  if (faults.length > 0) return { into: 'lanes', rows: [] }
  const pairs = from.flatMap((a) => to.map((b) => ({ from_country: a, to_country: b })))
  return { into: 'lanes', rows: pairs.map((pair) => ({ ...row, ...pair })) }
}

function rateRecord(cells: Cells, faults: readonly CellFault[]): LaneRecord {
  const currency = cells.currency('currency')
  const amountOf = (column: string) => cells.amount(column, currency)
  const row = {
    ...commonOf(cells),
    zone: cells.code('zone'),
    currency,
    up_to_g: cells.kilograms('up_to_kg'),
    base_minor: cells.maybe('price', amountOf) ?? 0n,
    included_g:
      cells.maybe('included_kg', (column) => cells.scaled(column, 1000n, 100_000_000)) ?? 0,
    unit_g: cells.maybe('unit_kg', cells.kilograms),
    unit_minor: cells.maybe('unit_price', amountOf) ?? 0n,
    minimum_minor: cells.maybe('minimum', amountOf) ?? 0n,
  }
  if (faults.length === 0 && row.base_minor + row.unit_minor + row.minimum_minor === 0n)
    cells.no('price', 'costs-nothing')
  if (faults.length === 0 && row.unit_g !== null && row.unit_minor === 0n)
    cells.no('unit_price', 'missing')
  return { into: 'rates', rows: [row] }
}

function surchargeRecord(cells: Cells, faults: readonly CellFault[]): LaneRecord {
  const kind = cells.oneOf('kind', surchargeKinds)
  const applies = cells.oneOf('when', surchargeConditions)
  const isShare = !kind.startsWith('per-')
  const currency = isShare ? null : cells.currency('currency')
  const postcodes = applies === 'remote-area' ? postcodesOf(cells) : []
  const row = {
    ...commonOf(cells),
    surcharge: cells.code('surcharge'),
    surcharge_name: cells.words('surcharge_name'),
    zone: cells.maybe('zone', cells.code) ?? '',
    kind,
    rate: isShare ? percentOf(cells) : null,
    amount_minor: currency === null ? null : cells.amount('amount', currency),
    currency,
    applies,
    over_mm: applies === 'oversize' ? cells.centimetres('over_cm') : null,
    over_g: applies === 'heavy' ? cells.kilograms('over_kg') : null,
    postcodes,
  }
  if (faults.length === 0 && row.amount_minor === 0n) cells.no('amount', 'not-above-zero')
  const to = cells.maybe('to', cells.countries) ?? ['']
  return { into: 'lane_surcharges', rows: to.map((each) => ({ ...row, to_country: each })) }
}

function percentOf(cells: Cells): string {
  const text = cells.needed('amount')
  const value = parseDecimal(text)
  if (text !== '' && (!value || value.n <= 0n || compare(value, decimal('1000')) > 0))
    cells.no('amount', 'not-a-percentage', { text })
  return text
}

/** As compared: without spaces and hyphens, in capitals. */
function postcodesOf(cells: Cells): string[] {
  const found = cells.list('postcodes').map((each) => each.replaceAll('-', '').toUpperCase())
  if (found.length === 0) cells.no('postcodes', 'missing')
  for (const each of found)
    if (!/^[A-Z0-9]{1,10}$/.test(each)) cells.no('postcodes', 'not-a-postcode', { text: each })
  return found.sort()
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
