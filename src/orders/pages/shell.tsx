/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import {
  assetUrl,
  framed,
  Notice,
  Page,
  readerOf as readerOfPage,
  type Reader,
} from '../../ui/index.ts'
import '../words.ts'

/** What is on these pages is somebody's own; nothing may keep it, nor show it after signing out. */
export const readerOf = (c: Context): Reader => readerOfPage(c, 'no-store')

type ShellProps = {
  reader: Reader
  title: string
  hasErrors?: boolean
  density?: 'shop' | 'work'
  /** The address of server-sent events that say when to load the page anew; without JavaScript there is a link. */
  follows?: string | undefined
  /** Money moves by what is on the page: it says that no real money does, as long as none does. */
  paying?: boolean
  children?: Child
}

export function Shell({ reader, follows, paying, children, ...page }: ShellProps) {
  const { t } = reader.language
  return (
    <Page
      {...page}
      {...framed(reader)}
      head={
        <>
          <meta name="robots" content="noindex" />
          {follows && <script type="module" src={assetUrl('wait-for.js')}></script>}
        </>
      }
    >
      <section class="band">
        <div class="wrap stack loose">
          {paying && !reader.realMoney && (
            <Notice tone="info">
              <p>{t('payments.sandbox')}</p>
            </Notice>
          )}
          {children}
          {follows && (
            <>
              <wait-for class="notice warn" data-from={follows} hidden>
                <p role="status">
                  <a href={reader.url.pathname}>{t('orders.changed')}</a>
                </p>
              </wait-for>
              <noscript>
                <p>
                  <a href={reader.url.pathname}>{t('orders.lookAgain')}</a>
                </p>
              </noscript>
            </>
          )}
        </div>
      </section>
    </Page>
  )
}
