/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { nameOfLanguage, type Language } from './language.ts'
import { Mark } from './mark.tsx'

export interface NavLink {
  label: string
  href: string
  current?: boolean | undefined
}

export interface LanguageLink {
  locale: string
  href: string
  current: boolean
}

interface HeaderProps {
  language: Language
  hub: { name: string; href?: string | undefined }
  nav?: readonly NavLink[] | undefined
  account?: readonly NavLink[] | undefined
  languages?: readonly LanguageLink[] | undefined
}

/** The navigation is written twice, as a bar and as a menu that opens without JavaScript; one shows. */
export function Header({ language, hub, nav = [], account = [], languages = [] }: HeaderProps) {
  const { t } = language
  return (
    <header class="site-header">
      <div class="wrap">
        <a class="brand" href={hub.href ?? '/'}>
          <Mark />
          <span>{hub.name}</span>
        </a>
        <LinkBar label={t('ui.mainNavigation')} links={nav} class="wide-only" />
        <LinkBar label={t('ui.accountNavigation')} links={account} class="wide-only push" />
        {languages.length > 1 && (
          <details class={`menu wide-only${account.length ? '' : ' push'}`}>
            <summary
              aria-label={t('ui.languageNow', { language: nameOfLanguage(language.locale) })}
            >
              {nameOfLanguage(language.locale)}
            </summary>
            <div class="menu-panel">
              <Languages languages={languages} />
            </div>
          </details>
        )}
        <details class="menu narrow-only">
          <summary>{t('ui.menu')}</summary>
          <div class="menu-panel">
            <LinkBar label={t('ui.mainNavigation')} links={nav} />
            <LinkBar label={t('ui.accountNavigation')} links={account} />
            <nav aria-label={t('ui.language')}>
              <Languages languages={languages} />
            </nav>
          </div>
        </details>
      </div>
    </header>
  )
}

interface LinkBarProps {
  label: string
  links: readonly NavLink[]
  class?: string
}

export function LinkBar({ label, links, class: classes }: LinkBarProps) {
  if (links.length === 0) return null
  return (
    <nav aria-label={label} class={classes}>
      <ul class="nav">
        {links.map((link) => (
          <li>
            <a href={link.href} aria-current={link.current ? 'page' : undefined}>
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function Languages({ languages }: { languages: readonly LanguageLink[] }) {
  if (languages.length < 2) return null
  return (
    <ul class="nav">
      {languages.map(({ locale, href, current }) => (
        <li>
          <a
            href={href}
            lang={locale}
            hreflang={locale}
            aria-current={current ? 'true' : undefined}
          >
            {nameOfLanguage(locale)}
          </a>
        </li>
      ))}
    </ul>
  )
}
