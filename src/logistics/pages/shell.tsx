/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { framed, Page, type Reader } from '../../ui/index.ts'
import '../words.ts'

type ShellProps = {
  reader: Reader
  title: string
  description?: string
  hasErrors?: boolean
  density?: 'shop' | 'work'
  children?: Child
}

/** A page of this capability, in the hub's frame. */
export function Shell({ reader, children, ...page }: ShellProps) {
  return (
    <Page {...page} {...framed(reader)}>
      <div class="wrap band stack loose">{children}</div>
    </Page>
  )
}
