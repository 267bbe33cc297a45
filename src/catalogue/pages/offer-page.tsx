/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, ErrorSummary, Notice, type FieldError } from '../../ui/index.ts'
import type { Business } from '../../parties/index.ts'
import type { Offer } from '../offer.ts'
import type { Readiness } from '../readiness.ts'
import { OfferFields, type OfferFieldsProps } from './offer-fields.tsx'
import { OfferState } from './offer-state.tsx'
import { OfferHead, Shell, Way, type Reader } from './shell.tsx'

export type OfferPageProps = Omit<OfferFieldsProps, 'language' | 'action'> & {
  reader: Reader
  business: Pick<Business, 'id' | 'name' | 'slug' | 'screening'>
  errors: readonly FieldError[]
  /** Missing while it is new. */
  offer?: Offer | undefined
  readiness?: Readiness | undefined
  /** What just happened, and what it means. */
  said?: { tone: 'ok' | 'warn'; title: string; lines?: readonly string[] } | undefined
}

/** One page to make and to change an offer: what it is, what is sold, and what is still missing. */
export function OfferPage(props: OfferPageProps) {
  const { reader, business, offer, readiness, errors, said } = props
  const { language } = reader
  const { t } = language
  const goods = `/business/${business.id}/goods`
  const action = offer ? `${goods}/${offer.offerId}` : goods
  return (
    <Shell
      reader={reader}
      title={offer ? t('catalogue.edit.title') : t('catalogue.new.title')}
      hasErrors={errors.length > 0}
    >
      <section class="band">
        {offer ? (
          <OfferHead offer={offer} business={business} language={language} current="edit" />
        ) : (
          <div class="wrap stack">
            <Way {...{ business, language }} />
            <h1>{t('catalogue.new.title')}</h1>
            <p class="lead">{t('catalogue.new.lead')}</p>
          </div>
        )}
      </section>
      <section class="band surface">
        <div class="wrap stack">
          <ErrorSummary errors={errors} language={language} />
          {said && (
            <Notice tone={said.tone} title={said.title} live>
              {said.lines && said.lines.length > 0 && (
                <ul class="list">
                  {said.lines.map((line) => (
                    <li>{line}</li>
                  ))}
                </ul>
              )}
            </Notice>
          )}
          <div class="split state-first">
            {offer && readiness && (
              <OfferState
                offer={offer}
                business={business}
                readiness={readiness}
                language={language}
              />
            )}
            <form method="post" action={action} class="stack loose" novalidate>
              {/* Enter saves; the first button of a form is the one it presses. */}
              <input
                class="hidden"
                type="submit"
                tabindex={-1}
                aria-hidden="true"
                value={t('catalogue.save')}
              />
              <OfferFields {...props} language={language} action={action} />
              <div class="cluster">
                <Button>{offer ? t('catalogue.save') : t('catalogue.saveDraft')}</Button>
              </div>
            </form>
          </div>
        </div>
      </section>
    </Shell>
  )
}
