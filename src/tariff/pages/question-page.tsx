/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, type Choice, Emblem, type FieldError, type Reader } from '../../ui/index.ts'
import { hrefOf, type Ask } from './ask.ts'
import { AskForm } from './ask-form.tsx'
import { examplesFor } from './examples.ts'
import { coverageMapUrl } from './map.ts'
import type { Offers } from './offers.ts'
import { Shell } from './shell.tsx'

type QuestionPageProps = {
  reader: Reader
  ask: Ask
  errors: readonly FieldError[]
  offers: Offers
  countries: readonly Choice[]
  destinations: readonly string[]
  /** Nothing was asked yet: the page says what it is for. */
  isNew: boolean
}

/** The form that asks “What will it cost at the door?”. */
export function QuestionPage(props: QuestionPageProps) {
  const { reader, errors, isNew } = props
  const { t } = reader.language
  return (
    <Shell
      reader={reader}
      title={t('tariff.title')}
      description={t('tariff.lead')}
      hasErrors={errors.length > 0}
      canonical="/cost"
    >
      {isNew && <Welcome {...props} />}
      <section class={isNew ? 'band surface' : 'band'}>
        <div class="wrap stack">
          {isNew ? <h2>{t('tariff.ask.title')}</h2> : <h1>{t('tariff.ask.title')}</h1>}
          <AskForm {...props} language={reader.language} />
        </div>
      </section>
    </Shell>
  )
}

/** Names whose emblems differ from each other. */
const emblems = { scarf: 'batik', biscuits: 'nest 2', syrup: 'maple', lobster: 'lobster' } as const

/** For somebody who has not asked yet: what this is, and an answer one click away. */
function Welcome({ reader, ask, destinations }: QuestionPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <>
      <div class="wrap hero">
        <div class="stack">
          <h1>{t('tariff.title')}</h1>
          <p class="lead">{t('tariff.lead')}</p>
          <div class="cluster">
            <Button href="#ask">{t('tariff.welcome.ask')}</Button>
            <Button kind="secondary" href="/rules">
              {t('tariff.welcome.rules')}
            </Button>
          </div>
        </div>
        <img
          src={coverageMapUrl(ask.from, destinations, language.locale)}
          width="1534"
          height="693"
          alt={t('tariff.map.coverage', { count: destinations.length })}
        />
      </div>
      <section class="band">
        <div class="wrap stack">
          <h2>{t('tariff.welcome.examples')}</h2>
          <div class="grid small">
            {examplesFor(language, ask).map(({ id, ask: example }) => (
              <article class="card stack tight">
                <Emblem seed={emblems[id]} />
                <h3>
                  <a class="card-link" href={hrefOf(example)}>
                    {t(`tariff.example.${id}`)}
                  </a>
                </h3>
                <p class="muted small">{t(`tariff.example.${id}About`)}</p>
              </article>
            ))}
          </div>
        </div>
      </section>
    </>
  )
}
