/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  Disclosure,
  ErrorSummary,
  Money,
  Notice,
  Tag,
  type FieldError,
  type Language,
  type Reader,
  type Tone,
} from '../../ui/index.ts'
import { formatMinor } from '../../basis/money.ts'
import { currencyOf } from '../../ledger/index.ts'
import { trackingLink } from '../order-number.ts'
import type { MadeMove } from '../find-orders.ts'
import { saidFault, type MoveName, type Order, type OrderState, type Role } from '../order.ts'
import { roleWord, stateWord } from '../words.ts'
import { hearingRoles } from '../life/disputes.ts'
import { Claims } from './claims-table.tsx'
import { CustomsGoods } from './customs-goods.tsx'
import { Dispute } from './dispute-part.tsx'
import { LegsTable } from './legs-table.tsx'
import { MoveForms, type TypedMove } from './move-forms.tsx'
import type { OrderView } from './order-view.ts'
import { Explanation, GoodsList } from './quote-card.tsx'
import { ShipToLines } from './review-page.tsx'
import { Shell } from './shell.tsx'
import { OrderTimeline } from './timeline.tsx'

export type OrderPageProps = {
  reader: Reader
  view: OrderView
  /** As whom the reader sees it. */
  role: Role
  /** Where this page is, and the list that it belongs to. */
  base: string
  list: { href: string; label: string }
  keyFor: (what: string) => string
  /** Of what the role may do, what this reader may. */
  mayMake: (move: MoveName) => boolean
  /** The reader has an office of the hub, and is a side of this order. */
  isOwnMatter: boolean
  /** Claims that the reader may pay now. */
  mayPay: boolean
  errors: readonly FieldError[]
  typed: TypedMove
  /** What was said in a dispute and not taken. */
  words: string
  /** The reader has just done something to it. */
  wasMoved: boolean
}

export const toneOf = (state: OrderState): Tone =>
  state === 'closed' || state === 'delivered'
    ? 'ok'
    : ['cancelled', 'returned', 'disputed'].includes(state)
      ? 'warn'
      : ['refused', 'lost'].includes(state)
        ? 'bad'
        : 'info'

/** One order: where it stands, what to do, what happened, where the money is. */
export function OrderPage(props: OrderPageProps) {
  const { reader, view, role, base, list, errors, wasMoved } = props
  const { language } = reader
  const { t } = language
  const { order, quote, moves, legs } = view
  const country = countryOf(role, view)
  const isDisputed = order.state === 'disputed'
  const title = t('orders.order.title', { number: order.number })
  return (
    <Shell
      {...{ reader, title }}
      hasErrors={errors.length > 0}
      density={role === 'buyer' ? 'shop' : 'work'}
      follows={`${base}/live?moves=${order.moves}`}
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb language={language} crumbs={[list]} />
      <div class="stack tight">
        <OrderHeading title={title} number={order.number} />
        <p role={wasMoved ? 'status' : undefined}>
          <Tag tone={toneOf(order.state)}>{stateWord(language, order.state)}</Tag>
        </p>
      </div>
      <section class="card stack" aria-labelledby="now">
        <h2 id="now">{t('orders.order.now')}</h2>
        <NowWords {...props} />
        {view.hasBlockedSide && (role === 'operator' || role === 'customs') && (
          <Notice tone="warn">
            <p>{t('orders.order.blockedSide')}</p>
          </Notice>
        )}
        {role === 'seller' && isUnanswered(order) && (
          <div>
            <Button href="#dispute">{t('orders.dispute.answer')}</Button>
          </div>
        )}
        {props.isOwnMatter && <p>{t('orders.error.ownOrder')}</p>}
        <MoveForms {...props} order={order} action={`${base}/moves`} language={language} />
      </section>
      {looksAtGoods.includes(role) && quote.status !== 'no-border' && (
        <CustomsGoods view={view} language={language} />
      )}
      <div class="split">
        <div class="stack loose">
          {isDisputed && <Dispute {...props} country={country} />}
          <section class="stack" aria-labelledby="way">
            <h2 id="way">{t('orders.order.way')}</h2>
            <OrderTimeline {...{ order, moves, language, country }} nameOf={nameFor(props)} />
          </section>
          <LegsTable {...{ legs, quote, language }} />
          <Claims {...props} claims={view.claims} language={language} />
          {!isDisputed && <Dispute {...props} country={country} />}
        </div>
        <aside class="stack loose">
          <section class="card stack" aria-labelledby="goods">
            <h2 id="goods">{t('orders.order.goods')}</h2>
            <GoodsList quote={quote} language={language} />
            {factsOf(props).map(({ term, detail }) => (
              <div>
                <p class="muted small">{term}</p>
                <p>{detail}</p>
              </div>
            ))}
          </section>
          {view.explained && role !== 'customs' && role !== 'carrier' && <Documents {...props} />}
        </aside>
      </div>
      {quote.status !== 'no-border' && view.explained && (
        <Disclosure summary={t('orders.review.explained')}>
          <Explanation explained={{ quote, ...view.explained }} language={language} />
        </Disclosure>
      )}
    </Shell>
  )
}

/** A number breaks nowhere: it is read out and compared. */
const OrderHeading = ({ title, number }: { title: string; number: string }) => {
  const [before, after] = title.split(number)
  return (
    <h1>
      {before}
      <span class="nowrap">{number}</span>
      {after}
    </h1>
  )
}

/** Who decides at the border. */
const looksAtGoods: readonly Role[] = ['customs', 'operator']

/** In whose time the page tells what happened; the offices of the hub read UTC. */
const countryOf = (role: Role, { order, quote }: OrderView): string | undefined =>
  role === 'buyer' ? order.destination : role === 'seller' ? quote.seller.country : undefined

/** A buyer reads who the seller is, a seller who of their own people it was; the hub's people are told by their office. */
const nameFor =
  ({ view, role, reader }: OrderPageProps) =>
  (move: Pick<MadeMove, 'role' | 'actor'>): string | undefined => {
    if (move.actor === undefined) return undefined
    if (move.role === role && role === 'buyer') return reader.language.t('orders.you')
    if (move.role === 'seller' && role === 'buyer') return view.quote.seller.name
    if (move.role === 'buyer') return view.order.shipTo.name
    const knows = role === 'operator' || move.role === role
    return knows ? view.names.get(move.actor) : undefined
  }

/** What is waited for, in one sentence. */
function NowWords({ view: { order }, role, reader: { language } }: OrderPageProps) {
  const { t } = language
  const isAsked = saidFault(order) !== undefined
  const waits: readonly Role[] | undefined = isAsked
    ? ['buyer', 'operator']
    : isUnanswered(order)
      ? ['seller', 'operator']
      : waitsFor[order.state]
  if (waits === undefined) return <p>{t('orders.now.ended')}</p>
  // A seller who has not answered yet has a button for it.
  const isLed = role === 'seller' && isUnanswered(order)
  const maySay = order.state === 'disputed' && hearingRoles.includes(role) && !isLed
  return (
    <>
      <p>
        {t(waits.includes(role) ? 'orders.now.you' : 'orders.now.others', {
          who: language.list(waits.map((each) => roleWord(language, each))),
        })}
      </p>
      {maySay && (
        <p>
          <a href="#dispute">{t('orders.dispute.goTo')}</a>
        </p>
      )}
    </>
  )
}

/** A complaint that the seller has not answered is settled against them in time. */
const isUnanswered = ({ state, due }: Order): boolean => state === 'disputed' && due !== undefined

/** Whose turn it is in a state; an order that has ended waits for nobody. */
const waitsFor: Partial<Record<OrderState, readonly Role[]>> = {
  requested: ['peer'],
  confirming: ['peer'],
  reserved: ['peer'],
  placed: ['seller'],
  accepted: ['seller'],
  packed: ['seller'],
  'handed-over': ['carrier', 'customs'],
  'at-border': ['customs'],
  released: ['carrier'],
  delivered: ['buyer'],
  disputed: ['operator'],
}

/** What the goods bring in the seller's own money, as the quote promises it; nothing where it is the buyer's money too. */
function youGet({ quote, order }: OrderView, language: Language) {
  const goods = quote.legs.find(({ leg }) => leg === 'goods')
  if (goods?.as === undefined || order.homeHub !== quote.hub) return []
  const money = {
    currency: currencyOf(goods.to),
    amount: formatMinor(BigInt(goods.as), currencyOf(goods.to)),
  }
  return [
    {
      term: language.t('orders.order.youGet'),
      detail: <Money {...money} language={language} />,
    },
  ]
}

function factsOf({ view, role, reader: { language } }: OrderPageProps) {
  const { t } = language
  const { order, quote } = view
  const seller = { term: t('receipts.seller'), detail: quote.seller.name }
  return [
    ...(role === 'seller' ? [] : [seller]),
    {
      term: t('ui.total'),
      detail: (
        <Money
          {...{ language, currency: order.currency }}
          amount={formatMinor(order.total, order.currency)}
        />
      ),
    },
    ...(role === 'seller' ? youGet(view, language) : []),
    {
      term: t('orders.review.goesTo'),
      detail: <ShipToLines shipTo={order.shipTo} language={language} />,
    },
    {
      term: t('orders.review.carrier'),
      detail: `${quote.lane.carrierName}, ${quote.lane.serviceName}`,
    },
    ...(order.facts.consignment === undefined
      ? []
      : [{ term: t('orders.field.consignment'), detail: <code>{order.facts.consignment}</code> }]),
  ]
}

function Documents({ view: { order, legs }, base, reader: { language } }: OrderPageProps) {
  const { t } = language
  const hasBack = legs.some(({ back }) => back > 0n)
  return (
    <section class="card stack" aria-labelledby="documents">
      <h2 id="documents">{t('orders.order.documents')}</h2>
      <ul class="list">
        <li>
          <a href={`${base}/receipt`}>{t('orders.order.receipt')}</a> (
          <a href={`${base}/receipt.pdf`}>PDF</a>, <a href={`${base}/receipt.xml`}>UBL</a>)
        </li>
        {hasBack && (
          <li>
            <a href={`${base}/credit-note`}>{t('orders.order.creditNote')}</a> (
            <a href={`${base}/credit-note.pdf`}>PDF</a>, <a href={`${base}/credit-note.xml`}>UBL</a>
            )
          </li>
        )}
        <li>
          <a href={`/track/${trackingLink(order)}`}>{t('orders.order.tracking')}</a>
        </li>
      </ul>
      <p class="small muted">{t('orders.order.trackingHint')}</p>
    </section>
  )
}
