import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** The session, and the browser that is known to a person. */
export type CookieName = 'session' | 'device'

/**
 * Over https the name begins with `__Host-`: then no other host of the same site can have set it,
 * and no plain connection carries it (RFC 6265bis).
 */
const written = (c: Context, name: CookieName): string => (isSecure(c) ? `__Host-${name}` : name)

export const readCookie = (c: Context, name: CookieName): string | undefined =>
  getCookie(c, written(c, name))

/** Not for scripts, and not sent with what another site starts, but for a plain link. */
export function writeCookie(
  c: Context,
  name: CookieName,
  value: string,
  maxAgeSeconds: number,
): void {
  const secure = isSecure(c)
  const maxAge = Math.min(maxAgeSeconds, 34_560_000) // 400 days, the most that RFC 6265bis allows
  setCookie(c, written(c, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge,
  })
}

export function dropCookie(c: Context, name: CookieName): void {
  deleteCookie(c, written(c, name), { path: '/', secure: isSecure(c) })
}

/** Whether the browser came by https: what the configured address or the request says. */
const isSecure = (c: Context): boolean =>
  c.get('origin')?.startsWith('https:') ?? new URL(c.req.url).protocol === 'https:'
