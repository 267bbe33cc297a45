/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import { formatMinor } from '../../basis/money.ts'
import {
  Button,
  EmptyState,
  PageFragment,
  Pagination,
  Region,
  SelectField,
  Table,
  Tabs,
  TextField,
  type Language,
} from '../../ui/index.ts'
import { offerFilters, type OfferFilter, type OfferRow } from '../list-offers.ts'
import type { OfferStatus } from '../offer.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { Shell, StatusTag, type Reader } from './shell.tsx'

/** The state of the list, all of it in the address. */
export type GoodsAsk = {
  readonly status?: OfferStatus | undefined
  readonly lacking?: OfferFilter | undefined
  readonly words: string
  readonly after?: string | undefined
}

type GoodsPageProps = {
  reader: Reader
  business: { id: string; name: string }
  ask: GoodsAsk
  rows: readonly OfferRow[]
  counts: Readonly<Record<OfferStatus, number>>
  next?: string | undefined
}

/** Everything a business offers, newest change first. */
export function GoodsPage(props: GoodsPageProps) {
  const { reader, business, ask, rows, counts, next } = props
  const { language } = reader
  const { t } = language
  const all = counts.draft + counts.published + counts.withdrawn
  const href = (change: Partial<GoodsAsk>): string =>
    goodsHref(business.id, { ...ask, after: undefined, ...change })
  return (
    <Shell reader={reader} title={t('catalogue.goods.title')}>
      <section class="band">
        <div class="wrap stack">
          <div class="cluster between">
            <h1>{t('catalogue.goods.title')}</h1>
            <div class="cluster">
              <Button href={`/business/${business.id}/goods/new`}>
                {t('catalogue.goods.new')}
              </Button>
              <Button kind="secondary" href={`/business/${business.id}/import`}>
                {t('catalogue.goods.import')}
              </Button>
            </div>
          </div>
          {all === 0 ? (
            <EmptyState
              title={t('catalogue.goods.none')}
              action={{
                label: t('catalogue.goods.new'),
                href: `/business/${business.id}/goods/new`,
              }}
            >
              <p>{t('catalogue.goods.noneNote')}</p>
            </EmptyState>
          ) : (
            <PageFragment regions={['goods-tabs', 'goods', 'goods-count']}>
              <div class="stack">
                <Region id="goods-tabs">
                  <Tabs
                    label={t('catalogue.goods.byStatus')}
                    tabs={[
                      {
                        label: t('catalogue.goods.all'),
                        href: href({ status: undefined }),
                        current: !ask.status,
                        count: String(all),
                      },
                      ...(['published', 'draft', 'withdrawn'] as const).map((status) => ({
                        label: t(`catalogue.status.${status}`),
                        href: href({ status }),
                        current: ask.status === status,
                        count: String(counts[status]),
                      })),
                    ]}
                  />
                </Region>
                <Filter {...props} />
                <Region id="goods-count" live>
                  <p class="muted small">
                    {t('catalogue.goods.shown', { count: rows.length })}
                    {next && ` ${t('catalogue.goods.thereIsMore')}`}
                  </p>
                </Region>
                <Region id="goods">
                  {rows.length === 0 ? (
                    <EmptyState
                      title={t('catalogue.goods.noHit')}
                      action={{
                        label: t('catalogue.goods.showAll'),
                        href: `/business/${business.id}/goods`,
                      }}
                    />
                  ) : (
                    <Rows rows={rows} business={business} language={language} />
                  )}
                  <Pagination
                    language={language}
                    previous={ask.after ? href({}) : undefined}
                    next={next && href({ after: next })}
                  />
                </Region>
              </div>
            </PageFragment>
          )}
        </div>
      </section>
    </Shell>
  )
}

export function goodsHref(businessId: string, { status, lacking, words, after }: GoodsAsk): string {
  const query = new URLSearchParams()
  if (status) query.set('status', status)
  if (lacking) query.set('lacking', lacking)
  if (words) query.set('q', words)
  if (after) query.set('after', after)
  const text = query.toString()
  return `/business/${businessId}/goods${text ? `?${text}` : ''}`
}

function Filter({ reader: { language }, business, ask }: GoodsPageProps) {
  const { t } = language
  return (
    <form method="get" action={`/business/${business.id}/goods`} class="inline-form">
      {ask.status && <input type="hidden" name="status" value={ask.status} />}
      <TextField
        name="q"
        type="search"
        label={t('catalogue.goods.find')}
        value={ask.words}
        width="m"
      />
      <SelectField
        name="lacking"
        label={t('catalogue.goods.lacking')}
        value={ask.lacking ?? ''}
        prompt={t('catalogue.goods.lackingNothing')}
        options={offerFilters.map((value) => ({ value, label: t(lackingWords[value]) }))}
      />
      <Button kind="secondary">{t('catalogue.goods.show')}</Button>
    </form>
  )
}

const lackingWords = {
  'no-code': 'catalogue.goods.noCode',
  'no-origin': 'catalogue.goods.noOrigin',
  'no-mass': 'catalogue.goods.noMass',
  'sold-out': 'catalogue.goods.soldOut',
} as const

function Rows({
  rows,
  business,
  language,
}: Pick<GoodsPageProps, 'rows' | 'business'> & { language: Language }) {
  const { t } = language
  return (
    <Table
      caption={t('catalogue.goods.title')}
      hideCaption
      language={language}
      columns={[
        { label: t('catalogue.goods.name') },
        { label: t('catalogue.goods.state') },
        { label: t('catalogue.goods.code') },
        { label: t('catalogue.goods.price'), numeric: true },
        { label: t('catalogue.goods.stock'), numeric: true },
        { label: t('catalogue.goods.markets'), numeric: true },
      ]}
      rows={rows.map((row) => ({
        href: `/business/${business.id}/goods/${row.offerId}`,
        cells: [
          <span class="with-picture">
            {row.digest && (
              <img
                src={pictureUrl(row.digest, 'thumb')}
                alt=""
                width="44"
                height="44"
                loading="lazy"
              />
            )}
            <span>{row.title}</span>
          </span>,
          <StatusTag status={row.status} language={language} />,
          row.subheading ? (
            formatTariffCode(row.subheading)
          ) : (
            <span class="muted">{t('catalogue.goods.noCode')}</span>
          ),
          priceWords(row, language),
          language.number(String(row.onHand)),
          language.number(String(row.openMarkets)),
        ],
      }))}
    />
  )
}

function priceWords({ lowestMinor, highestMinor, currency }: OfferRow, language: Language): string {
  if (lowestMinor === null || highestMinor === null) return ''
  const text = (minor: bigint): string => language.money(formatMinor(minor, currency), currency)
  return lowestMinor === highestMinor
    ? text(lowestMinor)
    : language.t('catalogue.goods.priceFrom', { price: text(lowestMinor) })
}
