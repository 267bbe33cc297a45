import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { getCookie, setCookie } from 'hono/cookie'
import type { NavLink } from './header.tsx'
import { chooseLocale, languageFor, languageLinks, type Language } from './language.ts'
import type { PageProps } from './layout.tsx'
import { locales } from './messages.ts'

/** What the hub puts round every page; the composition root leaves it in the context of a request. */
export interface Frame {
  readonly hub: { readonly name: string }
  nav(language: Language, c: Context): readonly NavLink[]
  account(language: Language, c: Context): readonly NavLink[]
  footer(language: Language): readonly NavLink[]
  /** One line that every reader must see, such as "demo". */
  notice?(language: Language): Child
  /** Real money moves here; without it, pages where money moves say that none does. */
  readonly realMoney?: boolean
}

/** Who reads, where, in what language, and what stands round the page. */
export interface Reader {
  readonly language: Language
  readonly url: URL
  /** Where the hub is reached, for links that leave it: as its operator wrote it down, else as this request did. */
  readonly site: string
  readonly hub: { readonly name: string }
  readonly nav: readonly NavLink[]
  readonly account: readonly NavLink[]
  readonly footer: readonly NavLink[]
  readonly notice: Child
  readonly realMoney: boolean
}

/**
 * The language of the address, of an earlier choice, or of the browser (a choice in the address is kept in a cookie), and
 * the hub's frame. `keep` is the Cache-Control of the page: pages of one person are `no-store`.
 */
export function readerOf(c: Context, keep = 'private, no-cache'): Reader {
  const url = new URL(c.req.url)
  const query = url.searchParams.get('lang') ?? undefined
  const locale = chooseLocale({
    query,
    cookie: getCookie(c, 'lang'),
    acceptLanguage: c.req.header('accept-language'),
  })
  if (query !== undefined && locales.includes(query))
    setCookie(c, 'lang', query, { path: '/', maxAge: 31_536_000, sameSite: 'Lax' })
  c.header('vary', 'accept-language, cookie', { append: true })
  c.header('cache-control', keep)
  const language = languageFor(locale)
  const frame = c.get('frame') as Frame | undefined
  return {
    language,
    url,
    site: (c.get('origin') as string | undefined) ?? url.origin,
    hub: frame?.hub ?? { name: 'eWTP' },
    nav: frame?.nav(language, c) ?? [],
    account: frame?.account(language, c) ?? [],
    footer: frame?.footer(language) ?? [],
    notice: frame?.notice?.(language),
    realMoney: frame?.realMoney ?? false,
  }
}

/** What a page takes from its reader. */
export function framed(reader: Reader) {
  const { language, url, hub, nav, account, footer, notice } = reader
  const languages = languageLinks(url, language.locale)
  return { language, hub, nav, account, footer, notice, languages } satisfies Partial<PageProps>
}
