/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { optionsText, picturesFor, pictureUrl, textFor } from '../../catalogue/index.ts'
import {
  Button,
  Disclosure,
  Emblem,
  EmptyState,
  errorFor,
  ErrorSummary,
  Notice,
  Price,
  SelectField,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { writeKey } from '../baskets/basket.ts'
import { totalsOf, type EstimatedGroup, type EstimatedLine } from '../baskets/estimate-basket.ts'
import { moneyText, refusalSentence } from '../words.ts'
import { Shell } from './shell.tsx'

export type BasketPageProps = {
  reader: Reader
  groups: readonly EstimatedGroup[]
  destination: string
  destinations: readonly string[]
  errors: readonly FieldError[]
  /** As typed into the field that is wrong. */
  typed: string
  /** The variant that was just put in. */
  added: string
}

/** What somebody may buy, by seller, with what it costs at their door. */
export function BasketPage(props: BasketPageProps) {
  const { reader, groups, destination, errors, added } = props
  const { language } = reader
  const { t } = language
  const wasAdded = groups.some(({ lines }) =>
    lines.some(({ wanted }) => wanted.variantId === added),
  )
  const totals = [...totalsOf(groups)]
  return (
    <Shell reader={reader} title={t('orders.basket.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('orders.basket.title')}</h1>
      {wasAdded && errors.length === 0 && (
        <Notice tone="ok" live>
          <p>{t('orders.basket.added')}</p>
        </Notice>
      )}
      {groups.length === 0 ? (
        <EmptyState
          title={t('orders.basket.empty')}
          action={{ label: t('orders.basket.look'), href: '/search' }}
        >
          <p>{t('orders.basket.emptyText')}</p>
        </EmptyState>
      ) : (
        <>
          <Where {...props} />
          {groups.map((group) => (
            <Group {...props} group={group} />
          ))}
          {totals.length > 0 && (
            <section class="card stack" aria-labelledby="together">
              <h2 id="together">{t('orders.basket.together')}</h2>
              {totals.map(([currency, minor]) => (
                <Price {...{ currency, language }} amount={formatMinor(minor, currency)} />
              ))}
              <p>{t('orders.basket.estimate')}</p>
              <div>
                <Button href="/checkout">{t('orders.basket.checkout')}</Button>
              </div>
            </section>
          )}
          <form method="post" action="/basket/empty">
            <Button kind="quiet">{t('orders.basket.throwOut')}</Button>
          </form>
        </>
      )}
      {totals.length === 0 && groups.length > 0 && (
        <Notice tone="warn">
          <p>{t('orders.basket.nothingGoes', { country: language.country(destination) })}</p>
        </Notice>
      )}
      <p>
        <a href="/orders">{t('orders.mine.title')}</a>
      </p>
    </Shell>
  )
}

function Where({ reader: { language }, destination, destinations }: BasketPageProps) {
  const { t } = language
  const collator = new Intl.Collator(language.locale)
  const options = destinations
    .map((value) => ({ value, label: language.country(value) }))
    .toSorted((a, b) => collator.compare(a.label, b.label))
  return (
    <Disclosure summary={t('orders.basket.where', { country: language.country(destination) })}>
      <form action="/choose" method="get" class="stack">
        <input type="hidden" name="next" value="/basket" />
        <SelectField
          name="destination"
          label={t('shops.choose.destination')}
          value={destination}
          options={options}
        />
        <Button kind="secondary">{t('shops.choose.keep')}</Button>
      </form>
    </Disclosure>
  )
}

function Group(props: BasketPageProps & { group: EstimatedGroup }) {
  const { reader, group, destination } = props
  const { language } = reader
  const { t } = language
  const { seller, price, problem, lines } = group
  return (
    <section class="card stack">
      <h2>
        {seller ? <a href={`/shop/${seller.slug}`}>{seller.name}</a> : t('orders.basket.gone')}
      </h2>
      <ul class="plain stack loose">
        {lines.map((line) => (
          <li class="beside-picture">
            <Picture line={line} />
            <div class="stack tight">
              <Line {...props} line={line} />
            </div>
          </li>
        ))}
      </ul>
      {problem && (
        <Notice tone="warn">
          <p>{refusalSentence(language, problem, { destination })}</p>
        </Notice>
      )}
      {price?.total && (
        <Price
          {...price.total}
          size="row"
          language={language}
          note={noteOf(group, destination, language)}
        />
      )}
    </section>
  )
}

/** What the price holds, and how long the goods are on their way. */
function noteOf({ price }: EstimatedGroup, destination: string, language: Language): string {
  const { t } = language
  const country = language.country(destination)
  const holds = {
    complete: t('shops.price.complete', { country }),
    'complete-except': t('shops.price.completeExcept', { country }),
    'no-border': t('shops.price.noBorder', { country }),
  }[price?.status as 'complete']
  const days = price?.days
  return days
    ? `${holds} · ${t(`orders.days.${days.count === 'working' ? 'working' : 'calendar'}`, days)}`
    : (holds ?? '')
}

/** As the variant is looked at; an emblem where there is no picture. */
function Picture({ line: { offer, variant, wanted } }: { line: EstimatedLine }) {
  const [picture] = offer && variant ? picturesFor(offer, variant) : []
  return picture ? (
    <img class="picture" src={pictureUrl(picture.digest, 'thumb')} alt="" loading="lazy" />
  ) : (
    <Emblem seed={wanted.offerId} />
  )
}

function Line(props: BasketPageProps & { group: EstimatedGroup; line: EstimatedLine }) {
  const { reader, line, destination, errors, typed } = props
  const { language } = reader
  const { t } = language
  const { wanted, offer, variant, problem } = line
  const field = `quantity-${wanted.variantId}`
  const error = errorFor(errors, field)
  const title = titleOf(line, language)
  return (
    <>
      <h3>
        {offer && props.group.seller ? (
          <a href={`/shop/${props.group.seller.slug}/${offer.slug}?variant=${wanted.variantId}`}>
            {title}
          </a>
        ) : (
          title
        )}
      </h3>
      {offer && variant && (
        <p class="muted">
          {t('orders.basket.each', {
            price: moneyText(language, variant.priceMinor, offer.currency),
          })}
        </p>
      )}
      {problem && (
        <Notice tone="warn">
          <p>{refusalSentence(language, problem, { destination, goods: title })}</p>
        </Notice>
      )}
      <form method="post" action="/basket/lines/change" class="inline-form">
        <input type="hidden" name="line" value={writeKey(wanted)} />
        <div>
          <TextField
            name={field}
            label={t('shops.product.quantity')}
            value={error ? typed : String(wanted.quantity)}
            inputmode="numeric"
            width="xs"
            maxlength={3}
            error={error}
          />
        </div>
        <Button kind="secondary">{t('orders.basket.change')}</Button>
        <Button kind="quiet" name="remove" value="yes">
          {t('orders.basket.remove')}
        </Button>
      </form>
    </>
  )
}

function titleOf({ offer, variant }: EstimatedLine, language: Language): string {
  if (!offer) return language.t('orders.basket.goneGoods')
  const title = textFor(offer, language.locale)?.text.title ?? offer.slug
  const options = optionsText(variant?.options ?? [])
  return options ? `${title}, ${options}` : title
}
