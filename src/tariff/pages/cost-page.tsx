/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, Disclosure, Emblem, type Choice, type FieldError } from '../../ui/index.ts'
import { Answers } from './answers.tsx'
import { hrefOf, type Ask } from './ask.ts'
import { AskForm } from './ask-form.tsx'
import type { View } from './answers-table.tsx'
import type { Row } from './compare.ts'
import { examplesFor } from './examples.ts'
import { coverageMapUrl } from './map.ts'
import type { Offers } from './offers.ts'
import type { TaxNames } from './receipt.tsx'
import { Shell, type Reader } from './shell.tsx'

export type CostPageProps = {
  reader: Reader
  ask: Ask
  errors: readonly FieldError[]
  offers: Offers
  countries: readonly Choice[]
  destinations: readonly string[]
  /** Undefined until there is a question without errors. */
  rows: readonly Row[] | undefined
  view: View
  /** The taxes of a destination by id. */
  taxesOf(to: string): TaxNames
  /** The reader is changing the question: the form stands open. */
  isEditing: boolean
}

/** “What will it cost at the door?”: the question, and once it is asked, the answer before it. */
export function CostPage(props: CostPageProps) {
  const { reader, ask, errors, rows, isEditing } = props
  const { t } = reader.language
  return (
    <Shell
      reader={reader}
      current="cost"
      title={t('tariff.title')}
      description={t('tariff.lead')}
      hasErrors={errors.length > 0}
      canonical={rows ? hrefOf(ask) : '/cost'}
    >
      {!rows && errors.length === 0 && !isEditing && <Welcome {...props} />}
      {!rows && (errors.length > 0 || isEditing) && (
        <div class="wrap band">
          <h1>{t('tariff.title')}</h1>
        </div>
      )}
      {rows && <Answers {...props} rows={rows} form={<Change {...props} />} />}
      {!rows && (
        <section class="band surface">
          <div class="wrap stack">
            {errors.length === 0 && <h2>{t('tariff.ask.title')}</h2>}
            <AskForm {...props} language={reader.language} />
          </div>
        </section>
      )}
    </Shell>
  )
}

/** The question beside its answer, folded away until it is to be changed. */
function Change(props: CostPageProps) {
  const { reader, isEditing } = props
  return (
    <Disclosure summary={reader.language.t('tariff.ask.change')} open={isEditing}>
      <AskForm {...props} language={reader.language} />
    </Disclosure>
  )
}

/** Names whose emblems differ from each other. */
const emblems = { scarf: 'batik', biscuits: 'nest 2', syrup: 'maple', lobster: 'lobster' } as const

/** For somebody who has not asked yet: what this is, and an answer one click away. */
function Welcome({ reader, ask, destinations }: CostPageProps) {
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
