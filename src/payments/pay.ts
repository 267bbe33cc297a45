// Paying a request from a wallet: a hot command, written batch-first (docs/decisions/0018). Requests are locked first, then
// the accounts; the earlier of two that pay the same request is paid, the later told so.
import { sql } from 'kysely'
import { openJournal, type Journal } from '../basis/journal.ts'
import { formatMinor } from '../basis/money.ts'
import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import {
  appendEvents,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Database,
  type Decided,
  type Outcome,
  type Tx,
} from '../db/index.ts'
import {
  loadLedger,
  post,
  walletAccount,
  writeLedger,
  type Holder,
  type LedgerDraft,
} from '../ledger/index.ts'
import { blockedAmong } from '../parties/index.ts'
import { loadAllowances, writeAllowances, type AllowanceDraft } from '../zones/index.ts'
import { findLevels } from './limits/find-levels.ts'
import { countMoved, limitKeys, unlimited, type Level, type LimitParts } from './limits/limits.ts'
import { lockRequests } from './find-requests.ts'
import { refusalOutcome } from './outcome.ts'
import { whyEnded, type PaymentRequest } from './payment-request.ts'

export type Pay = {
  /** Who pays: a person, or the business for which that person may. */
  readonly payer: Holder
  readonly code: string
  /** As the payer saw them: another amount than the request's is refused. */
  readonly amount: bigint
  readonly currency: string
  /** The id of the entry, by the caller. */
  readonly entry: string
}

export const paymentKind = 'payment'

type PayParts = {
  readonly db: Database
  readonly hub: { readonly id: string }
  readonly limits?: LimitParts | undefined
}

/**
 * Pays each request of a batch. Outcomes: 201 with the payment; 404 `no-such-request`; 409 `request-paid`,
 * `request-cancelled`, `request-expired`; 422 `payer-blocked`, `payee-blocked`, `amount-differs`, `pays-oneself`, `over-limit`, `not-enough-money` and the like.
 */
export function payRequests(
  { db, hub, limits = unlimited }: PayParts,
  commands: readonly Command<Pay>[],
  now: number,
): Promise<Answer[]> {
  const payers = commands.map(({ body }) => body.payer)
  const known = (tx: Tx) => findLevels(tx, hub.id, limits, payers)
  const work = async (
    tx: Tx,
    fresh: readonly Command<Pay>[],
    levels: ReadonlyMap<string, Level>,
  ): Promise<Decided> => {
    const bodies = fresh.map(({ body }) => body)
    const journal = openJournal()
    const requests = await lockRequests(
      tx,
      hub.id,
      bodies.map(({ code }) => code),
    )
    const before = new Map(requests)
    const accounts = bodies.flatMap(({ code, payer, currency }) => {
      const request = requests.get(code)
      return request?.currency === currency
        ? [walletAccount(payer, currency), walletAccount(request.payee, currency)]
        : []
    })
    const traders = [
      ...bodies.map(({ payer }) => payer),
      ...[...requests.values()].map(({ payee }) => payee),
    ]
    const counters = bodies.flatMap(({ payer }) => limitKeys(limits, levels, payer, 'out'))
    const [allowances, blocked, ledger] = await Promise.all([
      loadAllowances(tx, journal, counters),
      blockedAmong(tx, hub.id, traders),
      loadLedger(tx, journal, { accounts }, now),
    ])
    const state = { journal, requests, ledger, blocked, limits, levels, allowances }
    const outcomes = fresh.map(({ actor, body }) =>
      outcomeOf(
        body,
        journal.attempt(() => decide(state, body, actor, now)),
        now,
      ),
    )
    const paid = [...requests.values()].filter((each) => each !== before.get(each.code))
    const events = ledger.entries.map(({ id, reference, actor }) => ({
      ...{ hub: hub.id, kind: 'payment.made', subject: reference, actor, at: now },
      body: { entry: id },
    }))
    const write = () =>
      Promise.all([
        writePaid(tx, paid),
        writeAllowances(tx, allowances),
        writeLedger(tx, ledger, { hub: hub.id, now }),
        appendEvents(tx, events),
      ])
    return { outcomes, write }
  }
  return runCommands(db, commands, now, work, known)
}

type State = {
  readonly journal: Journal
  readonly requests: Map<string, PaymentRequest>
  readonly ledger: LedgerDraft
  /** Ids of people and businesses that may not trade here. */
  readonly blocked: ReadonlySet<string>
  readonly limits: LimitParts
  readonly levels: ReadonlyMap<string, Level>
  readonly allowances: AllowanceDraft
}

function decide(
  { journal, requests, ledger, blocked, limits, levels, allowances }: State,
  { payer, code, amount, currency, entry }: Pay,
  actor: string,
  now: number,
): Refused | PaymentRequest {
  const request = requests.get(code)
  if (!request) return refused('no-such-request')
  const ended = whyEnded(request, now)
  if (ended) return refused(`request-${ended}`)
  if (currency !== request.currency || amount !== (request.amount ?? amount))
    return refused('amount-differs')
  if (blocked.has(payer.id)) return refused('payer-blocked')
  if (blocked.has(request.payee.id)) return refused('payee-blocked')
  if (amount <= 0n) return refused('amount-not-valid', { currency })
  const [from, to] = [walletAccount(payer, currency), walletAccount(request.payee, currency)]
  if (from === to) return refused('pays-oneself')
  const moved = { holder: payer, way: 'out' as const, amount, currency }
  const over = countMoved(limits, levels, allowances, moved)
  if (over) return over
  const posted = post(ledger, {
    ...{ id: entry, kind: paymentKind, reference: request.id, at: now, actor },
    postings: [
      { account: from, amount: -amount },
      { account: to, amount },
    ],
  })
  if (isRefused(posted)) return posted
  // A standing code stays open for the next payer.
  if (request.amount !== undefined)
    journal.put(requests, code, { ...request, state: 'paid', endedAt: now, payer: from, entry })
  return request
}

/** A payment, or a problem (RFC 9457) with the code of its refusal. */
function outcomeOf(body: Pay, result: Refused | PaymentRequest, now: number): Outcome {
  if (isRefused(result)) return refusalOutcome(result)
  const { entry, code, amount, currency } = body
  return {
    status: 201,
    body: JSON.stringify({
      payment: entry,
      code,
      amount: formatMinor(amount, currency),
      currency,
      at: new Date(now).toISOString(),
    }),
  }
}

async function writePaid(tx: Tx, paid: readonly PaymentRequest[]): Promise<void> {
  if (paid.length === 0) return
  await sql`
    update payment_requests r
       set state = 'paid', ended_at = new.at, payer = new.payer, entry_id = new.entry_id
      from unnest(${paid.map(({ id }) => id)}::uuid[], ${paid.map(({ payee }) => payee.id)}::uuid[],
                  ${paid.map(({ payee }) => payee.kind)}::text[], ${paid.map(({ homeHub }) => homeHub)}::uuid[],
                  ${paid.map(({ endedAt }) => timestamptz(endedAt ?? 0))}::timestamptz[],
                  ${paid.map(({ payer }) => payer ?? null)}::text[], ${paid.map(({ entry }) => entry ?? null)}::uuid[])
             as new (request_id, payee_id, payee_kind, home_hub, at, payer, entry_id)
     where (r.home_hub, r.payee_kind, r.payee_id, r.request_id)
         = (new.home_hub, new.payee_kind, new.payee_id, new.request_id)`.execute(tx)
}
