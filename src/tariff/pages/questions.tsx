/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Notice, type Language } from '../../ui/index.ts'
import type { Answer, AnswerLine, AnswerReason } from '../assess/answer.ts'
import { hrefOf, withLine, type Ask } from './ask.ts'
import { lineHref, ruleHref } from './figures.ts'
import { LineOptions } from './line-options.tsx'
import { AmountForm, QuantityForm } from './question-controls.tsx'
import { nameOf } from './receipt.tsx'
import { RuleText } from './shell.tsx'
import type { LinesLook } from './which-line.ts'
import { kindWord, sentenceFor, wordFor } from './words.ts'

export type QuestionsProps = {
  ask: Ask
  answer: Answer
  language: Language
  /** What is known of the lines under a code that is too short. */
  look(line: AnswerLine): LinesLook
}

/** What stands between the reader and a price, each with the control that answers it where one can. */
export function Questions(props: QuestionsProps) {
  const { answer, language } = props
  const { t } = language
  const open = blocking(answer)
  const facts = answer.questions.filter(({ code }) => code === 'fact')
  return (
    <>
      {open.length > 0 && (
        <Notice
          tone={answer.status === 'needs-facts' ? 'info' : 'plain'}
          title={t(answer.status === 'needs-facts' ? 'tariff.why.asks' : 'tariff.why.noPrice')}
        >
          {open.map((reason) => (
            <Reason {...props} reason={reason} />
          ))}
          <p class="small">
            <a href={`/rules/${answer.to}?on=${answer.on}#coverage`}>
              {t('tariff.leftOut.coverage')}
            </a>
          </p>
        </Notice>
      )}
      {facts.length > 0 && (
        <Notice tone="info" title={t('tariff.why.couldBeLess')}>
          {facts.map((reason) => (
            <FactQuestion {...props} reason={reason} />
          ))}
        </Notice>
      )}
    </>
  )
}

/** Reasons of the basket, then of its lines; where a line says why it is not covered, the look-up has said it. */
function blocking(answer: Answer): AnswerReason[] {
  const ofLines = answer.lines.flatMap(({ id, reasons }) => {
    const isLost = reasons.some(({ code }) => code === 'no-line' || code === 'no-rate')
    return reasons
      .filter(({ code }) => !(isLost && code === 'not-covered'))
      .map((reason) => ({ ...reason, line: id }))
  })
  return [...answer.reasons, ...ofLines]
}

export type ReasonProps = QuestionsProps & { reason: AnswerReason }

function Reason(props: ReasonProps) {
  const { reason, answer, language } = props
  const { t } = language
  const line = answer.lines.find(({ id }) => id === reason['line'])
  return (
    <div class="stack tight">
      <p>
        {line && answer.lines.length > 1 && <strong>{nameOf(line, language)}: </strong>}
        {reasonText(props)}
        {reason.code === 'not-in-grammar' && (
          <>
            {' '}
            <q lang="en">{String(reason['text'])}</q>
          </>
        )}
      </p>
      {reason.code === 'which-line' && <LineOptions {...props} />}
      {reason.code === 'missing-quantity' && <QuantityForm {...props} />}
      {reason.code === 'missing-fact' && <AmountForm {...props} />}
      {line && ['no-line', 'code-changed', 'no-rate'].includes(reason.code) && (
        <p>
          <a href={lineHref(answer.to, line.code, answer.on)}>{t('tariff.why.neighbours')}</a>
        </p>
      )}
      {typeof reason['measure'] === 'string' && (
        <p>
          <a href={ruleHref(answer.to, reason['measure'], answer.on)}>{t('tariff.why.rule')}</a>
        </p>
      )}
    </div>
  )
}

function reasonText({ reason, answer, language }: ReasonProps): string {
  const words = (value: unknown): string =>
    Array.isArray(value) ? language.list(value.map(String)) : String(value ?? '')
  const line = answer.lines.find(({ id }) => id === reason['line'])
  const schemes = Array.isArray(reason['schemes'])
    ? reason['schemes'].map((id) => wordFor(language, 'scheme', String(id)))
    : []
  return sentenceFor(language, 'reason', reason.code, {
    country: language.country(answer.to),
    code: line?.code ?? '',
    kind: reason['kind'] ? kindWord(language, String(reason['kind'])) : '',
    currencies: words(reason['currencies'] ?? reason['currency']),
    schemes: language.list(schemes),
    unit: wordFor(language, 'unit', words(reason['unit'])),
    fact: wordFor(language, 'fact', words(reason['fact'])),
    rules: words(reason['rules']),
  })
}

function FactQuestion({ ask, answer, reason, language }: ReasonProps) {
  const { t } = language
  const fact = String(reason['fact'])
  const line = answer.lines.find(({ id }) => id === reason['line'])
  const yes = withLine(ask, String(reason['line']), ({ facts }) => ({
    facts: { ...facts, [fact]: 'yes' },
  }))
  return (
    <p>
      {line && answer.lines.length > 1 && <strong>{nameOf(line, language)}: </strong>}
      {t('tariff.why.isIt', { fact: wordFor(language, 'fact', fact) })}{' '}
      <a href={hrefOf(yes, { more: { see: answer.to }, hash: 'receipt' })}>{t('tariff.why.yes')}</a>{' '}
      <a class="muted small" href={ruleHref(answer.to, String(reason['rule']), answer.on)}>
        <RuleText language={language}>{String(reason['name'])}</RuleText>
      </a>
    </p>
  )
}
