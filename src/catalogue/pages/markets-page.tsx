/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, EmptyState, Notice, Tabs } from '../../ui/index.ts'
import type { Refused } from '../../basis/refusal.ts'
import type { HighestPrice } from '../highest-price.ts'
import type { Offer } from '../offer.ts'
import type { DestinationState, Readiness } from '../readiness.ts'
import { MarketDetail } from './market-detail.tsx'
import { Priced, Unpriced } from './market-tables.tsx'
import { NeedList } from './offer-state.tsx'
import { OfferHead, offerHref, Shell, type Reader } from './shell.tsx'

export const marketViews = ['all', 'open', 'ready', 'missing'] as const
export type MarketView = (typeof marketViews)[number]

type MarketsPageProps = {
  reader: Reader
  business: { id: string; name: string }
  offer: Offer
  readiness: Readiness
  decided: ReadonlyMap<string, boolean>
  view: MarketView
  /** The destination whose price is laid open. */
  see?: DestinationState | undefined
  /** What the seller may ask there, for the price at the door that was typed. */
  highest?: HighestPrice | Refused | undefined
  wanted?: string | undefined
  said?: { tone: 'ok' | 'warn'; title: string } | undefined
}

/** Every destination: first those with a price and whether they are open, then what the others lack. */
export function MarketsPage(props: MarketsPageProps) {
  const { reader, business, offer, readiness, decided, view, see, said } = props
  const { language } = reader
  const { t } = language
  const href = `${offerHref(offer)}/markets`
  const isOpen = ({ destination }: DestinationState): boolean => decided.get(destination) === true
  const inView = readiness.destinations.filter(
    (each) => view === 'all' || (view === 'open' ? isOpen(each) : each.state === view),
  )
  const hrefOf = ({ destination }: DestinationState): string =>
    `${href}?${view === 'all' ? '' : `view=${view}&`}see=${destination}#see`
  const tables = { states: inView, isOpen, hrefOf, offer, language }
  const count = (of: MarketView): string =>
    String(
      readiness.destinations.filter(
        (each) => of === 'all' || (of === 'open' ? isOpen(each) : each.state === of),
      ).length,
    )
  const closedReady = readiness.destinations.filter(
    (each) => each.state === 'ready' && !isOpen(each),
  )
  return (
    <Shell reader={reader} title={t('catalogue.markets.title')}>
      <section class="band">
        <OfferHead offer={offer} business={business} language={language} current="markets" />
      </section>
      <section class="band surface">
        <div class="wrap stack">
          {said && <Notice tone={said.tone} title={said.title} live />}
          <p class="lead">{t('catalogue.markets.lead')}</p>
          {readiness.needs.length > 0 && (
            <Notice
              tone="warn"
              title={t('catalogue.state.missing', { count: readiness.needs.length })}
            >
              <NeedList needs={readiness.needs} offer={offer} language={language} />
            </Notice>
          )}
          {see && (
            <MarketDetail
              state={see}
              offer={offer}
              language={language}
              highest={props.highest}
              wanted={props.wanted}
            />
          )}
          <Tabs
            label={t('catalogue.markets.views')}
            tabs={marketViews.map((each) => ({
              label: t(`catalogue.markets.view.${each}`),
              href: each === 'all' ? href : `${href}?view=${each}`,
              current: each === view,
              count: count(each),
            }))}
          />
          <form method="post" action={href} class="stack">
            <input type="hidden" name="view" value={view} />
            {closedReady.length > 0 && (
              <div>
                <Button kind="secondary" name="open" value="ready">
                  {t('catalogue.markets.openReady', { count: closedReady.length })}
                </Button>
              </div>
            )}
            {inView.length === 0 && <EmptyState title={t('catalogue.markets.none')} />}
            <Priced {...tables} />
            <Unpriced {...tables} />
          </form>
        </div>
      </section>
    </Shell>
  )
}
