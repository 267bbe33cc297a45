// The objects of Stripe's API that a transfer of ours can be, as far as we read them, and what each says of it:
// https://docs.stripe.com/api/payment_intents/object, /refunds/object, /transfers/object, /payouts/object
import { z } from 'zod'
import type { Found, Sent, Standing } from '../rail.ts'
import { fromStripe } from './amount.ts'

const common = {
  id: z.string(),
  currency: z.string().transform((code) => code.toUpperCase()),
  metadata: z.record(z.string(), z.string()).nullish(),
}

const redirect = z.object({ url: z.string().nullish() }).nullish()

const paymentIntent = z.object({
  object: z.literal('payment_intent'),
  ...common,
  amount: z.number(),
  amount_received: z.number().optional(),
  status: z.string(),
  last_payment_error: z.object({ code: z.string().nullish() }).nullish(),
  next_action: z.object({ redirect_to_url: redirect, alipay_handle_redirect: redirect }).nullish(),
})

const refund = z.object({
  object: z.literal('refund'),
  ...common,
  amount: z.number(),
  status: z.string().nullish(),
  failure_reason: z.string().nullish(),
})

const transfer = z.object({
  object: z.literal('transfer'),
  ...common,
  amount: z.number(),
  amount_reversed: z.number().optional(),
  reversed: z.boolean(),
})

const payout = z.object({
  object: z.literal('payout'),
  ...common,
  amount: z.number(),
  status: z.string(),
  failure_code: z.string().nullish(),
})

export const stripeObject = z.discriminatedUnion('object', [
  paymentIntent,
  refund,
  transfer,
  payout,
])
export type StripeObject = z.infer<typeof stripeObject>

/** What an object says; `transfer`: our id, which it carries in its metadata. */
export function foundIn(each: StripeObject): Sent & { readonly transfer: string | undefined } {
  const { state, amount, code, continueUrl } = told(each)
  const currency = each.currency
  return {
    providerRef: each.id,
    transfer: each.metadata?.['transfer'],
    ...{ state, currency, continueUrl },
    amount: fromStripe(amount, currency),
    fault: state === 'failed' ? faultOf(code) : undefined,
  }
}

const faultOf = (code: string | null | undefined): NonNullable<Found['fault']> =>
  code ? `provider-failed/${code}` : 'provider-failed'

type Told = {
  readonly state: Standing
  readonly amount: number
  readonly code?: string | null | undefined
  readonly continueUrl?: string | undefined
}

function told(each: StripeObject): Told {
  switch (each.object) {
    case 'payment_intent':
      return toldByIntent(each)
    case 'refund':
      return {
        state: standing(each.status, 'succeeded'),
        amount: each.amount,
        code: each.failure_reason,
      }
    case 'payout':
      return { state: standing(each.status, 'paid'), amount: each.amount, code: each.failure_code }
    case 'transfer':
      // Done as soon as it is there; what was reversed in part is an amount that differs.
      return each.reversed
        ? { state: 'failed', amount: each.amount, code: 'reversed' }
        : { state: 'done', amount: each.amount - (each.amount_reversed ?? 0) }
  }
}

const standing = (status: string | null | undefined, done: string): Standing => {
  if (status === done) return 'done'
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending'
}

function toldByIntent(each: z.infer<typeof paymentIntent>): Told {
  const { status, amount, next_action: next } = each
  if (status === 'succeeded') return { state: 'done', amount: each.amount_received ?? amount }
  // We pay each intent in one try: where the method is asked for again, that try has failed.
  const hasFailed =
    status === 'canceled' || (status === 'requires_payment_method' && each.last_payment_error)
  if (hasFailed) return { state: 'failed', amount, code: each.last_payment_error?.code }
  const url = next?.redirect_to_url?.url ?? next?.alipay_handle_redirect?.url
  return { state: 'pending', amount, continueUrl: url ?? undefined }
}
