// The balance transactions of a span with the objects they come from: https://docs.stripe.com/api/balance_transactions/list
import { z } from 'zod'
import { isRefused } from '../../../basis/refusal.ts'
import type { RailMovement } from '../rail.ts'
import { fromStripe } from './amount.ts'
import { callStripe, type StripeAccess } from './call.ts'

const source = z.object({
  object: z.string(),
  id: z.string(),
  amount: z.number(),
  currency: z.string(),
  /** Of a charge: what it was paid by. */
  payment_intent: z.string().nullish(),
  /** Of a transfer's reversal: the transfer. */
  transfer: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
})

const line = z.object({
  id: z.string(),
  type: z.string(),
  amount: z.number(),
  currency: z.string(),
  created: z.number(),
  source: z.union([source, z.string()]).nullish(),
})
type Line = z.infer<typeof line>

const page = z.object({ data: z.array(line), has_more: z.boolean() })

export async function* reportOf(
  parts: StripeAccess,
  from: number,
  to: number,
): AsyncGenerator<RailMovement> {
  for (let after: string | undefined; ;) {
    const answer = await callStripe(parts, '/v1/balance_transactions', {
      'created[gte]': String(Math.ceil(from / 1000)),
      'created[lt]': String(Math.ceil(to / 1000)),
      'expand[0]': 'data.source',
      limit: '100',
      ...(after && { starting_after: after }),
    })
    if (isRefused(answer)) throw new Error(`Stripe refused its report: ${JSON.stringify(answer)}`)
    const { data, has_more: hasMore } = page.parse(answer)
    yield* data.map(movementOf)
    after = data.at(-1)?.id
    if (!hasMore || after === undefined) return
  }
}

/** Lines that take back what a transfer of ours moved: https://docs.stripe.com/reports/balance-transaction-types */
const reversals: ReadonlySet<string> = new Set([
  'payment_failure_refund',
  'payment_reversal',
  'payout_cancel',
  'payout_failure',
  'refund_failure',
  'transfer_cancel',
  'transfer_failure',
  'transfer_refund',
])

/** In the currency that was paid: the balance may be kept in another. A line of nothing of ours stands for itself. */
function movementOf({ id, type, created, source: from, ...balance }: Line): RailMovement {
  const isOurs = typeof from === 'object' && from !== null
  const { amount, currency } = isOurs ? from : balance
  const code = currency.toUpperCase()
  const minor = fromStripe(Math.abs(amount), code)
  return {
    providerRef: isOurs ? refOf(from) : id,
    transfer: isOurs ? from.metadata?.['transfer'] : undefined,
    direction: balance.amount >= 0 ? 'in' : 'out',
    amount: minor,
    currency: code,
    at: created * 1000,
    reversal: reversals.has(type),
    what: type,
  }
}

/** What we asked for: a charge was paid by an intent, a reversal undoes a transfer. */
function refOf({ object, id, payment_intent: intent, transfer }: z.infer<typeof source>): string {
  if (object === 'charge') return intent ?? id
  return object === 'transfer_reversal' ? (transfer ?? id) : id
}
