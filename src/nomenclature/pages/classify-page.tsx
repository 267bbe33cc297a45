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
import type { ControlInput } from './read-control.ts'

type ClassifyPageProps = {
  reader: Reader
  input: ControlInput
  turn?: Classification | undefined
  /** Lines below six digits in the territory that was chosen. */
  national?: { territory: string; chosen: string; turn: NationalTurn } | undefined
  territories: readonly Choice[]
}

/** GET /classify: from a description to a code, one question at a time. */
export function ClassifyPage(props: ClassifyPageProps) {
  const { reader, input, turn } = props
  const { language } = reader
  const { t } = language
  return (
    <Page
      {...framed(reader)}
      title={t('nomenclature.title')}
      description={t('nomenclature.lead')}
      head={<link rel="canonical" href="/classify" />}
    >
      <section class="band">
        <div class="wrap stack loose">
          <div class="stack tight">
            <h1>{t('nomenclature.title')}</h1>
            <p class="lead">{t('nomenclature.lead')}</p>
          </div>
          <PageFragment regions={['classify-turn', 'classify-lines']}>
            <form method="get" action="/classify" class="stack">
              <ClassifyControl
                language={language}
                input={input}
                turn={turn}
                undoHref={(question) => hrefOf(input, { without: question })}
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
function Lines({
  reader: { language },
  input,
  national,
  territories,
  code,
}: ClassifyPageProps & { code: string }) {
  const { t } = language
  if (territories.length === 0) return null
  return (
    <section class="stack" aria-labelledby="lines-title">
      <h2 id="lines-title">{t('nomenclature.lines.title')}</h2>
      <form method="get" action="/classify" class="inline-form">
        <input type="hidden" name="classify-text" value={input.text} />
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
      {national && <NationalLines {...{ language, input, code }} national={national} />}
    </section>
  )
}

type NationalProps = {
  language: Language
  input: ControlInput
  code: string
  national: NonNullable<ClassifyPageProps['national']>
}

function NationalLines({ language, input, code, national }: NationalProps) {
  const { t } = language
  const { turn, territory } = national
  if (turn.state === 'none')
    return <p>{t('nomenclature.lines.none', { code: formatTariffCode(code) })}</p>
  if (turn.state === 'one')
    return (
      <p>
        {t('nomenclature.lines.one')} <span class="code">{formatTariffCode(turn.line.code)}</span>{' '}
        {turn.line.duty && t('nomenclature.lines.dutyIs', { duty: turn.line.duty })}
      </p>
    )
  return (
    <div class="stack tight">
      <p>{t(turn.sameDuty ? 'nomenclature.lines.same' : 'nomenclature.lines.ask')}</p>
      <Table
        caption={t('nomenclature.lines.title')}
        hideCaption
        stack={false}
        language={language}
        columns={[{ label: t('nomenclature.lines.line') }, { label: t('nomenclature.lines.duty') }]}
        rows={turn.choices.map(({ prefix, duties }) => ({
          cells: [
            <a href={hrefOf(input, { more: { to: territory, line: prefix } })}>
              <span class="code">{formatTariffCode(prefix)}</span>
            </a>,
            duties.join(', '),
          ],
        }))}
      />
    </div>
  )
}

type HrefOptions = { without?: string; more?: Readonly<Record<string, string>> }

/** This page with the same text and answers. */
function hrefOf(input: ControlInput, { without, more = {} }: HrefOptions): string {
  const query = new URLSearchParams({ 'classify-text': input.text, ...more })
  for (const answer of input.answers)
    if (answer.question !== without) query.append('classify-answer', writeAnswer(answer))
  return `/classify?${query}`
}
