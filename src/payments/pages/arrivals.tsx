/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { Button, Notice, WaitFor, type Language } from '../../ui/index.ts'
import { isBankRail, type Transfer } from '../rails/rails.ts'
import { faultWords, kindWord, moneyText, transferWord } from '../words.ts'
import { withNext } from './next.ts'
import type { Purse } from './purse.ts'

type ArrivalsProps = {
  language: Language
  purse: Purse
  transfers: readonly Transfer[]
  /** The currency that the page shows. */
  currency: string
  /** Where the reader came from and goes on. */
  next: string | undefined
  now: number
}

/** Soon to end: a page may wait for it. A bank takes days. */
export const isOnItsWay = ({ state, rail }: Transfer): boolean =>
  (state === 'asked' || state === 'sent') && !isBankRail(rail)

/** For as long it is news how a transfer ended. */
const newsMs = 10 * 60_000

/** What becomes of the money that somebody brings in, first on the page: they wait for it, and go on once it is here. */
export function Arrivals({ language, purse, transfers, currency, next, now }: ArrivalsProps) {
  const { t } = language
  const isWaiting = transfers.some(isOnItsWay)
  const ended = transfers.find(({ endedAt = 0 }) => endedAt > now - newsMs)
  const arrived = ended?.kind === 'top-up' && ended.state === 'done'
  return (
    <>
      {transfers.map((transfer) => (
        <Onward {...{ transfer, language }} />
      ))}
      {isWaiting && (
        <WaitFor
          from={`${purse.base}/transfers/live`}
          to={withNext(`${purse.base}?currency=${currency}`, next)}
          language={language}
        >
          <p role="status">{t('payments.transfers.waiting')}</p>
          <noscript>
            <p>
              <a href={purse.base}>{t('payments.transfers.lookAgain')}</a>
            </p>
          </noscript>
        </WaitFor>
      )}
      {!isWaiting && ended && (
        <Notice tone={ended.state === 'done' ? 'ok' : 'warn'} live>
          <Ended transfer={ended} language={language} />
          {next && arrived && <GoOn {...{ language, next }} kind="primary" />}
        </Notice>
      )}
      {next && (isWaiting || !arrived) && (
        <Notice tone="info">
          <p>{t('payments.next.lead')}</p>
          <GoOn {...{ language, next }} kind="secondary" />
        </Notice>
      )}
    </>
  )
}

/** How it ended; what did not go well is told with its reason. */
function Ended({ transfer, language }: { transfer: Transfer; language: Language }) {
  const { kind, state, currency, fault } = transfer
  const { t } = language
  const amount = moneyText(language, transfer.amount, currency)
  if (state === 'done' && kind === 'top-up') return <p>{t('payments.arrived', { amount })}</p>
  if (state === 'done' && kind === 'payout') return <p>{t('payments.left', { amount })}</p>
  const words = [kindWord(language, kind), amount, transferWord(language, state)]
  return <p>{[...words, ...(fault ? [faultWords(language, fault)] : [])].join(' · ')}</p>
}

type GoOnProps = { language: Language; next: string; kind: 'primary' | 'secondary' }

const GoOn = ({ language, next, kind }: GoOnProps) => (
  <div>
    <Button href={next} kind={kind}>
      {language.t('payments.next.button')}
    </Button>
  </div>
)

/** A provider that wants to see the person is at another site: the way there. */
function Onward({ transfer, language }: { transfer: Transfer; language: Language }) {
  const { rail, continueUrl, amount, currency } = transfer
  const { t } = language
  if (!isOnItsWay(transfer) || !continueUrl?.startsWith('https://')) return null
  return (
    <Notice tone="info">
      <p>
        {t('payments.transfers.onward', {
          amount: language.money(formatMinor(amount, currency), currency),
          rail,
        })}
      </p>
      <div>
        <Button href={continueUrl}>{t('payments.transfers.goOn', { rail })}</Button>
      </div>
    </Notice>
  )
}
