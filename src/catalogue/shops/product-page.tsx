/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import { formatMinor } from '../../basis/money.ts'
import { Breadcrumb, Emblem, ErrorSummary, Facts, type Fact } from '../../ui/index.ts'
import { activeVariants, picturesFor, textFor } from '../offer.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { offerHref } from './card.tsx'
import type { ShopParts } from './parts.ts'
import { PriceBox, quantityErrors } from './price-box.tsx'
import { SellerCard } from './seller-card.tsx'
import { Shell } from './shell.tsx'
import type { ShownProduct } from './show-product.tsx'
import { productData, scriptJson } from './structured-data.ts'
import type { Visitor } from './visitor.ts'

interface ProductPageProps {
  visitor: Visitor
  parts: ShopParts
  product: ShownProduct
}

export function ProductPage({ visitor, parts, product }: ProductPageProps) {
  const { language, site } = visitor
  const { t } = language
  const { offer, seller, variant, price } = product
  const found = textFor(offer, language.locale)
  const title = found?.text.title ?? offer.slug
  const foreign = found?.fallback ? found.text.locale : undefined
  const data = productData({ offer, variant, seller, price, site, locale: language.locale })
  return (
    <Shell
      visitor={visitor}
      parts={parts}
      title={title}
      description={found?.text.description.slice(0, 160) || undefined}
      canonical={offerHref(seller, offer)}
      hasErrors={product.badQuantity}
      head={<script type="application/ld+json">{raw(scriptJson(data))}</script>}
    >
      <section class="band">
        <div class="wrap stack">
          <ErrorSummary errors={quantityErrors(product, language)} language={language} />
          <Breadcrumb language={language} crumbs={crumbsOf(product, visitor)} />
          <h1 lang={foreign} dir={foreign && 'auto'}>
            {title}
          </h1>
          {foreign !== undefined && (
            <p class="muted">
              {t('shops.product.fallback', {
                shown: languageName(foreign, language.locale),
                wanted: languageName(language.locale, language.locale),
              })}
            </p>
          )}
          <div class="split">
            <Pictures product={product} visitor={visitor} />
            <PriceBox product={product} visitor={visitor} parts={parts} />
          </div>
        </div>
      </section>
      <section class="band surface">
        <div class="wrap split">
          <div class="stack">
            {found?.text.description && (
              <>
                <h2>{t('shops.product.about')}</h2>
                <div class="stack tight" lang={foreign} dir={foreign && 'auto'}>
                  {found.text.description.split(/\n+/).map((paragraph) => (
                    <p>{paragraph}</p>
                  ))}
                </div>
              </>
            )}
            <h2>{t('shops.product.facts')}</h2>
            <Facts facts={factsOf(product, visitor, parts)} />
          </div>
          <SellerCard seller={seller} visitor={visitor} />
        </div>
      </section>
    </Shell>
  )
}

/** What a language is called in another: anglais. */
const languageName = (of: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(of) ?? of

function crumbsOf({ offer, seller }: ShownProduct, { language }: Visitor) {
  return [
    ...(offer.origin
      ? [{ label: language.country(offer.origin), href: `/pavilion/${offer.origin}` }]
      : []),
    { label: seller.name, href: `/shop/${seller.slug}` },
  ]
}

function Pictures({ product, visitor }: { product: ShownProduct; visitor: Visitor }) {
  const { offer, variant, sizes } = product
  const { locale } = visitor.language
  const shown = picturesFor(offer, variant).filter(({ digest }) => sizes.has(digest))
  if (shown.length === 0) return <Emblem seed={offer.offerId} />
  return (
    <ul class="plain stack">
      {shown.map(({ digest, alt }, at) => (
        <li>
          <img
            src={pictureUrl(digest, 'large')}
            width={sizes.get(digest)?.width}
            height={sizes.get(digest)?.height}
            alt={alt[locale] ?? alt[offer.mainLocale] ?? Object.values(alt)[0] ?? ''}
            loading={at === 0 ? undefined : 'lazy'}
          />
        </li>
      ))}
    </ul>
  )
}

function factsOf(
  { offer, variant, seller }: ShownProduct,
  visitor: Visitor,
  parts: ShopParts,
): Fact[] {
  const { language, destination } = visitor
  const { t } = language
  const mass = variant.grossMassG ?? variant.netMassG
  const sides = [variant.lengthMm, variant.widthMm, variant.heightMm]
  const code = offer.subheading
  const name = code ? parts.nameOf(code, language.locale) : undefined
  const facts: (Fact | undefined)[] = [
    offer.origin
      ? { term: t('shops.product.origin'), detail: language.country(offer.origin) }
      : undefined,
    offer.brand ? { term: t('shops.product.brand'), detail: offer.brand } : undefined,
    offer.materials ? { term: t('shops.product.materials'), detail: offer.materials } : undefined,
    mass
      ? { term: t('shops.product.mass'), detail: t('shops.product.grams', { grams: mass }) }
      : undefined,
    sides.every((side) => side !== null)
      ? {
          term: t('shops.product.size'),
          detail: t('shops.product.millimetres', { sides: sides.join(' × ') }),
        }
      : undefined,
    code
      ? {
          term: t('shops.product.code'),
          detail: (
            <>
              <span class="code">{`${code.slice(0, 4)}.${code.slice(4)}`}</span>{' '}
              {name && (
                <span lang={name.locale === language.locale ? undefined : name.locale}>
                  {name.name}
                </span>
              )}
            </>
          ),
          action: {
            href: `/tariff/${destination}/${code}`,
            label: t('shops.product.lineOf', { country: language.country(destination) }),
          },
        }
      : undefined,
    {
      term: t('shops.product.sellerPrice'),
      detail: language.money(formatMinor(variant.priceMinor, offer.currency), offer.currency),
    },
    activeVariants(offer).length > 1 && variant.sku
      ? { term: t('shops.product.sku'), detail: variant.sku }
      : undefined,
    { term: t('shops.product.from'), detail: language.country(seller.from) },
  ]
  return facts.filter((fact) => fact !== undefined)
}
