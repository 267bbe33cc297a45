import type { Hub } from '../../src/app/index.ts'
import { hubOrigin } from './people.ts'

/** The cookies of one browser. */
export type Jar = Map<string, string>

export interface Sent {
  status: number
  location: string
  text: string
  headers: Headers
}

/** Sends what a browser sends from a page of the hub itself, and keeps the cookies that come back. */
export function browserAt(hub: Hub) {
  return async (
    jar: Jar,
    path: string,
    form?: Record<string, string> | [string, string][],
    more: Record<string, string> = {},
    from = '203.0.113.7',
  ): Promise<Sent> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie ? { cookie } : {}), 'sec-fetch-site': 'same-origin', ...more }
    const init = form ? { method: 'POST', body: new URLSearchParams(form), headers } : { headers }
    const env = { incoming: { socket: { remoteAddress: from } } }
    const answer = await hub.fetch(new Request(hubOrigin + path, init), env)
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    const location = answer.headers.get('location') ?? ''
    return { status: answer.status, location, text: await answer.text(), headers: answer.headers }
  }
}
