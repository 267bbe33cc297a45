/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import {
  Button,
  Disclosure,
  framed,
  Page,
  SelectField,
  type Choice,
  type Language,
} from '../../ui/index.ts'
import { currencies } from '../../basis/currency.ts'
import type { ShopParts } from './parts.ts'
import type { Visitor } from './visitor.ts'

interface ShellProps {
  visitor: Visitor
  parts: ShopParts
  title: string
  description?: string | undefined
  /** Path of the page without what only this visitor chose. */
  canonical?: string | undefined
  hasErrors?: boolean
  density?: 'shop' | 'work'
  head?: Child
  children?: Child
}

/** A page of the shops; above all else it says where goods go and in what money, as every price hangs on it. */
export function Shell({ visitor, parts, canonical, head, children, ...page }: ShellProps) {
  const { language, hub } = visitor
  return (
    <Page
      {...page}
      {...framed(visitor)}
      head={
        <>
          {canonical !== undefined && <link rel="canonical" href={visitor.site + canonical} />}
          <link
            rel="alternate"
            type="application/atom+xml"
            title={language.t('shops.feed.new', { hub: hub.name })}
            href="/feeds/new.atom"
          />
          {head}
        </>
      }
    >
      <div class="wrap choosing">
        <Chooser visitor={visitor} parts={parts} />
        <a class="narrow-only" href="/basket">
          {language.t('shops.nav.basket')}
        </a>
      </div>
      {children}
    </Page>
  )
}

/** Where goods shall go and what money to show; opens on demand, as most visitors say it once. */
function Chooser({ visitor, parts }: { visitor: Visitor; parts: ShopParts }) {
  const { language, destination, owed, currency, url } = visitor
  const { t } = language
  const where = language.country(destination)
  return (
    <Disclosure
      summary={t('shops.choose.now', {
        country: where,
        currency: [owed, currency].filter(Boolean).join(' / '),
      })}
    >
      <form action="/choose" method="get" class="stack">
        <input type="hidden" name="next" value={url.pathname + url.search} />
        <SelectField
          name="destination"
          label={t('shops.choose.destination')}
          value={destination}
          options={inOrder(parts.tariff().destinations, language)}
        />
        <SelectField
          name="currency"
          label={t('shops.choose.currency')}
          hint={t('shops.choose.currencyHint')}
          value={currency ?? ''}
          prompt={t('shops.choose.ofDestination')}
          options={currencyChoices(parts)}
        />
        <Button kind="secondary">{t('shops.choose.keep')}</Button>
      </form>
    </Disclosure>
  )
}

export function inOrder(codes: readonly string[], language: Language): Choice[] {
  const collator = new Intl.Collator(language.locale)
  return codes
    .map((value) => ({ value, label: language.country(value) }))
    .sort((a, b) => collator.compare(a.label, b.label))
}

/** Those with a reference rate of the last year: nothing else can be converted for anybody to compare. */
function currencyChoices({ tariff, today }: ShopParts): Choice[] {
  const { exchange } = tariff()
  const newest = { source: 'ecb', rule: 'latest' } as const
  return currencies
    .filter((code) => {
      const found = exchange.rate(code, 'EUR', today(), newest)
      return found !== undefined && (found.sighting?.ageDays ?? 0) < 366
    })
    .map((code) => ({ value: code, label: code }))
}

/** The question to the whole hub, or to one shop or pavilion. */
export function SearchBox({
  language,
  words = '',
  within = {},
}: {
  language: Language
  words?: string
  within?: Readonly<Record<string, string>>
}) {
  const { t } = language
  return (
    <form action="/search" method="get" role="search" class="inline-form">
      {Object.entries(within).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="field">
        <label for="q">{t('shops.search.label')}</label>
        <input
          class="input width-l"
          type="search"
          id="q"
          name="q"
          value={words}
          maxlength={200}
          autocomplete="off"
        />
      </div>
      <Button>{t('shops.search.go')}</Button>
    </form>
  )
}
