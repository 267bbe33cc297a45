/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { formatMinor, parseAmount } from '../../basis/money.ts'
import { roundQuotient } from '../../basis/rounding.ts'
import { Button, Table, Tag, type Language } from '../../ui/index.ts'
import type { Offer } from '../offer.ts'
import { leadVariant, type DestinationState } from '../readiness.ts'
import { papersOf } from './market-detail.tsx'
import { missingWords } from './words.ts'

type MarketTableProps = {
  states: readonly DestinationState[]
  /** What the seller decided. */
  isOpen: (state: DestinationState) => boolean
  /** Where its price is laid open. */
  hrefOf: (state: DestinationState) => string
  offer: Offer
  language: Language
}

/** Destinations with a price, each to be opened or closed; open ones first, then by name. */
export function Priced(props: MarketTableProps) {
  const { isOpen, language } = props
  const { t } = language
  const rows = sorted(props, ({ state }) => state === 'ready', isOpen)
  if (rows.length === 0) return null
  return (
    <Table
      caption={t('catalogue.markets.title')}
      hideCaption
      language={language}
      columns={[
        { label: t('catalogue.markets.destination') },
        { label: t('catalogue.markets.door'), numeric: true },
        { label: t('catalogue.markets.left'), numeric: true },
        { label: t('catalogue.markets.days') },
        { label: t('catalogue.markets.papers') },
        { label: t('catalogue.markets.open') },
      ]}
      rows={rows.map((state) => ({ cells: pricedCells(state, props) }))}
    />
  )
}

function pricedCells(state: DestinationState, props: MarketTableProps) {
  const { offer, language, isOpen } = props
  const { t } = language
  const { price } = state
  const open = isOpen(state)
  return [
    <Destination {...props} state={state}>
      {open && <Tag tone="ok">{t('catalogue.markets.isOpen')}</Tag>}
    </Destination>,
    price.total && (
      <span>
        <strong>{language.money(price.total.amount, price.total.currency)}</strong>
        {price.status === 'complete-except' && (
          <small class="muted"> {t('catalogue.markets.except')}</small>
        )}
      </span>
    ),
    leftWords(state, offer, language),
    price.days
      ? t(
          price.days.count === 'working'
            ? 'catalogue.markets.workingDays'
            : 'catalogue.markets.calendarDays',
          { min: price.days.min, max: price.days.max },
        )
      : '',
    language.list(papersOf(price, language).slice(0, 3)),
    <Decide open={!open} state={state} language={language} />,
  ]
}

/**
 * Destinations without a price: what is missing, those first where the seller can do something. Nothing is sold there,
 * so there is nothing to open; what was opened while it had a price waits for one, or is closed.
 */
export function Unpriced(props: MarketTableProps) {
  const { isOpen, language } = props
  const { t } = language
  const rows = sorted(
    props,
    ({ state }) => state !== 'ready',
    ({ state }) => state === 'missing',
  )
  if (rows.length === 0) return null
  return (
    <section class="stack" aria-labelledby="unpriced">
      <h2 id="unpriced">{t('catalogue.markets.unpriced')}</h2>
      <p>{t('catalogue.markets.unpricedLead')}</p>
      <Table
        caption={t('catalogue.markets.unpriced')}
        hideCaption
        language={language}
        columns={[
          { label: t('catalogue.markets.destination') },
          { label: t('catalogue.goods.lacking') },
        ]}
        rows={rows.map((state) => ({
          cells: [
            <Destination {...props} state={state} />,
            <span class="stack tight">
              <span class="muted small">
                {state.needs[0] ? missingWords(language, state.needs[0]) : ''}
              </span>
              {isOpen(state) && (
                <span class="cluster">
                  <Tag tone="warn">{t('catalogue.markets.unpricedOpen')}</Tag>
                  <Decide open={false} state={state} language={language} />
                </span>
              )}
            </span>,
          ],
        }))}
      />
    </section>
  )
}

type DestinationProps = Pick<MarketTableProps, 'hrefOf' | 'language'> & {
  state: DestinationState
  children?: Child
}

function Destination({ state, hrefOf, language, children }: DestinationProps) {
  return (
    <span>
      <a href={hrefOf(state)}>{language.country(state.destination)}</a> {children}
    </span>
  )
}

type DecideProps = { open: boolean; state: DestinationState; language: Language }

/** The button that opens or closes one destination. */
function Decide({ open, state: { destination }, language }: DecideProps) {
  const { t } = language
  return (
    <Button kind={open ? 'secondary' : 'quiet'} name={open ? 'open' : 'close'} value={destination}>
      {open ? t('catalogue.markets.openIt') : t('catalogue.markets.close')}
      <span class="hidden"> {language.country(destination)}</span>
    </Button>
  )
}

/** Some of them, those that come first before the others, each by name. */
function sorted(
  { states, language }: MarketTableProps,
  isShown: (state: DestinationState) => boolean,
  comesFirst: (state: DestinationState) => boolean,
): DestinationState[] {
  const collator = new Intl.Collator(language.locale)
  const name = ({ destination }: DestinationState): string => language.country(destination)
  return states
    .filter(isShown)
    .sort(
      (a, b) => Number(comesFirst(b)) - Number(comesFirst(a)) || collator.compare(name(a), name(b)),
    )
}

/** The seller's own price, which nothing is taken from, and its share of what the buyer pays. */
function leftWords({ state, price }: DestinationState, offer: Offer, language: Language): string {
  const variant = leadVariant(offer)
  const { answer, total } = price
  if (state !== 'ready' || !variant || !answer || !total) return ''
  const goods =
    price.status === 'no-border'
      ? variant.priceMinor
      : (parseAmount(answer.totals.goods, answer.currency) ?? 0n)
  const landed = parseAmount(total.amount, total.currency) ?? 0n
  const money = language.money(formatMinor(variant.priceMinor, offer.currency), offer.currency)
  if (landed <= 0n) return money
  const share = language.percent(String(roundQuotient(goods * 100n, landed, 'half-up')))
  return language.t('catalogue.markets.leftOf', { money, share })
}
