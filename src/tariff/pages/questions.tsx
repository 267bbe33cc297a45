/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatHsCode } from '../../basis/hs.ts'
import { Button, DecimalField, Notice, type Language } from '../../ui/index.ts'
import type { Answer, AnswerReason } from '../assess/answer.ts'
import { hrefOf, queryOf, withLine, type Ask } from './ask.ts'
import { lineHref, ruleHref } from './figures.ts'
import { rateWords } from './rate-words.ts'
import { nameOf } from './receipt.tsx'
import { RuleText } from './shell.tsx'
import { kindWord, sentenceFor, wordFor } from './words.ts'

type QuestionsProps = { ask: Ask; answer: Answer; language: Language }

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

type ReasonProps = QuestionsProps & { reason: AnswerReason }

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

/** More than these are looked up on the page of the heading. */
const mostOptions = 12

/** The lines a short code could mean, with their rates: following one fills it in. */
function LineOptions({ ask, answer, reason, language }: ReasonProps) {
  const options = Array.isArray(reason['options'])
    ? (reason['options'] as { code: string; mfn: string }[])
    : []
  const line = answer.lines.find(({ id }) => id === reason['line'])
  const { t } = language
  if (options.length === 0)
    return line ? (
      <p>
        <a href={lineHref(answer.to, line.code, answer.on)}>{t('tariff.why.neighbours')}</a>
      </p>
    ) : null
  return (
    <ul class="list">
      {options.slice(0, mostOptions).map(({ code, mfn }) => {
        const chosen = withLine(ask, String(reason['line']), () => ({
          code: formatHsCode(code),
          codeOf: answer.to,
        }))
        return (
          <li>
            <a href={hrefOf(chosen, { more: { see: answer.to }, hash: 'receipt' })}>
              {formatHsCode(code)}
            </a>{' '}
            <span class="muted">{mfn && rateWords(mfn, language)}</span>
          </li>
        )
      })}
      {options.length > mostOptions && line && (
        <li>
          <a href={lineHref(answer.to, line.code, answer.on)}>
            {t('tariff.why.allLines', { count: options.length })}
          </a>
        </li>
      )}
    </ul>
  )
}

/** A measure of the goods that a tariff charges by. */
function QuantityForm(props: ReasonProps) {
  const { reason, language } = props
  const unit = String(reason['unit'])
  const key = measureOf[unit] ?? unit
  const n = String(reason['line'])
  const isMass = key === 'mass'
  return (
    <AskMore
      {...props}
      name={isMass ? `mass-${n}` : `measure-${n}-${key}`}
      label={isMass ? language.t('tariff.ask.mass') : wordFor(language, 'measure', key)}
    />
  )
}

/** The basket's own word for a measure the tariff asks for. */
const measureOf: Readonly<Record<string, string>> = {
  KGM: 'mass',
  GRM: 'mass',
  TNE: 'mass',
  DTN: 'mass',
  LBR: 'mass',
  LTR: 'l',
  MLT: 'l',
  HLT: 'l',
  GLL: 'l',
  MTK: 'm2',
  MTR: 'm',
  MTQ: 'm3',
  NPR: 'pairs',
  DPR: 'pairs',
  LPA: 'lpa',
  ASV: 'alcohol_pct',
  SUC: 'sugar_pct',
  KDW: 'kg_drained',
}

function AmountForm(props: ReasonProps) {
  const { reason, language } = props
  const fact = String(reason['fact'])
  const n = String(reason['line'])
  return <AskMore {...props} name={`fact-${n}-${fact}`} label={wordFor(language, 'fact', fact)} />
}

type AskMoreProps = QuestionsProps & { name: string; label: string }

/** A form of one field; all the rest of the question goes along unseen. */
function AskMore({ ask, answer, name, label, language }: AskMoreProps) {
  return (
    <form method="get" action="/cost" class="inline-form">
      {[...queryOf(ask)].map(([key, value]) => (
        <input type="hidden" name={key} value={value} />
      ))}
      <input type="hidden" name="see" value={answer.to} />
      <DecimalField name={`also-${name}`} label={label} />
      <Button kind="secondary">{language.t('tariff.why.answer')}</Button>
    </form>
  )
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
