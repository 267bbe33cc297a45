// Requests to be paid as programs make and take them back: commands that are done once, written batch-first.
import { sql } from 'kysely'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import {
  appendEvents,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Outcome,
} from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { insertRequests, newRequest, type AskParts } from '../ask-for-money.ts'
import { lockRequests } from '../find-requests.ts'
import { refusalOutcome } from '../outcome.ts'
import {
  checkRequest,
  whyEnded,
  type PaymentRequest,
  type WantedRequest,
} from '../payment-request.ts'
import { payLink } from '../qr/deep-link.ts'

/** `origin`: where the hub is reached, for the link. */
export type AskToBePaid = {
  readonly payee: Holder
  readonly wanted: WantedRequest
  /** The person whose key it is. */
  readonly madeBy: string
  readonly origin: string
}

/**
 * Makes each request of a batch. Outcomes: 201 with the request; 422 `currency-not-known`, `amount-not-valid`,
 * `amount-too-large`, `purpose-too-long`, `payee-blocked`.
 */
export function askRequests(
  parts: AskParts,
  commands: readonly Command<AskToBePaid>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(parts.db, commands, now, async (tx, fresh) => {
    const payees = fresh.map(({ body }) => body.payee)
    const blocked = await blockedAmong(tx, parts.hub.id, payees)
    const decided = fresh.map(({ body: { payee, wanted, madeBy } }) => {
      const checked = checkRequest(wanted)
      if (isRefused(checked)) return checked
      if (blocked.has(payee.id)) return refused('payee-blocked')
      return { ...newRequest({ ...parts, now: () => now }, payee, checked), madeBy }
    })
    const made = decided.filter(isDone)
    const codes = (await insertRequests(tx, parts.random, made)).values()
    return decided.map((each, index) => {
      if (isRefused(each)) return refusalOutcome(each)
      const code = codes.next().value as string
      return outcomeOf(201, { ...each, code }, fresh[index]!.body.origin, now)
    })
  })
}

export type CancelRequest = {
  readonly payee: Holder
  readonly code: string
  readonly origin: string
}

/** Takes back each request of a batch. Outcomes: 200 with the request; 404 `no-such-request`; 409 `request-paid`, `request-cancelled`. */
export function cancelRequests(
  { db, hub }: AskParts,
  commands: readonly Command<CancelRequest>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
    const codes = fresh.map(({ body }) => body.code)
    const requests = await lockRequests(tx, hub.id, codes)
    const results = fresh.map(({ body }) => decideCancel(requests, body, now))
    const cancelled = results.filter(isDone)
    if (cancelled.length > 0)
      await sql`
        update payment_requests set state = 'cancelled', ended_at = ${timestamptz(now)}::timestamptz
         where home_hub = ${hub.id} and code = any(${cancelled.map(({ code }) => code)}::text[])`.execute(
        tx,
      )
    await appendEvents(
      tx,
      results.flatMap((each, index) =>
        isRefused(each)
          ? []
          : [
              {
                ...{ hub: hub.id, kind: 'payment.cancelled', subject: each.id, at: now },
                actor: fresh[index]!.actor,
              },
            ],
      ),
    )
    return results.map((each, index) =>
      isRefused(each) ? refusalOutcome(each) : outcomeOf(200, each, fresh[index]!.body.origin, now),
    )
  })
}

/** One whose time is over can still be taken back; somebody else's is not found. */
function decideCancel(
  requests: Map<string, PaymentRequest>,
  { payee, code }: CancelRequest,
  now: number,
): Refused | PaymentRequest {
  const request = requests.get(code)
  if (request?.payee.kind !== payee.kind || request.payee.id !== payee.id)
    return refused('no-such-request')
  if (request.state !== 'open') return refused(`request-${request.state}`)
  const cancelled: PaymentRequest = { ...request, state: 'cancelled', endedAt: now }
  requests.set(code, cancelled)
  return cancelled
}

const isDone = <T extends object>(each: Refused | T): each is T => !isRefused(each)

const outcomeOf = (
  status: number,
  request: PaymentRequest,
  origin: string,
  now: number,
): Outcome => ({ status, body: JSON.stringify(requestAnswer(request, origin, now)) })

const instant = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString()

/** A request as programs see it; amounts as decimals, instants by RFC 3339. */
export const requestAnswer = (request: PaymentRequest, origin: string, now: number) => ({
  code: request.code,
  state: whyEnded(request, now) ?? ('open' as const),
  currency: request.currency,
  amount: request.amount === undefined ? null : formatMinor(request.amount, request.currency),
  purpose: request.purpose,
  link: payLink(origin, request.code),
  madeAt: new Date(request.madeAt).toISOString(),
  expiresAt: instant(request.expiresAt),
  endedAt: instant(request.endedAt),
  payment: request.entry ?? null,
})
