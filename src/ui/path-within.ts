/**
 * Where a link of ours leads back to: a path of this hub, whatever text came as `next`. The text is judged as a browser
 * reads it: `/.//evil.example` is no path but another site once its dots are gone.
 */
export function pathWithin(next: string | undefined, otherwise = '/'): string {
  if (!next?.startsWith('/') || /[\\\p{Cc}]/u.test(next)) return otherwise
  const url = URL.parse(next, base)
  const isHere = url?.origin === base && !url.pathname.startsWith('//')
  return isHere ? url.pathname + url.search : otherwise
}

const base = 'http://hub.invalid'
