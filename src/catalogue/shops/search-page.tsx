/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import {
  Button,
  DecimalField,
  Disclosure,
  EmptyState,
  ErrorSummary,
  Notice,
  PageFragment,
  Pagination,
  Region,
  Tabs,
} from '../../ui/index.ts'
import { searchHref, type SearchAsk } from './ask.ts'
import { GoodsList } from './card.tsx'
import type { Goods, ShopSeller } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { SearchBox, Shell } from './shell.tsx'
import type { FoundWithSellers } from './show-search.tsx'
import type { Visitor } from './visitor.ts'

interface SearchPageProps {
  visitor: Visitor
  parts: ShopParts
  ask: SearchAsk
  found: FoundWithSellers
  goods: readonly Goods[]
  shop: ShopSeller | undefined
  /** How many there are that do not reach the visitor, when none does. */
  elsewhere: number
  faults: readonly ('low' | 'high')[]
}

export function SearchPage(props: SearchPageProps) {
  const { visitor, parts, ask, found, goods, faults } = props
  const { language } = visitor
  const { t } = language
  const errors = faults.map((field) => ({ field, message: t('shops.search.badPrice') }))
  return (
    <Shell
      visitor={visitor}
      parts={parts}
      title={ask.q === '' ? t('shops.search.title') : t('shops.search.titleOf', { words: ask.q })}
      hasErrors={errors.length > 0}
      head={<meta name="robots" content="noindex, follow" />}
    >
      <section class="band">
        <div class="wrap">
          <PageFragment regions={['count', 'results', 'filters']}>
            <div class="stack">
              <ErrorSummary errors={errors} language={language} />
              <h1>{t('shops.search.title')}</h1>
              <SearchBox language={language} words={ask.q} within={kept(ask)} />
              <Region id="count" live>
                <p>{countLine(props)}</p>
              </Region>
              <Region id="filters">
                <Filters {...props} />
              </Region>
              <Region id="results">
                <div class="stack">
                  <Remarks {...props} />
                  {goods.length > 0 && <h2 class="hidden">{t('shops.search.title')}</h2>}
                  {goods.length > 0 ? (
                    <GoodsList goods={goods} visitor={visitor} parts={parts} />
                  ) : (
                    <NothingFound {...props} />
                  )}
                  <Pagination
                    language={language}
                    previous={ask.after ? searchHref(ask, {}) : undefined}
                    next={found.next && searchHref(ask, { after: found.next })}
                  />
                </div>
              </Region>
            </div>
          </PageFragment>
        </div>
      </section>
    </Shell>
  )
}

/** Filters stay when the words change. */
function kept({ category, origin, shop, anywhere }: SearchAsk): Record<string, string> {
  return {
    ...(category ? { category } : {}),
    ...(origin ? { origin } : {}),
    ...(shop ? { shop } : {}),
    ...(anywhere ? { anywhere: '1' } : {}),
  }
}

function countLine({ visitor, ask, found }: SearchPageProps): string {
  const { language, destination } = visitor
  const { t } = language
  const country = language.country(destination)
  const { count, isMore } = found
  if (ask.anywhere) return t(isMore ? 'shops.count.more' : 'shops.count.offers', { count })
  return t(isMore ? 'shops.count.moreReach' : 'shops.count.reach', { count, country })
}

/** What was read differently from how it was typed. */
function Remarks({ visitor, found }: SearchPageProps) {
  const { t, list } = visitor.language
  const lines = [
    ...found.corrected.map(({ word, meant }) =>
      t('shops.search.corrected', { word, meant: list(meant) }),
    ),
    ...(found.unknown.length > 0 && found.count > 0
      ? [t('shops.search.unknown', { words: list(found.unknown) })]
      : []),
    ...(found.isLoose && found.unknown.length === 0 && found.count > 0
      ? [t('shops.search.loose')]
      : []),
  ]
  if (lines.length === 0) return null
  return (
    <Notice>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
    </Notice>
  )
}

function NothingFound({ visitor, ask, elsewhere }: SearchPageProps) {
  const { language, destination } = visitor
  const { t } = language
  const country = language.country(destination)
  if (elsewhere > 0)
    return (
      <EmptyState title={t('shops.search.noneHere', { country })}>
        <p>
          <a href={searchHref(ask, { anywhere: true })}>
            {t('shops.search.elsewhere', { count: elsewhere })}
          </a>
        </p>
      </EmptyState>
    )
  return (
    <EmptyState title={t('shops.search.none')}>
      <p>{t('shops.search.noneHint')}</p>
      <Button kind="secondary" href="/search">
        {t('shops.search.everything')}
      </Button>
    </EmptyState>
  )
}

function Filters(props: SearchPageProps) {
  const { visitor, ask, found, shop, parts } = props
  const { language } = visitor
  const { t } = language
  const chosen = [
    ...(ask.category
      ? [
          {
            label: categoryName(ask.category, props),
            href: searchHref(ask, { category: undefined }),
          },
        ]
      : []),
    ...(ask.origin
      ? [{ label: language.country(ask.origin), href: searchHref(ask, { origin: undefined }) }]
      : []),
    ...(ask.shop
      ? [{ label: shop?.name ?? ask.shop, href: searchHref(ask, { shop: undefined }) }]
      : []),
  ]
  return (
    <div class="stack tight">
      {chosen.length > 0 && (
        <ul class="cluster plain">
          {chosen.map(({ label, href }) => (
            <li>
              <Button kind="secondary" href={href}>
                {t('shops.filter.drop', { filter: label })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Disclosure summary={t('shops.filter.title')} open={props.faults.length > 0}>
        <PriceFilter {...props} />
        <div class="grid">
          <Facet title={t('shops.filter.category')}>
            {found.facets.chapter.map(({ value, count }) => (
              <FacetLink
                href={searchHref(ask, { category: value })}
                label={parts.nameOf(value, language.locale)?.name ?? value}
                count={found.isMore ? undefined : count}
              />
            ))}
          </Facet>
          <Facet title={t('shops.filter.origin')}>
            {found.facets.origin.map(({ value, count }) => (
              <FacetLink
                href={searchHref(ask, { origin: value })}
                label={language.country(value)}
                count={found.isMore ? undefined : count}
              />
            ))}
          </Facet>
          <Facet title={t('shops.filter.seller')}>
            {found.sellers.map(({ slug, name, count }) => (
              <FacetLink
                href={searchHref(ask, { shop: slug })}
                label={name}
                count={found.isMore ? undefined : count}
              />
            ))}
          </Facet>
        </div>
        <p>
          <a href={searchHref(ask, { anywhere: !ask.anywhere })}>
            {ask.anywhere
              ? t('shops.filter.onlyHere', { country: language.country(visitor.destination) })
              : t('shops.filter.anywhere')}
          </a>
        </p>
      </Disclosure>
      <Tabs
        label={t('shops.sort.label')}
        tabs={(ask.anywhere ? sorts.slice(0, 2) : sorts)
          .filter((sort) => sort !== 'best' || ask.q !== '')
          .map((sort) => ({
            label: t(`shops.sort.${sort}`),
            href: searchHref(ask, { sort }),
            current: sort === (ask.sort ?? (ask.q === '' ? 'newest' : 'best')),
          }))}
      />
    </div>
  )
}

const sorts = ['best', 'newest', 'price'] as const

function categoryName(code: string, { parts, visitor }: SearchPageProps): string {
  return parts.nameOf(code, visitor.language.locale)?.name ?? code
}

function Facet({ title, children }: { title: string; children?: Child }) {
  return (
    <div class="stack tight">
      <h2 class="small">{title}</h2>
      <ul class="plain stack tight">{children}</ul>
    </div>
  )
}

function FacetLink({
  href,
  label,
  count,
}: {
  href: string
  label: string
  count?: number | undefined
}) {
  return (
    <li>
      <a href={href}>{label}</a>
      {count !== undefined && <span class="muted figures"> {count}</span>}
    </li>
  )
}

function PriceFilter({ visitor, ask, faults }: SearchPageProps) {
  const { language, owed } = visitor
  const { t } = language
  if (ask.anywhere || owed === undefined) return null
  const error = (field: 'low' | 'high') =>
    faults.includes(field) ? t('shops.search.badPrice') : undefined
  return (
    <form action="/search" method="get" class="inline-form">
      {Object.entries({ q: ask.q, ...kept(ask), ...(ask.sort ? { sort: ask.sort } : {}) }).map(
        ([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ),
      )}
      <DecimalField
        name="low"
        label={t('shops.filter.low')}
        value={ask.low}
        suffix={owed}
        error={error('low')}
      />
      <DecimalField
        name="high"
        label={t('shops.filter.high')}
        value={ask.high}
        suffix={owed}
        error={error('high')}
      />
      <Button kind="secondary">{t('shops.filter.apply')}</Button>
    </form>
  )
}
