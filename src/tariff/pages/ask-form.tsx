/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  Checkbox,
  Checkboxes,
  DateField,
  DecimalField,
  Disclosure,
  ErrorSummary,
  errorFor,
  Fieldset,
  SelectField,
  type Choice,
  type FieldError,
  type Language,
  type MessageKey,
} from '../../ui/index.ts'
import { emptyLine, type Ask } from './ask.ts'
import { DestinationsField } from './destinations-field.tsx'
import { FactField, GoodsFields } from './goods-fields.tsx'
import type { Offers } from './offers.ts'
import { wordFor } from './words.ts'

export type AskFormProps = {
  ask: Ask
  errors: readonly FieldError[]
  offers: Offers
  countries: readonly Choice[]
  destinations: readonly string[]
  language: Language
}

/** The whole question, as a form whose address is the answer's. */
export function AskForm(props: AskFormProps) {
  const { ask, errors, offers, countries, language } = props
  const { t } = language
  const lines = ask.lines.length > 0 ? ask.lines : [emptyLine]
  return (
    <form method="get" action="/cost" class="stack loose" id="ask" novalidate>
      <ErrorSummary errors={errors} language={language} />
      <input type="hidden" name="asked" value="1" />
      {/* Enter sends by the first button of a form: it shall be this one, not the one beside a field. */}
      <button type="submit" hidden />
      {lines.map((line, at) => (
        <GoodsFields
          line={line}
          number={at + 1}
          isOnly={lines.length === 1}
          ask={ask}
          errors={errors}
          proofs={offers.proofs(line.origin || ask.from)}
          countries={countries}
          language={language}
        />
      ))}
      <Journey {...props} />
      <DestinationsField {...props} error={errorFor(errors, 'to')} />
      <Further ask={ask} errors={errors} schemes={offers.schemes} language={language} />
      <div class="cluster">
        <Button>{t('tariff.ask.submit')}</Button>
        <Button kind="secondary" name="add" value="1">
          {t('tariff.ask.add')}
        </Button>
        {lines.length > 1 &&
          lines.map(({ goods }, at) => (
            <Button kind="quiet" name="remove" value={String(at + 1)}>
              {t('tariff.ask.remove', {
                goods: goods || t('tariff.ask.goodsNumber', { n: at + 1 }),
              })}
            </Button>
          ))}
      </div>
    </form>
  )
}

const choicesOf = (language: Language, group: string, values: readonly string[]): Choice[] =>
  values.map((value) => ({
    value,
    label: language.t(`tariff.${group}.${value}` as MessageKey),
  }))

function Journey({ ask, errors, offers, countries, language }: AskFormProps) {
  const { t } = language
  const currencies = offers.currencies.map((code) => ({ value: code, label: code }))
  return (
    <Fieldset legend={t('tariff.ask.journey')}>
      <div class="grid">
        <SelectField
          name="from"
          label={t('tariff.ask.from')}
          value={ask.from}
          options={countries}
          error={errorFor(errors, 'from')}
        />
        <SelectField
          name="currency"
          label={t('tariff.ask.currency')}
          value={ask.currency}
          options={currencies}
          width="s"
          error={errorFor(errors, 'currency')}
        />
        <SelectField
          name="transport"
          label={t('tariff.ask.transport')}
          value={ask.transport}
          options={choicesOf(language, 'transport', ['post', 'courier', 'air', 'sea', 'road'])}
          error={errorFor(errors, 'transport')}
        />
        <DecimalField
          name="freight"
          label={t('tariff.ask.freight')}
          value={ask.freight}
          error={errorFor(errors, 'freight')}
        />
        <SelectField
          name="freight-currency"
          label={t('tariff.ask.freightCurrency')}
          value={ask.freightCurrency}
          options={currencies}
          width="s"
          error={errorFor(errors, 'freight-currency')}
        />
        <SelectField
          name="consignee"
          label={t('tariff.ask.consignee')}
          value={ask.consignee}
          options={choicesOf(language, 'consignee', ['consumer', 'business'])}
          error={errorFor(errors, 'consignee')}
        />
        <DateField
          name="on"
          label={t('tariff.day.label')}
          value={ask.on}
          error={errorFor(errors, 'on')}
        />
      </div>
    </Fieldset>
  )
}

type FurtherProps = Pick<AskFormProps, 'ask' | 'errors' | 'language'> & {
  schemes: readonly string[]
}

/** What most readers can leave as it is. */
function Further({ ask, errors, schemes, language }: FurtherProps) {
  const { t } = language
  const isOpen = errorFor(errors, 'insurance') !== undefined
  return (
    <Disclosure summary={t('tariff.ask.further')} open={isOpen}>
      <div class="stack">
        <DecimalField
          name="insurance"
          label={t('tariff.ask.insurance')}
          optional={t('ui.optional')}
          prefix={ask.currency}
          value={ask.insurance}
          error={errorFor(errors, 'insurance')}
        />
        <SelectField
          name="incoterm"
          label={t('tariff.ask.incoterm')}
          value={ask.incoterm}
          options={choicesOf(language, 'incoterm', ['DDP', 'DAP'])}
          error={errorFor(errors, 'incoterm')}
        />
        {schemes.length > 0 && (
          <Checkboxes
            name="scheme"
            label={t('tariff.ask.schemes')}
            hint={t('tariff.ask.schemesHint')}
            values={ask.schemes?.length === 0 ? ['none'] : ask.schemes}
            options={[
              ...schemes.map((id) => ({ value: id, label: wordFor(language, 'scheme', id) })),
              { value: 'none', label: t('tariff.ask.noScheme') },
            ]}
          />
        )}
        <Checkbox
          name="strict"
          label={t('tariff.ask.strict')}
          hint={t('tariff.ask.strictHint')}
          checked={ask.strict}
        />
        {Object.entries(ask.facts).map(([name, value]) => (
          <FactField name={`fact-${name}`} fact={name} value={value} language={language} />
        ))}
      </div>
    </Disclosure>
  )
}
