/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { raw } from 'hono/html'
import { assetUrl } from './assets.ts'
import { Header, Languages, LinkBar, type LanguageLink, type NavLink } from './header.tsx'
import type { Language } from './language.ts'

export interface PageProps {
  language: Language
  title: string
  description?: string | undefined
  /** The form on the page was refused: the title says so first. */
  hasErrors?: boolean | undefined
  hub: { name: string; href?: string | undefined }
  /** `shop` is generous, for buyers; `work` is dense, for consoles. */
  density?: 'shop' | 'work' | undefined
  nav?: readonly NavLink[] | undefined
  account?: readonly NavLink[] | undefined
  languages?: readonly LanguageLink[] | undefined
  /** One line under the header that every reader must see, such as "test mode". */
  notice?: Child
  footer?: readonly NavLink[] | undefined
  /** Further elements of the head: canonical address, JSON-LD, robots. */
  head?: Child
  children?: Child
}

/** A whole page, doctype included. The main part is full width: put `.wrap` or `.band` inside it. */
export function Page(props: PageProps) {
  const { language } = props
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language.locale} dir={language.dir}>
        <Head {...props} />
        <body class={props.density ?? 'shop'}>
          <a class="skip" href="#main">
            {language.t('ui.skip')}
          </a>
          <Header {...props} />
          {props.notice && (
            <aside class="banner" aria-label={language.t('ui.notice')}>
              <div class="wrap">{props.notice}</div>
            </aside>
          )}
          <main id="main" tabindex={-1}>
            {props.children}
          </main>
          <Footer {...props} />
        </body>
      </html>
    </>
  )
}

function Head({ language, title, hasErrors, hub, description, head }: PageProps) {
  const parts = title === hub.name ? title : `${title} · ${hub.name}`
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{hasErrors ? `${language.t('ui.error')} ${parts}` : parts}</title>
      {description && <meta name="description" content={description} />}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#142129" media="(prefers-color-scheme: dark)" />
      <link rel="stylesheet" href={assetUrl('app.css')} />
      <link rel="icon" type="image/svg+xml" href={assetUrl('mark.svg')} />
      <script type="module" src={assetUrl('fragment.js')}></script>
      {head}
    </head>
  )
}

function Footer({ language, footer = [], languages = [] }: PageProps) {
  const { t } = language
  return (
    <footer class="site-footer">
      <div class="wrap cluster between">
        <LinkBar label={t('ui.footerNavigation')} links={footer} />
        {languages.length > 1 && <Languages languages={languages} />}
        <p class="muted">{t('ui.openSoftware')}</p>
      </div>
    </footer>
  )
}
