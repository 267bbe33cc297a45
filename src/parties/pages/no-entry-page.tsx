/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Notice } from '../../ui/index.ts'
import { Shell, type Reader } from './shell.tsx'
import '../words.ts'

/** Somebody is signed in but this is not theirs: not found, or not allowed. */
export function NoEntryPage({ reader, status }: { reader: Reader; status: 403 | 404 }) {
  const { t } = reader.language
  const title = t(status === 404 ? 'parties.notFound.title' : 'parties.notAllowed.title')
  const text = t(status === 404 ? 'parties.notFound.text' : 'parties.notAllowed.text')
  return (
    <Shell reader={reader} title={title}>
      <h1>{title}</h1>
      <Notice tone="plain">
        <p>{text}</p>
        <p>
          <a href="/account">{t('parties.account.title')}</a>
        </p>
      </Notice>
    </Shell>
  )
}
