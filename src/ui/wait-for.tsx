/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { Notice } from './badge.tsx'
import type { Language } from './language.ts'

interface WaitForProps {
  /** The address of server-sent events that say when there is something new. */
  from: string
  /** The page that then takes the place of this one. */
  to: string
  language: Language
  /** What is waited for, for the reader; not shown any more once it is there. */
  children?: Child
}

/**
 * Where JavaScript runs (wait-for.js), the page is loaded anew when something has happened elsewhere. What somebody has
 * begun to type into it stays: they are told, and go on when they like.
 */
export function WaitFor({ from, to, language, children }: WaitForProps) {
  const { t } = language
  return (
    <wait-for data-from={from} data-to={to}>
      {children}
      <div class="changed" hidden>
        <Notice tone="info">
          <p>{t('ui.changed')}</p>
          <p>
            <a href={to}>{t('ui.changedShow')}</a>
          </p>
        </Notice>
      </div>
    </wait-for>
  )
}
