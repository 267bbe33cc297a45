/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { framed, Notice, Page, readerOf as readerOfPage, type Reader } from '../../ui/index.ts'
import '../words.ts'

/** What is on these pages is somebody's money; nothing may keep it, nor show it after signing out. */
export const readerOf = (c: Context): Reader => readerOfPage(c, 'no-store')

type ShellProps = {
  reader: Reader
  title: string
  hasErrors?: boolean
  density?: 'shop' | 'work'
  /** The address of a script that the page can do without. */
  script?: string
  /** More for the head. */
  head?: Child
  children?: Child
}

/** A page about money, which says that no real money moves as long as none does. */
export function Shell({ reader, script, head, children, ...page }: ShellProps) {
  const { t } = reader.language
  return (
    <Page
      {...page}
      {...framed(reader)}
      head={
        <>
          <meta name="robots" content="noindex" />
          {head}
          {script && <script type="module" src={script}></script>}
        </>
      }
    >
      <section class="band">
        <div class="wrap stack loose">
          {!reader.realMoney && (
            <Notice tone="info">
              <p>{t('payments.sandbox')}</p>
            </Notice>
          )}
          {children}
        </div>
      </section>
    </Page>
  )
}
