import type { Day } from '../../basis/day.ts'

// What a bank says of an account: camt.053 is the statement of a day, camt.054 a notification of single movements.

export type Direction = 'credit' | 'debit'

/** `BOOK`, `PDNG`, `INFO` and `FUTR` of the standard. Only what is booked has moved money. */
export type EntryStatus = 'booked' | 'pending' | 'information' | 'future'

export type BankFile = {
  readonly message: 'camt.053' | 'camt.054'
  /** The version of the message: `08`. */
  readonly version: string
  readonly id: string
  readonly statements: readonly BankStatement[]
}

export type BankStatement = {
  readonly id: string
  /** IBAN or another number, as the bank writes it. */
  readonly account: string
  readonly balances: readonly BankBalance[]
  readonly entries: readonly BankEntry[]
}

export type BankBalance = {
  /** `OPBD` opening, `CLBD` closing, `PRCD` the closing balance before; a bank may have more. */
  readonly code: string
  /** Signed: positive is ours. */
  readonly amountMinor: bigint
  readonly currency: string
  readonly on: Day
}

export type BankEntry = {
  /** Where it stands in the file: `Stmt[1]/Ntry[3]`. */
  readonly place: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly direction: Direction
  readonly status: EntryStatus
  /** The bank takes back an earlier entry; the direction is that of the taking back. */
  readonly reversal: boolean
  /** The day as the bank writes it. */
  readonly bookedOn?: Day | undefined
  readonly valueOn?: Day | undefined
  readonly reference?: string | undefined
  /** The account servicer's reference. */
  readonly servicerReference?: string | undefined
  /** `PMNT/ICDT/BOOK`, or the bank's own code. */
  readonly code: string
  /** How many transfers the bank says are in it, when it booked several at once. */
  readonly batchCount?: number | undefined
  readonly details: readonly BankDetail[]
}

/** One transfer of an entry. What a bank leaves out is left out here. */
export type BankDetail = {
  readonly place: string
  readonly endToEndId?: string | undefined
  readonly servicerReference?: string | undefined
  /** The creditor's structured reference (ISO 11649 or a national one). */
  readonly creditorReference?: string | undefined
  readonly remittance: string
  readonly counterparty?: string | undefined
  readonly amountMinor?: bigint | undefined
  readonly currency?: string | undefined
  readonly direction: Direction
  /** The bank gives a reason for sending it back: `AC04`, a closed account. */
  readonly returnReason?: string | undefined
}

/** Signed: a credit is positive. */
export const signed = (amountMinor: bigint, direction: Direction): bigint =>
  direction === 'credit' ? amountMinor : -amountMinor

/**
 * What is missing between a statement's opening and closing balance after all that is booked, in minor units: 0 when it
 * re-adds; undefined when the statement does not name both balances once, in the currency of every booked entry.
 */
export function gapOf({ balances, entries }: BankStatement): bigint | undefined {
  const named = (code: string): BankBalance[] => balances.filter((each) => each.code === code)
  const openings = named('OPBD').length > 0 ? named('OPBD') : named('PRCD')
  const closings = named('CLBD')
  const [opening] = openings
  const [closing] = closings
  if (!opening || !closing || openings.length > 1 || closings.length > 1) return undefined
  const booked = entries.filter(({ status }) => status === 'booked')
  const { currency } = opening
  if ([closing, ...booked].some((each) => each.currency !== currency)) return undefined
  return booked.reduce(
    (gap, { amountMinor, direction }) => gap - signed(amountMinor, direction),
    closing.amountMinor - opening.amountMinor,
  )
}
