import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { RandomBytes } from '../../basis/uuid.ts'
import { basketLife } from './basket.ts'

/** The secret of the visitor's basket, if they have one. */
export function readSecret(c: Context): string | undefined {
  const secret = getCookie(c, 'basket')
  return secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : undefined
}

/** The same, or a new one of 256 bits. The cookie lives as long as the basket does after its last change. */
export function keepSecret(c: Context, random: RandomBytes): string {
  const secret = readSecret(c) ?? Buffer.from(random(32)).toString('base64url')
  setCookie(c, 'basket', secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: basketLife / 1000,
  })
  return secret
}

export const dropSecret = (c: Context): void => {
  deleteCookie(c, 'basket', { path: '/', secure: isSecure(c) })
}

/** Whether the browser came by https: what the configured address or the request says. */
const isSecure = (c: Context): boolean =>
  (c.get('origin') as string | undefined)?.startsWith('https:') ??
  new URL(c.req.url).protocol === 'https:'
