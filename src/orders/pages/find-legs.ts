// Where the money of an order is: in escrow, given to whom it was meant for, or back with the buyer; read from the books.
import type { Db } from '../../db/index.ts'
import {
  currencyOf,
  dealerAccount,
  escrowAccount,
  findEntriesFor,
  type EntryView,
  type EscrowLeg,
} from '../../ledger/index.ts'

/** Amounts in minor units of `currency`. */
export type LegState = {
  readonly number: number
  readonly leg: EscrowLeg
  readonly currency: string
  readonly amount: bigint
  /** Still in escrow. */
  readonly left: bigint
  /** Given to the beneficiary. */
  readonly given: bigint
  /** Given back to who paid. */
  readonly back: bigint
  /** The account that it is meant for, and what that got in minor units of its own currency. */
  readonly beneficiary: string
  readonly got: bigint
}

/** The legs of an order in their order; none as long as its money is only held. */
export async function findLegs(db: Db, order: string): Promise<LegState[]> {
  const [rows, entries] = await Promise.all([
    db
      .selectFrom('escrow_legs')
      .selectAll()
      .where('order_id', '=', order)
      .orderBy('number')
      .execute(),
    findEntriesFor(db, order),
  ])
  const legs = rows.map((row) => ({
    number: row.number,
    leg: row.leg as EscrowLeg,
    currency: row.currency,
    amount: row.amount_minor,
    left: row.left_minor,
    payer: row.payer,
    beneficiary: row.beneficiary,
  }))
  return legs.map(({ payer, ...leg }) => {
    const given = entries.map((entry) => givenBy(entry, leg, legs, payer))
    const total = (of: 'given' | 'back' | 'got'): bigint =>
      given.reduce((sum, each) => sum + each[of], 0n)
    return { ...leg, given: total('given'), back: total('back'), got: total('got') }
  })
}

type Leg = Pick<LegState, 'leg' | 'currency' | 'beneficiary'>

const nothing = { given: 0n, back: 0n, got: 0n }

/** What one entry gave of a leg. Its postings are gathered by account, so shares are told apart by who got something. */
function givenBy(
  { postings }: EntryView,
  leg: Leg,
  legs: readonly Leg[],
  payer: string,
): typeof nothing {
  const amountOf = (account: string): bigint =>
    postings.find((each) => each.account === account)?.amount ?? 0n
  const takenOf = ({ leg: name, currency }: Leg): bigint => -amountOf(escrowAccount(name, currency))
  const taken = takenOf(leg)
  if (taken <= 0n) return nothing
  const got = amountOf(leg.beneficiary)
  if (got <= 0n) return { given: 0n, back: taken, got: 0n }
  if (currencyOf(leg.beneficiary) === leg.currency) {
    const given = got < taken ? got : taken
    return { given, back: taken - given, got: given }
  }
  if (amountOf(payer) <= 0n) return { given: taken, back: 0n, got }
  // Shared with the buyer: what the dealer took is what was given of the legs in other money; only goods are shared.
  const others = legs
    .filter((each) => each.leg !== leg.leg && currencyOf(each.beneficiary) !== leg.currency)
    .filter((each) => amountOf(each.beneficiary) > 0n)
    .reduce((sum, each) => sum + takenOf(each), 0n)
  const given = leg.leg === 'goods' ? amountOf(dealerAccount(leg.currency)) - others : taken
  return { given, back: taken - given, got }
}
