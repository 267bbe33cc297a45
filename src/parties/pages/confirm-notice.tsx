/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, Notice } from '../../ui/index.ts'
import { KeptMails } from './mail-pages.tsx'
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
      {mailbox ? <KeptMails reader={reader} /> : <p>{t('parties.confirm.waiting', { email })}</p>}
      <form method="post" action="/account/confirm-again">
        <Button kind="secondary">
          {t(mailbox ? 'parties.mailbox.again' : 'parties.confirm.again')}
        </Button>
      </form>
    </Notice>
  )
}
