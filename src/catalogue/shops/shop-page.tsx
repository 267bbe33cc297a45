/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Breadcrumb, EmptyState, Pagination } from '../../ui/index.ts'
import type { Found } from '../search/search-offers.ts'
import { GoodsList } from './card.tsx'
import { countWords } from './front-page.tsx'
import type { Goods, ShopSeller } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { SellerCard } from './seller-card.tsx'
import { SearchBox, Shell } from './shell.tsx'
import type { Visitor } from './visitor.ts'

interface ShopPageProps {
  visitor: Visitor
  parts: ShopParts
  seller: ShopSeller
  goods: readonly Goods[]
  found: Found
  after: string | undefined
}

export function ShopPage({ visitor, parts, seller, goods, found, after }: ShopPageProps) {
  const { language } = visitor
  const { t } = language
  const path = `/shop/${seller.slug}`
  return (
    <Shell
      visitor={visitor}
      parts={parts}
      title={seller.name}
      description={seller.about.slice(0, 160) || undefined}
      canonical={path}
    >
      <section class="band surface">
        <div class="wrap split">
          <div class="stack">
            <Breadcrumb
              language={language}
              crumbs={[
                { label: language.country(seller.country), href: `/pavilion/${seller.country}` },
              ]}
            />
            <h1>{seller.name}</h1>
            {seller.about && <p class="lead">{seller.about}</p>}
            <SearchBox language={language} within={{ shop: seller.slug, anywhere: '1' }} />
          </div>
          <SellerCard seller={seller} visitor={visitor} />
        </div>
      </section>
      <section class="band" aria-labelledby="goods">
        <div class="wrap stack">
          <h2 id="goods">{t('shops.shop.goods')}</h2>
          <p class="muted">{countWords(found, language)}</p>
          {goods.length > 0 ? (
            <GoodsList goods={goods} visitor={visitor} parts={parts} />
          ) : (
            <EmptyState title={t('shops.shop.empty')} />
          )}
          <Pagination
            language={language}
            previous={after === undefined ? undefined : path}
            next={found.next && `${path}?after=${found.next}`}
          />
        </div>
      </section>
    </Shell>
  )
}
