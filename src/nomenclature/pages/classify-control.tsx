/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import { Button, Notice, Radios, Region, Tag, TextField, type Language } from '../../ui/index.ts'
import type { AskedQuestion, Classification, Rival } from '../classify.ts'
import { noneOfThese, notKnown, writeAnswer } from '../questions.ts'
import type { Onward } from './onward.ts'
import type { ControlInput } from './read-control.ts'
import { langOf } from './words.ts'

export type ClassifyControlProps = {
  language: Language
  /** What the form has said so far, from `readControl`. */
  input: ControlInput
  /** The turn for it; absent while there is no text. */
  turn?: Classification | undefined
  /** Begins the names of the fields; `classify` unless a form holds two of them. */
  prefix?: string | undefined
  /** Where a turn is sent within a longer form: its action with `#<prefix>-turn`, to come back to the answer. */
  turnAction?: string | undefined
  /** Of the text field or the code, for the form's error summary. */
  errors?: { text?: string | undefined; code?: string | undefined } | undefined
  /** A form that needs a code offers the rivals and a field to choose from; the page about codes only shows them. */
  choose?: boolean | undefined
  /** Where a page without its answer to a question lives; without it, taking back is a button of the form. */
  undoHref?: ((question: string) => string) | undefined
  /** Where a code that was found leads; a form that takes the code itself has no need of it. */
  onward?: Onward | undefined
}

/**
 * The fields of guided classification, to stand inside any form: what it is, the question of this turn, the answers so
 * far, the code. They are plain fields, so every turn is a submit of the form (`<prefix>-turn` tells it from saving); in
 * a `PageFragment` with the region `<prefix>-turn`, a GET form updates in place.
 */
export function ClassifyControl(props: ClassifyControlProps) {
  const { language, input, turn, prefix = 'classify', errors } = props
  const { t } = language
  return (
    <>
      <div class="inline-form">
        <TextField
          name={`${prefix}-text`}
          label={t('nomenclature.text')}
          hint={t('nomenclature.textHint')}
          value={input.text}
          error={errors?.text}
          maxlength={300}
          autocomplete="off"
        />
        <Button kind="secondary" name={`${prefix}-turn`} value="ask" formaction={props.turnAction}>
          {t('nomenclature.find')}
        </Button>
      </div>
      <Region id={`${prefix}-turn`}>
        {turn && input.text !== '' && (
          <div class="stack">
            <input type="hidden" name={`${prefix}-about`} value={input.text} />
            <Turn {...props} turn={turn} prefix={prefix} />
          </div>
        )}
      </Region>
    </>
  )
}

type TurnProps = ClassifyControlProps & { turn: Classification; prefix: string }

function Turn(props: TurnProps) {
  const { turn, choose } = props
  return (
    <>
      <Outcome {...props} />
      <AskedSoFar {...props} />
      {turn.question && <NextQuestion {...props} question={turn.question} />}
      {choose ? <ChooseCode {...props} /> : <Rivals {...props} />}
    </>
  )
}

const missingWords = {
  text: 'nomenclature.missing.text',
  thing: 'nomenclature.missing.thing',
  'known-word': 'nomenclature.missing.knownWord',
} as const

function Outcome({ turn, language, onward }: TurnProps) {
  const { t } = language
  if (turn.state === 'too-vague')
    return (
      <Notice tone="warn" title={t('nomenclature.state.tooVague')} live>
        <p>{t(missingWords[turn.missing ?? 'thing'])}</p>
      </Notice>
    )
  const isSure = turn.state === 'sure'
  const way = onward?.(turn.rivals[0]!.code)
  return (
    <Notice
      tone={isSure ? 'ok' : 'info'}
      title={t(isSure ? 'nomenclature.state.sure' : 'nomenclature.state.ask')}
      live
    >
      <p>
        <CodeName rival={turn.rivals[0]!} turn={turn} language={language} />
      </p>
      {way && (
        <p>
          <Button kind={isSure ? 'primary' : 'secondary'} href={way.href}>
            {way.label}
          </Button>
        </p>
      )}
    </Notice>
  )
}

function CodeName({ rival, language }: { rival: Rival; turn: Classification; language: Language }) {
  const { code, name, lang, confidence } = rival
  return (
    <>
      <span class="code">{formatTariffCode(code)}</span>{' '}
      <span lang={langOf(lang, language.locale)}>{name}</span>{' '}
      <Tag>{language.t('nomenclature.confidence', { share: confidence })}</Tag>
    </>
  )
}

/** Each answer goes along with the form and can be taken back. */
function AskedSoFar({ turn, language, prefix, undoHref, turnAction }: TurnProps) {
  const { t } = language
  if (turn.asked.length === 0) return null
  return (
    <div class="stack tight">
      <h3>{t('nomenclature.asked')}</h3>
      <ul class="list">
        {turn.asked.map(({ question, answer }) => (
          <li class="cluster between">
            <span lang={langOf(question.lang, language.locale)}>
              {questionText(question, language)}{' '}
              <strong>{answerText(question, answer, language)}</strong>
            </span>
            <input
              type="hidden"
              name={`${prefix}-answer`}
              value={writeAnswer({ question: question.id, answer })}
            />
            {undoHref ? (
              <a href={undoHref(question.id)}>{t('nomenclature.undo')}</a>
            ) : (
              <Button
                kind="quiet"
                name={`${prefix}-undo`}
                value={question.id}
                formaction={turnAction}
              >
                {t('nomenclature.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Of one code alone: is it this? */
const isOneCode = ({ text, answers }: AskedQuestion): boolean => text === '' && answers.length === 1

function questionText(question: AskedQuestion, { t }: Language): string {
  if (isOneCode(question)) return t('nomenclature.isIt', { name: question.answers[0]!.text })
  return question.text || t('nomenclature.which')
}

function answerText(question: AskedQuestion, id: string, { t }: Language): string {
  if (id === notKnown) return t('nomenclature.unknown')
  if (id === noneOfThese) return t(isOneCode(question) ? 'nomenclature.no' : 'nomenclature.none')
  if (isOneCode(question)) return t('nomenclature.yes')
  return question.answers.find((answer) => answer.id === id)?.text ?? id
}

function NextQuestion({
  question,
  language,
  prefix,
  turnAction,
}: TurnProps & { question: AskedQuestion }) {
  const { t } = language
  const ids = [...question.answers.map(({ id }) => id), noneOfThese, notKnown]
  return (
    <div class="stack tight" lang={langOf(question.lang, language.locale)}>
      <Radios
        name={`${prefix}-answer`}
        label={questionText(question, language)}
        options={ids.map((id) => ({
          value: writeAnswer({ question: question.id, answer: id }),
          label: answerText(question, id, language),
        }))}
      />
      <div>
        <Button kind="secondary" name={`${prefix}-turn`} value="answer" formaction={turnAction}>
          {t('nomenclature.answer')}
        </Button>
      </div>
    </div>
  )
}

/** The others that it may be. */
function Rivals({ turn, language, onward }: TurnProps) {
  const others = turn.rivals.slice(1).filter(({ confidence }) => confidence >= 0.01)
  if (others.length === 0) return null
  return (
    <div class="stack tight">
      <h3>{language.t('nomenclature.rivals')}</h3>
      <ul class="list">
        {others.map((rival) => {
          const way = onward?.(rival.code)
          return (
            <li>
              <CodeName rival={rival} turn={turn} language={language} />{' '}
              {way && <a href={way.href}>{way.label}</a>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** For a form that needs a code: only a sure one is chosen beforehand. */
function ChooseCode({ turn, input, language, prefix, errors }: TurnProps) {
  const { t } = language
  if (turn.rivals.length === 0) return null
  const listed = turn.rivals.filter(({ confidence }, at) => at < 2 || confidence >= 0.01)
  const sure = turn.state === 'sure' ? turn.code : undefined
  const chosen = listed.some(({ code }) => code === input.code) ? input.code : (sure ?? '')
  return (
    <Radios
      name={`${prefix}-code`}
      label={t('nomenclature.choose')}
      value={chosen}
      error={errors?.code}
      options={listed.map(({ code, name }) => ({
        value: code,
        label: `${formatTariffCode(code)} ${name}`,
      }))}
    />
  )
}
