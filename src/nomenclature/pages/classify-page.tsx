/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import {
  Button,
  Disclosure,
  framed,
  Page,
  PageFragment,
  Region,
  SelectField,
  Table,
  type Choice,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import type { Classification } from '../classify.ts'
import type { NationalTurn } from '../national.ts'
import { writeAnswer } from '../questions.ts'
import { ClassifyControl } from './classify-control.tsx'
import { onwardFrom } from './onward.ts'
import type { ControlInput } from './read-control.ts'

type ClassifyPageProps = {
  reader: Reader
  input: ControlInput
  turn?: Classification | undefined
  /** Lines below six digits in the territory that was chosen. */
  national?: { territory: string; chosen: string; turn: NationalTurn } | undefined
  territories: readonly Choice[]
  /** The page of this hub that asked for a code and gets it; empty when nobody did. */
  next: string
}

/** GET /classify: from a description to a code, one question at a time. */
export function ClassifyPage(props: ClassifyPageProps) {
  const { reader, input, turn, next } = props
  const { language } = reader
  const { t } = language
  return (
    <Page
      {...framed(reader)}
      title={t('nomenclature.title')}
      description={t('nomenclature.lead')}
      head={<link rel="canonical" href={`${reader.site}/classify`} />}
    >
      <section class="band">
        <div class="wrap stack loose">
          <div class="stack tight">
            <h1>{t('nomenclature.title')}</h1>
            <p class="lead">{t('nomenclature.lead')}</p>
            {next && (
              <p>
                {t('nomenclature.onward.asked')}{' '}
                <a href={next}>{t('nomenclature.onward.without')}</a>
              </p>
            )}
          </div>
          <PageFragment regions={['classify-turn', 'classify-lines']}>
            <form method="get" action="/classify" class="stack">
              {next && <input type="hidden" name="next" value={next} />}
              <ClassifyControl
                language={language}
                input={input}
                turn={turn}
                undoHref={(question) => hrefOf(props, { without: question })}
                onward={onwardFrom(input.text, next, language)}
              />
            </form>
          </PageFragment>
          <Region id="classify-lines">{turn?.code && <Lines {...props} code={turn.code} />}</Region>
          <Disclosure summary={t('nomenclature.about')}>
            <p>{t('nomenclature.aboutText')}</p>
          </Disclosure>
        </div>
      </section>
    </Page>
  )
}

/** The way on from six digits: a territory, its lines, its duties. */
function Lines(props: ClassifyPageProps & { code: string }) {
  const { reader, input, national, territories, next } = props
  const { language } = reader
  const { t } = language
  if (territories.length === 0) return null
  return (
    <section class="stack" aria-labelledby="lines-title">
      <h2 id="lines-title">{t('nomenclature.lines.title')}</h2>
      <form method="get" action="/classify" class="inline-form">
        <input type="hidden" name="classify-text" value={input.text} />
        {next && <input type="hidden" name="next" value={next} />}
        {input.answers.map((answer) => (
          <input type="hidden" name="classify-answer" value={writeAnswer(answer)} />
        ))}
        <SelectField
          name="to"
          label={t('nomenclature.lines.where')}
          value={national?.territory ?? ''}
          options={territories}
        />
        <Button kind="secondary">{t('nomenclature.lines.show')}</Button>
      </form>
      {national && <NationalLines {...props} national={national} />}
    </section>
  )
}

type NationalProps = ClassifyPageProps & {
  code: string
  national: NonNullable<ClassifyPageProps['national']>
}

function NationalLines(props: NationalProps) {
  const { reader, input, code, national, next } = props
  const { language } = reader
  const { t } = language
  const { turn, territory } = national
  if (turn.state === 'none')
    return <p>{t('nomenclature.lines.none', { code: formatTariffCode(code) })}</p>
  if (turn.state === 'one') {
    const { line } = turn
    const way = onwardFrom(input.text, next, language)(line.code, territory)
    return (
      <>
        <p>
          {t('nomenclature.lines.one')} <span class="code">{formatTariffCode(line.code)}</span>{' '}
          {line.duty && t('nomenclature.lines.dutyIs', { duty: line.duty })}{' '}
          <a href={way.href}>{way.label}</a>
        </p>
        <OfficialWords territory={territory} code={line.code} language={language} />
      </>
    )
  }
  return (
    <div class="stack tight">
      <p>{t(turn.sameDuty ? 'nomenclature.lines.same' : 'nomenclature.lines.ask')}</p>
      <OfficialWords territory={territory} code={code} language={language} />
      <Table
        caption={t('nomenclature.lines.title')}
        hideCaption
        stack={false}
        language={language}
        columns={[{ label: t('nomenclature.lines.line') }, { label: t('nomenclature.lines.duty') }]}
        rows={turn.choices.map(({ prefix, duties }) => ({
          cells: [
            <a href={hrefOf(props, { more: { to: territory, line: prefix } })}>
              <span class="code">{formatTariffCode(prefix)}</span>
            </a>,
            duties.join(', '),
          ],
        }))}
      />
    </div>
  )
}

type OfficialProps = { territory: string; code: string; language: Language }

/** Descriptions of lines are the territory's own; the page of the line leads to where they are published. */
function OfficialWords({ territory, code, language }: OfficialProps) {
  return (
    <p class="muted small">
      {language.t('nomenclature.lines.words')}{' '}
      <a href={`/tariff/${territory}/${code}`}>{language.t('nomenclature.lines.source')}</a>
    </p>
  )
}

type HrefOptions = { without?: string; more?: Readonly<Record<string, string>> }

/** This page with the same text, answers and way back. */
function hrefOf({ input, next }: ClassifyPageProps, { without, more = {} }: HrefOptions): string {
  const query = new URLSearchParams({ 'classify-text': input.text, ...more })
  if (next) query.set('next', next)
  for (const answer of input.answers)
    if (answer.question !== without) query.append('classify-answer', writeAnswer(answer))
  return `/classify?${query}`
}
