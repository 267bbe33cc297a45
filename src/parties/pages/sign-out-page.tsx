/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, Notice } from '../../ui/index.ts'
import { Shell, type Reader } from './shell.tsx'

export function SignOutPage({ reader, signedIn }: { reader: Reader; signedIn: boolean }) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('parties.signOut.title')}>
      <h1>{t('parties.signOut.title')}</h1>
      {signedIn ? (
        <form class="stack" method="post" action="/sign-out">
          <p>{t('parties.signOut.text')}</p>
          <div>
            <Button>{t('parties.signOut.button')}</Button>
          </div>
        </form>
      ) : (
        <Notice tone="ok" live>
          <p>{t('parties.signOut.done')}</p>
          <p>
            <a href="/sign-in">{t('parties.signIn.title')}</a>
          </p>
        </Notice>
      )}
    </Shell>
  )
}
