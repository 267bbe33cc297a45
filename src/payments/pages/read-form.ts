import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { cleanLine } from '../../basis/clean-text.ts'

const longest = 1_000

/** Reads a form of plain fields: each as one line without unseen signs, empty when it is missing. */
export async function readText(c: Context): Promise<(name: string) => string> {
  const body = await c.req.parseBody().catch(() => {
    throw new HTTPException(400)
  })
  return (name) => {
    const value = body[name]
    return typeof value === 'string' ? cleanLine(value.slice(0, longest)) : ''
  }
}
