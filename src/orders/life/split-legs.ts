// Who gets the money of an order when its journey goes on or ends: a pure function of outcome, fault and Incoterm
// (docs/decisions/0020). What escrow can still give becomes shares; what was given already and is another's in the end
// becomes claims. Where no law is named in the table, it is the hub's own term.
import { roundQuotient } from '../../basis/rounding.ts'
import type { EscrowLeg, Leg, LegShare } from '../../ledger/index.ts'
import type { Fault } from '../order.ts'

export type Outcome =
  | 'release'
  | 'deliver'
  | 'close'
  | 'cancel'
  | 'refuse'
  | 'return'
  | 'lose'
  | 'settle'
  | 'refund'

/** DDP where the seller's price covers import clearance (a lane that is paid for it), else DAP. */
export type Incoterm = 'DDP' | 'DAP'

export type Ending = {
  readonly outcome: Outcome
  readonly incoterm: Incoterm
  /** Needed for `refuse`, `return`, `lose` and `settle`. */
  readonly fault?: Fault | undefined
  /** For `settle` and `refund`: what the buyer gets back of what is left of the goods, in minor units. */
  readonly refund?: bigint | undefined
}

/** A leg as it lies in escrow, with what its beneficiary gets for the whole of it where their account is in other money. */
export type SplitLeg = Leg & { readonly as?: bigint | undefined }

export type Share = LegShare & {
  readonly leg: EscrowLeg
  /** Goods were sold, carriage was done, charges are due; or it goes back to the buyer. */
  readonly why: 'sold' | 'carried' | 'due' | 'back'
}

export type NewClaim = {
  /** `owed` by one side to another; `drawback`: customs may pay it back, as the goods left again. */
  readonly kind: 'owed' | 'drawback'
  readonly debtor: Fault | 'customs' | 'peer'
  readonly creditor: Fault | 'hub'
  readonly what: EscrowLeg
  readonly currency: string
  readonly amount: bigint
}

export type Split = { readonly shares: readonly Share[]; readonly claims: readonly NewClaim[] }

/** `shared`: the refund to the buyer, the rest to the seller. `part`: the refund to the buyer, the rest stays. */
type Way = 'meant' | 'buyer' | 'stays' | 'shared' | 'part'
type Nobody = ''
const nobody: Nobody = ''
const any = '*'

/** Carriage is freight and insurance, the border duty, tax and fee. */
type Row = readonly [
  outcome: Outcome,
  fault: Fault | typeof any,
  incoterm: Incoterm | typeof any,
  // Where what is left in escrow goes.
  goods: Way,
  carriage: Way,
  border: Way,
  // Who owes the buyer what others have got of it, now or before.
  carriageOwedBy: Fault | Nobody,
  borderOwedBy: Fault | Nobody,
  // Who bears duty and tax in the end, and so is paid back by customs when the goods leave again.
  drawbackFor: Fault | Nobody,
]

const table: readonly Row[] = [
  // Import duty arises by release (Union Customs Code, Regulation (EU) No 952/2013, article 77(1)); so elsewhere by this
  // hub's own term. It is paid on delivery at the latest.
  ['release', any, any, 'stays', 'stays', 'meant', nobody, nobody, nobody],
  ['deliver', any, any, 'stays', 'meant', 'meant', nobody, nobody, nobody],
  ['close', any, any, 'meant', 'meant', 'meant', nobody, nobody, nobody],

  // Before anybody carried anything: all of it back, whoever ends it.
  ['cancel', any, any, 'buyer', 'buyer', 'buyer', nobody, nobody, nobody],
  ['refund', any, any, 'part', 'stays', 'stays', nobody, nobody, nobody],

  // Refused at the border, so never released: duty and tax never arose. Who carried is paid; who was at fault bears it.
  // That holds for both Incoterms: under DDP the seller clears the goods, under DAP the buyer, and the fault says whose
  // part of it failed. A carrier is not paid for a journey that it spoiled itself.
  ['refuse', 'seller', any, 'buyer', 'meant', 'buyer', 'seller', nobody, nobody],
  ['refuse', 'buyer', any, 'buyer', 'meant', 'buyer', nobody, nobody, nobody],
  ['refuse', 'carrier', any, 'buyer', 'buyer', 'buyer', nobody, nobody, nobody],

  // Not as agreed: the seller makes the buyer whole. Customs repays duty on goods that the importer rejected and that leave
  // again (Union Customs Code, article 118; Recommendation of the Customs Co-operation Council of 28 November 1957).
  ['return', 'seller', any, 'buyer', 'meant', 'buyer', 'seller', 'seller', 'seller'],
  // The buyer changed their mind: the price is repaid with the costs of (standard) delivery, the way back is the buyer's
  // (Directive 2011/83/EU, articles 13(1), 14(1); for consumers of the Union by law, for others by this hub's own term).
  // Under DDP duty and tax are a cost of the seller, inside the price; under DAP the buyer's own, who imported.
  ['return', 'buyer', 'DDP', 'buyer', 'meant', 'buyer', 'seller', 'seller', 'seller'],
  ['return', 'buyer', 'DAP', 'buyer', 'meant', 'buyer', 'seller', nobody, 'buyer'],
  // Spoiled on the way: as with a total loss, for goods that are worth nothing to the buyer.
  ['return', 'carrier', any, 'buyer', 'buyer', 'buyer', 'carrier', 'carrier', 'carrier'],

  // Lost: the risk is the seller's until delivery (DAP and DDP, Incoterms 2020), so the buyer gets the price back. Carriage
  // charges, customs duties and other charges are repaid by the carrier (CMR, article 23(4), for roads; for post and air
  // this hub's own term, and so for the insurance that a carrier sells). What is compensated for the goods
  // themselves is between seller and carrier. Nothing left the country, so there is no drawback.
  ['lose', 'carrier', any, 'buyer', 'buyer', 'buyer', 'carrier', 'carrier', nobody],
  // A carrier is relieved of what the claimant did wrong (CMR, article 17(2)).
  ['lose', 'seller', any, 'buyer', 'meant', 'buyer', 'seller', 'seller', nobody],
  ['lose', 'buyer', any, 'meant', 'meant', 'buyer', nobody, nobody, nobody],

  // A part back: the buyer keeps the goods. All of it back: the sale is undone, as by a return.
  ['settle', any, any, 'shared', 'meant', 'meant', nobody, nobody, nobody],
]

/**
 * Shares and claims of an order's legs. Every leg is given whole in the end: what goes to whom adds up to it, also in the
 * beneficiary's own money. Throws where a fault that is needed is not said or a refund is more than there is.
 */
export function splitLegs(ending: Ending, legs: readonly SplitLeg[]): Split {
  const goods = legs.find(({ leg }) => leg === 'goods')?.left ?? 0n
  const refund = ending.refund ?? 0n
  if (refund < 0n || refund > goods) throw new RangeError(`${refund} back of ${goods}`)
  const row = rowFor(ending, goods)
  const shares = legs.flatMap((leg) => sharesOf(leg, wayOf(row, leg.leg), refund))
  return { shares, claims: legs.flatMap((leg) => claimsOf(row, leg, shares)) }
}

function rowFor({ outcome, fault, incoterm, refund }: Ending, goods: bigint): Row {
  const undone = outcome === 'settle' && refund === goods && goods > 0n
  const wanted = undone ? 'return' : outcome
  const row = table.find(
    ([each, whose, term]) =>
      each === wanted && (whose === any || whose === fault) && (term === any || term === incoterm),
  )
  if (!row) throw new RangeError(`${outcome}: whose fault was it?`)
  return row
}

const groupOf = (leg: EscrowLeg): 'goods' | 'carriage' | 'border' =>
  leg === 'goods' ? 'goods' : leg === 'freight' || leg === 'insurance' ? 'carriage' : 'border'

const reasons = { goods: 'sold', carriage: 'carried', border: 'due' } as const

const wayOf = ([, , , goods, carriage, border]: Row, leg: EscrowLeg): Way =>
  ({ goods, carriage, border })[groupOf(leg)]

function sharesOf(leg: SplitLeg, way: Way, refund: bigint): Share[] {
  const { left } = leg
  const back = { meant: 0n, stays: 0n, buyer: left, shared: refund, part: refund }[way]
  const on = way === 'meant' || way === 'shared' ? left - back : 0n
  const of = { number: leg.number, leg: leg.leg }
  return [
    ...(back > 0n ? [{ ...of, amount: back, to: leg.payer, why: 'back' as const }] : []),
    ...(on > 0n
      ? [
          {
            ...of,
            amount: on,
            to: leg.beneficiary,
            why: reasons[groupOf(leg.leg)],
            ...worthOf(leg, on),
          },
        ]
      : []),
  ]
}

/**
 * The last part of a leg in the beneficiary's own money: the whole less what parts before it were worth. That is rounded up,
 * for a part that brought more than it is worth would cost the dealer a little with every order.
 */
function worthOf({ amount, as }: SplitLeg, last: bigint): { as?: bigint } {
  if (as === undefined) return {}
  return { as: as - roundQuotient(as * (amount - last), amount, 'up') }
}

function claimsOf(row: Row, leg: SplitLeg, shares: readonly Share[]): NewClaim[] {
  const [, , , , , , carriageOwedBy, borderOwedBy, drawbackFor] = row
  const group = groupOf(leg.leg)
  if (group === 'goods') return []
  const now = shares.find(({ number, why }) => number === leg.number && why !== 'back')
  const amount = leg.amount - leg.left + (now?.amount ?? 0n)
  if (amount === 0n) return []
  const of = { what: leg.leg, currency: leg.currency, amount }
  const debtor = group === 'carriage' ? carriageOwedBy : borderOwedBy
  const charged = leg.leg === 'duty' || leg.leg === 'tax'
  return [
    ...(debtor === nobody
      ? []
      : [{ kind: 'owed' as const, debtor, creditor: 'buyer' as const, ...of }]),
    ...(charged && drawbackFor !== nobody
      ? [{ kind: 'drawback' as const, debtor: 'customs' as const, creditor: drawbackFor, ...of }]
      : []),
  ]
}
