/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, DecimalField } from '../../ui/index.ts'
import { measureWord } from '../measure-word.ts'
import { queryOf } from './ask.ts'
import type { QuestionsProps, ReasonProps } from './questions.tsx'
import { wordFor } from './words.ts'

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
