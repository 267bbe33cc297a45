/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import {
  Breadcrumb,
  framed,
  Page,
  readerOf as readerOfPage,
  Tabs,
  Tag,
  type Crumb,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import type { Offer } from '../offer.ts'
import { textFor } from '../offer.ts'
import { statusWords } from './words.ts'

export type { Reader } from '../../ui/index.ts'

/** What is on a seller's desk is that seller's; nothing may keep it. */
export const readerOf = (c: Context): Reader => readerOfPage(c, 'no-store')

type ShellProps = {
  reader: Reader
  title: string
  hasErrors?: boolean
  children?: Child
}

/** A page at the seller's desk. */
export function Shell({ reader, children, title, hasErrors }: ShellProps) {
  return (
    <Page
      density="work"
      title={title}
      hasErrors={hasErrors}
      {...framed(reader)}
      head={<meta name="robots" content="noindex" />}
    >
      {children}
    </Page>
  )
}

type WayProps = {
  business: { id: string; name: string }
  language: Language
  /** What stands between the goods and this page. */
  more?: readonly Crumb[]
}

/** The way back from a page at the desk. */
export function Way({ business, language, more = [] }: WayProps) {
  const home = `/business/${business.id}`
  const goods = { label: language.t('catalogue.nav.goods'), href: `${home}/goods` }
  return (
    <Breadcrumb
      language={language}
      crumbs={[{ label: business.name, href: home }, goods, ...more]}
    />
  )
}

/** Where the product files of a business are. */
export const filesOf = ({ id }: { id: string }, { t }: Language): Crumb => ({
  label: t('import.title'),
  href: `/business/${id}/import`,
})

export const offerHref = ({ businessId, offerId }: Pick<Offer, 'businessId' | 'offerId'>): string =>
  `/business/${businessId}/goods/${offerId}`

export const titleIn = (offer: Offer, language: Language): string =>
  textFor(offer, language.locale)?.text.title ?? offer.slug

const tones = { draft: 'plain', published: 'ok', withdrawn: 'warn' } as const

export function StatusTag({ status, language }: { status: Offer['status']; language: Language }) {
  return <Tag tone={tones[status]}>{statusWords(language, status)}</Tag>
}

type OfferHeadProps = {
  offer: Offer
  business: { id: string; name: string }
  language: Language
  current: 'edit' | 'pictures' | 'markets'
}

/** The head of an offer's pages: the way here, its name and state, and its views. */
export function OfferHead({ offer, business, language, current }: OfferHeadProps) {
  const { t } = language
  const href = offerHref(offer)
  const shown = textFor(offer, language.locale)
  return (
    <div class="wrap stack">
      <Way {...{ business, language }} />
      <h1>
        <span lang={shown?.fallback ? shown.text.locale : undefined}>
          {titleIn(offer, language)}
        </span>{' '}
        <StatusTag status={offer.status} language={language} />
      </h1>
      <Tabs
        label={t('catalogue.views')}
        tabs={[
          { label: t('catalogue.view.edit'), href, current: current === 'edit' },
          {
            label: t('catalogue.view.pictures'),
            href: `${href}/pictures`,
            current: current === 'pictures',
            count: String(offer.pictures.length),
          },
          {
            label: t('catalogue.view.markets'),
            href: `${href}/markets`,
            current: current === 'markets',
          },
        ]}
      />
    </div>
  )
}
