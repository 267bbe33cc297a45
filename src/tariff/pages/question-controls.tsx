/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import { Button, DecimalField } from '../../ui/index.ts'
import { measureWord } from '../measure-word.ts'
import { hrefOf, queryOf, withLine } from './ask.ts'
import { lineHref } from './figures.ts'
import type { QuestionsProps, ReasonProps } from './questions.tsx'
import { rateWords } from './rate-words.ts'
import { wordFor } from './words.ts'

/** More than these are looked up on the page of the heading. */
const mostOptions = 12

/** The lines a short code could mean, with their rates: following one fills it in. */
export function LineOptions({ ask, answer, reason, language }: ReasonProps) {
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
          code: formatTariffCode(code),
          codeOf: answer.to,
        }))
        return (
          <li>
            <a href={hrefOf(chosen, { more: { see: answer.to }, hash: 'receipt' })}>
              {formatTariffCode(code)}
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
export function QuantityForm(props: ReasonProps) {
  const { reason, language } = props
  const unit = String(reason['unit'])
  const key = measureWord(unit)
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

export function AmountForm(props: ReasonProps) {
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
