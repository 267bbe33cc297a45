// The law of one territory on one day, in the form the assessment reads: the shapes that compile.ts makes.
import type { Day } from '../../basis/day.ts'
import type { HsEdition } from '../../basis/hs.ts'
import type { Ratio } from '../../basis/ratio.ts'
import type { RoundingMode } from '../../basis/rounding.ts'
import type { BasketTest, LineTest } from './condition.ts'
import type { Editions } from './editions.ts'
import type { ExchangeRates, RateOn } from './exchange.ts'
import type { LineLaw } from './line-law.ts'
import type { Rate } from './rate.ts'
import type { Schedule } from './schedule.ts'
import type { Kind, roundingStages } from './schema.ts'
import type {
  Agreement,
  Citation,
  Fee,
  Group,
  Measure,
  Regime,
  Relief,
  Restriction,
  Tax,
  Waiver,
} from './records.ts'
import type { Sighting } from './versions.ts'

/** What a charge points to: the record that set it, and how firmly that record holds on the day. */
export type RuleRef = {
  readonly id: string
  readonly name: string
  readonly citation: Citation | undefined
  readonly note: string | undefined
  readonly sighting: Sighting | undefined
}
export type TextRate = {
  readonly text: string
  readonly rate: Rate
  /** The rate where it is a plain percentage of the basis: what nearly every line asks. */
  readonly plain: Ratio | undefined
}
/** Where a tax is paid under a regime; `not-named`: an opt-in tax that the regime does not name. */
export type TaxWord = 'import' | 'sale' | 'none' | 'not-named'
export type RoundingRule = {
  readonly id: string
  readonly step: bigint
  readonly mode: RoundingMode
  readonly level: 'line' | 'consignment'
  readonly citation: Citation | undefined
}
export type Stage = (typeof roundingStages)[number]

export type CompiledTreatment = {
  readonly when: LineTest
  readonly duty: 'tariff' | 'none' | TextRate
  readonly flat:
    | undefined
    | {
        readonly text: string
        readonly minor: Ratio | undefined
        readonly per: string
      }
  readonly remedy: 'tariff' | 'none' | 'not-read'
  readonly excise: 'tariff' | 'none'
  /** By index of tariff.taxes. */
  readonly taxes: readonly TaxWord[]
  readonly taxShare: Ratio | undefined
  readonly exciseShare: Ratio | undefined
  readonly taxBase: CompiledBase | undefined
  readonly fees: 'tariff' | 'none'
}
export type CompiledRegime = {
  readonly ref: RuleRef
  readonly index: number
  readonly record: Regime
  /** The basket condition without its own `holds`. */
  readonly when: BasketTest | undefined
  readonly holds: string | undefined
  readonly lines: readonly CompiledTreatment[]
}
export type CompiledRelief = {
  readonly ref: RuleRef
  readonly relieves: Relief['relieves']
  readonly inRegime: InRegime
  readonly when: BasketTest | undefined
  readonly lines: LineTest
}
export type CompiledReduced = {
  readonly ref: RuleRef
  readonly rate: TextRate
  readonly lines: LineTest
  readonly fact: string | undefined
}
export type CompiledTax = {
  readonly ref: RuleRef
  readonly index: number
  readonly id: string
  readonly record: Tax
  readonly kind: 'excise' | 'tax'
  /** The base holds the tax itself. */
  readonly inclusive: boolean
  readonly base: CompiledBase
  readonly rate: TextRate | undefined
  readonly when: BasketTest | undefined
  readonly lines: LineTest
  readonly reduced: readonly CompiledReduced[]
  readonly rounding: RoundingRule
  readonly baseRounding: RoundingRule
}
/** The parts of a tax base as numbers: see `basePart`; from `basePart.firstTax` on, the index of a tax. */
export type CompiledBase = readonly number[]
export const basePart = {
  'customs-value': 0,
  price: 1,
  freight: 2,
  insurance: 3,
  fees: 4,
  duty: 5,
  firstTax: 6,
} as const
export type CompiledFee = {
  readonly ref: RuleRef
  readonly per: Fee['per']
  readonly base: NonNullable<Fee['base']>
  readonly collected: 'border' | 'sale'
  readonly inTaxBase: boolean
  readonly inRegime: InRegime
  readonly rate: TextRate
  readonly when: BasketTest | undefined
  readonly lines: LineTest
}
export type CompiledAgreement = {
  readonly ref: RuleRef
  readonly record: Agreement
  /** Sets of proofs, any one of which is enough; none: the origin alone. */
  readonly proofs: Agreement['proofs']
  readonly origins: ReadonlySet<string>
  readonly rate: TextRate | undefined
  readonly lines: LineTest
  readonly waiver: BasketTest | undefined
}
export type CompiledMeasure = {
  readonly ref: RuleRef
  readonly kind: Measure['kind']
  readonly flagged: boolean
  readonly unlessProof: string | undefined
  readonly notWith: readonly string[]
  readonly rate: TextRate | undefined
  readonly when: BasketTest | undefined
  readonly lines: LineTest
}
/** Whether a rule counts, by index of tariff.regimes. */
export type InRegime = readonly boolean[]
export type CompiledCover = { readonly kind: Kind; fits(digits: string, origin: string): boolean }
export type CompiledValuation = {
  readonly ref: RuleRef
  readonly when: BasketTest | undefined
  /** Shares of price, freight and insurance over one denominator. */
  readonly shares: Readonly<Record<'price' | 'freight' | 'insurance', bigint>>
  readonly denominator: bigint
}
export type Conversion = {
  /** Minor units of the territory for one major unit, and for one minor unit, of the currency. */
  readonly factor: Ratio
  readonly perMinor: Ratio
  readonly on: RateOn
}

export type TariffOnDay = {
  readonly territory: string
  readonly chain: readonly string[]
  /** Countries of the same customs territory: goods sent from there cross no customs border. */
  readonly inside: ReadonlySet<string>
  readonly day: Day
  /** The HS edition in force on the day. */
  readonly edition: HsEdition
  readonly currency: string
  readonly localTaxes: boolean
  readonly valuations: readonly CompiledValuation[]
  readonly exchangeRule?: RuleRef & { readonly exact: boolean }
  readonly regimes: readonly CompiledRegime[]
  readonly reliefs: readonly CompiledRelief[]
  readonly waivers: readonly {
    readonly ref: RuleRef
    readonly of: Waiver['of']
    readonly currency: string
    readonly inRegime: InRegime
    readonly max: Ratio | undefined
  }[]
  readonly taxes: readonly CompiledTax[]
  /** Nothing for each tax: what a line starts with. */
  readonly untaxed: readonly (bigint | undefined)[]
  readonly fees: readonly CompiledFee[]
  readonly agreements: readonly CompiledAgreement[]
  readonly measures: readonly CompiledMeasure[]
  readonly restrictions: readonly {
    readonly ref: RuleRef
    readonly record: Restriction
    readonly when: BasketTest | undefined
    readonly lines: LineTest
  }[]
  readonly covers: readonly CompiledCover[]
  readonly mfnExceptions: readonly {
    readonly ref: RuleRef
    readonly origins: ReadonlySet<string>
    readonly column: string
  }[]
  /** Every amount that a condition compares with, such as `150.00 EUR`. */
  readonly limits: readonly string[]
  /** Registrations presumed held when the basket does not say. */
  readonly assumed: ReadonlySet<string>
  readonly rounding: Readonly<Record<Stage, RoundingRule>>
  /** Minor units of the territory for one MAJOR unit of the currency; undefined: no rate held. */
  conversion(currency: string): Conversion | undefined
  lineLaw(code: string, hs: HsEdition, origin: string): LineLaw
}

/** What compiling needs beside the territory's own records. */
export type CompileSources = {
  readonly groups: readonly Group[]
  readonly exchange: ExchangeRates
  readonly editions: Editions
  /** The territories whose goods move freely with this one: itself and the other members of its union. */
  inside(territory: string): readonly string[]
  schedule(path: string, name: string): Schedule
  codes(path: string, name: string): readonly string[]
}
