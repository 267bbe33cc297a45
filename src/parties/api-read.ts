// How the API reads what programs send. What is wrong is refused with every place; app/ makes a problem of it.
import type { Context } from 'hono'
import type { z } from 'zod'
import { Refusal } from '../basis/refusal.ts'

/** The parameters after the question mark; the last one counts where a name stands twice. */
export function readQuery<S extends z.ZodObject>(c: Context, schema: S): z.infer<S> {
  const given = Object.fromEntries(new URL(c.req.url).searchParams)
  const read = schema.safeParse(given)
  if (!read.success) throw new Refusal('bad-query', { faults: faultsOf(read.error) })
  return read.data
}

/** A body of JSON; `code` is the refusal of one that says something else than it should. */
export async function readBody<S extends z.ZodType>(
  c: Context,
  schema: S,
  code: string,
): Promise<z.infer<S>> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal('broken-json')
    throw error
  }
  const read = schema.safeParse(body)
  if (!read.success) throw new Refusal(code, { faults: faultsOf(read.error) })
  return read.data
}

/** The first places that are wrong, as `texts.0.title: why`. */
export const faultsOf = ({ issues }: z.ZodError): string[] =>
  issues
    .slice(0, 50)
    .map(
      ({ path, message }) =>
        `${path.map(String).join('.').slice(0, 200)}: ${message.slice(0, 200)}`,
    )
