/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  errorFor,
  ErrorSummary,
  Facts,
  Notice,
  Radios,
  Tag,
  TextAreaField,
  type FieldError,
  type Language,
  type Tone,
} from '../../../ui/index.ts'
import { Shell, type Reader } from '../../pages/shell.tsx'
import type { DecisionLine, SubjectRecord } from '../find-subjects.ts'
import { referenceOf, type KeptHit } from '../kept-hit.ts'
import type { ScreeningState } from '../schema.ts'
import { kindNames, stateNames } from './desk-page.tsx'
import { HitCard } from './hit-card.tsx'
import { NoListNotice } from './no-list-notice.tsx'
import '../words.ts'

interface SubjectPageProps {
  reader: Reader
  subject: SubjectRecord
  decisions: readonly DecisionLine[]
  /** Other lists are in use than those it was compared with. */
  overtaken: boolean
  /** A decision was just saved. */
  decided: boolean
  errors: readonly FieldError[]
  values: { decision: string; reason: string }
}

const tones: Readonly<Record<ScreeningState, Tone>> = {
  review: 'warn',
  blocked: 'bad',
  clear: 'ok',
  unscreened: 'plain',
}

/** One subject: what it resembles and why, the form to decide, what was decided before. */
export function SubjectPage({ reader, subject, decisions, errors, ...more }: SubjectPageProps) {
  const { language } = reader
  const { t } = language
  const name = subject.names[0] ?? ''
  return (
    <Shell reader={reader} title={name} hasErrors={errors.length > 0} density="work">
      <ErrorSummary errors={errors} language={language} />
      {more.decided && (
        <Notice tone="ok" live>
          <p>{t(isNoted(subject, decisions) ? 'screening.noted' : 'screening.decided')}</p>
        </Notice>
      )}
      <Breadcrumb
        crumbs={[{ label: t('screening.title'), href: '/officer/screening' }]}
        language={language}
      />
      <div class="stack">
        <h1 dir="auto">{name}</h1>
        <p>
          <Tag tone={tones[subject.state]}>{t(stateNames[subject.state])}</Tag>{' '}
          {t(kindNames[subject.kind])}
        </p>
      </div>
      {more.overtaken && (
        <Notice tone="warn">
          <p>{t('screening.hits.overtaken')}</p>
        </Notice>
      )}
      {!subject.compared && !more.overtaken && <NoListNotice language={language} />}
      <Facts
        facts={[
          { term: t('screening.subject.names'), detail: subject.names.join('; ') },
          {
            term: t('screening.subject.since'),
            detail: language.date(subject.since.slice(0, 10)),
          },
          {
            term: t('screening.subject.screened'),
            detail: subject.compared
              ? language.date(subject.screenedAt.slice(0, 10))
              : t('screening.subject.never'),
          },
        ]}
      />
      <Hits subject={subject} language={language} />
      <DecisionForm subject={subject} errors={errors} values={more.values} language={language} />
      {decisions.length > 0 && <Decisions decisions={decisions} language={language} />}
    </Shell>
  )
}

/** The last decision was in favour, and counts for nothing until there is a list. */
const isNoted = ({ state }: SubjectRecord, [last]: readonly DecisionLine[]): boolean =>
  state === 'unscreened' && last?.decision === 'clear'

function Hits({ subject, language }: { subject: SubjectRecord; language: Language }) {
  const { t } = language
  const hits = hitsOf(subject)
  return (
    <section class="stack">
      <h2>{t('screening.hits.title')}</h2>
      {hits.length === 0 && (
        <p>{t(subject.compared ? 'screening.hits.none' : 'screening.hits.notCompared')}</p>
      )}
      {hits.map(({ hit, settled }) => (
        <HitCard hit={hit} settled={settled} language={language} />
      ))}
    </section>
  )
}

/** The hits of all names, each entry once with the name that resembles it most. */
function hitsOf({ results, settled }: SubjectRecord): { hit: KeptHit; settled: boolean }[] {
  const best = new Map<string, { hit: KeptHit; settled: boolean }>()
  for (const { key, hits } of results)
    for (const hit of hits) {
      const known = best.get(`${hit.list}:${hit.entry}`)
      if (known && known.hit.score >= hit.score) continue
      best.set(`${hit.list}:${hit.entry}`, {
        hit,
        settled: settled.includes(referenceOf(hit, key)),
      })
    }
  return [...best.values()].toSorted((a, b) => b.hit.score - a.hit.score)
}

interface DecisionFormProps {
  subject: SubjectRecord
  errors: readonly FieldError[]
  values: { decision: string; reason: string }
  language: Language
}

function DecisionForm({ subject, errors, values, language }: DecisionFormProps) {
  const { t } = language
  return (
    <section class="stack">
      <h2>{t('screening.decide.title')}</h2>
      <form
        class="stack"
        method="post"
        action={`/officer/screening/${subject.kind}/${subject.id}`}
        novalidate
      >
        <input type="hidden" name="seen" value={subject.version} />
        <Radios
          name="decision"
          label={t('screening.decide.decision')}
          error={errorFor(errors, 'decision')}
          value={values.decision}
          options={[
            {
              value: 'clear',
              label: t(subject.compared ? 'screening.decide.clear' : 'screening.decide.note'),
              hint: t(
                subject.compared ? 'screening.decide.clearHint' : 'screening.decide.noteHint',
              ),
            },
            {
              value: 'blocked',
              label: t('screening.decide.blocked'),
              hint: t('screening.decide.blockedHint'),
            },
          ]}
        />
        <TextAreaField
          name="reason"
          label={t('screening.decide.reason')}
          hint={t('screening.decide.reasonHint')}
          error={errorFor(errors, 'reason')}
          value={values.reason}
        />
        <div>
          <Button>{t('screening.decide.button')}</Button>
        </div>
      </form>
    </section>
  )
}

interface DecisionsProps {
  decisions: readonly DecisionLine[]
  language: Language
}

function Decisions({ decisions, language }: DecisionsProps) {
  const { t } = language
  return (
    <section class="stack">
      <h2>{t('screening.decisions.title')}</h2>
      <ul class="plain stack">
        {decisions.map(({ decision, reason, by, at, considered, compared }) => (
          <li class="stack tight">
            <div class="cluster">
              {compared || decision === 'blocked' ? (
                <Tag tone={tones[decision]}>{t(stateNames[decision])}</Tag>
              ) : (
                <Tag>{t('screening.decisions.noted')}</Tag>
              )}
              <span class="muted small">
                {t('screening.decisions.by', {
                  name: by,
                  time: language.dateTime(new Date(at), 'UTC'),
                })}{' '}
                UTC
              </span>
            </div>
            <p dir="auto">{reason}</p>
            <p class="muted small">
              {compared
                ? t('screening.decisions.considered', { count: considered.length })
                : t('screening.decisions.withoutList')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function NobodyPage({ reader }: { reader: Reader }) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('screening.notFound.title')}>
      <h1>{t('screening.notFound.title')}</h1>
      <p>{t('screening.notFound.text')}</p>
      <p>
        <a href="/officer/screening">{t('screening.back')}</a>
      </p>
    </Shell>
  )
}
