import type { Fraction, RoundingMode } from './fraction.ts'

/** The shapes of the contract (docs/rules-schema.md) as they stand in the files, nothing more. */

export interface Dated {
  from?: string
  to?: string
  seen?: string[]
}

export interface Rule extends Dated {
  id: string
}

export type RateText = string | number

export interface ValueTest {
  of?: 'price' | 'cif' | 'customs-value'
  per?: 'consignment' | 'item' | 'line'
  max?: string
  min?: string
  below?: string
  above?: string
}

export interface BasketCondition {
  consignee?: string
  transport?: string[]
  from?: string[]
  from_not?: string[]
  value?: ValueTest
  every_line?: LineCondition
  no_line?: LineCondition
  any_line?: LineCondition
  holds?: string
  holds_not?: string
  assumed?: boolean
  yearly?: { limit: string; of?: ValueTest['of']; fact: string }
}

export interface LineCondition {
  codes?: (string | number)[]
  codes_not?: (string | number)[]
  origin?: string[]
  origin_not?: string[]
  value?: ValueTest
  fact?: string
  fact_not?: string
}

export interface Valuation extends Rule {
  when?: BasketCondition
  price?: string
  freight?: string
  insurance?: string
}

export interface Exchange extends Rule {
  source: string
  rule: 'latest' | 'second-last-wednesday'
  exact?: boolean
}

export interface ScheduleEntry extends Dated {
  file: string
  /** The folder the file lies in: that of the union or of the member. Set by the loader. */
  folder: string
  hs: string
  chapters: string
  default?: Record<string, RateText>
}

export interface MfnException extends Rule {
  origin: string[]
  column: string
}

export interface Cover extends Rule {
  kind: CoverKind
  chapters?: string
  codes?: (string | number)[]
  codes_not?: (string | number)[]
  origin?: string[]
  origin_not?: string[]
}

export const coverKinds = [
  'mfn',
  'preference',
  'trade-remedy',
  'quota',
  'excise',
  'vat',
  'reduced-vat',
  'restriction',
  'scheme',
  'fee',
  'local-tax',
] as const
export type CoverKind = (typeof coverKinds)[number]

export interface Flat {
  amount: string
  per: 'subheading' | 'line' | 'consignment' | 'unit'
}

export interface Treatment {
  when?: LineCondition
  duty?: RateText
  flat?: Flat
  remedy?: 'tariff' | 'none'
  excise?: 'tariff' | 'none'
  taxes?: Record<string, 'import' | 'sale' | 'none'>
  tax_share?: string
  excise_share?: string
  tax_base?: string[]
  fees?: 'tariff' | 'none'
}

export interface Regime extends Rule {
  when?: BasketCondition
  lines?: Treatment[]
  zone?: string
}

export interface OfRegimes {
  regimes?: string[]
  regimes_not?: string[]
}

export interface Relief extends Rule, OfRegimes {
  relieves: ('duty' | 'remedy' | 'excise' | 'tax' | 'fee')[]
  when?: BasketCondition
  lines?: LineCondition
}

export interface Waiver extends Rule, OfRegimes {
  of: ('duty' | 'tax' | 'all')[]
  max: string
}

export interface Reduced extends Rule {
  rate: RateText
  lines?: LineCondition
}

export interface Tax extends Rule {
  kind: string
  rate?: RateText
  column?: string
  base: string[]
  inclusive?: boolean
  lines?: LineCondition
  when?: BasketCondition
  opt_in?: boolean
  reduced?: Reduced[]
}

export interface Fee extends Rule, OfRegimes {
  rate: RateText
  per: 'consignment' | 'line' | 'unit' | 'subheading'
  base?: ('price' | 'customs-value' | 'cif')[]
  in_tax_base?: boolean
  when?: BasketCondition
  lines?: LineCondition
}

export interface Members extends Dated {
  countries: string[]
}

export interface Agreement extends Rule {
  column?: string
  rate?: RateText
  lines?: LineCondition
  members: Members[]
  proofs?: string[][]
  waiver?: ValueTest
}

export interface Measure extends Rule {
  kind: string
  lines?: LineCondition
  codes_file?: string
  /** The folder of codes_file. Set by the loader. */
  folder: string
  when?: BasketCondition
  rate?: RateText
  not_with?: string[]
  unless_proof?: string
  flagged?: boolean
  preference?: boolean
}

export interface Rounding extends Rule {
  stage: Stage
  applies?: string[]
  unit: string | number
  mode: RoundingMode
  level?: 'line' | 'consignment'
}

export type Stage =
  | 'conversion'
  | 'customs-value'
  | 'duty-base'
  | 'duty'
  | 'tax-base'
  | 'tax'
  | 'fee'

export interface Group {
  id: string
  members: Members[]
}

/** A schedule file: its rows by chapter, each row the cells by column name. */
export interface ScheduleFile {
  columns: string[]
  chapters: Map<string, ScheduleRow[]>
}
export type ScheduleRow = Record<string, string>

export interface CodeFile {
  prefixes: Set<string>
  shorter: Set<string>
}

/** Everything one destination says: its union's records before its own. */
export interface Law {
  territory: string
  unions: string[]
  currency: string | (Dated & { currency: string })[]
  localTaxes: boolean
  valuation: Valuation[]
  exchange: Exchange[]
  schedules: ScheduleEntry[]
  mfn_exceptions: MfnException[]
  covers: Cover[]
  regimes: Regime[]
  reliefs: Relief[]
  waivers: Waiver[]
  taxes: Tax[]
  fees: Fee[]
  agreements: Agreement[]
  measures: Measure[]
  rounding: Rounding[]
}

export interface EcbRate {
  date: string
  rate: string
}

/** A rate of a currency: its units per euro on a date. */
export interface Leg {
  rate: Fraction
  date: string
  source: string
}

export interface TwinRules {
  folder: string
  overlay: string | undefined
  territories: string[]
  unions: string[]
  groups: Group[]
  /** By currency: its units per euro, oldest first. */
  ecbRates: Map<string, EcbRate[]>
  /** By currency, oldest first. */
  neutralRates: Map<string, Leg[]>
  correlations: { older: number; newer: number; pairs: { from: string; to: string }[] }[]
  laws: Map<string, Law>
  scheduleFiles: Map<string, ScheduleFile>
  codeFiles: Map<string, CodeFile>
}

export interface Money {
  amount: string
  currency: string
}

export interface BasketLine {
  id: string
  description?: string
  code: string
  codeOf?: string
  origin: string
  quantity: string
  unit?: string
  unitPrice: Money
  netMassKg?: string
  measures?: Record<string, string>
  facts?: Record<string, string | boolean>
  proofs?: string[]
}

export interface Basket {
  from: string
  on?: string
  transport: string
  consignee: string
  incoterm?: string
  freight?: Money
  insurance?: Money
  schemes?: string[]
  facts?: Record<string, string | boolean>
  hs?: string
  lines: BasketLine[]
}

export type ChargeKind = 'duty' | 'remedy' | 'excise' | 'tax' | 'fee' | 'rounding'
export type Status = 'complete' | 'complete-except' | 'needs-facts' | 'cannot-decide'

export interface TwinCharge {
  kind: ChargeKind
  rule: string
  amount: string
}

export interface TwinTotals {
  goods: string
  freight: string
  insurance: string
  duty: string
  tax: string
  fees: string
  landed: string | null
}

export interface TwinAnswer {
  status: Status
  route: string | null
  currency: string
  lines: { id: string; status: Status; charges: TwinCharge[]; reasons: string[] }[]
  consignmentCharges: TwinCharge[]
  totals: TwinTotals
  notCovered: string[]
  alternatives: { route: string; landed: string | null; needs: string[] }[]
  reasons: string[]
}
