/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Tag, type Tone } from '../../ui/index.ts'
import type { ShopSeller } from './goods.ts'
import type { Visitor } from './visitor.ts'

const tones: Readonly<Record<ShopSeller['screening'], Tone>> = {
  clear: 'ok',
  review: 'warn',
  blocked: 'bad',
  unscreened: 'plain',
}

/** Who sells, and whether the hub has looked them up in the lists of denied parties. */
export function SellerCard({ seller, visitor }: { seller: ShopSeller; visitor: Visitor }) {
  const { language } = visitor
  const { t } = language
  return (
    <aside class="card stack tight" aria-labelledby="seller">
      <h2 id="seller">{t('shops.seller.title')}</h2>
      <p>
        <a href={`/shop/${seller.slug}`}>{seller.name}</a>
      </p>
      <p class="muted">{language.country(seller.country)}</p>
      <p>
        <Tag tone={tones[seller.screening]}>{t(`shops.screening.${seller.screening}`)}</Tag>
      </p>
      <p class="small muted">{t('shops.seller.screeningHint')}</p>
    </aside>
  )
}
