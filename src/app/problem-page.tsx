/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { framed, Notice, Page, readerOf, type MessageKey } from '../ui/index.ts'

const texts: Readonly<Record<number, MessageKey>> = {
  404: 'ui.problem.notFound',
  405: 'ui.problem.notFound',
  413: 'ui.problem.tooLarge',
  429: 'ui.problem.tooMany',
  503: 'ui.problem.busy',
}

/** What a program is told as JSON, for a person who came with a browser: what happened and where to go on. */
export function problemPage(
  c: Context,
  status: number,
  requestId: string,
): Response | Promise<Response> {
  const reader = readerOf(c, 'no-store')
  const { language } = reader
  const { t } = language
  const title = t(status === 404 ? 'ui.problem.notFoundTitle' : 'ui.problem.title')
  const text = texts[status] ?? (status < 500 ? 'ui.problem.refused' : 'ui.problem.broke')
  c.status(status as 404)
  return c.html(
    <Page {...framed(reader)} title={title} head={<meta name="robots" content="noindex" />}>
      <section class="band">
        <div class="wrap stack loose">
          <h1>{title}</h1>
          <Notice tone="plain">
            <p>{t(text)}</p>
            <p>
              <a href="/">{t('ui.problem.home')}</a>
            </p>
          </Notice>
          {status !== 404 && <p class="muted small">{t('ui.problem.reference', { requestId })}</p>}
        </div>
      </section>
    </Page>,
  )
}

/** A person's browser asks for a page; a program, and whatever is under /api, gets JSON. */
export const wantsPage = (c: Context): boolean =>
  !c.req.path.startsWith('/api/') && /\btext\/html\b/.test(c.req.header('accept') ?? '')
