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

type PayParts = { readonly db: Database; readonly hub: { readonly id: string } }

/**
 * Pays each request of a batch. Outcomes: 201 with the payment; 404 `no-such-request`; 409 `request-paid`,
 * `request-cancelled`, `request-expired`; 422 `payer-blocked`, `payee-blocked`, `amount-differs`, `pays-oneself`, `not-enough-money` and the like.
 */
export function payRequests(
  { db, hub }: PayParts,
  commands: readonly Command<Pay>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
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
    const [blocked, ledger] = await Promise.all([
      blockedAmong(tx, hub.id, traders),
      loadLedger(tx, journal, { accounts }, now),
    ])
    const outcomes = fresh.map(({ actor, body }) =>
      outcomeOf(body, decide({ journal, requests, ledger, blocked }, body, actor, now), now),
    )
    const paid = [...requests.values()].filter((each) => each !== before.get(each.code))
    const events = ledger.entries.map(({ id, reference, actor }) => ({
      ...{ hub: hub.id, kind: 'payment.made', subject: reference, actor, at: now },
      body: { entry: id },
    }))
    const write = () =>
      Promise.all([
        writePaid(tx, paid),
        writeLedger(tx, ledger, { hub: hub.id, now }),
        appendEvents(tx, events),
      ])
    return { outcomes, write }
  })
}

type State = {
  readonly journal: Journal
  readonly requests: Map<string, PaymentRequest>
  readonly ledger: LedgerDraft
  /** Ids of people and businesses that may not trade here. */
  readonly blocked: ReadonlySet<string>
}

function decide(
  { journal, requests, ledger, blocked }: State,
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
