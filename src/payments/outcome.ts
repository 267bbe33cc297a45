import type { Refused } from '../basis/refusal.ts'
import type { Outcome } from '../db/index.ts'

/** Refusals that are no plain 422: what is not there, and what is too late. */
const statuses: Readonly<Record<string, number>> = {
  'no-such-request': 404,
  'request-paid': 409,
  'request-cancelled': 409,
  'request-expired': 409,
  'quote-unknown': 404,
  'quote-used': 409,
  'quote-expired': 409,
  'payer-code-unknown': 404,
  'payer-code-used': 409,
  'payer-code-expired': 409,
}

/** A refusal as the stored outcome of a command: a problem (RFC 9457) with its code and facts. */
export function refusalOutcome({ refused, facts }: Refused): Outcome {
  const status = statuses[refused] ?? 422
  return { status, body: JSON.stringify({ status, code: refused, ...facts }) }
}
