// A hold reserves part of a balance before there is anything to post: it stays the holder's, and nobody can spend it twice.
import { refused, type Refused } from '../basis/refusal.ts'
import {
  available,
  largestAmount,
  loaded,
  post,
  type Entry,
  type Hold,
  type LedgerDraft,
  type NewEntry,
} from './draft.ts'

export type NewHold = Pick<
  Hold,
  'id' | 'account' | 'amount' | 'purpose' | 'reference' | 'expiresAt'
>

/** Reserves an amount. Refused: `amount-not-positive`, `amount-too-large`, `not-enough-money`. */
export function hold(draft: LedgerDraft, wanted: NewHold, now: number): Refused | Hold {
  if (draft.holds.has(wanted.id)) throw new RangeError(`hold ${wanted.id} is there already`)
  if (wanted.amount <= 0n) return refused('amount-not-positive')
  if (wanted.amount > largestAmount) return refused('amount-too-large')
  const account = loaded(draft, wanted.account)
  const free = available(account)
  if (free !== undefined && free < wanted.amount)
    return refused('not-enough-money', {
      currency: account.currency,
      missing: String(wanted.amount - free),
    })
  const made: Hold = {
    ...wanted,
    state: 'pending',
    madeAt: now,
    endedAt: undefined,
    entry: undefined,
  }
  reserve(draft, wanted.account, wanted.amount)
  draft.journal.put(draft.holds, made.id, made)
  return made
}

/**
 * Turns a hold into an entry that takes from its account; what the entry takes less is free again.
 * Refused: `no-such-hold`, `hold-ended`, `hold-expired`, `more-than-held`, and what `post` refuses.
 */
export function postHold(draft: LedgerDraft, id: string, entry: NewEntry): Refused | Entry {
  const found = pending(draft, id, entry.at)
  if ('refused' in found) return found
  const taken = entry.postings.find(({ account }) => account === found.account)?.amount ?? 0n
  if (-taken > found.amount) return refused('more-than-held', { held: String(found.amount) })
  return draft.journal.attempt(() => {
    end(draft, found, 'posted', entry.at, entry.id)
    return post(draft, entry)
  })
}

/** Gives a reserved amount back. Refused: `no-such-hold`, `hold-ended`. */
export function voidHold(draft: LedgerDraft, id: string, now: number): Refused | Hold {
  const found = draft.holds.get(id)
  if (!found) return refused('no-such-hold')
  if (found.state !== 'pending') return refused('hold-ended', { state: found.state })
  return end(draft, found, 'voided', now)
}

/** The same because its time is over; refused with `hold-not-due` before. */
export function expireHold(draft: LedgerDraft, id: string, now: number): Refused | Hold {
  const found = draft.holds.get(id)
  if (!found) return refused('no-such-hold')
  if (found.state !== 'pending') return refused('hold-ended', { state: found.state })
  if (!isOver(found, now)) return refused('hold-not-due')
  return end(draft, found, 'expired', now)
}

/**
 * Ends a hold because something other than its own entry takes the money: what was reserved is free for it. Refused:
 * `no-such-hold`, `hold-ended`, `hold-expired`.
 */
export function useHold(
  draft: LedgerDraft,
  id: string,
  entry: string,
  now: number,
): Refused | Hold {
  const found = pending(draft, id, now)
  return 'refused' in found ? found : end(draft, found, 'posted', now, entry)
}

function pending(draft: LedgerDraft, id: string, now: number): Refused | Hold {
  const found = draft.holds.get(id)
  if (!found) return refused('no-such-hold')
  if (found.state !== 'pending') return refused('hold-ended', { state: found.state })
  if (isOver(found, now)) return refused('hold-expired')
  return found
}

const isOver = ({ expiresAt }: Hold, now: number): boolean =>
  expiresAt !== undefined && expiresAt <= now

function end(
  draft: LedgerDraft,
  found: Hold,
  state: 'posted' | 'voided' | 'expired',
  now: number,
  entry?: string,
): Hold {
  const ended: Hold = { ...found, state, endedAt: now, entry }
  reserve(draft, found.account, -found.amount)
  draft.journal.put(draft.holds, found.id, ended)
  return ended
}

function reserve(draft: LedgerDraft, account: string, amount: bigint): void {
  const before = loaded(draft, account)
  draft.journal.put(draft.accounts, account, { ...before, held: before.held + amount })
}
