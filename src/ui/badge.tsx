/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'

export type Tone = 'plain' | 'info' | 'ok' | 'warn' | 'bad'

/** A status in a word or two. Its shape tells the tone as well as its colour. */
export function Tag({ tone = 'plain', children }: { tone?: Tone | undefined; children?: Child }) {
  return <span class={tone === 'plain' ? 'tag' : `tag ${tone}`}>{children}</span>
}

interface NoticeProps {
  tone?: Tone | undefined
  title?: Child
  /** Read out at once; for the outcome of what the reader just did. */
  live?: boolean | undefined
  children?: Child
}

/** A framed message inside a page. */
export function Notice({ tone = 'info', title, live, children }: NoticeProps) {
  return (
    <div class={`notice stack tight ${tone}`} role={live ? 'status' : undefined}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  )
}
