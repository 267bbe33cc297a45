/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { getCookie, setCookie } from 'hono/cookie'
import {
  chooseLocale,
  languageFor,
  languageLinks,
  locales,
  Page,
  type Language,
} from '../../ui/index.ts'
import { englishFor } from './words.ts'
import type { TariffEnv } from './problem.ts'

/** Who reads, where, and in what language. */
export type Reader = { language: Language; url: URL; hub: { name: string } }

/** The language of the address, of an earlier choice, or of the browser; a choice in the address is kept. */
export function readerOf(c: Context<TariffEnv>, hub: { name: string }): Reader {
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
  c.header('cache-control', 'private, no-cache')
  return { language: languageFor(locale), url, hub }
}

type ShellProps = {
  reader: Reader
  title: string
  current: 'cost' | 'markets' | 'rules'
  description?: string
  hasErrors?: boolean
  density?: 'shop' | 'work'
  /** The address without what only this reader chose. */
  canonical?: string
  children?: Child
}

/** A page of this capability, with the hub's navigation. */
export function Shell({ reader, current, canonical, children, ...page }: ShellProps) {
  const { language, url, hub } = reader
  const { t } = language
  const nav = [
    { label: t('tariff.nav.cost'), href: '/cost', current: current === 'cost' },
    { label: t('tariff.nav.markets'), href: '/cost/markets', current: current === 'markets' },
    { label: t('tariff.nav.rules'), href: '/rules', current: current === 'rules' },
  ]
  return (
    <Page
      {...page}
      language={language}
      hub={hub}
      nav={nav}
      languages={languageLinks(url, language.locale)}
      footer={[{ label: t('tariff.nav.api'), href: '/api/v1/openapi.json' }]}
      head={canonical && <link rel="canonical" href={canonical} />}
    >
      {children}
    </Page>
  )
}

/** Words of the rules themselves, which nobody has translated. */
export function RuleText({ language, children }: { language: Language; children?: Child }) {
  return <span lang={englishFor(language)}>{children}</span>
}

/** A link out to a source; only where the rules give an address of the web. */
export function Outside({ href, children }: { href: string; children?: Child }) {
  return /^https?:\/\//.test(href) ? (
    <a href={href} rel="external noopener">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  )
}
