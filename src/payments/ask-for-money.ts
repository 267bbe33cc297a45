import { sql } from 'kysely'
import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../basis/uuid.ts'
import {
  appendEvent,
  appendEvents,
  timestamptz,
  transact,
  type Database,
  type Tx,
} from '../db/index.ts'
import type { Holder } from '../ledger/index.ts'
import { blockedAmong } from '../parties/index.ts'
import { findRequestsOf } from './find-requests.ts'
import {
  checkRequest,
  requestLife,
  whyEnded,
  type PaymentRequest,
  type WantedRequest,
} from './payment-request.ts'
import { makeShortCode } from './qr/short-code.ts'
import './schema.ts'

export type AskParts = {
  readonly db: Database
  readonly now: () => number
  readonly random: RandomBytes
  readonly hub: { readonly id: string }
}

/** Makes a request and tells its code; refused as `checkRequest` refuses, and with `payer-blocked`. A standing code never expires. */
export async function askForMoney(
  parts: AskParts,
  payee: Holder,
  person: string,
  wanted: WantedRequest,
): Promise<Refused | { readonly code: string }> {
  const checked = checkRequest(wanted)
  if (isRefused(checked)) return checked
  const blocked = await blockedAmong(parts.db.kysely, parts.hub.id, [payee])
  if (blocked.has(payee.id)) return refused('payer-blocked')
  const request = newRequest(parts, payee, checked)
  const [code = ''] = await transact(parts.db, (tx) =>
    insertRequests(tx, parts.random, [{ ...request, madeBy: person }]),
  )
  return { code }
}

/** The same, but who asks for the same again while it is open shows the request that there is, not a second one. */
export async function askForMoneyOnce(
  parts: AskParts,
  payee: Holder,
  person: string,
  wanted: WantedRequest,
): Promise<Refused | { readonly code: string }> {
  const checked = checkRequest(wanted)
  if (isRefused(checked)) return checked
  const { currency, amount, purpose } = checked
  const open = (await findRequestsOf(parts.db.kysely, parts.hub.id, payee)).find(
    (request) =>
      whyEnded(request, parts.now()) === undefined &&
      request.currency === currency &&
      request.amount === amount &&
      request.purpose === purpose,
  )
  return open ? { code: open.code } : askForMoney(parts, payee, person, wanted)
}

/** A request as it begins; its code comes when it is written. */
export function newRequest(
  { now, random, hub }: Pick<AskParts, 'now' | 'random' | 'hub'>,
  payee: Holder,
  { currency, amount, purpose }: Pick<PaymentRequest, 'currency' | 'amount' | 'purpose'>,
): PaymentRequest {
  const at = now()
  return {
    ...{ homeHub: hub.id, id: uuidv7(at, random), payee, code: '' },
    ...{ currency, amount, purpose, state: 'open', madeAt: at },
    // A standing code is on a wall or a card: it never expires.
    expiresAt: amount === undefined ? undefined : at + requestLife,
    ...{ endedAt: undefined, payer: undefined, entry: undefined },
  }
}

/** Writes new requests and tells the code of each. Two codes are alike once in a million requests; another is drawn then. */
export async function insertRequests(
  tx: Tx,
  random: RandomBytes,
  requests: readonly (PaymentRequest & { readonly madeBy: string })[],
): Promise<string[]> {
  const codes = new Map<string, string>()
  for (let tries = 0; codes.size < requests.length; tries += 1) {
    if (tries > 5) throw new Error('no code is free')
    const left = requests.filter(({ id }) => !codes.has(id))
    const { rows } = await sql<{ request_id: string; code: string }>`
      insert into payment_requests (home_hub, payee_kind, payee_id, request_id, code, currency, amount_minor, purpose,
                                    state, made_at, made_by, expires_at)
      select * from unnest(${left.map(({ homeHub }) => homeHub)}::uuid[], ${left.map(({ payee }) => payee.kind)}::text[],
        ${left.map(({ payee }) => payee.id)}::uuid[], ${left.map(({ id }) => id)}::uuid[],
        ${left.map(() => makeShortCode(random))}::text[], ${left.map(({ currency }) => currency)}::text[],
        ${left.map(({ amount }) => amount ?? null)}::bigint[], ${left.map(({ purpose }) => purpose)}::text[],
        ${left.map(({ state }) => state)}::text[], ${left.map(({ madeAt }) => timestamptz(madeAt))}::timestamptz[],
        ${left.map(({ madeBy }) => madeBy)}::uuid[],
        ${left.map(({ expiresAt }) => (expiresAt === undefined ? null : timestamptz(expiresAt)))}::timestamptz[])
      on conflict on constraint payment_requests_have_their_own_code do nothing
      returning request_id, code`.execute(tx)
    for (const row of rows) codes.set(row.request_id, row.code)
  }
  await appendEvents(
    tx,
    requests.map(({ homeHub: hub, id: subject, madeBy: actor, madeAt: at }) => ({
      ...{ hub, kind: 'payment.asked', subject, actor, at },
    })),
  )
  return requests.map(({ id }) => codes.get(id) as string)
}

/** Takes a request back; one that is paid stays paid. Tells whether it is cancelled now. */
export async function cancelRequest(
  { db, now, hub }: AskParts,
  payee: Holder,
  code: string,
  person: string,
): Promise<boolean> {
  const at = now()
  return transact(db, async (tx) => {
    const row = await tx
      .updateTable('payment_requests')
      .set({ state: 'cancelled', ended_at: timestamptz(at) })
      .where('home_hub', '=', hub.id)
      .where('payee_kind', '=', payee.kind)
      .where('payee_id', '=', payee.id)
      .where('code', '=', code)
      .where('state', '=', 'open')
      .returning('request_id')
      .executeTakeFirst()
    if (!row) return false
    const event = { hub: hub.id, subject: row.request_id, actor: person, at }
    await appendEvent(tx, { ...event, kind: 'payment.cancelled' })
    return true
  })
}
