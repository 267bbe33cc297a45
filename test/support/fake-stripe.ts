// A small server of the shape of Stripe's public API, so that our side of it can be tried without an account. Written from
// their documentation, read in November 2026 (fields and examples as there, ids made up):
//   docs.stripe.com/api/idempotent_requests, /api/errors, /api/payment_intents/{create,object}, /api/refunds/object,
//   /api/transfers/create, /api/payouts/object, /api/balance_transactions/list, /api/events, /payments/alipay/accept-a-payment
// It is strict where Stripe is: form-encoded bodies, a key that is repeated answers with what was stored, errors included.

type StripeObject = Record<string, unknown> & { id: string; object: string }

export const secretKey = ['sk', 'test', 'example'].join('_')

export function fakeStripe() {
  const objects = new Map<string, StripeObject>()
  const stored = new Map<string, { asked: string; status: number; body: string }>()
  const lines: Record<string, unknown>[] = []
  const requests: string[] = []
  /** What happens to the next requests, once each. */
  const mishaps: ('lost-answer' | 'busy' | 'broken' | 'rubbish' | 'in-use')[] = []
  let made = 0

  const error = (status: number, type: string, code: string) => ({
    status,
    body: JSON.stringify({
      error: { type, code, message: 'for people', doc_url: 'https://x.test' },
    }),
  })

  function create(path: string, fields: URLSearchParams): { status: number; body: string } {
    const amount = fields.get('amount') ?? ''
    if (!/^\d{1,12}$/.test(amount))
      return error(400, 'invalid_request_error', 'parameter_invalid_integer')
    const common = {
      amount: Number(amount),
      currency: fields.get('currency') ?? 'myr',
      created: 1_795_338_000,
      livemode: false,
      metadata: { transfer: fields.get('metadata[transfer]') },
    }
    made += 1
    const object = shapes[path]?.(fields, common, made, objects)
    if (!object) return error(404, 'invalid_request_error', 'resource_missing')
    if (isRefusal(object)) return error(object.status, object.refused, object.code)
    objects.set(object.id, object)
    return { status: 200, body: JSON.stringify(object) }
  }

  function get(url: URL): { status: number; body: string } {
    if (url.pathname === '/v1/balance_transactions') return list(url.searchParams)
    const found = objects.get(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''))
    return found
      ? { status: 200, body: JSON.stringify(found) }
      : error(404, 'invalid_request_error', 'resource_missing')
  }

  function list(query: URLSearchParams): { status: number; body: string } {
    const size = Math.min(Number(query.get('limit')), 2)
    const inSpan = lines.filter(
      ({ created }) =>
        Number(created) >= Number(query.get('created[gte]')) &&
        Number(created) < Number(query.get('created[lt]')),
    )
    const after = query.get('starting_after')
    const from = after === null ? 0 : inSpan.findIndex(({ id }) => id === after) + 1
    const data = inSpan.slice(from, from + size)
    const page = { object: 'list', url: '/v1/balance_transactions', data }
    return {
      status: 200,
      body: JSON.stringify({ ...page, has_more: from + size < inSpan.length }),
    }
  }

  async function post(request: Request, url: URL): Promise<{ status: number; body: string }> {
    const key = request.headers.get('idempotency-key')
    const type = request.headers.get('content-type')
    if (!key || type !== 'application/x-www-form-urlencoded')
      return error(400, 'invalid_request_error', 'parameter_missing')
    const text = await request.text()
    const asked = `${url.pathname} ${text}`
    const known = stored.get(key)
    if (known)
      return known.asked === asked ? known : error(400, 'idempotency_error', 'idempotency_key')
    const answer = create(url.pathname, new URLSearchParams(text))
    stored.set(key, { asked, ...answer })
    return answer
  }

  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    requests.push(`${request.method} ${url.pathname}`)
    if (url.origin !== 'https://api.stripe.com') throw new Error(`not Stripe: ${url.origin}`)
    const mishap = mishaps.shift()
    if (request.headers.get('authorization') !== `Bearer ${secretKey}`)
      return new Response(error(401, 'invalid_request_error', '').body, { status: 401 })
    const early = { busy: 429, broken: 500, 'in-use': 409 } as const
    if (mishap && mishap in early) {
      const status = early[mishap as keyof typeof early]
      return new Response(error(status, 'api_error', 'lock_timeout').body, { status })
    }
    if (mishap === 'rubbish') return new Response('<html>proxy</html>', { status: 502 })
    const { status, body } = request.method === 'POST' ? await post(request, url) : get(url)
    if (mishap === 'lost-answer') throw new Error('the connection was cut')
    return new Response(body, { status, headers: { 'content-type': 'application/json' } })
  }
  return { fetch, objects, lines, requests, mishaps }
}

type Shape = (
  fields: URLSearchParams,
  common: Record<string, unknown> & { amount: number },
  made: number,
  objects: ReadonlyMap<string, StripeObject>,
) => StripeObject | Refusal | undefined

type Refusal = { refused: string; code: string; status: number }
const isRefusal = (made: StripeObject | Refusal): made is Refusal => 'refused' in made

const shapes: Readonly<Record<string, Shape>> = {
  '/v1/payment_intents': (fields, common, made) => ({
    ...{ id: `pi_${made}`, object: 'payment_intent', ...common },
    ...{ amount_received: 0, status: 'requires_action', last_payment_error: null },
    payment_method_types: [fields.get('payment_method_types[0]')],
    next_action: {
      type: 'alipay_handle_redirect',
      alipay_handle_redirect: {
        url: `https://hooks.stripe.com/redirect/pi_${made}`,
        return_url: fields.get('return_url'),
      },
    },
  }),
  '/v1/refunds': (fields, common, made, objects) => {
    const intent = objects.get(fields.get('payment_intent') ?? '')
    if (!intent) return undefined
    const refused = { refused: 'invalid_request_error', code: 'charge_already_refunded' }
    if (Number(intent['amount']) < common.amount) return { ...refused, status: 400 }
    return {
      ...{ id: `re_${made}`, object: 'refund', ...common, currency: intent['currency'] },
      ...{ payment_intent: intent.id, status: 'pending', failure_reason: undefined },
    }
  },
  '/v1/transfers': (fields, common, made) => ({
    ...{ id: `tr_${made}`, object: 'transfer', ...common, amount_reversed: 0, reversed: false },
    ...{ destination: fields.get('destination'), transfer_group: fields.get('transfer_group') },
  }),
  '/v1/payouts': (fields, common, made) =>
    common.amount > 1_000_000
      ? { refused: 'invalid_request_error', code: 'balance_insufficient', status: 400 }
      : {
          ...{ id: `po_${made}`, object: 'payout', ...common, status: 'pending' },
          ...{ destination: fields.get('destination'), failure_code: null },
        },
}
