/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, EmptyState, Emblem, type Language } from '../../ui/index.ts'
import { GoodsList } from './card.tsx'
import type { Goods } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { SearchBox, Shell } from './shell.tsx'
import type { Visitor } from './visitor.ts'

export interface PavilionCount {
  country: string
  count: number
  /** There are more; nobody counted how many. */
  isMore: boolean
}

interface FrontPageProps {
  visitor: Visitor
  parts: ShopParts
  goods: readonly Goods[]
  /** Whether `goods` all reach the visitor. */
  reach: boolean
  pavilions: readonly PavilionCount[]
}

/** The door of the hub: look for something, enter a pavilion, or see what is new. */
export function FrontPage({ visitor, parts, goods, reach, pavilions }: FrontPageProps) {
  const { language, destination, hub } = visitor
  const { t } = language
  const country = language.country(destination)
  return (
    <Shell
      visitor={visitor}
      parts={parts}
      title={hub.name}
      description={t('shops.front.about')}
      canonical="/"
    >
      <section class="band surface">
        <div class="wrap stack">
          <h1>{t('shops.front.title')}</h1>
          <p class="lead">{t('shops.front.lead', { country })}</p>
          {pavilions.length > 0 && <SearchBox language={language} />}
        </div>
      </section>
      {pavilions.length === 0 ? (
        <section class="band">
          <div class="wrap">
            <EmptyState title={t('shops.front.emptyTitle')}>
              <p>{t('shops.front.empty')}</p>
              <div class="cluster">
                <Button href="/join">{t('shops.front.join')}</Button>
                <Button kind="secondary" href="/cost">
                  {t('shops.front.cost')}
                </Button>
              </div>
            </EmptyState>
          </div>
        </section>
      ) : (
        <>
          <Pavilions pavilions={pavilions} visitor={visitor} />
          <section class="band">
            <div class="wrap stack">
              <h2>{reach ? t('shops.front.new', { country }) : t('shops.front.newAnywhere')}</h2>
              <GoodsList goods={goods} visitor={visitor} parts={parts} />
              <p>
                <a href="/search?sort=newest">{t('shops.front.all')}</a>
              </p>
            </div>
          </section>
          <section class="band surface">
            <div class="wrap cluster between">
              <p class="lead">{t('shops.front.sell')}</p>
              <div class="cluster">
                <Button href="/join">{t('shops.front.join')}</Button>
                <Button kind="secondary" href="/cost">
                  {t('shops.front.cost')}
                </Button>
              </div>
            </div>
          </section>
        </>
      )}
    </Shell>
  )
}

function Pavilions({ pavilions, visitor }: Pick<FrontPageProps, 'pavilions' | 'visitor'>) {
  const { language } = visitor
  return (
    <section class="band" id="pavilions" aria-labelledby="pavilions-title">
      <div class="wrap stack">
        <h2 id="pavilions-title">{language.t('shops.front.pavilions')}</h2>
        <ul class="grid small plain">
          {pavilions.map(({ country, count, isMore }) => (
            <li class="card stack tight">
              <Emblem seed={`pavilion ${country}`} />
              <h3>
                <a class="card-link" href={`/pavilion/${country}`}>
                  {language.country(country)}
                </a>
              </h3>
              <p class="muted small">{countWords({ count, isMore }, language)}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** So many offers, or so many and more. */
export const countWords = (
  { count, isMore }: { count: number; isMore: boolean },
  { t }: Language,
): string => t(isMore ? 'shops.count.more' : 'shops.count.offers', { count })
