import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { cleanLine, cleanText } from '../../basis/clean-text.ts'

/** What was typed into a form. */
export type Form = {
  /** As one line without unseen signs; empty when it is missing. */
  text(name: string): string
  /** The same with its line breaks. */
  lines(name: string): string
  /** Every value of a name. */
  all(name: string): readonly string[]
}

const longest = 4_000

export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true }).catch(() => {
    throw new HTTPException(400)
  })
  const all = (name: string): string[] =>
    [body[name]]
      .flat()
      .flatMap((value) => (typeof value === 'string' ? [value.slice(0, longest)] : []))
  return {
    all: (name) => all(name).map(cleanLine),
    text: (name) => cleanLine(all(name)[0] ?? ''),
    lines: (name) => cleanText(all(name)[0] ?? ''),
  }
}

/** The bytes of a file of the form; undefined where none was chosen. */
export async function fileIn(c: Context, name: string): Promise<Uint8Array | undefined> {
  const body = await c.req.parseBody({ all: true })
  const [file] = [body[name]].flat()
  return file instanceof File && file.size > 0
    ? new Uint8Array(await file.arrayBuffer())
    : undefined
}

/** Pieces as they are typed; undefined for what is none of `least` to 999. */
export function readPieces(text: string, least: 0 | 1): number | undefined {
  const pieces = /^\d{1,3}$/.test(text) ? Number(text) : -1
  return pieces >= least ? pieces : undefined
}
