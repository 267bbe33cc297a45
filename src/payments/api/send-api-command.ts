import type { Context } from 'hono'
import type { Answer, Command, Gathered } from '../../db/index.ts'
import { commandAnswer, idempotencyKey } from '../../parties/index.ts'

/** The business in the address: its programs count their keys together, and those of no other business with them. */
export const businessOf = (c: Context) =>
  ({ kind: 'business', id: c.req.param('business') ?? '' }) as const

/** Does a program's command once, by its Idempotency-Key, and gives the stored outcome. */
export async function sendApiCommand<B>(
  c: Context,
  send: Gathered<Command<B>, Answer>,
  command: Pick<Command<B>, 'kind' | 'request' | 'body'>,
): Promise<Response> {
  const { id: actor } = businessOf(c)
  return commandAnswer(c, await send({ actor, key: idempotencyKey(c), ...command }))
}
