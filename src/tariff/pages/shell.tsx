/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { framed, Page, type Language, type Reader } from '../../ui/index.ts'
import type { PlainName } from './which-line.ts'
import { englishFor } from './words.ts'

type ShellProps = {
  reader: Reader
  title: string
  description?: string
  hasErrors?: boolean
  density?: 'shop' | 'work'
  /** The address without what only this reader chose. */
  canonical?: string
  children?: Child
}

/** A page of this capability, in the hub's frame. */
export function Shell({ reader, canonical, children, ...page }: ShellProps) {
  return (
    <Page
      {...page}
      {...framed(reader)}
      head={canonical && <link rel="canonical" href={reader.site + canonical} />}
    >
      {children}
    </Page>
  )
}

/** Words of the rules themselves, which nobody has translated. */
export function RuleText({ language, children }: { language: Language; children?: Child }) {
  return <span lang={englishFor(language)}>{children}</span>
}

type InPlainWordsProps = { named: PlainName | undefined; language: Language }

/** Our own words for a code; where nobody has written them in the reader's language, marked as what they are. */
export function InPlainWords({ named, language }: InPlainWordsProps) {
  if (!named) return null
  const isOwn = language.locale.startsWith(named.locale)
  return <span lang={isOwn ? undefined : named.locale}>{named.name}</span>
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
