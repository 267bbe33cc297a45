/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { deliveryOf } from '../../logistics/index.ts'
import {
  Button,
  Price,
  SelectField,
  Tag,
  TextField,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import { formatMinor } from '../../basis/money.ts'
import { activeVariants, optionsText, type Offer, type Variant } from '../offer.ts'
import { offerHref, statusWords } from './card.tsx'
import { DoorBreakdown, dueWords } from './door-breakdown.tsx'
import { shownIn } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { mostPieces, type ShownProduct } from './show-product.tsx'
import type { Visitor } from './visitor.ts'

interface PriceBoxProps {
  product: ShownProduct
  visitor: Visitor
  parts: ShopParts
}

/** For the summary at the head of the page, and for the field. */
export const quantityErrors = ({ badQuantity }: ShownProduct, { t }: Language): FieldError[] =>
  badQuantity
    ? [{ field: 'quantity', message: t('shops.product.badQuantity', { most: mostPieces }) }]
    : []

/** What it costs at the visitor's own door, when it comes, and what the price is made of. */
export function PriceBox({ product, visitor, parts }: PriceBoxProps) {
  const { language } = visitor
  const { t } = language
  const { offer, variant, ask, price, isOpen } = product
  const [error] = quantityErrors(product, language)
  const total = isOpen ? price.total : null
  return (
    <div class="card stack">
      {total ? (
        <PriceAndTime {...{ product, visitor, parts }} total={total} />
      ) : (
        <>
          <p class="lead">
            {statusWords({ status: price.total ? 'closed' : price.status, total: null }, visitor)}
          </p>
          <p class="muted">{t('shops.product.elsewhere')}</p>
        </>
      )}
      <p>
        <Stock variant={variant} language={language} />
      </p>
      <VariantForm
        {...{ product, language }}
        error={error?.message}
        maySell={total !== null && variant.onHand > 0n}
      />
      {total && price.answer && price.status !== 'no-border' && (
        <DoorBreakdown {...{ offer, variant, ask, price, language }} answer={price.answer} />
      )}
    </div>
  )
}

function PriceAndTime({
  product,
  visitor,
  parts,
  total,
}: PriceBoxProps & { total: { amount: string; currency: string } }) {
  const { language, currency } = visitor
  const { t } = language
  const { price, ask } = product
  const shown = shownIn(total, currency, parts)
  const { lane } = price
  const delivery = lane && deliveryOf(lane.transit, parts.now())
  return (
    <>
      <Price
        {...total}
        language={language}
        note={
          ask.quantity > 1
            ? t('shops.product.forPieces', {
                count: ask.quantity,
                what: statusWords({ status: price.status, total }, visitor),
              })
            : statusWords({ status: price.status, total }, visitor)
        }
      />
      {shown && (
        <p class="small">
          {t('shops.price.aboutBy', {
            amount: language.money(shown.amount, shown.currency),
            source: sourceName(shown.source),
            date: language.date(shown.date),
          })}
        </p>
      )}
      {price.status === 'complete-except' && price.answer && (
        <p class="small">
          {t('shops.price.notHeld', {
            kinds: language.list(price.answer.notCovered.map((kind) => kindWord(kind, language))),
          })}
        </p>
      )}
      {price.answer && price.status !== 'no-border' && <p>{dueWords(price.answer, language)}</p>}
      {lane && delivery && (
        <p>
          {t('shops.product.arrives', {
            from: language.date(delivery.earliest),
            to: language.date(delivery.latest),
          })}{' '}
          <span class="muted small">
            {t('shops.product.carriedBy', {
              carrier: lane.carrier,
              service: lane.service,
              leaves: language.date(delivery.leaves),
            })}
          </span>
        </p>
      )}
    </>
  )
}

/** Who publishes a rate, where its id in rules/fx is no name. */
const sourceName = (id: string): string =>
  id.replace('hmrc-monthly', 'HM Revenue & Customs').replace('cbr-daily', 'Bank of Russia')

/** The tariff's own word for a kind of measure, where it has one. */
const kindWord = (kind: string, { t }: Language): string => {
  const camel = kind.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  return t(`tariff.kind.${camel}` as Parameters<Language['t']>[0])
}

function Stock({ variant, language }: { variant: Variant; language: Language }) {
  const { t } = language
  const { onHand } = variant
  if (onHand <= 0n) return <Tag tone="bad">{t('shops.stock.none')}</Tag>
  if (onHand <= 5n) return <Tag tone="warn">{t('shops.stock.few', { count: Number(onHand) })}</Tag>
  return <Tag tone="ok">{t('shops.stock.some')}</Tag>
}

interface VariantFormProps {
  product: ShownProduct
  error: string | undefined
  /** It has a price at the visitor's door and is there. */
  maySell: boolean
  language: Language
}

/** One form with two buttons: the first works the price out for what is chosen, the other puts it into the basket. */
function VariantForm({ product, error, maySell, language }: VariantFormProps) {
  const { t } = language
  const { offer, seller, variant, quantity } = product
  const variants = activeVariants(offer)
  return (
    <form action={offerHref(seller, offer)} method="get" class="stack">
      {variants.length > 1 && (
        <SelectField
          name="variant"
          label={t('shops.product.variant')}
          value={variant.variantId}
          options={variants.map((each) => ({
            value: each.variantId,
            label: variantName(each, offer, language),
          }))}
        />
      )}
      <TextField
        name="quantity"
        label={t('shops.product.quantity')}
        value={quantity}
        inputmode="numeric"
        width="xs"
        maxlength={3}
        error={error}
      />
      <div class="cluster">
        <Button kind="secondary">{t('shops.product.work')}</Button>
        {maySell && (
          <button
            class="button"
            type="submit"
            formmethod="post"
            formaction={`/basket/lines?shop=${seller.slug}&offer=${offer.slug}`}
          >
            {t('shops.product.add')}
          </button>
        )}
      </div>
    </form>
  )
}

function variantName(variant: Variant, offer: Offer, language: Language): string {
  const options = optionsText(variant.options)
  const price = language.money(formatMinor(variant.priceMinor, offer.currency), offer.currency)
  const name = options === '' ? (variant.sku ?? price) : `${options} · ${price}`
  return variant.onHand > 0n ? name : `${name} · ${language.t('shops.stock.none')}`
}
