/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import {
  framed,
  Page,
  readerOf as readerOfPage,
  type Reader as PageReader,
} from '../../ui/index.ts'
import { actorOf } from '../actor.ts'

/** Who reads, where and in what language. */
export interface Reader extends PageReader {
  isOperator: boolean
}

/** What is on these pages is one person's; nothing may keep it, nor show it after signing out. */
export function readerOf(c: Context): Reader {
  const isOperator = actorOf(c)?.hubRoles.has('operator') ?? false
  return { ...readerOfPage(c, 'no-store'), isOperator }
}

interface ShellProps {
  reader: Reader
  title: string
  hasErrors?: boolean
  density?: 'shop' | 'work'
  /** The address of a script that the page can do without. */
  script?: string
  children?: Child
}

/** A page of this capability, in the hub's frame. */
export function Shell({ reader, script, children, ...page }: ShellProps) {
  return (
    <Page
      {...page}
      {...framed(reader)}
      head={
        <>
          <meta name="robots" content="noindex" />
          {/* Before the page is seen, so that nothing moves when a button appears. */}
          {script && <script type="module" src={script} blocking="render"></script>}
        </>
      }
    >
      <section class="band">
        <div class="wrap stack loose">{children}</div>
      </section>
    </Page>
  )
}
