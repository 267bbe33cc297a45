import type { Context } from 'hono'
import { refused, type Refused } from '../../basis/refusal.ts'
import { Overloaded, type Answer, type Command, type Gathered } from '../../db/index.ts'
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

export function busy(c: Context): Response {
  c.header('retry-after', '1')
  return c.text(readerOf(c).language.t('payments.error.busy'), 503)
}
