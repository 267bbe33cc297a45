// Stripe by its public HTTP API: PaymentIntents take money in, Refunds give it back, Transfers pay it to connected accounts
// and Payouts to a bank account or card of our own. Each object carries our transfer's id in its metadata.
import { isRefused, type Refused } from '../../../basis/refusal.ts'
import type { Found, Rail, RailEvent, Sent } from '../rail.ts'
import { whyNotSigned } from '../signature.ts'
import { toStripe } from './amount.ts'
import { callStripe, type Fields, type StripeAccess } from './call.ts'
import { foundIn, stripeObject } from './objects.ts'
import { readStripeEvent } from './read-event.ts'
import { reportOf } from './report.ts'

export type StripeParts = StripeAccess & {
  /** `whsec_…` of the endpoint; two while it is changed. */
  readonly webhookSecrets: readonly string[]
  /**
   * A payment method by redirect, `alipay`, `grabpay`: paid without any script of Stripe's on our pages.
   * Cards would need that script, as their numbers must not pass through the hub.
   */
  readonly method: string
}

/** Stripe forgets keys when they are at least 24 hours old; an hour is left for clocks and slow answers. */
const keepsKeysFor = 23 * 60 * 60_000

export function createStripe(parts: StripeParts): Rail {
  return {
    name: 'stripe',
    realMoney: !/^[a-z]+_test_/.test(parts.secretKey),
    keepsKeysFor,
    takeIn: ({ returnUrl, ...wanted }) =>
      create(parts, '/v1/payment_intents', wanted, {
        confirm: 'true',
        'payment_method_types[0]': parts.method,
        'payment_method_data[type]': parts.method,
        return_url: returnUrl,
      }),
    payOut: ({ to, ...wanted }) =>
      to.startsWith('acct_')
        ? create(parts, '/v1/transfers', wanted, { destination: to, transfer_group: wanted.id })
        : create(parts, '/v1/payouts', wanted, { destination: to }),
    giveBack: ({ of, ...wanted }) =>
      create(parts, '/v1/refunds', wanted, { payment_intent: of }, ['currency']),
    find: (providerRef) => find(parts, providerRef),
    async readWebhook(headers, body, now): Promise<Refused | RailEvent[]> {
      const signature = headers.get('stripe-signature')
      return whyNotSigned(signature, body, parts.webhookSecrets, now) ?? readStripeEvent(body)
    },
    report: (from, to) => reportOf(parts, from, to),
  }
}

type Wanted = { readonly id: string; readonly amount: bigint; readonly currency: string }

async function create(
  parts: StripeParts,
  path: string,
  { id, amount, currency }: Wanted,
  more: Fields,
  without: readonly string[] = [],
): Promise<Refused | Sent> {
  const counted = toStripe(amount, currency)
  if (isRefused(counted)) return counted
  const fields = {
    amount: String(counted),
    currency: currency.toLowerCase(),
    'metadata[transfer]': id,
    ...more,
  }
  const sent = Object.fromEntries(Object.entries(fields).filter(([key]) => !without.includes(key)))
  const answer = await callStripe(parts, path, sent, id)
  return isRefused(answer) ? answer : foundIn(stripeObject.parse(answer))
}

const paths: readonly (readonly [prefix: string, path: string])[] = [
  ['pi_', '/v1/payment_intents'],
  // Refunds of some methods have ids of their own kind.
  ['re_', '/v1/refunds'],
  ['pyr_', '/v1/refunds'],
  ['tr_', '/v1/transfers'],
  ['po_', '/v1/payouts'],
]

async function find(parts: StripeParts, providerRef: string): Promise<Found | undefined> {
  const path = paths.find(([prefix]) => providerRef.startsWith(prefix))?.[1]
  if (!path) return undefined
  const answer = await callStripe(parts, `${path}/${encodeURIComponent(providerRef)}`, {})
  if (!isRefused(answer)) return foundIn(stripeObject.parse(answer))
  if (answer.facts['code'] === 'resource_missing') return undefined
  throw new Error(`Stripe refused to tell of ${providerRef}: ${String(answer.facts['code'])}`)
}
