/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor, parseAmount } from '../../basis/money.ts'
import { roundQuotient } from '../../basis/rounding.ts'
import { Button, EmptyState, Notice, Table, Tabs, Tag, type Language } from '../../ui/index.ts'
import type { Refused } from '../../basis/refusal.ts'
import type { HighestPrice } from '../highest-price.ts'
import type { Offer } from '../offer.ts'
import { leadVariant, type DestinationState, type Readiness } from '../readiness.ts'
import { MarketDetail, papersOf } from './market-detail.tsx'
import { NeedList } from './offer-state.tsx'
import { OfferHead, offerHref, Shell, type Reader } from './shell.tsx'
import { missingWords } from './words.ts'

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

/** Every destination: what the buyer pays in all, what is left, which papers, and whether it is open. */
export function MarketsPage(props: MarketsPageProps) {
  const { reader, business, offer, readiness, decided, view, see, said } = props
  const { language } = reader
  const { t } = language
  const href = `${offerHref(offer)}/markets`
  const isOpen = ({ destination }: DestinationState): boolean => decided.get(destination) === true
  const inView = readiness.destinations.filter(
    (each) => view === 'all' || (view === 'open' ? isOpen(each) : each.state === view),
  )
  const rows = sorted(inView, isOpen, language)
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
    <Shell reader={reader} business={business} title={t('catalogue.markets.title')}>
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
            {rows.length === 0 ? (
              <EmptyState title={t('catalogue.markets.none')} />
            ) : (
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
                rows={rows.map((state) => {
                  const query = `${view === 'all' ? '' : `view=${view}&`}see=${state.destination}`
                  return {
                    cells: cellsOf(state, offer, isOpen(state), `${href}?${query}#see`, language),
                  }
                })}
              />
            )}
          </form>
        </div>
      </section>
    </Shell>
  )
}

/** Open ones first, then those with a price, then by name. */
function sorted(
  states: readonly DestinationState[],
  isOpen: (state: DestinationState) => boolean,
  language: Language,
): DestinationState[] {
  const collator = new Intl.Collator(language.locale)
  const rank = (each: DestinationState): number =>
    (isOpen(each) ? 0 : 10) + ['ready', 'missing', 'shut'].indexOf(each.state)
  return [...states].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      collator.compare(language.country(a.destination), language.country(b.destination)),
  )
}

function cellsOf(
  state: DestinationState,
  offer: Offer,
  open: boolean,
  href: string,
  language: Language,
) {
  const { t } = language
  const { destination, price, needs } = state
  const name = language.country(destination)
  const [need] = needs
  return [
    <span>
      <a href={href}>{name}</a> {open && <Tag tone="ok">{t('catalogue.markets.isOpen')}</Tag>}
    </span>,
    price.total && state.state === 'ready' ? (
      <span>
        <strong>{language.money(price.total.amount, price.total.currency)}</strong>
        {price.status === 'complete-except' && (
          <small class="muted"> {t('catalogue.markets.except')}</small>
        )}
      </span>
    ) : (
      <span class="muted small">{need ? missingWords(language, need) : ''}</span>
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
    <Button kind={open ? 'quiet' : 'secondary'} name={open ? 'close' : 'open'} value={destination}>
      {open ? t('catalogue.markets.close') : t('catalogue.markets.openIt')}
      <span class="hidden"> {name}</span>
    </Button>,
  ]
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
