/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Emblem, Money, type Language } from '../../ui/index.ts'
import { textFor, type Offer } from '../offer.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { shownIn, type Goods, type ListPrice } from './goods.ts'
import type { ShopParts } from './parts.ts'
import type { Visitor } from './visitor.ts'

export const offerHref = (seller: { slug: string }, offer: { slug: string }): string =>
  `/shop/${seller.slug}/${offer.slug}`

interface ListProps {
  goods: readonly Goods[]
  visitor: Visitor
  parts: ShopParts
}

/** Goods beside each other, each with what it costs at the visitor's own door. */
export function GoodsList({ goods, visitor, parts }: ListProps) {
  return (
    <ul class="grid small plain">
      {goods.map((each, at) => (
        <li class="card stack tight">
          <Card goods={each} visitor={visitor} parts={parts} eager={at < 2} />
        </li>
      ))}
    </ul>
  )
}

interface CardProps extends Omit<ListProps, 'goods'> {
  goods: Goods
  /** In sight at once: not to be put off. */
  eager: boolean
}

function Card({ goods: { offer, seller, price, picture }, visitor, parts, eager }: CardProps) {
  const { language } = visitor
  const origin = offer.origin ?? seller.country
  return (
    <>
      {picture ? (
        <img
          class="picture"
          src={pictureUrl(picture.digest, 'thumb')}
          width={picture.width}
          height={picture.height}
          loading={eager ? undefined : 'lazy'}
          alt=""
        />
      ) : (
        <Emblem seed={offer.offerId} />
      )}
      <h3>
        <a class="card-link" href={offerHref(seller, offer)}>
          <Title offer={offer} language={language} />
        </a>
      </h3>
      <p class="muted small">
        {seller.name} · {language.country(origin)}
      </p>
      <PriceLine price={price} visitor={visitor} parts={parts} />
    </>
  )
}

/** In the visitor's language; marked with the language it is in where it is another. */
export function Title({ offer, language }: { offer: Offer; language: Language }) {
  const found = textFor(offer, language.locale)
  if (!found?.fallback) return <>{found?.text.title ?? offer.slug}</>
  return (
    <span lang={found.text.locale} dir="auto">
      {found.text.title}
    </span>
  )
}

interface PriceProps {
  price: ListPrice
  visitor: Visitor
  parts: ShopParts
}

/** The price at the door in one line; where there is none, why. */
export function PriceLine({ price, visitor, parts }: PriceProps) {
  const { language, currency } = visitor
  const { t } = language
  if (!price.total) return <p class="small">{statusWords(price, visitor)}</p>
  const shown = shownIn(price.total, currency, parts)
  return (
    <div>
      <p class="price-row">
        <Money {...price.total} language={language} />
      </p>
      {shown && (
        <p class="small">
          {t('shops.price.about', { amount: language.money(shown.amount, shown.currency) })}
        </p>
      )}
      <p class="muted small">{statusWords(price, visitor)}</p>
    </div>
  )
}

const words = {
  complete: 'shops.price.complete',
  'complete-except': 'shops.price.completeExcept',
  'no-border': 'shops.price.noBorder',
  'needs-facts': 'shops.price.needsFacts',
  'cannot-decide': 'shops.price.cannotDecide',
  incomplete: 'shops.price.incomplete',
  'no-lane': 'shops.price.noLane',
  prohibited: 'shops.price.prohibited',
  'no-law': 'shops.price.noLaw',
  'no-rate': 'shops.price.noRate',
  closed: 'shops.price.closed',
} as const

/** What a price holds, or why there is none. */
export function statusWords(
  { status, total }: Pick<ListPrice, 'status' | 'total'>,
  { language, destination }: Pick<Visitor, 'language' | 'destination'>,
): string {
  const country = language.country(destination)
  const key = total === null && status === 'no-border' ? 'shops.price.noLane' : words[status]
  return language.t(key, { country })
}
