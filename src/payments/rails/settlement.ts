// What an operator may say of a transfer that a provider's answers do not settle. Pure.
import { refused, type Refused } from '../../basis/refusal.ts'
import { silentAfter, type Transfer } from './transfer.ts'

/**
 * `moved`: the money moved, perhaps another amount; `not-moved`: it did not; `taken-back`: the provider took back what had
 * come in; `kept`: it did not, and what is booked stays.
 */
export type SettledAs = 'moved' | 'not-moved' | 'taken-back' | 'kept'

/** What may be said of it; nothing of what is not odd. Of an open one that has been silent for less than a day the provider tells. */
export function waysToSettle(
  { state, fault, kind, madeAt }: Transfer,
  now: number,
): readonly SettledAs[] {
  const isSilent = (state === 'asked' || state === 'sent') && now - madeAt >= silentAfter
  if (isSilent) return ['moved', 'not-moved']
  if (state === 'wrong')
    return fault === 'currency-differs' ? ['not-moved'] : ['moved', 'not-moved']
  if (state !== 'done' || fault === undefined) return []
  return kind === 'top-up' ? ['taken-back', 'kept'] : ['kept']
}

/**
 * Refused: `nothing-to-settle`, `amount-not-valid`; of what was taken back `more-than-came` with what is left of it in minor
 * units (`left`), `back` being what was given back before.
 */
export function whyNotSettled(
  transfer: Transfer,
  { outcome, amount }: { readonly outcome: SettledAs; readonly amount: bigint },
  { back, now }: { readonly back: bigint; readonly now: number },
): Refused | undefined {
  if (!waysToSettle(transfer, now).includes(outcome)) return refused('nothing-to-settle')
  const { currency } = transfer
  if (outcome === 'not-moved' || outcome === 'kept') return undefined
  if (amount <= 0n) return refused('amount-not-valid', { currency })
  const left = transfer.amount - back
  return outcome === 'taken-back' && amount > left
    ? refused('more-than-came', { currency, left: String(left) })
    : undefined
}
