import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../basis/uuid.ts'
import { appendEvent, constraintName, timestamptz, transact, type Database } from '../db/index.ts'
import type { Holder } from '../ledger/index.ts'
import { blockedAmong } from '../parties/index.ts'
import { checkRequest, requestLife, type WantedRequest } from './payment-request.ts'
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
  // Two codes are alike once in a million requests; another is drawn then.
  for (let tries = 0; ; tries += 1) {
    try {
      return await insertRequest(parts, payee, person, checked)
    } catch (error) {
      if (constraintName(error) !== 'payment_requests_have_their_own_code' || tries === 5)
        throw error
    }
  }
}

async function insertRequest(
  { db, now, random, hub }: AskParts,
  payee: Holder,
  person: string,
  { currency, amount, purpose }: Exclude<ReturnType<typeof checkRequest>, Refused>,
): Promise<{ code: string }> {
  const at = now()
  const id = uuidv7(at, random)
  const code = makeShortCode(random)
  await transact(db, async (tx) => {
    await tx
      .insertInto('payment_requests')
      .values({
        home_hub: hub.id,
        payee_kind: payee.kind,
        payee_id: payee.id,
        request_id: id,
        code,
        currency,
        amount_minor: amount ?? null,
        purpose,
        state: 'open',
        made_at: timestamptz(at),
        made_by: person,
        expires_at: amount === undefined ? null : timestamptz(at + requestLife),
        ended_at: null,
        payer: null,
        entry_id: null,
      })
      .execute()
    await appendEvent(tx, { hub: hub.id, kind: 'payment.asked', subject: id, actor: person, at })
  })
  return { code }
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
