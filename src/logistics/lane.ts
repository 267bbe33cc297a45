import type { Money } from '../basis/money.ts'
import type { Day } from '../basis/day.ts'
import type { Ratio } from '../basis/ratio.ts'

export const transports = ['post', 'courier', 'air', 'sea', 'road'] as const
export type Transport = (typeof transports)[number]

/** Kinds of goods that carriers single out and that no HS code tells for certain. */
export const goodsKinds = ['alcohol', 'dangerous', 'liquid', 'lithium', 'perishable'] as const
export type GoodsKind = (typeof goodsKinds)[number]

/** Both days included; without `to` it holds until another version ends it. */
export type Validity = { readonly from: Day; readonly to?: Day }

/** Who published it, where, and on which day it was read. */
export type LaneSource = {
  readonly title: string
  readonly publisher: string
  readonly url?: string
  readonly read: Day
}

/** The codes that name a lane for ever; with the day its version began. */
export type LaneId = {
  readonly carrier: string
  readonly service: string
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly validFrom: Day
}

/** What one parcel may be. Lengths in millimetres, masses in grams; girth is longest side and the way around it. */
export type ParcelLimits = {
  readonly massG: number
  readonly lengthMm?: number
  readonly girthMm?: number
}

/** A carrier's way from one country to another with everything that its price depends on. */
export type Lane = {
  readonly id: LaneId
  readonly carrierName: string
  readonly serviceName: string
  readonly transport: Transport
  readonly currency: string
  /** cm³ that count as a kilogram; undefined when volume does not count. */
  readonly divisor?: number
  readonly limits: ParcelLimits
  /** Of what is inside, in `currency`. */
  readonly maxValueMinor?: bigint
  /** HS codes of 2, 4 or 6 digits and kinds of goods. */
  readonly prohibited: readonly string[]
  readonly tracking: boolean
  readonly dutyPaid: boolean
  readonly transit: Transit
  /** In order of mass. */
  readonly steps: readonly RateStep[]
  /** Those of other days as well; pricing takes those of its day. */
  readonly surcharges: readonly Surcharge[]
  /** The days on which service, lane and rate card all hold. */
  readonly validity: Validity
  readonly sources: {
    readonly service: LaneSource
    readonly lane: LaneSource
    readonly rates: LaneSource
  }
}

export type Transit = {
  readonly min: number
  readonly max: number
  /** Working days are those of `week`; calendar days are all. */
  readonly count: 'working' | 'calendar'
  /** Days on which the lane works, 1 = Monday … 7 = Sunday. */
  readonly week: readonly number[]
  /** `HH:MM` in `timeZone`: what is handed over later counts from the next day of the week. */
  readonly cutOff: string
  readonly timeZone: string
}

/** The price of what counts for more than the step before and at most `upToG`. */
export type RateStep = {
  readonly upToG: number
  readonly baseMinor: bigint
  readonly includedG: number
  /** Each begun unit above `includedG` adds `unitMinor`; without it the gram counts, at `unitMinor` per kilogram. */
  readonly unitG?: number
  readonly unitMinor: bigint
  readonly minimumMinor: bigint
}

export const surchargeKinds = [
  'percent-of-freight',
  'percent-of-all',
  'per-parcel',
  'per-kg',
] as const
export type SurchargeKind = (typeof surchargeKinds)[number]
export const surchargeConditions = ['always', 'oversize', 'heavy', 'remote-area'] as const
export type SurchargeCondition = (typeof surchargeConditions)[number]

export type Surcharge = {
  readonly code: string
  readonly name: string
  readonly kind: SurchargeKind
  /** Percent, for a share: of the freight, or of the freight and every surcharge that is a sum. */
  readonly percent?: Ratio
  /** For a sum: per parcel, or per kilogram begun. */
  readonly amountMinor?: bigint
  readonly applies: SurchargeCondition
  readonly overMm?: number
  readonly overG?: number
  /** How the postcodes of a remote area begin. */
  readonly postcodes: readonly string[]
  readonly validity: Validity
  readonly source: LaneSource
}

/** A parcel to be priced. What is left out is not guessed: the answer names what it could not look at. */
export type Parcel = {
  readonly massG: number
  readonly lengthMm?: number | undefined
  readonly widthMm?: number | undefined
  readonly heightMm?: number | undefined
  /** Of the goods inside. */
  readonly value?: Money | undefined
  /** HS codes of the goods inside, six digits or more. */
  readonly codes?: readonly string[] | undefined
  /** Kinds of goods inside; an empty list says that there are none of them. */
  readonly contains?: readonly GoodsKind[] | undefined
  /** Of the consignee. */
  readonly postcode?: string | undefined
}

/** The three sides, longest first; undefined unless all are known. */
export function sidesOf(parcel: Parcel): readonly [number, number, number] | undefined {
  const { lengthMm, widthMm, heightMm } = parcel
  if (lengthMm === undefined || widthMm === undefined || heightMm === undefined) return undefined
  return [lengthMm, widthMm, heightMm].sort((a, b) => b - a) as [number, number, number]
}

export const holdsOn = ({ from, to }: Validity, day: Day): boolean =>
  from <= day && (to === undefined || day <= to)
