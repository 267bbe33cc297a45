// What a provider said becomes a state and an entry, both in one transaction: load, decide, write, over an array. The entry
// has the transfer's own id, so that the ledger's primary key lets a transfer be booked once and no more.
import { sql } from 'kysely'
import { openJournal, type Journal } from '../../basis/journal.ts'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import { appendEvents, timestamptz, type Tx } from '../../db/index.ts'
import {
  loadLedger,
  post,
  postHold,
  railAccount,
  voidHold,
  writeLedger,
  type Entry,
  type LedgerDraft,
  type NewEntry,
} from '../../ledger/index.ts'
import { lockTransfers } from './find-transfers.ts'
import type { EventOutcome } from './schema.ts'
import { nextStep, pauseAfter, type Pace, type Said, type Step, type Transfer } from './transfer.ts'

export type ApplyParts = {
  readonly hub: { readonly id: string }
  readonly random: RandomBytes
  readonly pace: Pace
  readonly now: number
}

/** What came of each; a transfer that is not there is `unknown`. */
export async function applySaid(
  tx: Tx,
  parts: ApplyParts,
  saids: readonly Said[],
): Promise<EventOutcome[]> {
  const { hub, now } = parts
  const transfers = await lockTransfers(
    tx,
    saids.map(({ transfer }) => transfer),
  )
  const before = new Map(transfers)
  const journal = openJournal()
  const ledger = await loadLedger(tx, journal, wantedOf([...transfers.values()]), now)
  const outcomes = saids.map((said) => decide({ journal, transfers, ledger }, said, parts))
  const changed = [...transfers.values()].filter((each) => each !== before.get(each.id))
  await updateTransfers(tx, changed)
  await writeLedger(tx, ledger, { hub: hub.id, now })
  await appendEvents(
    tx,
    changed
      .filter(({ id, state }) => state !== 'sent' && state !== before.get(id)?.state)
      .map(({ id, kind, state, fault }) => ({
        ...{ hub: hub.id, kind: `${kind}.${state}`, subject: id, at: now },
        body: fault ? { fault } : {},
      })),
  )
  return outcomes
}

const wantedOf = (transfers: readonly Transfer[]) => ({
  accounts: transfers.flatMap((each) => [each.account, railAccount(each.rail, each.currency)]),
  holds: transfers.flatMap((each) => each.hold ?? []),
})

type State = {
  readonly journal: Journal
  readonly transfers: Map<string, Transfer>
  readonly ledger: LedgerDraft
}

function decide(state: State, said: Said, parts: ApplyParts): EventOutcome {
  const transfer = state.transfers.get(said.transfer)
  if (!transfer) return 'unknown'
  const next = nextStep(transfer, said, parts.now, parts.pace)
  if (next.step === 'other-reference') return next.step
  if (next.step === 'nothing') return 'same'
  const known = {
    ...transfer,
    providerRef: transfer.providerRef ?? said.providerRef,
    continueUrl: said.continueUrl ?? transfer.continueUrl,
  }
  const after = take(state.ledger, known, said, next, parts)
  state.transfers.set(transfer.id, withLookKept(transfer, said, after))
  if (next.step === 'ask') return 'asked'
  return next.step === 'rest' ? 'same' : 'applied'
}

/** A callback may have asked for a look while the provider was answering an earlier question. */
function withLookKept(before: Transfer, { lease }: Said, after: Transfer): Transfer {
  const isOurs = lease === undefined || before.nextTryAt === undefined || before.nextTryAt === lease
  return isOurs ? after : { ...after, nextTryAt: before.nextTryAt }
}

/** The transfer after the step, which the ledger takes along; where the ledger refuses it is wrong, and nothing moved. */
function take(
  ledger: LedgerDraft,
  transfer: Transfer,
  said: Said,
  next: Step,
  { now, random, pace }: ApplyParts,
): Transfer {
  const ended = { nextTryAt: undefined, tries: 0, endedAt: now, fault: undefined }
  const wrong = (fault: string): Transfer => ({ ...transfer, ...ended, state: 'wrong', fault })
  switch (next.step) {
    case 'ask':
      return { ...transfer, nextTryAt: now, tries: 0 }
    case 'later':
      return later(transfer, said, now, pace)
    case 'book': {
      const booked = bookEntry(ledger, transfer, now)
      if (isRefused(booked)) return wrong(booked.refused)
      return { ...transfer, ...ended, state: 'done', entry: booked.id }
    }
    case 'let-go':
      if (isHeld(ledger, transfer)) assertDone(voidHold(ledger, transfer.id, now))
      return { ...transfer, ...ended, state: 'failed', fault: next.fault }
    case 'bring-back': {
      const back = returnEntry(ledger, transfer, uuidv7(now, random), now)
      if (isRefused(back)) return { ...transfer, nextTryAt: undefined, fault: back.refused }
      return { ...transfer, ...ended, state: 'failed', returnedBy: back.id, fault: next.fault }
    }
    case 'wrong':
      return wrong(next.fault)
    case 'note':
      return { ...transfer, nextTryAt: undefined, fault: next.fault }
    default: {
      // What did not fit once and fits now is settled; why something failed stays.
      const fits = transfer.state === 'done' && said.sure
      return { ...transfer, nextTryAt: undefined, fault: fits ? undefined : transfer.fault }
    }
  }
}

function later(transfer: Transfer, said: Said, now: number, pace: Pace): Transfer {
  const nextTryAt = now + pauseAfter(pace, transfer.tries)
  const isNew = transfer.state === 'asked' && said.state === 'pending'
  if (!isNew) return { ...transfer, nextTryAt }
  return { ...transfer, state: 'sent', tries: 0, nextTryAt: now + pace.first, fault: undefined }
}

export const isHeld = (ledger: LedgerDraft, { hold }: Transfer): boolean =>
  hold !== undefined && ledger.holds.get(hold)?.state === 'pending'

function bookEntry(ledger: LedgerDraft, transfer: Transfer, now: number): Refused | Entry {
  const entry = entryOf(transfer, now)
  return isHeld(ledger, transfer) ? postHold(ledger, transfer.id, entry) : post(ledger, entry)
}

/** Top-ups come into the wallet, the others leave it; the rail's account has the other side. */
export function entryOf(
  { id, kind, account, amount, rail, currency }: Transfer,
  at: number,
): NewEntry {
  const into = kind === 'top-up' ? amount : -amount
  return {
    ...{ id, kind, reference: id, at },
    postings: [
      { account: railAccount(rail, currency), amount: -into },
      { account, amount: into },
    ],
  }
}

function returnEntry(
  ledger: LedgerDraft,
  transfer: Transfer,
  id: string,
  now: number,
): Refused | Entry {
  const { kind, reference, at, postings } = entryOf(transfer, now)
  return post(ledger, {
    ...{ id, kind: `${kind}-returned`, reference, at, corrects: transfer.entry },
    postings: postings.map(({ account, amount }) => ({ account, amount: -amount })),
  })
}

function assertDone(result: Refused | object): void {
  if (isRefused(result)) throw new Error(`a pending hold was not let go: ${result.refused}`)
}

const instant = (at: number | undefined): string | null =>
  at === undefined ? null : timestamptz(at)

/** Writes what may change of transfers. */
export async function updateTransfers(tx: Tx, changed: readonly Transfer[]): Promise<void> {
  if (changed.length === 0) return
  const column = <T>(of: (transfer: Transfer) => T): T[] => changed.map(of)
  await sql`
    update rail_transfers t
       set state = new.state, amount_minor = new.amount_minor, provider_ref = new.provider_ref, continue_url = new.continue_url,
           entry_id = new.entry_id, returned_by = new.returned_by, next_try_at = new.next_try_at,
           tries = new.tries, ended_at = new.ended_at, fault = new.fault
      from unnest(${column(({ id }) => id)}::uuid[], ${column(({ state }) => state)}::text[],
                  ${column(({ amount }) => amount)}::bigint[],
                  ${column(({ providerRef }) => providerRef ?? null)}::text[],
                  ${column(({ continueUrl }) => continueUrl ?? null)}::text[],
                  ${column(({ entry }) => entry ?? null)}::uuid[],
                  ${column(({ returnedBy }) => returnedBy ?? null)}::uuid[],
                  ${column(({ nextTryAt }) => instant(nextTryAt))}::timestamptz[],
                  ${column(({ tries }) => tries)}::integer[],
                  ${column(({ endedAt }) => instant(endedAt))}::timestamptz[],
                  ${column(({ fault }) => fault ?? null)}::text[])
             as new (transfer_id, state, amount_minor, provider_ref, continue_url, entry_id, returned_by, next_try_at,
                     tries, ended_at, fault)
     where t.transfer_id = new.transfer_id`.execute(tx)
}
