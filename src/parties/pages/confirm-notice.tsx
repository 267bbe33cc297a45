/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, Notice } from '../../ui/index.ts'
import { MailboxLink } from './mail-pages.tsx'
import type { Reader } from './shell.tsx'

interface ConfirmNoticeProps {
  reader: Reader
  email: string
  mailbox: boolean
}

/** The address of mail waits for its link to be followed. */
export function ConfirmNotice({ reader, email, mailbox }: ConfirmNoticeProps) {
  const { t } = reader.language
  return (
    <Notice tone="warn" title={t('parties.confirm.title')}>
      <p>{t(mailbox ? 'parties.confirm.kept' : 'parties.confirm.waiting', { email })}</p>
      {mailbox && <MailboxLink reader={reader} />}
      <form method="post" action="/account/confirm-again">
        <Button kind="secondary">{t('parties.confirm.again')}</Button>
      </form>
    </Notice>
  )
}
