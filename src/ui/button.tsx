/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'

export interface ButtonProps {
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined
  /** With an address it is a link that looks like a button. */
  href?: string | undefined
  type?: 'submit' | 'button' | undefined
  name?: string | undefined
  value?: string | undefined
  disabled?: boolean | undefined
  /** Where its form goes when this one sends it; with `#part`, back to that part of the page. */
  formaction?: string | undefined
  block?: boolean | undefined
  children?: Child
}

export function Button({ kind, href, type = 'submit', block, children, ...rest }: ButtonProps) {
  const classes = ['button', kind !== 'primary' && kind, block && 'block'].filter(Boolean).join(' ')
  if (href) {
    return (
      <a class={classes} href={href}>
        {children}
      </a>
    )
  }
  return (
    <button class={classes} type={type} {...rest}>
      {children}
    </button>
  )
}
