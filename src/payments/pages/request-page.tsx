/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import { formatMinor } from '../../basis/money.ts'
import {
  assetUrl,
  Breadcrumb,
  Button,
  Disclosure,
  Facts,
  Money,
  Notice,
  type Reader,
} from '../../ui/index.ts'
import { whyEnded, type PaymentRequest } from '../payment-request.ts'
import { showShortCode } from '../qr/short-code.ts'
import { stateWord } from '../words.ts'
import { withNext } from './next.ts'
import type { Purse } from './purse.ts'
import { Shell } from './shell.tsx'

export type RequestPageProps = {
  reader: Reader
  purse: Purse
  request: PaymentRequest
  now: number
  link: string
  /** SVG texts: of the link, and of the seller's code by EMVCo where it can be written. */
  linkPicture: string
  sellerCode: { text: string; picture: string } | undefined
  /** Where the reader came from and goes on once it is paid. */
  next: string | undefined
}

/** What the payee shows: a code to scan, a link to send, a code to read aloud; it says by itself when it is paid. */
export function RequestPage(props: RequestPageProps) {
  const { reader, purse, request, now, link, next } = props
  const { language } = reader
  const { t } = language
  const ended = whyEnded(request, now)
  const here = `${purse.base}/requests/${request.code}`
  return (
    <Shell
      reader={reader}
      title={t('payments.request.title')}
      density="work"
      script={assetUrl('wait-for.js')}
      head={
        ended === undefined && (
          <noscript>
            <meta http-equiv="refresh" content="10" />
          </noscript>
        )
      }
    >
      <Breadcrumb
        language={language}
        crumbs={[
          {
            label: t(purse.business ? 'payments.money.title' : 'payments.wallet.title'),
            href: withNext(purse.base, next),
          },
        ]}
      />
      <h1>{t('payments.request.title')}</h1>
      {ended ? (
        <Notice tone={ended === 'paid' ? 'ok' : 'warn'} live>
          <p>{t(`payments.request.is.${ended}`)}</p>
        </Notice>
      ) : (
        <wait-for data-from={`${here}/live`}>
          <p role="status">{t('payments.request.waiting')}</p>
        </wait-for>
      )}
      {next && (
        <div>
          <Button href={next} kind={ended === 'paid' ? 'primary' : 'secondary'}>
            {t('payments.next.button')}
          </Button>
        </div>
      )}
      <p class="price">
        {request.amount === undefined ? (
          t('payments.request.anyAmount', { currency: request.currency })
        ) : (
          <Money
            {...{ language, currency: request.currency }}
            amount={formatMinor(request.amount, request.currency)}
          />
        )}
      </p>
      {!ended && <div class="qr">{raw(props.linkPicture)}</div>}
      <Facts
        facts={[
          {
            term: t('payments.field.code'),
            detail: <strong class="code-large">{showShortCode(request.code)}</strong>,
          },
          { term: t('payments.field.purpose'), detail: request.purpose || '–' },
          { term: t('payments.field.link'), detail: <a href={link}>{link}</a> },
          { term: t('payments.field.state'), detail: stateWord(language, ended ?? 'open') },
          ...(request.expiresAt === undefined
            ? []
            : [
                {
                  term: t('payments.field.expires'),
                  detail: `${language.dateTime(new Date(request.expiresAt), 'UTC')} UTC`,
                },
              ]),
        ]}
      />
      {!ended && props.sellerCode && (
        <Disclosure summary={t('payments.request.forApps')}>
          <div class="qr">{raw(props.sellerCode.picture)}</div>
          <p>
            <samp>{props.sellerCode.text}</samp>
          </p>
        </Disclosure>
      )}
      {!ended && purse.mayMove && (
        <form method="post" action={withNext(`${here}/cancel`, next)}>
          <Button kind="secondary">{t('payments.request.cancel')}</Button>
        </form>
      )}
    </Shell>
  )
}
