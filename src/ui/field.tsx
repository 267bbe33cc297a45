/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'

/** What every field takes. The id is the name, so that an error summary can point at it. */
export interface FieldProps {
  name: string
  label: Child
  hint?: Child
  error?: string | undefined
  /** The word "optional" in the reader's language, for the few fields that are. */
  optional?: string | undefined
  value?: string | undefined
  disabled?: boolean | undefined
}

/** Label, hint and error around one control. */
export function Field(props: FieldProps & { children?: Child }) {
  const { name, label, hint, error, optional } = props
  return (
    <div class={error ? 'field invalid' : 'field'}>
      <label for={name}>
        {label}
        {optional && <span class="optional"> ({optional})</span>}
      </label>
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
      {props.children}
    </div>
  )
}

/** The attributes that tie a control to its label, hint and error. */
export function controlOf({ name, hint, error, disabled }: FieldProps) {
  return {
    id: name,
    name,
    disabled,
    'aria-describedby': describedBy(name, hint, error),
    'aria-invalid': error ? 'true' : undefined,
  }
}

/** The ids of what is said about a field. */
export function describedBy(name: string, hint: Child, error: string | undefined) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean)
  return ids.length ? ids.join(' ') : undefined
}
