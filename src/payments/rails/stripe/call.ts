import { z } from 'zod'
import { refused, type Refused } from '../../../basis/refusal.ts'

export type StripeAccess = {
  /** The hub's guarded way out; it fails by itself within some 20 s. */
  readonly fetch: (request: Request) => Promise<Response>
  /** `sk_…` or `rk_…`, of the operator's settings. */
  readonly secretKey: string
  readonly host?: string | undefined
}

/** The version that the fields here were read from. */
const version = '2025-04-30.basil'

export type Fields = Readonly<Record<string, string>>

const problem = z.object({
  error: z.object({ type: z.string().nullish(), code: z.string().nullish() }),
})

/**
 * Calls the API: form-encoded fields with an idempotency key make a POST, without one a GET. Refused with `provider-refused`
 * and its code when Stripe surely did nothing (400, 402, 404: https://docs.stripe.com/api/errors); throws where that is not
 * known or may pass: the network, 401, 403, 409, 429, 5xx, a key that was used for something else.
 */
export async function callStripe(
  { fetch, secretKey, host = 'https://api.stripe.com' }: StripeAccess,
  path: string,
  fields: Fields,
  idempotencyKey?: string,
): Promise<unknown> {
  const form = new URLSearchParams(fields).toString()
  const headers = { authorization: `Bearer ${secretKey}`, 'stripe-version': version }
  const request =
    idempotencyKey === undefined
      ? new Request(`${host}${path}${form && '?'}${form}`, { headers })
      : new Request(`${host}${path}`, {
          method: 'POST',
          headers: {
            ...headers,
            'idempotency-key': idempotencyKey,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: form,
        })
  const response = await fetch(request)
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  return refusalOf(response.status, text)
}

function refusalOf(status: number, text: string): Refused {
  const { type, code } = problemIn(text)
  // Not the text itself: it may hold what belongs in no log.
  if (![400, 402, 404].includes(status) || type === 'idempotency_error')
    throw new Error(`Stripe answered ${status} ${type ?? ''} ${code ?? ''}`.trim())
  return refused('provider-refused', { code: code ?? type ?? String(status) })
}

function problemIn(text: string): z.infer<typeof problem>['error'] {
  try {
    return problem.parse(JSON.parse(text)).error
  } catch {
    throw new Error('Stripe answered with an error that is none of its API')
  }
}
