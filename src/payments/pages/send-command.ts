import type { Context } from 'hono'
import { refused, type Refused } from '../../basis/refusal.ts'
import { Overloaded, type Answer, type Command, type Gathered } from '../../db/index.ts'
import { signedInActor, tryOnce, type Limit } from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import type { PaymentParts } from '../parts.ts'
import { readerOf } from './shell.tsx'

/** What a form's command came to: what was stored of it, a refusal, or that so many wait that it was not tried. */
export async function sendCommand<B>(
  send: Gathered<Command<B>, Answer>,
  command: Command<B>,
): Promise<Refused | 'busy' | Readonly<Record<string, unknown>>> {
  const answer = await send(command).catch((error: unknown) => {
    if (error instanceof Overloaded) return undefined
    throw error
  })
  if (!answer || answer.answer === 'at-work') return 'busy'
  if (answer.answer === 'key-of-another-request') return refused('refused')
  const {
    code,
    status: _,
    ...facts
  } = JSON.parse(answer.outcome.body) as { code: string } & Record<string, string>
  return answer.outcome.status < 300 ? facts : refused(code, facts)
}

/** Counts one more of what a person may make so many of; refused: `too-many-tries` (minutes), with when to come again. */
export async function countOne(
  c: Context,
  { db, now }: Pick<PaymentParts, 'db' | 'now'>,
  limit: Limit,
): Promise<Refused | undefined> {
  const once = await tryOnce(db.kysely, limit, signedInActor(c).personId, now())
  if (once.allowed) return undefined
  c.header('retry-after', String(once.wait))
  return refused('too-many-tries', { minutes: Math.ceil(once.wait / 60) })
}

/** Of a page with errors: whoever made too many comes again later. */
export const statusOf = (c: Context, errors: readonly FieldError[]): 200 | 422 | 429 =>
  errors.length === 0 ? 200 : c.res.headers.has('retry-after') ? 429 : 422

export function busy(c: Context): Response {
  c.header('retry-after', '1')
  return c.text(readerOf(c).language.t('payments.error.busy'), 503)
}
