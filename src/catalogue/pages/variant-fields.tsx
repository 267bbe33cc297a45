/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { currencies } from '../../basis/currency.ts'
import {
  Button,
  DecimalField,
  Disclosure,
  Fieldset,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import type { Part } from './offer-fields.tsx'

/** What a buyer chooses from: price, stock, mass and what tells one from the other. */
export function Variants(props: Part) {
  const { form, language, field } = props
  const { t } = language
  const rows = Array.from({ length: form.rows }, (_, index) => index + 1)
  return (
    <Fieldset legend={t('catalogue.variants.title')} hint={t('catalogue.variants.hint')}>
      <SelectField
        {...field('currency')}
        label={t('catalogue.variants.currency')}
        options={currencies.map((code) => ({ value: code, label: code }))}
        width="s"
      />
      {rows.map((n) => (
        <Variant {...props} n={n} />
      ))}
      <div>
        <Button kind="secondary" name="more" value="variant">
          {t('catalogue.variants.add')}
        </Button>
      </div>
    </Fieldset>
  )
}

function Variant(props: Part & { n: number }) {
  const { form, language, field, n } = props
  const { t } = language
  const id = form.fields[`variant-${n}`]
  const sizes = ['length', 'width', 'height'] as const
  const isMany = form.rows > 1
  const hasSizes = sizes.some((name) => field(`${name}-${n}`).value || field(`${name}-${n}`).error)
  return (
    <div class="card stack tight" role="group" aria-label={t('catalogue.variants.number', { n })}>
      {isMany && <h3>{t('catalogue.variants.number', { n })}</h3>}
      {id && <input type="hidden" name={`variant-${n}`} value={id} />}
      <div class="grid small">
        <DecimalField
          {...field(`price-${n}`)}
          label={t('catalogue.variants.price')}
          prefix={form.fields['currency'] || undefined}
        />
        <TextField
          {...field(`stock-${n}`)}
          label={t('catalogue.variants.stock')}
          inputmode="numeric"
          width="s"
          autocomplete="off"
        />
        <TextField
          {...field(`mass-${n}`)}
          label={t('catalogue.variants.mass')}
          suffix="g"
          inputmode="numeric"
          width="s"
          autocomplete="off"
        />
        <TextField
          {...field(`gross-${n}`)}
          label={t('catalogue.variants.gross')}
          suffix="g"
          inputmode="numeric"
          width="s"
          optional={t('ui.optional')}
          autocomplete="off"
        />
      </div>
      <TextField
        {...field(`options-${n}`)}
        label={t('catalogue.variants.options')}
        hint={t('catalogue.variants.optionsHint')}
        optional={isMany ? undefined : t('ui.optional')}
        autocomplete="off"
      />
      <TextField
        {...field(`sku-${n}`)}
        label={t('catalogue.variants.sku')}
        optional={t('ui.optional')}
        width="m"
        autocomplete="off"
      />
      <ShownBy {...props} />
      <Disclosure summary={t('catalogue.variants.size')} open={hasSizes}>
        <p class="muted">{t('catalogue.variants.sizeNote')}</p>
        <div class="grid small">
          {sizes.map((name) => (
            <TextField
              {...field(`${name}-${n}`)}
              label={t(`catalogue.variants.${name}`)}
              suffix="mm"
              inputmode="numeric"
              width="s"
              autocomplete="off"
            />
          ))}
        </div>
      </Disclosure>
    </div>
  )
}

/** Which of the offer's pictures shows the variant; asked once there is a choice. */
function ShownBy({ pictures, language, field, n }: Part & { n: number }) {
  const { t } = language
  if (pictures.length === 0) return null
  return (
    <SelectField
      {...field(`picture-${n}`)}
      label={t('catalogue.variants.picture')}
      options={[
        { value: '', label: t('catalogue.variants.pictureNone') },
        ...pictures.map(({ digest, alt }, at) => {
          const words = alt[language.locale]
          const label = words
            ? t('catalogue.variants.pictureShows', { n: at + 1, alt: words })
            : t('catalogue.variants.pictureNumber', { n: at + 1 })
          return { value: digest, label }
        }),
      ]}
    />
  )
}
