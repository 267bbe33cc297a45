import type { Context } from 'hono'
import type { z } from 'zod'
import { isRefused, Refusal } from '../../basis/refusal.ts'
import type { Answer, Command, Gathered } from '../../db/index.ts'
import { idempotencyKey, readBody, signedInActor } from '../../parties/index.ts'
import { findRequest } from '../find-requests.ts'
import type { PaymentParts } from '../parts.ts'
import { readShortCode } from '../qr/short-code.ts'
import { requestAnswer, type AskToBePaid, type CancelRequest } from './request-commands.ts'
import { sentRequest, type shownRequest } from './schemas.ts'
import { businessOf, sendApiCommand } from './send-api-command.ts'

const originOf = (c: Context): string =>
  (c.get('origin') as string | undefined) ?? new URL(c.req.url).origin

/** POST …/requests: asks to be paid. */
export async function askApi(
  c: Context,
  ask: Gathered<Command<AskToBePaid>, Answer>,
): Promise<Response> {
  idempotencyKey(c)
  const { currency, amount, purpose } = await readBody(c, sentRequest, 'bad-payment-request')
  // Empty text stands for no amount in forms; a program leaves it out.
  if (amount === '') throw new Refusal('amount-not-valid', { currency })
  const payee = businessOf(c)
  const wanted = { currency, amount: amount ?? '', purpose }
  return sendApiCommand(c, ask, {
    kind: 'payment-request',
    request: JSON.stringify([payee, wanted]),
    body: { payee, wanted, madeBy: signedInActor(c).personId, origin: originOf(c) },
  })
}

/** GET …/requests/:code */
export async function showRequestApi(
  c: Context,
  { db, hub, now }: PaymentParts,
): Promise<Response> {
  const request = await findRequest(db.kysely, hub.id, codeOf(c))
  const { kind, id } = businessOf(c)
  if (request?.payee.kind !== kind || request.payee.id !== id) throw new Refusal('not-found')
  return c.json(requestAnswer(request, originOf(c), now()) satisfies z.input<typeof shownRequest>)
}

/** POST …/requests/:code/cancellation: takes it back. */
export async function cancelApi(
  c: Context,
  cancel: Gathered<Command<CancelRequest>, Answer>,
): Promise<Response> {
  idempotencyKey(c)
  const code = codeOf(c)
  const payee = businessOf(c)
  return sendApiCommand(c, cancel, {
    kind: 'payment-request-cancel',
    request: JSON.stringify([payee, code]),
    body: { payee, code, origin: originOf(c) },
  })
}

/** What is no code names nothing. */
function codeOf(c: Context): string {
  const code = readShortCode(c.req.param('code') ?? '')
  if (isRefused(code)) throw new Refusal('not-found')
  return code
}
