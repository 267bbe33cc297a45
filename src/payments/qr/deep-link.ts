import { refused, type Refused } from '../../basis/refusal.ts'
import { readShortCode } from './short-code.ts'

/** The page where a payment is paid, `https://hub.example/pay/K7Q4MD2PX`; `origin` is the hub's own, without a slash. */
export const payLink = (origin: string, code: string): string => `${origin}/pay/${code}`

/**
 * The short code of a link to a payment of this hub. `link-broken`; `link-not-ours` for another scheme, host or port, or
 * with a name and password in front; `link-other-page`; and the refusals of `readShortCode`. What follows `?` or `#` says
 * nothing about the payment.
 */
export function readPayLink(text: string, origin: string): string | Refused {
  const url = URL.parse(text)
  if (!url) return refused('link-broken')
  if (url.origin !== origin || url.username || url.password)
    return refused('link-not-ours', { host: url.host })
  const [, code] = /^\/pay\/([\w-]+)$/.exec(url.pathname) ?? []
  return code ? readShortCode(code) : refused('link-other-page', { path: url.pathname })
}
