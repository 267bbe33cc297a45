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
  // A person has more to do here than a visitor with a basket, and some languages have longer words: then both bars
  // together are wider than a laptop.
  const busy = account.length > 3
  const kept = rowOf(account, busy ? 2 : undefined)
  const most = busy ? mostBeside(nav, kept) : lettersOf([...nav, ...account]) > 74 ? 3 : undefined
  return (
    <header class="site-header">
      <div class="wrap">
        <a class="brand" href={hub.href ?? '/'}>
          <Mark />
          <span>{hub.name}</span>
        </a>
        <LinkBar
          label={t('ui.mainNavigation')}
          links={nav}
          class="wide-only"
          row={most === undefined ? undefined : { most, rest: t('ui.menu') }}
        />
        <LinkBar
          label={t('ui.accountNavigation')}
          links={account}
          class="wide-only push"
          row={busy ? { most: 2, rest: t('ui.accountNavigation') } : undefined}
        />
        {languages.length > 1 && (
          <details class={`menu wide-only${account.length ? '' : ' push'}`} name="head">
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

const lettersOf = (links: readonly NavLink[]): number =>
  links.reduce((sum, { label }) => sum + label.length, 0)

/** What stands in the row; a menu of one link would take as much room as the link. */
const rowOf = (links: readonly NavLink[], most = links.length): readonly NavLink[] =>
  links.length > most + 1 ? links.slice(0, most) : links

/** How many links of the hub have room in the row, beside those of the account and the names of both menus. */
const mostBeside = (nav: readonly NavLink[], account: readonly NavLink[]): number =>
  [3, 2].find((most) => lettersOf([...rowOf(nav, most), ...account]) <= 64) ?? 1

interface LinkBarProps {
  label: string
  links: readonly NavLink[]
  class?: string
  /** How many stand in the row; the others are in a menu of this name, which opens without JavaScript. */
  row?: { most: number; rest: string } | undefined
}

export function LinkBar({ label, links, class: classes, row }: LinkBarProps) {
  if (links.length === 0) return null
  const shown = rowOf(links, row?.most)
  const others = links.slice(shown.length)
  const within = others.some(({ current }) => current) ? 'true' : undefined
  return (
    <nav aria-label={label} class={classes}>
      <ul class="nav">
        <Links links={shown} />
        {row && others.length > 0 && (
          <li>
            <details class="menu wide-only" name="head">
              <summary aria-current={within}>{row.rest}</summary>
              <div class="menu-panel">
                <ul class="nav">
                  <Links links={others} />
                </ul>
              </div>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Links({ links }: { links: readonly NavLink[] }) {
  return links.map(({ label, href, current }) => (
    <li>
      <a href={href} aria-current={current ? 'page' : undefined}>
        {label}
      </a>
    </li>
  ))
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
