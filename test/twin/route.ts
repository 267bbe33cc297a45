import type { ChargeKind, CoverKind, Regime } from './types.ts'
import type { Holding } from './versions.ts'
import type { Line } from './work.ts'

/** A route being worked out: a regime, and whether obtainable proofs are taken as held. */
export interface Route {
  regime: Holding<Regime>
  withObtainable: boolean
  /** The basket's schemes and the one this regime asks for. */
  schemes: string[]
  needs: string[]
  lines: RouteLine[]
  charges: Charge[]
  reasons: Set<string>
}

export interface RouteLine {
  line: Line
  charges: Charge[]
  reasons: Set<string>
  /** `which-line` before any work: the line bears no charges. */
  blank: boolean
  /** Valuation, regime or a rate of exchange used are not firm. */
  notFirm: boolean
  /** Names of parts of tax bases that could not be worked out. */
  unknown: Set<string>
  /** The duty came to exactly 0 under the tariff. */
  dutyIsZero: boolean
  /** Fees that join tax bases. */
  feesInBase: bigint
  taxes: Map<string, { amount: bigint; excise: boolean }>
  reads: Set<CoverKind>
  notCovered: CoverKind[]
}

export interface Charge {
  kind: ChargeKind
  rule: string
  amount: bigint
  counts: 'duty' | 'tax' | 'fees'
  /** Whether the record or cell that `rule` names is firm. */
  firm: boolean
}

export function startLine(line: Line, blank: boolean): RouteLine {
  return {
    line,
    charges: [],
    reasons: new Set(blank ? ['which-line'] : []),
    blank,
    notFirm: false,
    unknown: new Set(),
    dutyIsZero: false,
    feesInBase: 0n,
    taxes: new Map(),
    reads: new Set(),
    notCovered: [],
  }
}
