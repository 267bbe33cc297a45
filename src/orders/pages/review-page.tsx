/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { addressLines } from '../../parties/index.ts'
import {
  Breadcrumb,
  Button,
  errorFor,
  ErrorSummary,
  Facts,
  Notice,
  Price,
  Radios,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import type { ShipTo } from '../order.ts'
import { moneyText } from '../words.ts'
import { lackOf, type PayingPurse } from './purses.ts'
import { QuoteCard, type ExplainedQuote } from './quote-card.tsx'
import { reviewHref } from './review.ts'
import { Shell } from './shell.tsx'

export type ReviewPageProps = {
  reader: Reader
  shipTo: ShipTo
  quotes: readonly ExplainedQuote[]
  /** Sentences on what stays in the basket and why. */
  leftOut: readonly string[]
  /** What is new since the buyer last looked: prices that have changed, as sentences. */
  news: readonly string[]
  /** What all quotes come to, in minor units by currency. */
  totals: ReadonlyMap<string, bigint>
  purses: readonly PayingPurse[]
  /** Of the purse that was chosen before. */
  from: string
  /** Names the basket that was quoted. */
  state: string
  /** Places the orders once, however often the form is sent. */
  formKey: string
  errors: readonly FieldError[]
}

/** Second step of checkout: every figure, what becomes of the money, and one button. */
export function ReviewPage(props: ReviewPageProps) {
  const { reader, shipTo, quotes, leftOut, news, totals, errors } = props
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('orders.review.title')} hasErrors={errors.length > 0} paying>
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          { label: t('orders.basket.title'), href: '/basket' },
          { label: t('orders.address.title'), href: '/checkout' },
        ]}
      />
      <h1>{t('orders.review.title')}</h1>
      {news.length > 0 && (
        <Notice tone="warn" live>
          {news.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </Notice>
      )}
      {leftOut.length > 0 && (
        <Notice tone="warn" title={t('orders.review.leftOut')}>
          <ul class="list">
            {leftOut.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
          <p>
            <a href="/basket">{t('orders.review.toBasket')}</a>
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          {
            term: t('orders.review.goesTo'),
            detail: <ShipToLines shipTo={shipTo} language={language} />,
            action: { label: t('orders.review.otherAddress'), href: '/checkout' },
          },
        ]}
      />
      {quotes.map((explained) => (
        <QuoteCard explained={explained} language={language} />
      ))}
      {quotes.length > 0 && (
        <section class="card stack" aria-labelledby="paying">
          <h2 id="paying">{t('orders.review.pay')}</h2>
          {[...totals].map(([currency, minor]) => (
            <Price
              {...{ currency, language }}
              amount={formatMinor(minor, currency)}
              note={t('orders.review.nothingAtDoor')}
            />
          ))}
          <h3>{t('orders.review.escrow')}</h3>
          <ul class="list">
            <li>{t('orders.review.escrowHeld')}</li>
            <li>{t('orders.review.escrowDuty')}</li>
            <li>{t('orders.review.escrowFreight')}</li>
            <li>{t('orders.review.escrowGoods')}</li>
            <li>{t('orders.review.escrowBack')}</li>
          </ul>
          <Paying {...props} />
        </section>
      )}
    </Shell>
  )
}

export function ShipToLines({ shipTo, language }: { shipTo: ShipTo; language: Language }) {
  const { name, phone, address } = shipTo
  const lines = [name, ...addressLines(address), language.country(address.country), phone]
  return (
    <>
      {lines.filter(Boolean).map((line, index) => (
        <>
          {index > 0 && <br />}
          <span dir="auto">{line}</span>
        </>
      ))}
    </>
  )
}

function Paying(props: ReviewPageProps) {
  const { reader, quotes, totals, purses, errors } = props
  const { language } = reader
  const { t } = language
  const amounts = language.list(
    [...totals].map(([currency, minor]) => moneyText(language, minor, currency)),
  )
  const able = purses.filter((purse) => lackOf(purse, totals).length === 0)
  const chosen = able.find(({ value }) => value === props.from) ?? able[0]
  const [own] = purses
  if (!chosen) return own ? <Missing {...props} purse={own} /> : null
  return (
    <form class="stack" method="post" action="/checkout">
      <input type="hidden" name="key" value={props.formKey} />
      <input type="hidden" name="b" value={props.state} />
      {quotes.map(({ quote, digest }) => (
        <input type="hidden" name="quote" value={`${quote.id} ${digest}`} />
      ))}
      <Radios
        name="from"
        label={t('payments.pay.from')}
        value={chosen.value}
        error={errorFor(errors, 'from')}
        cards
        options={purses.map((purse) => ({
          value: purse.value,
          label: t('payments.pay.purse', {
            name: purse.name,
            free: language.list(
              [...totals.keys()].map((currency) =>
                moneyText(language, purse.free.get(currency) ?? 0n, currency),
              ),
            ),
          }),
        }))}
      />
      <div>
        <Button>{t('orders.review.button', { amount: amounts })}</Button>
      </div>
    </form>
  )
}

/** What the buyer's own wallet lacks, and the two ways to bring it there, which both lead back here. */
function Missing({
  reader: { language },
  purse,
  totals,
  quotes,
  state,
}: ReviewPageProps & { purse: PayingPurse }) {
  const { t } = language
  const next = reviewHref(
    state,
    quotes.map(({ quote }) => quote.id),
  )
  const wallet = (currency: string, minor: bigint) =>
    `/wallet?${new URLSearchParams({ currency, amount: formatMinor(minor, currency), next })}#top-up`
  return (
    <Notice tone="warn" title={t('orders.review.missingTitle')}>
      {lackOf(purse, totals).map(([currency, missing]) => (
        <div class="stack tight">
          <p>
            {t('orders.review.missing', { amount: moneyText(language, missing, currency) })}{' '}
            {t('orders.review.comeBack')}
          </p>
          <div class="cluster">
            <Button href={wallet(currency, missing)} kind="secondary">
              {t('orders.review.topUp')}
            </Button>
            <form method="post" action="/checkout/request">
              <input type="hidden" name="b" value={state} />
              {quotes.map(({ quote }) => (
                <input type="hidden" name="quote" value={quote.id} />
              ))}
              <input type="hidden" name="currency" value={currency} />
              <Button kind="secondary">{t('orders.review.askSomebody')}</Button>
            </form>
          </div>
        </div>
      ))}
    </Notice>
  )
}
