import {
  signed,
  type BankEntry,
  type BankFile,
  type Direction,
  type EntryStatus,
} from './bank-file.ts'

// Our expected movements at the bank against what the bank reports. Nothing is guessed: two belong together only by
// our own id, which the bank hands back as end-to-end id or which a payer gave as the creditor's reference.

/** A movement that our books expect on the account; the direction is that on the bank's statement. */
export type Expected = {
  /** A UUID, such as that of the payout; the bank has it without dashes. */
  readonly id: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly direction: Direction
  readonly at: number
}

/** One transfer that the bank reports. */
export type Reported = {
  readonly place: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly direction: Direction
  readonly status: EntryStatus
  /** The bank took it back, or sent it back. */
  readonly reversal: boolean
  readonly bookedOn?: string | undefined
  readonly endToEndId?: string | undefined
  readonly creditorReference?: string | undefined
  readonly servicerReference?: string | undefined
  readonly counterparty?: string | undefined
  readonly returnReason?: string | undefined
}

/** One movement of ours and everything the bank says of it. */
export type Pair = { readonly ours: Expected; readonly theirs: readonly Reported[] }

export type Difference = 'amount' | 'currency' | 'direction'

export type Reconciliation = {
  /** Booked once, as expected. */
  readonly matched: readonly Pair[]
  /** Booked once, and not as expected. */
  readonly differs: readonly (Pair & { readonly in: readonly Difference[] })[]
  /** The bank took or sent it back. */
  readonly reversed: readonly Pair[]
  /** Booked more than once, or our own list has the id more than once. */
  readonly duplicated: readonly {
    readonly ours: readonly Expected[]
    readonly theirs: readonly Reported[]
  }[]
  /** Announced, not booked. */
  readonly pending: readonly Pair[]
  readonly onlyOurs: readonly Expected[]
  readonly onlyTheirs: readonly Reported[]
}

/**
 * Puts every item of both sides into exactly one list, in one pass over each; which list does not depend on the order.
 * An announcement of something that is booked as well goes with it. Give it one file of the bank at a time: a statement
 * and a notification of the same day say everything twice.
 */
export function reconcile(ours: readonly Expected[], theirs: readonly Reported[]): Reconciliation {
  const expected = Map.groupBy(ours, ({ id }) => keyOf(id))
  const reported = Map.groupBy(theirs, (each) => keyAmong(expected, each))
  const found: { -readonly [List in keyof Reconciliation]: Reconciliation[List][number][] } = {
    matched: [],
    differs: [],
    reversed: [],
    duplicated: [],
    pending: [],
    onlyOurs: [],
    onlyTheirs: reported.get(undefined) ?? [],
  }
  for (const [key, same] of expected) {
    const said = reported.get(key) ?? []
    const booked = said.filter(({ status }) => status === 'booked')
    const [one] = same
    const [first] = booked
    if (!one || same.length > 1) found.duplicated.push({ ours: same, theirs: said })
    else if (said.length === 0) found.onlyOurs.push(one)
    else if (said.some(({ reversal }) => reversal)) found.reversed.push({ ours: one, theirs: said })
    else if (!first) found.pending.push({ ours: one, theirs: said })
    else if (booked.length > 1) found.duplicated.push({ ours: same, theirs: said })
    else {
      const differences = differencesOf(one, first)
      if (differences.length === 0) found.matched.push({ ours: one, theirs: said })
      else found.differs.push({ ours: one, theirs: said, in: differences })
    }
  }
  return found
}

/** The key of the movement of ours that it names, if it names one. */
const keyAmong = (
  expected: ReadonlyMap<string, unknown>,
  { endToEndId, creditorReference }: Reported,
): string | undefined =>
  [endToEndId, creditorReference]
    .map((reference) => keyOf(reference ?? ''))
    .find((key) => key !== '' && expected.has(key))

/** Banks write an id in capitals at times, and without what is no letter or digit. */
const keyOf = (id: string): string => id.replaceAll(/[^0-9A-Za-z]/g, '').toLowerCase()

const differencesOf = (ours: Expected, theirs: Reported): Difference[] => [
  ...(ours.amountMinor === theirs.amountMinor ? [] : (['amount'] as const)),
  ...(ours.currency === theirs.currency ? [] : (['currency'] as const)),
  ...(ours.direction === theirs.direction ? [] : (['direction'] as const)),
]

/** The transfers of a file, one by one: those of an entry that the bank booked as a batch each for itself. */
export const reportedIn = ({ statements }: BankFile): Reported[] =>
  statements.flatMap(({ entries }) => entries.flatMap(transfersOf))

/**
 * The transfers of an entry, when each has an amount in its currency and they re-add to it; else the entry as a whole,
 * which names nobody's movement unless it is a single one.
 */
function transfersOf(entry: BankEntry): Reported[] {
  const { details, place, amountMinor, currency, direction, status, bookedOn } = entry
  const whole = {
    place,
    amountMinor,
    currency,
    direction,
    status,
    bookedOn,
    reversal: entry.reversal,
    servicerReference: entry.servicerReference,
  }
  const [only] = details
  if (!only || (details.length > 1 && !addsUp(entry))) return [whole]
  return details.map((detail) => ({
    ...whole,
    place: detail.place,
    ...(details.length > 1 && {
      amountMinor: detail.amountMinor ?? 0n,
      direction: detail.direction,
    }),
    reversal: entry.reversal || detail.returnReason !== undefined,
    endToEndId: detail.endToEndId,
    creditorReference: detail.creditorReference,
    servicerReference: detail.servicerReference ?? entry.servicerReference,
    counterparty: detail.counterparty,
    returnReason: detail.returnReason,
  }))
}

function addsUp({ details, amountMinor, currency, direction }: BankEntry): boolean {
  if (details.some((each) => each.amountMinor === undefined || each.currency !== currency))
    return false
  const sum = details.reduce(
    (total, each) => total + signed(each.amountMinor ?? 0n, each.direction),
    0n,
  )
  return sum === signed(amountMinor, direction)
}
