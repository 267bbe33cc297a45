/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { controlOf, Field, type FieldProps } from './field.tsx'
import type { Language } from './language.ts'

/** One thing wrong with one field; `field` is the name of the field. */
export interface FieldError {
  field: string
  message: string
}

export type FieldWidth = 'xs' | 's' | 'm' | 'l'

/** The message for one field, to hand to its `error`. */
export function errorFor(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message
}

interface ErrorSummaryProps {
  errors: readonly FieldError[]
  language: Language
  /** Takes the focus when the page opens, which is the default. */
  focus?: boolean | undefined
}

/**
 * Stands first in the main part; each error leads to its field. The fields repeat their own error.
 * Give `hasErrors` to the page as well, so that its title says so.
 */
export function ErrorSummary({ errors, language, focus = true }: ErrorSummaryProps) {
  if (errors.length === 0) return null
  return (
    <div
      class="error-summary"
      role="alert"
      aria-labelledby="error-summary"
      tabindex={-1}
      autofocus={focus}
    >
      <h2 id="error-summary">{language.t('ui.errorSummary', { count: errors.length })}</h2>
      <ul class="plain">
        {errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search' | undefined
  inputmode?: 'text' | 'numeric' | 'decimal' | undefined
  autocomplete?: string | undefined
  width?: FieldWidth | undefined
  placeholder?: string | undefined
  maxlength?: number | undefined
  /** Stands in the field's frame: a currency before, a unit after. */
  prefix?: string | undefined
  suffix?: string | undefined
  list?: string | undefined
}

export function TextField(props: TextFieldProps) {
  const { prefix, suffix, width = 'l', type = 'text', inputmode } = props
  const input = (
    <input
      {...controlOf(props)}
      class={inputmode === 'decimal' ? 'input numeric' : 'input'}
      type={type}
      value={props.value}
      inputmode={inputmode}
      autocomplete={props.autocomplete}
      placeholder={props.placeholder}
      maxlength={props.maxlength}
      list={props.list}
    />
  )
  return (
    <Field {...props}>
      {prefix || suffix ? (
        <div class={`affix width-${width}`}>
          {prefix && <span aria-hidden="true">{prefix}</span>}
          {input}
          {suffix && <span aria-hidden="true">{suffix}</span>}
        </div>
      ) : (
        <div class={`affix width-${width}`}>{input}</div>
      )}
    </Field>
  )
}

/** An exact figure. The text is sent as typed: the server reads it as a decimal, never as a float. */
export function DecimalField(props: Omit<TextFieldProps, 'type' | 'inputmode'>) {
  return <TextField autocomplete="off" width="s" {...props} inputmode="decimal" />
}

export function DateField(
  props: FieldProps & { min?: string | undefined; max?: string | undefined },
) {
  return (
    <Field {...props}>
      <input
        {...controlOf(props)}
        class="input width-s"
        type="date"
        value={props.value}
        min={props.min}
        max={props.max}
      />
    </Field>
  )
}

export function TextAreaField(props: FieldProps & { rows?: number | undefined }) {
  return (
    <Field {...props}>
      <textarea {...controlOf(props)} class="input width-l" rows={props.rows ?? 4}>
        {props.value}
      </textarea>
    </Field>
  )
}

export function FileField(props: FieldProps & { accept?: string | undefined }) {
  return (
    <Field {...props}>
      <input {...controlOf(props)} class="input width-l" type="file" accept={props.accept} />
    </Field>
  )
}

export interface Choice {
  value: string
  label: string
  hint?: string | undefined
  disabled?: boolean | undefined
}

export interface SelectFieldProps extends FieldProps {
  options: readonly (Choice | { group: string; options: readonly Choice[] })[]
  width?: FieldWidth | undefined
  /** A first entry without a value, such as "Choose a country". */
  prompt?: string | undefined
}

export function SelectField(props: SelectFieldProps) {
  const option = ({ value, label, disabled }: Choice) => (
    <option value={value} selected={value === props.value} disabled={disabled}>
      {label}
    </option>
  )
  return (
    <Field {...props}>
      <select {...controlOf(props)} class={`input width-${props.width ?? 'm'}`}>
        {props.prompt && <option value="">{props.prompt}</option>}
        {props.options.map((entry) =>
          'group' in entry ? (
            <optgroup label={entry.group}>{entry.options.map(option)}</optgroup>
          ) : (
            option(entry)
          ),
        )}
      </select>
    </Field>
  )
}
