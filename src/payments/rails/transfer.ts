import type { Holder } from '../../ledger/index.ts'
import type { Found, TransferKind } from './rail.ts'

/**
 * - asked: written down here, perhaps not yet known to the provider
 * - sent: the provider has it and has not said how it ended
 * - done: the money moved and is booked
 * - failed: it did not move, or came back, or nobody paid for a day
 * - wrong: the provider says something that does not fit; nothing is booked, what was held stays held, the operator looks
 */
export type TransferState = 'asked' | 'sent' | 'done' | 'failed' | 'wrong'

/** Money between a wallet and the outside. Amounts in minor units, instants in Unix milliseconds. */
export type Transfer = {
  readonly id: string
  readonly kind: TransferKind
  readonly holder: Holder
  /** The wallet. */
  readonly account: string
  readonly currency: string
  readonly amount: bigint
  readonly rail: string
  readonly state: TransferState
  /** Of a payout, as the provider names it. */
  readonly to: string | undefined
  readonly returnUrl: string | undefined
  /** The top-up that is given back. */
  readonly of: string | undefined
  readonly providerRef: string | undefined
  /** Where the person goes on, at the provider's. */
  readonly continueUrl: string | undefined
  readonly hold: string | undefined
  readonly entry: string | undefined
  /** The entry that took it back. */
  readonly returnedBy: string | undefined
  readonly madeAt: number
  readonly madeBy: string
  readonly sentAt: number | undefined
  readonly nextTryAt: number | undefined
  readonly tries: number
  readonly endedAt: number | undefined
  /** A code. */
  readonly fault: string | undefined
}

/** When the worker looks again; milliseconds. */
export type Pace = {
  /** For how long a worker that took a transfer may be silent before another takes it. */
  readonly lease: number
  /** First pause; each one after is twice as long. */
  readonly first: number
  readonly longest: number
  /** A top-up that nobody paid by then is given up; should the money come later, it is booked all the same. */
  readonly giveUp: number
}

export const usualPace: Pace = {
  lease: 60_000,
  first: 5_000,
  longest: 60 * 60_000,
  giveUp: 24 * 60 * 60_000,
}

/** So long may an open transfer be silent before the operator has to look at it; milliseconds. */
export const silentAfter = 24 * 60 * 60_000

export const pauseAfter = ({ first, longest }: Pace, tries: number): number =>
  Math.min(first * 2 ** Math.min(tries, 30), longest)

/**
 * What came to be known of a transfer. `sure`: the provider's answer to a question of ours; a callback may be old, late or
 * wrong. Besides what providers say: `no-answer`, and `lost` when nobody can tell any more whether the money moved.
 */
export type Said = {
  readonly transfer: string
  readonly sure: boolean
  /** The transfer's `nextTryAt` when the worker took it: another one since then asks for another look. */
  readonly lease?: number | undefined
  readonly providerRef?: string | undefined
  readonly continueUrl?: string | undefined
  readonly fault?: string | undefined
} & (
  | Pick<Found, 'state' | 'amount' | 'currency'>
  /** Refused by the provider, which surely did nothing. */
  | { readonly state: 'failed' | 'no-answer' | 'lost' }
)

export type Step =
  /** `later`: the worker looks again; `ask`: at once; `rest`: nothing is open. */
  | { readonly step: 'nothing' | 'other-reference' | 'later' | 'ask' | 'rest' | 'book' }
  | { readonly step: 'let-go' | 'bring-back' | 'wrong' | 'note'; readonly fault: string }

/** An ended transfer of which a callback says otherwise: so often is the provider asked. */
const mostQuestions = 10

/**
 * What follows. A callback of success that fits is believed at once; whatever else a callback says only makes us ask the
 * provider, whose answer holds. So the order in which callbacks come changes nothing in the end.
 */
export function nextStep(transfer: Transfer, said: Said, now: number, pace: Pace): Step {
  const { state, providerRef } = transfer
  const isOpen = state === 'asked' || state === 'sent'
  if (providerRef && said.providerRef && providerRef !== said.providerRef)
    return { step: 'other-reference' }
  if (said.state === 'no-answer') return { step: 'later' }
  if (said.state === 'lost')
    return isOpen || state === 'wrong'
      ? { step: 'wrong', fault: said.fault ?? 'lost' }
      : { step: 'rest' }
  if (said.state === 'pending') return afterPending(transfer, said, now, pace)
  if (said.state === 'failed') return afterFailed(transfer, said)
  const fault = differenceOf(transfer, said)
  if (state === 'done') return fault ? disputed(said, fault) : { step: 'rest' }
  if (!said.sure) return isOpen && !fault ? { step: 'book' } : { step: 'ask' }
  if (fault) return { step: 'wrong', fault }
  // The ledger has an entry of this id already, and one that took it back.
  return transfer.entry ? { step: 'wrong', fault: 'done-after-return' } : { step: 'book' }
}

const disputed = ({ sure }: Said, fault: string): Step =>
  sure ? { step: 'note', fault } : { step: 'ask' }

function afterPending(transfer: Transfer, { sure }: Said, now: number, pace: Pace): Step {
  if (!sure) return { step: 'nothing' }
  if (transfer.state !== 'asked' && transfer.state !== 'sent')
    return { step: transfer.tries < mostQuestions ? 'later' : 'rest' }
  const isOver = transfer.kind === 'top-up' && now - transfer.madeAt >= pace.giveUp
  return isOver ? { step: 'let-go', fault: 'silent' } : { step: 'later' }
}

/** Money that went out and came back is booked back; money that came in is not taken away without the operator. */
function afterFailed({ state, kind }: Transfer, { sure, fault = 'provider-failed' }: Said): Step {
  if (state === 'failed') return { step: 'rest' }
  if (!sure) return { step: 'ask' }
  if (state !== 'done') return { step: 'let-go', fault }
  return kind === 'top-up' ? { step: 'note', fault: 'taken-back' } : { step: 'bring-back', fault }
}

function differenceOf(transfer: Transfer, said: Said): string | undefined {
  if (!('amount' in said)) return 'amount-differs'
  if (said.currency !== transfer.currency) return 'currency-differs'
  return said.amount === transfer.amount ? undefined : 'amount-differs'
}
