/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { describedBy, type FieldProps } from './field.tsx'
import type { Choice } from './forms.tsx'

export interface RadiosProps extends FieldProps {
  options: readonly Choice[]
  /** Each option in its own frame, for a choice that matters (a carrier, a route). */
  cards?: boolean | undefined
}

/** One of several. The first option has the name as its id, so that an error summary can point at it. */
export function Radios(props: RadiosProps) {
  return (
    <Options {...props}>
      {props.options.map((option, index) => (
        <Option
          {...option}
          type="radio"
          id={index === 0 ? props.name : `${props.name}-${index}`}
          name={props.name}
          checked={option.value === props.value}
          invalid={props.error !== undefined}
        />
      ))}
    </Options>
  )
}

export interface CheckboxesProps extends Omit<FieldProps, 'value'> {
  options: readonly Choice[]
  values?: readonly string[] | undefined
  cards?: boolean | undefined
}

/** Any of several, all sent under one name. */
export function Checkboxes(props: CheckboxesProps) {
  return (
    <Options {...props}>
      {props.options.map((option, index) => (
        <Option
          {...option}
          type="checkbox"
          id={index === 0 ? props.name : `${props.name}-${index}`}
          name={props.name}
          checked={props.values?.includes(option.value) ?? false}
          invalid={props.error !== undefined}
        />
      ))}
    </Options>
  )
}

export interface CheckboxProps {
  name: string
  label: Child
  hint?: Child
  error?: string | undefined
  value?: string | undefined
  checked?: boolean | undefined
}

/** A single yes, such as "I hold the proof of origin". */
export function Checkbox({
  name,
  error,
  value = 'yes',
  checked = false,
  ...option
}: CheckboxProps) {
  return (
    <div class={error ? 'field invalid' : 'field'}>
      {error && (
        <div class="field-error" id={`${name}-error`}>
          {error}
        </div>
      )}
      <Option
        {...option}
        type="checkbox"
        id={name}
        name={name}
        value={value}
        checked={checked}
        invalid={error !== undefined}
        describedBy={error && `${name}-error`}
      />
    </div>
  )
}

interface FieldsetProps {
  legend: Child
  hint?: Child
  children?: Child
}

/** Fields that belong together under one heading. */
export function Fieldset({ legend, hint, children }: FieldsetProps) {
  return (
    <fieldset class="group">
      <legend>{legend}</legend>
      {hint && <div class="hint">{hint}</div>}
      <div class="stack">{children}</div>
    </fieldset>
  )
}

interface OptionsProps extends Omit<FieldProps, 'value'> {
  cards?: boolean | undefined
  children?: Child
}

function Options({ name, label, hint, error, optional, cards, children }: OptionsProps) {
  return (
    <div class={error ? 'field invalid' : 'field'}>
      <fieldset aria-describedby={describedBy(name, hint, error)}>
        <legend>
          {label}
          {optional && <span class="optional"> ({optional})</span>}
        </legend>
        {hint && (
          <div class="hint" id={`${name}-hint`}>
            {hint}
          </div>
        )}
        {error && (
          <div class="field-error" id={`${name}-error`}>
            {error}
          </div>
        )}
        <div class={cards ? 'options cards' : 'options'}>{children}</div>
      </fieldset>
    </div>
  )
}

interface OptionProps {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  value: string
  label: Child
  hint?: Child
  checked: boolean
  invalid: boolean
  disabled?: boolean | undefined
  describedBy?: string | undefined
}

function Option({ type, id, name, value, label, hint, checked, disabled, ...rest }: OptionProps) {
  const described = [hint && `${id}-about`, rest.describedBy].filter(Boolean).join(' ')
  return (
    <div class="option">
      <input
        type={type}
        id={id}
        name={name}
        value={value}
        checked={checked}
        disabled={disabled}
        aria-invalid={rest.invalid && type === 'checkbox' ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      <label for={id}>{label}</label>
      {hint && (
        <div class="option-hint" id={`${id}-about`}>
          {hint}
        </div>
      )}
    </div>
  )
}
