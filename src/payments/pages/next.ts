import type { Context } from 'hono'
import { pathWithin } from '../../ui/index.ts'

/** Where somebody goes on once their money is here: `next` of the address, if it is a path of this hub. */
export const nextOf = (c: Context): string | undefined =>
  pathWithin(c.req.query('next'), '') || undefined

/** An address of these pages that does not forget it. */
export function withNext(address: string, next: string | undefined): string {
  if (next === undefined) return address
  const [path = '', fragment] = address.split('#')
  const way = `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`
  return fragment === undefined ? way : `${way}#${fragment}`
}
