/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  EmptyState,
  ErrorSummary,
  FileField,
  errorFor,
  Notice,
  TextField,
  type FieldError,
} from '../../ui/index.ts'
import { most } from '../check-draft.ts'
import type { Offer } from '../offer.ts'
import { mostBytes } from '../pictures/check-picture.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { OfferHead, offerHref, Shell, type Reader } from './shell.tsx'

type PicturesPageProps = {
  reader: Reader
  business: { id: string; name: string }
  offer: Offer
  errors: readonly FieldError[]
  said?: string | undefined
}

/** The pictures of an offer: add, describe, order, take away. The first is the face of the offer. */
export function PicturesPage({ reader, business, offer, errors, said }: PicturesPageProps) {
  const { language } = reader
  const { t } = language
  const href = `${offerHref(offer)}/pictures`
  const megabytes = String(mostBytes / 1024 / 1024)
  return (
    <Shell reader={reader} title={t('catalogue.pictures.title')} hasErrors={errors.length > 0}>
      <section class="band">
        <OfferHead offer={offer} business={business} language={language} current="pictures" />
      </section>
      <section class="band surface">
        <div class="wrap stack loose">
          <ErrorSummary errors={errors} language={language} />
          {said && <Notice tone="ok" title={said} live />}
          {offer.pictures.length === 0 ? (
            <EmptyState title={t('catalogue.pictures.none')}>
              <p>{t('catalogue.pictures.noneNote')}</p>
            </EmptyState>
          ) : (
            <form method="post" action={`${href}/order`} class="stack">
              {/* Enter in a text saves it; the first button of a form is the one it presses. */}
              <input
                class="hidden"
                type="submit"
                tabindex={-1}
                aria-hidden="true"
                value={t('catalogue.pictures.save')}
              />
              <ul class="grid plain">
                {offer.pictures.map(({ digest, alt }, index) => (
                  <li class="card stack tight">
                    <img
                      src={pictureUrl(digest, 'thumb')}
                      alt={alt[language.locale] ?? ''}
                      width="400"
                      height="300"
                      loading="lazy"
                      class="picture"
                    />
                    {index === 0 && <p class="muted small">{t('catalogue.pictures.face')}</p>}
                    <TextField
                      name={`alt-${digest}`}
                      label={t('catalogue.pictures.alt', { n: index + 1 })}
                      hint={index === 0 ? t('catalogue.pictures.altHint') : undefined}
                      value={alt[language.locale] ?? ''}
                      maxlength={500}
                      width="m"
                    />
                    <div class="cluster">
                      {index > 0 && (
                        <Button kind="quiet" name="first" value={digest}>
                          {t('catalogue.pictures.first', { n: index + 1 })}
                        </Button>
                      )}
                      <Button kind="quiet" name="away" value={digest}>
                        {t('catalogue.pictures.away', { n: index + 1 })}
                      </Button>
                    </div>
                  </li>
                ))}
              </ul>
              <Button kind="secondary">{t('catalogue.pictures.save')}</Button>
            </form>
          )}
          {offer.pictures.length < most.pictures && (
            <form method="post" action={href} enctype="multipart/form-data" class="stack">
              <FileField
                name="picture"
                label={t('catalogue.pictures.add')}
                hint={t('catalogue.pictures.addHint', { megabytes })}
                error={errorFor(errors, 'picture')}
                accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
              />
              <Button>{t('catalogue.pictures.send')}</Button>
            </form>
          )}
        </div>
      </section>
    </Shell>
  )
}
