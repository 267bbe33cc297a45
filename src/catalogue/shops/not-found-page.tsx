/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, EmptyState } from '../../ui/index.ts'
import type { ShopParts } from './parts.ts'
import { Shell } from './shell.tsx'
import type { Visitor } from './visitor.ts'

/** For a shop, product or pavilion that is not, or no longer, here. */
export function NotFoundPage({ visitor, parts }: { visitor: Visitor; parts: ShopParts }) {
  const { t } = visitor.language
  return (
    <Shell visitor={visitor} parts={parts} title={t('shops.gone.title')}>
      <section class="band">
        <div class="wrap stack">
          <h1>{t('shops.gone.title')}</h1>
          <EmptyState title={t('shops.gone.hint')}>
            <Button href="/search">{t('shops.search.everything')}</Button>
          </EmptyState>
        </div>
      </section>
    </Shell>
  )
}
