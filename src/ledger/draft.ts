// The ledger of one batch in memory: the accounts and holds that its commands need, and what they do to them. Pure; every
// move either applies whole or refuses and changes nothing. write-ledger.ts writes down what is left.
import type { Journal } from '../basis/journal.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import type { EscrowLeg } from './account.ts'

/** An account as the batch sees it; amounts in minor units of its currency, credit positive. */
export type Account = {
  readonly account: string
  /** By which postings name it in the database. */
  readonly number: bigint
  readonly currency: string
  readonly floor: bigint | undefined
  readonly balance: bigint
  /** What pending holds reserve. */
  readonly held: bigint
  /** How many postings it ever had. */
  readonly postings: bigint
}

export type NewEntry = {
  /** A UUIDv7 by the caller. */
  readonly id: string
  /** A word: `payment`. */
  readonly kind: string
  /** The id of what it is for. */
  readonly reference: string
  /** Unix milliseconds. */
  readonly at: number
  readonly actor?: string | undefined
  /** The entry that this one corrects. */
  readonly corrects?: string | undefined
  /** Each account once; they add up to 0 in each currency. */
  readonly postings: readonly NewPosting[]
}
export type NewPosting = { readonly account: string; readonly amount: bigint }

export type Posting = NewPosting & {
  readonly entry: string
  readonly position: bigint
  /** Of the account after it. */
  readonly balance: bigint
  /** The account's. */
  readonly number: bigint
}
export type Entry = Omit<NewEntry, 'postings'> & { readonly postings: readonly Posting[] }

export type Hold = {
  readonly id: string
  readonly account: string
  readonly amount: bigint
  readonly purpose: string
  readonly reference: string
  readonly state: 'pending' | 'posted' | 'voided' | 'expired'
  readonly madeAt: number
  /** Undefined: until somebody ends it. */
  readonly expiresAt: number | undefined
  readonly endedAt: number | undefined
  readonly entry: string | undefined
}

/** A part of an order's money in escrow. */
export type Leg = {
  readonly order: string
  readonly number: number
  readonly leg: EscrowLeg
  readonly currency: string
  /** Put in, and still there. */
  readonly amount: bigint
  readonly left: bigint
  readonly payer: string
  readonly beneficiary: string
  /** The entry by which it was put in. */
  readonly entry: string
}

export type LedgerDraft = {
  readonly journal: Journal
  readonly accounts: Map<string, Account>
  readonly holds: Map<string, Hold>
  readonly legs: Map<string, Leg>
  readonly entries: Entry[]
  /** As they were loaded: what differs is written. */
  readonly before: {
    readonly accounts: ReadonlyMap<string, Account>
    readonly holds: ReadonlyMap<string, Hold>
    readonly legs: ReadonlyMap<string, Leg>
  }
}

/** A draft over what was loaded and locked (load-ledger.ts). */
export function openDraft(
  journal: Journal,
  accounts: readonly Account[],
  holds: readonly Hold[] = [],
  legs: readonly Leg[] = [],
): LedgerDraft {
  const before = {
    accounts: new Map(accounts.map((each) => [each.account, each])),
    holds: new Map(holds.map((each) => [each.id, each])),
    legs: new Map(legs.map((each) => [legKey(each), each])),
  }
  return {
    journal,
    accounts: new Map(before.accounts),
    holds: new Map(before.holds),
    legs: new Map(before.legs),
    entries: [],
    before,
  }
}

export const legKey = ({ order, number }: Pick<Leg, 'order' | 'number'>): string =>
  `${order} ${number}`

/** No amount of trade is larger; sums of many stay far below what 64 bits hold. */
export const largestAmount = 10n ** 15n

/** What may be spent from an account now; undefined: without limit. */
export const available = ({ balance, held, floor }: Account): bigint | undefined =>
  floor === undefined ? undefined : balance - held - floor

/**
 * Posts an entry. Refused, in this order: `nothing-to-post`, `amount-too-large`, `not-enough-money` (facts: account kind's
 * currency and what is missing, in minor units). An entry that does not balance, names an account twice or one that was
 * not loaded is a fault of the caller and throws.
 */
export function post(draft: LedgerDraft, entry: NewEntry): Refused | Entry {
  const { postings } = entry
  if (postings.length === 0) return refused('nothing-to-post')
  const accounts = postings.map(({ account }) => loaded(draft, account))
  assertBalanced(entry, accounts)
  for (const { amount } of postings)
    if (amount > largestAmount || amount < -largestAmount) return refused('amount-too-large')
  const changed = accounts.map((before, index) => ({
    ...before,
    balance: before.balance + postings[index]!.amount,
    postings: before.postings + 1n,
  }))
  for (const [index, after] of changed.entries()) {
    const free = available(after)
    // What already lies below its floor may still be paid into.
    if (free !== undefined && free < 0n && entry.postings[index]!.amount < 0n)
      return refused('not-enough-money', { currency: after.currency, missing: String(-free) })
  }
  const posted: Entry = {
    ...entry,
    postings: changed.map((after, index) => ({
      ...entry.postings[index]!,
      entry: entry.id,
      position: after.postings,
      balance: after.balance,
      number: after.number,
    })),
  }
  for (const after of changed) draft.journal.put(draft.accounts, after.account, after)
  draft.journal.append(draft.entries, posted)
  return posted
}

function assertBalanced({ id, postings }: NewEntry, accounts: readonly Account[]): void {
  const sums = new Map<string, bigint>()
  for (const [index, { account, amount }] of postings.entries()) {
    if (amount === 0n) throw new RangeError(`entry ${id} posts nothing to ${account}`)
    // An entry has a handful of postings: looking back is quicker than a set.
    for (let earlier = 0; earlier < index; earlier += 1)
      if (accounts[earlier] === accounts[index])
        throw new RangeError(`entry ${id} posts to ${account} twice`)
    const { currency } = accounts[index]!
    sums.set(currency, (sums.get(currency) ?? 0n) + amount)
  }
  for (const [currency, sum] of sums)
    if (sum !== 0n) throw new RangeError(`entry ${id} is out of balance by ${sum} ${currency}`)
}

export function loaded(draft: LedgerDraft, account: string): Account {
  const found = draft.accounts.get(account)
  if (!found) throw new RangeError(`account ${account} was not loaded`)
  return found
}

/** Adds postings of several parts up, so that each account stands once and none with nothing. */
export function gathered(postings: readonly NewPosting[]): NewPosting[] {
  const sums = new Map<string, bigint>()
  for (const { account, amount } of postings) sums.set(account, (sums.get(account) ?? 0n) + amount)
  return [...sums].flatMap(([account, amount]) => (amount === 0n ? [] : [{ account, amount }]))
}
