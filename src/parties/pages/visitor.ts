import type { Context } from 'hono'
import { readCookie } from '../cookies.ts'
import type { PartiesParts } from '../parts.ts'
import type { Visitor } from '../sign-in.ts'

interface ServerEnv {
  incoming?: { socket?: { remoteAddress?: string } }
}

/**
 * The browser behind a request. Of an IPv6 address the network counts, as one household has billions
 * of them. Behind a proxy of the operator's own, the address that it adds last is the visitor's.
 */
export function visitorOf(c: Context, { hub }: Pick<PartiesParts, 'hub'>): Visitor {
  const told = hub.behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : ''
  const address =
    told || (c.env as ServerEnv | undefined)?.incoming?.socket?.remoteAddress || 'unknown'
  return {
    address: networkOf(address),
    agent: c.req.header('user-agent') ?? '',
    device: readCookie(c, 'device'),
  }
}

/** `2001:db8:1:2:3::4` becomes `2001:db8:1:2`; IPv4 stays. */
function networkOf(address: string): string {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (four || !address.includes(':')) return four ?? address
  const [head = '', tail] = address.toLowerCase().split('::')
  const front = head ? head.split(':') : []
  const back = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array<string>(zeros).fill('0'), ...back].slice(0, 4).join(':')
}

/** Where links in mails lead: the configured address; without one (and so without mail) this request's own. */
export const originOf = (c: Context, { hub }: Pick<PartiesParts, 'hub'>): string =>
  hub.origin ?? new URL(c.req.url).origin
