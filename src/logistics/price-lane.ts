import type { Day } from '../basis/day.ts'
import { refused, isRefused, type Refused } from '../basis/refusal.ts'
import { roundQuotient } from '../basis/rounding.ts'
import {
  holdsOn,
  sidesOf,
  type Lane,
  type LaneId,
  type LaneSource,
  type Parcel,
  type RateStep,
  type Surcharge,
  type Transit,
  type Transport,
} from './lane.ts'

/** What a lane asks for one or more parcels, part by part: freight and surcharges add up to the amount. */
export type LaneQuote = {
  readonly lane: LaneId
  readonly carrier: string
  readonly service: string
  readonly transport: Transport
  readonly currency: string
  readonly amountMinor: bigint
  readonly freightMinor: bigint
  /** Of all parcels, one entry per surcharge. */
  readonly surcharges: readonly ChargedSurcharge[]
  /** What may come on top: its condition hangs on a fact that was not given. */
  readonly possible: readonly PossibleSurcharge[]
  readonly parcels: readonly ParcelPrice[]
  readonly days: { readonly min: number; readonly max: number; readonly count: Transit['count'] }
  readonly transit: Transit
  readonly dutyPaid: boolean
  readonly tracking: boolean
  /** Sizes are unknown where the lane asks for them: the price is by mass alone and may turn out higher. */
  readonly byMassOnly: boolean
  /** Limits of the lane that could not be looked at, as a fact was not given. */
  readonly unchecked: readonly Unchecked[]
  /** Where the prices come from; those of the service and the lane stand beside it. */
  readonly source: LaneSource
  readonly sources: Lane['sources']
}

export type Unchecked = 'size' | 'value' | 'goods' | 'contents'

export type ParcelPrice = {
  readonly massG: number
  /** Undefined where volume does not count or sizes are unknown. */
  readonly volumetricG?: number
  /** The higher of the two: what the rate card is read with. */
  readonly chargeableG: number
  readonly freightMinor: bigint
  readonly surcharges: readonly ChargedSurcharge[]
  readonly amountMinor: bigint
}

export type ChargedSurcharge = {
  readonly code: string
  readonly name: string
  readonly amountMinor: bigint
  readonly source: LaneSource
}

export type PossibleSurcharge = {
  readonly code: string
  readonly name: string
  readonly needs: 'size' | 'postcode'
}

/** Every lane that takes the parcel on the day, cheapest first within each currency. */
export function priceLanes(lanes: readonly Lane[], parcel: Parcel, day: Day): LaneQuote[] {
  return inOrder(
    lanes.flatMap((lane) => {
      const quote = priceLane(lane, [parcel], day)
      return isRefused(quote) ? [] : [quote]
    }),
  )
}

/** One currency after the other, in each the cheapest first, then the fastest; the rest only makes the order certain. */
export function inOrder(quotes: readonly LaneQuote[]): LaneQuote[] {
  return [...quotes].sort(
    (a, b) =>
      byText(a.currency, b.currency) ||
      Number(a.amountMinor > b.amountMinor) - Number(a.amountMinor < b.amountMinor) ||
      a.days.max - b.days.max ||
      byText(a.lane.carrier, b.lane.carrier) ||
      byText(a.lane.service, b.lane.service),
  )
}

const byText = (a: string, b: string): number => Number(a > b) - Number(a < b)

/** What a lane asks for these parcels on that day, or why it does not take them. */
export function priceLane(lane: Lane, parcels: readonly Parcel[], day: Day): LaneQuote | Refused {
  if (parcels.length === 0) return refused('no-parcel')
  if (!holdsOn(lane.validity, day)) return refused('lane-not-on-day', { day })
  const priced: ParcelPrice[] = []
  for (const parcel of parcels) {
    const no = notTaken(lane, parcel)
    if (no) return no
    const price = priceParcel(lane, parcel, day)
    if (isRefused(price)) return price
    priced.push(price)
  }
  const { min, max, count } = lane.transit
  return {
    lane: lane.id,
    carrier: lane.carrierName,
    service: lane.serviceName,
    transport: lane.transport,
    currency: lane.currency,
    amountMinor: sumOf(priced.map(({ amountMinor }) => amountMinor)),
    freightMinor: sumOf(priced.map(({ freightMinor }) => freightMinor)),
    surcharges: together(priced.flatMap(({ surcharges }) => surcharges)),
    possible: possibleOf(lane, parcels, day),
    parcels: priced,
    days: { min, max, count },
    transit: lane.transit,
    dutyPaid: lane.dutyPaid,
    tracking: lane.tracking,
    byMassOnly: lane.divisor !== undefined && parcels.some((parcel) => !sidesOf(parcel)),
    unchecked: uncheckedOf(lane, parcels),
    source: lane.sources.rates,
    sources: lane.sources,
  }
}

/** The limits of the service, in the order in which a clerk would look: mass, size, value, what is inside. */
function notTaken(lane: Lane, parcel: Parcel): Refused | undefined {
  const { limits, maxValueMinor } = lane
  if (!Number.isSafeInteger(parcel.massG) || parcel.massG <= 0)
    return refused('mass-unknown', { massG: String(parcel.massG) })
  if (parcel.massG > limits.massG)
    return refused('too-heavy', { massG: parcel.massG, mostG: limits.massG })
  const sides = sidesOf(parcel)
  if (sides) {
    const [length, width, height] = sides
    if (!sides.every((side) => Number.isSafeInteger(side) && side > 0))
      return refused('size-unknown')
    if (limits.lengthMm !== undefined && length > limits.lengthMm)
      return refused('too-long', { lengthMm: length, mostMm: limits.lengthMm })
    const girth = length + 2 * (width + height)
    if (limits.girthMm !== undefined && girth > limits.girthMm)
      return refused('too-large', { girthMm: girth, mostMm: limits.girthMm })
  }
  const { value } = parcel
  if (
    maxValueMinor !== undefined &&
    value?.currency === lane.currency &&
    value.minor > maxValueMinor
  )
    return refused('too-valuable', {
      minor: String(value.minor),
      mostMinor: String(maxValueMinor),
      currency: lane.currency,
    })
  const inside = prohibitedInside(lane, parcel)
  return inside === undefined ? undefined : refused('goods-not-taken', { goods: inside })
}

const isCode = (text: string): boolean => /^\d/.test(text)

function prohibitedInside({ prohibited }: Lane, { codes = [], contains = [] }: Parcel) {
  return prohibited.find((each) =>
    isCode(each)
      ? codes.some((code) => code.startsWith(each))
      : contains.some((kind) => kind === each),
  )
}

function uncheckedOf(lane: Lane, parcels: readonly Parcel[]): Unchecked[] {
  const { limits, maxValueMinor, prohibited } = lane
  const missing: Record<Unchecked, boolean> = {
    size:
      (limits.lengthMm !== undefined || limits.girthMm !== undefined) &&
      parcels.some((parcel) => !sidesOf(parcel)),
    value:
      maxValueMinor !== undefined && parcels.some(({ value }) => value?.currency !== lane.currency),
    goods: prohibited.some(isCode) && parcels.some(({ codes }) => !codes?.length),
    contents: prohibited.some((each) => !isCode(each)) && parcels.some(({ contains }) => !contains),
  }
  return (Object.keys(missing) as Unchecked[]).filter((what) => missing[what])
}

function priceParcel(lane: Lane, parcel: Parcel, day: Day): ParcelPrice | Refused {
  const volumetricG = volumetricOf(lane, parcel)
  const chargeableG = Math.max(parcel.massG, volumetricG ?? 0)
  const step = lane.steps.find(({ upToG }) => chargeableG <= upToG)
  if (!step)
    return refused('too-heavy', { massG: chargeableG, mostG: lane.steps.at(-1)?.upToG ?? 0 })
  const freightMinor = stepPrice(step, chargeableG)
  const surcharges = surchargesOf(lane, parcel, day, chargeableG, freightMinor)
  return {
    massG: parcel.massG,
    ...(volumetricG === undefined ? {} : { volumetricG }),
    chargeableG,
    freightMinor,
    surcharges,
    amountMinor: freightMinor + sumOf(surcharges.map(({ amountMinor }) => amountMinor)),
  }
}

/** Cubic millimetres over (cm³ per kg) are grams; a begun gram counts. */
function volumetricOf({ divisor }: Lane, parcel: Parcel): number | undefined {
  const sides = sidesOf(parcel)
  if (divisor === undefined || !sides) return undefined
  const [length, width, height] = sides
  const volume = BigInt(length) * BigInt(width) * BigInt(height)
  return Number(roundQuotient(volume, BigInt(divisor), 'up'))
}

/** Units count when begun; by the gram the price is rounded half up to the minor unit. */
function stepPrice(step: RateStep, chargeableG: number): bigint {
  const above = BigInt(Math.max(0, chargeableG - step.includedG))
  const price =
    step.baseMinor +
    (step.unitG === undefined
      ? roundQuotient(step.unitMinor * above, 1000n, 'half-up')
      : step.unitMinor * roundQuotient(above, BigInt(step.unitG), 'up'))
  return price > step.minimumMinor ? price : step.minimumMinor
}

/** Sums first, as a share may be taken of them too; each is rounded half up by itself, so that parts re-add. */
function surchargesOf(
  lane: Lane,
  parcel: Parcel,
  day: Day,
  chargeableG: number,
  freightMinor: bigint,
): ChargedSurcharge[] {
  const due = lane.surcharges.filter(
    (each) => holdsOn(each.validity, day) && applies(each, parcel) === true,
  )
  const begunKg = roundQuotient(BigInt(chargeableG), 1000n, 'up')
  const fixed = (each: Surcharge): bigint =>
    each.kind === 'per-kg' ? (each.amountMinor ?? 0n) * begunKg : (each.amountMinor ?? 0n)
  const sums = sumOf(due.filter(({ percent }) => percent === undefined).map(fixed))
  return due.map((each) => {
    const { code, name, source, percent } = each
    if (percent === undefined) return { code, name, source, amountMinor: fixed(each) }
    const basis = each.kind === 'percent-of-all' ? freightMinor + sums : freightMinor
    const amountMinor = roundQuotient(basis * percent.n, percent.d * 100n, 'half-up')
    return { code, name, source, amountMinor }
  })
}

/** Undefined: it hangs on a fact that was not given. */
function applies(surcharge: Surcharge, parcel: Parcel): boolean | undefined {
  if (surcharge.applies === 'always') return true
  if (surcharge.applies === 'heavy') return parcel.massG > (surcharge.overG ?? 0)
  if (surcharge.applies === 'oversize') {
    const sides = sidesOf(parcel)
    return sides && sides[0] > (surcharge.overMm ?? 0)
  }
  const postcode = parcel.postcode?.replaceAll(/[\s-]/g, '').toUpperCase()
  return postcode && surcharge.postcodes.some((each) => postcode.startsWith(each))
    ? true
    : postcode
      ? false
      : undefined
}

function possibleOf(lane: Lane, parcels: readonly Parcel[], day: Day): PossibleSurcharge[] {
  return lane.surcharges
    .filter(
      (each) =>
        holdsOn(each.validity, day) &&
        parcels.some((parcel) => applies(each, parcel) === undefined),
    )
    .map(({ code, name, applies: when }) => ({
      code,
      name,
      needs: when === 'oversize' ? 'size' : 'postcode',
    }))
}

function together(all: readonly ChargedSurcharge[]): ChargedSurcharge[] {
  const byCode = new Map<string, ChargedSurcharge>()
  for (const each of all) {
    const before = byCode.get(each.code)?.amountMinor ?? 0n
    byCode.set(each.code, { ...each, amountMinor: before + each.amountMinor })
  }
  return [...byCode.values()]
}

function sumOf(amounts: readonly bigint[]): bigint {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}
