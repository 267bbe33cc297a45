/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, type Language } from '../../ui/index.ts'
import type { Business } from '../../parties/index.ts'
import type { Offer } from '../offer.ts'
import type { Missing, Readiness } from '../readiness.ts'
import { offerHref, StatusTag } from './shell.tsx'
import { missingWords } from './words.ts'

type OfferStateProps = {
  offer: Offer
  business: Pick<Business, 'id' | 'slug' | 'screening'>
  readiness: Readiness
  language: Language
}

/** Beside the form: whether the goods can be sold, what is missing with the way there, and the next step. */
export function OfferState({ offer, business, readiness, language }: OfferStateProps) {
  const { t } = language
  const { destinations, needs } = readiness
  const ready = destinations.filter(({ state }) => state === 'ready').length
  const href = offerHref(offer)
  return (
    <aside class="card stack" aria-labelledby="state" id="ready">
      <h2 id="state">{t('catalogue.state.title')}</h2>
      <p>
        <StatusTag status={offer.status} language={language} />
      </p>
      {needs.length > 0 ? (
        <div class="stack tight">
          <p>
            <strong>{t('catalogue.state.missing', { count: needs.length })}</strong>
          </p>
          <NeedList needs={needs} offer={offer} language={language} />
        </div>
      ) : (
        <p>
          <strong>{t('catalogue.state.ready', { ready, count: destinations.length })}</strong>{' '}
          <a href={`${href}/markets`}>{t('catalogue.state.toMarkets')}</a>
        </p>
      )}
      {needs.length === 0 && ready === 0 && <p>{t('catalogue.state.nowhere')}</p>}
      {offer.status === 'published' ? (
        <>
          <Screened screening={business.screening} language={language} />
          {business.screening !== 'blocked' && (
            <p>
              <a href={`/shop/${business.slug}/${offer.slug}`}>{t('catalogue.state.inShop')}</a>
            </p>
          )}
          <form method="post" action={`${href}/withdrawal`}>
            <Button kind="secondary">{t('catalogue.withdraw')}</Button>
          </form>
        </>
      ) : (
        <form method="post" action={`${href}/publication`} class="stack tight">
          <Button>{t('catalogue.publish')}</Button>
          <p class="muted small">{t('catalogue.publishNote')}</p>
        </form>
      )}
    </aside>
  )
}

/** What buyers are told of a seller whom no officer has cleared, in the words of the shop. */
function Screened({ screening, language }: Pick<Business, 'screening'> & { language: Language }) {
  if (screening === 'clear') return null
  return <p>{language.t(`catalogue.state.${screening}`)}</p>
}

type NeedListProps = { needs: readonly Missing[]; offer: Offer; language: Language }

/** Each thing that is missing is a link to where it is given. */
export function NeedList({ needs, offer, language }: NeedListProps) {
  return (
    <ul class="list">
      {needs.map((need) => {
        const words = missingWords(language, need)
        const href = needHref(need, offer)
        return <li>{href === undefined ? words : <a href={href}>{words}</a>}</li>
      })}
    </ul>
  )
}

function needHref({ code, field }: Missing, offer: Offer): string | undefined {
  if (code === 'ship-from') return `/business/${offer.businessId}/profile#address`
  if (code === 'national-line') return `${offerHref(offer)}/markets?see=${field.slice(-2)}#see`
  if (code === 'no-lane') return '/lanes'
  const none = ['seller-blocked', 'prohibited', 'no-border', 'no-law', 'no-rate', 'registration']
  return none.includes(code) ? undefined : `${offerHref(offer)}#${field}`
}
