import type { Context } from 'hono'
import { parseAmount } from '../../basis/money.ts'
import { isRefused, Refusal } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { idempotencyKey, readBody } from '../../parties/index.ts'
import { paymentKind } from '../pay.ts'
import type { PaymentParts } from '../parts.ts'
import { readShortCode } from '../qr/short-code.ts'
import { sentPayment } from './schemas.ts'
import { businessOf, sendApiCommand } from './send-api-command.ts'

/** POST …/payments: pays a request from the wallet of the business. */
export async function payApi(c: Context, parts: PaymentParts): Promise<Response> {
  // A key that is missing is said before anything else is looked at.
  idempotencyKey(c)
  const { amount: typed, currency, ...sent } = await readBody(c, sentPayment, 'bad-payment')
  const code = readShortCode(sent.code)
  if (isRefused(code)) throw new Refusal(code.refused, code.facts)
  const amount = parseAmount(typed, currency)
  if (amount === undefined) throw new Refusal('amount-not-valid', { currency })
  const payer = businessOf(c)
  const entry = uuidv7(parts.now(), parts.random)
  return sendApiCommand(c, parts.pay, {
    kind: paymentKind,
    request: JSON.stringify([payer, code, String(amount), currency]),
    body: { payer, code, amount, currency, entry },
  })
}
