/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  Checkbox,
  Checkboxes,
  DecimalField,
  Disclosure,
  errorFor,
  Fieldset,
  SelectField,
  TextField,
  type Choice,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import type { Ask, AskLine } from './ask.ts'
import { wordFor } from './words.ts'

type GoodsFieldsProps = {
  line: AskLine
  number: number
  isOnly: boolean
  ask: Ask
  errors: readonly FieldError[]
  proofs: readonly string[]
  countries: readonly Choice[]
  language: Language
}

/** One kind of goods. */
export function GoodsFields(props: GoodsFieldsProps) {
  const { line, number: n, isOnly, ask, errors, countries, language } = props
  const { t } = language
  const field = (name: string) => ({
    name: `${name}-${n}`,
    error: errorFor(errors, `${name}-${n}`),
  })
  return (
    <Fieldset legend={isOnly ? t('tariff.ask.goods') : t('tariff.ask.goodsNumber', { n })}>
      <div class="stack">
        <div class="grid wide">
          <TextField
            {...field('goods')}
            label={t('tariff.ask.description')}
            hint={t('tariff.ask.descriptionHint')}
            value={line.goods}
            maxlength={200}
          />
          <div class="stack tight">
            <TextField
              {...field('code')}
              label={t('tariff.ask.code')}
              hint={t('tariff.ask.codeHint')}
              value={line.code}
              width="s"
              maxlength={20}
              autocomplete="off"
            />
            <div>
              <Button kind="quiet" name="find" value={String(n)}>
                {t('tariff.ask.findCode')}
              </Button>
            </div>
          </div>
        </div>
        <div class="grid">
          <DecimalField
            {...field('price')}
            label={t('tariff.ask.price')}
            prefix={ask.currency}
            value={line.price}
          />
          <DecimalField
            {...field('quantity')}
            label={t('tariff.ask.quantity')}
            value={line.quantity}
          />
          <DecimalField
            {...field('mass')}
            label={t('tariff.ask.mass')}
            optional={t('ui.optional')}
            suffix="kg"
            value={line.mass}
          />
          <SelectField
            {...field('origin')}
            label={t('tariff.ask.origin')}
            prompt={t('tariff.ask.originSame')}
            value={line.origin}
            options={countries}
          />
        </div>
        <MoreOfLine {...props} />
      </div>
    </Fieldset>
  )
}

/** Measures that tariffs most often charge by; a question of an answer may add others. */
const usualMeasures = ['l', 'alcohol_pct', 'sugar_pct', 'm2', 'pairs']

function MoreOfLine({ line, number: n, errors, proofs, language }: GoodsFieldsProps) {
  const { t } = language
  const measures = [...new Set([...usualMeasures, ...Object.keys(line.measures)])]
  const offered = [...new Set([...proofs, ...line.proofs])]
  const isOpen = errors.some(({ field }) => field.startsWith(`measure-${n}-`))
  return (
    <Disclosure summary={t('tariff.ask.more')} open={isOpen}>
      <div class="stack">
        <p class="muted small">{t('tariff.ask.measuresHint')}</p>
        <div class="grid">
          {measures.map((key) => (
            <DecimalField
              name={`measure-${n}-${key}`}
              label={wordFor(language, 'measure', key)}
              value={line.measures[key]}
              error={errorFor(errors, `measure-${n}-${key}`)}
            />
          ))}
        </div>
        {offered.length > 0 && (
          <Checkboxes
            name={`proof-${n}`}
            label={t('tariff.ask.proofs')}
            hint={t('tariff.ask.proofsHint')}
            values={line.proofs}
            options={offered.map((id) => ({ value: id, label: wordFor(language, 'proof', id) }))}
          />
        )}
        <TextField
          name={`code-of-${n}`}
          label={t('tariff.ask.codeOf')}
          hint={t('tariff.ask.codeOfHint')}
          optional={t('ui.optional')}
          value={line.codeOf}
          width="xs"
          maxlength={4}
        />
        {Object.entries(line.facts).map(([name, value]) => (
          <FactField name={`fact-${n}-${name}`} fact={name} value={value} language={language} />
        ))}
      </div>
    </Disclosure>
  )
}

type FactFieldProps = { name: string; fact: string; value: string; language: Language }

/** Something a question of an answer was told; here it can be taken back. */
export function FactField({ name, fact, value, language }: FactFieldProps) {
  const label = wordFor(language, 'fact', fact)
  return value === 'yes' ? (
    <Checkbox name={name} label={label} checked />
  ) : (
    <DecimalField name={name} label={label} value={value} />
  )
}
