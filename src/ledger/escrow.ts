// Escrow: the money of an order lies in one account per kind of leg and currency until it is known whose it is. The legs
// say which part is of which order and for whom; what is left of them is at every moment what the accounts hold.
import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import { currencyOf, dealerAccount, escrowAccount, type EscrowLeg } from './account.ts'
import {
  gathered,
  legKey,
  post,
  type Entry,
  type Leg,
  type LedgerDraft,
  type NewEntry,
  type NewPosting,
} from './draft.ts'
import { useHold } from './holds.ts'

/** Amount in minor units; `beneficiary` is the account that it is meant for. */
export type NewLeg = {
  readonly leg: EscrowLeg
  readonly amount: bigint
  readonly beneficiary: string
}

type EntryHead = Omit<NewEntry, 'postings' | 'reference'>

/**
 * Moves every leg of an order from the payer's account into escrow, as one entry. Refused: `nothing-to-post`,
 * `amount-not-positive`, and what `post` refuses.
 */
export function putInEscrow(
  draft: LedgerDraft,
  head: EntryHead,
  order: { readonly id: string; readonly payer: string; readonly currency: string },
  legs: readonly NewLeg[],
): Refused | Entry {
  if (legs.some(({ amount }) => amount <= 0n)) return refused('amount-not-positive')
  // A name that the plan does not have could never be given to.
  for (const { beneficiary } of legs) currencyOf(beneficiary)
  return draft.journal.attempt(() => {
    const postings = legs.flatMap(({ leg, amount }): NewPosting[] => [
      { account: order.payer, amount: -amount },
      { account: escrowAccount(leg, order.currency), amount },
    ])
    const entry = post(draft, { ...head, reference: order.id, postings: gathered(postings) })
    if ('refused' in entry) return entry
    for (const [index, { leg, amount, beneficiary }] of legs.entries()) {
      const kept: Leg = {
        order: order.id,
        number: index + 1,
        leg,
        currency: order.currency,
        amount,
        left: amount,
        payer: order.payer,
        beneficiary,
        entry: head.id,
      }
      if (draft.legs.has(legKey(kept)))
        throw new RangeError(`order ${order.id} is in escrow already`)
      draft.journal.put(draft.legs, legKey(kept), kept)
    }
    return entry
  })
}

/** The same from money that was held for it. Refused: what `useHold` and `putInEscrow` refuse. */
export const putHeldInEscrow = (
  draft: LedgerDraft,
  head: EntryHead,
  order: { readonly id: string; readonly payer: string; readonly currency: string },
  legs: readonly NewLeg[],
  held: string,
): Refused | Entry =>
  draft.journal.attempt(() => {
    const used = useHold(draft, held, head.id, head.at)
    return isRefused(used) ? used : putInEscrow(draft, head, order, legs)
  })

/**
 * What to give of one leg, and to which account. An account in another money gets `as`, in minor units of its own: the
 * dealer takes the one and gives the other, so both dealer accounts must be loaded.
 */
export type LegShare = {
  readonly number: number
  readonly amount: bigint
  readonly to: string
  readonly as?: bigint | undefined
}

/**
 * Gives money of an order out of escrow, as one entry: to the beneficiaries (release), back to the payer (refund), or
 * shared (dispute). Refused: `nothing-to-post`, `no-such-leg`, `amount-not-positive`, `more-than-in-escrow`.
 */
export function giveFromEscrow(
  draft: LedgerDraft,
  head: EntryHead,
  order: string,
  shares: readonly LegShare[],
): Refused | Entry {
  return draft.journal.attempt(() => {
    const postings: NewPosting[] = []
    for (const { number, amount, to, as } of shares) {
      const found = draft.legs.get(legKey({ order, number }))
      if (!found) return refused('no-such-leg', { leg: number })
      if (amount <= 0n) return refused('amount-not-positive', { leg: number })
      if (amount > found.left)
        return refused('more-than-in-escrow', { leg: number, left: String(found.left) })
      draft.journal.put(draft.legs, legKey(found), { ...found, left: found.left - amount })
      postings.push(
        { account: escrowAccount(found.leg, found.currency), amount: -amount },
        ...given(found.currency, { amount, to, as }),
      )
    }
    return post(draft, { ...head, reference: order, postings: gathered(postings) })
  })
}

function given(from: string, { amount, to, as }: Omit<LegShare, 'number'>): NewPosting[] {
  const into = currencyOf(to)
  if (into === from) return [{ account: to, amount }]
  if (as === undefined || as < 0n)
    throw new RangeError(`${to} is not in ${from}: nothing says what it gets`)
  return [
    { account: dealerAccount(from), amount },
    { account: dealerAccount(into), amount: -as },
    { account: to, amount: as },
  ]
}

/** The legs of an order, in their order. */
export const legsOf = (draft: LedgerDraft, order: string): Leg[] =>
  [...draft.legs.values()]
    .filter((each) => each.order === order)
    .toSorted((a, b) => a.number - b.number)
