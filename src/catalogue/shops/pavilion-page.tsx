/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, EmptyState, Emblem, Pagination } from '../../ui/index.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import type { Found } from '../search/search-offers.ts'
import { GoodsList } from './card.tsx'
import { countWords } from './front-page.tsx'
import type { Goods, ShopSeller } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { wordsIn, type Collection, type Pavilion } from './pavilion.ts'
import { SearchBox, Shell } from './shell.tsx'
import type { Visitor } from './visitor.ts'

interface PavilionPageProps {
  visitor: Visitor
  parts: ShopParts
  pavilion: Pavilion
  found: Found
  goods: readonly Goods[]
  sellers: readonly ShopSeller[]
  collections: readonly (Collection & { goods: readonly Goods[] })[]
  picture: { digest: string; width: number; height: number } | undefined
  after: string | undefined
  mayEdit: boolean
}

export function PavilionPage(props: PavilionPageProps) {
  const { visitor, parts, pavilion, found, goods, collections, after, mayEdit } = props
  const { language } = visitor
  const { t } = language
  const { country } = pavilion
  const name = language.country(country)
  const path = `/pavilion/${country}`
  return (
    <Shell
      visitor={visitor}
      parts={parts}
      title={t('shops.pavilion.title', { country: name })}
      description={wordsIn(pavilion.story, language.locale)?.text.slice(0, 160)}
      canonical={path}
    >
      <Opening {...props} />
      {collections
        .filter((collection) => collection.goods.length > 0)
        .map((collection) => {
          const title = wordsIn(collection.title, language.locale)
          return (
            <section class="band">
              <div class="wrap stack">
                <h2 lang={title?.locale === language.locale ? undefined : title?.locale}>
                  {title?.text}
                </h2>
                <GoodsList goods={collection.goods} visitor={visitor} parts={parts} />
              </div>
            </section>
          )
        })}
      <Sellers {...props} />
      <section class="band">
        <div class="wrap stack">
          <h2>{t('shops.pavilion.goods', { country: name })}</h2>
          {goods.length > 0 ? (
            <GoodsList goods={goods} visitor={visitor} parts={parts} />
          ) : (
            <EmptyState title={t('shops.pavilion.empty', { country: name })}>
              <Button href="/join">{t('shops.front.join')}</Button>
            </EmptyState>
          )}
          <Pagination
            language={language}
            previous={after === undefined ? undefined : path}
            next={found.next && `${path}?after=${found.next}`}
          />
          {mayEdit && (
            <p>
              <a href={`${path}/edit`}>{t('shops.pavilion.edit')}</a>
            </p>
          )}
        </div>
      </section>
    </Shell>
  )
}

function Opening({ visitor, pavilion, found, picture }: PavilionPageProps) {
  const { language } = visitor
  const { t } = language
  const { country } = pavilion
  const story = wordsIn(pavilion.story, language.locale)
  return (
    <section class="band surface">
      <div class="wrap split">
        <div class="stack">
          <h1>{t('shops.pavilion.title', { country: language.country(country) })}</h1>
          {story ? (
            <div
              class="stack tight"
              lang={story.locale === language.locale ? undefined : story.locale}
            >
              {story.text.split(/\n+/).map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </div>
          ) : (
            <p class="lead">{t('shops.pavilion.lead', { country: language.country(country) })}</p>
          )}
          <p class="muted">{countWords(found, language)}</p>
          <SearchBox language={language} within={{ origin: country }} />
        </div>
        {picture ? (
          <img
            src={pictureUrl(picture.digest, 'large')}
            width={picture.width}
            height={picture.height}
            alt=""
          />
        ) : (
          <Emblem seed={`pavilion ${country}`} />
        )}
      </div>
    </section>
  )
}

function Sellers({ visitor, sellers }: PavilionPageProps) {
  const { language } = visitor
  if (sellers.length === 0) return null
  return (
    <section class="band surface" aria-labelledby="sellers">
      <div class="wrap stack">
        <h2 id="sellers">{language.t('shops.pavilion.sellers')}</h2>
        <ul class="grid plain">
          {sellers.map((seller) => (
            <li class="card stack tight">
              <h3>
                <a class="card-link" href={`/shop/${seller.slug}`}>
                  {seller.name}
                </a>
              </h3>
              <p class="muted small">{language.country(seller.country)}</p>
              {seller.about && <p class="small">{seller.about.slice(0, 140)}</p>}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
