/** Where a text stops being JSON and what was wanted there; parsers differ in whether they say. */
export type JsonFault = { readonly line: number; readonly column: number; readonly wanted: string }

type State = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma' | 'nothing'

const wanted: Readonly<Record<State, string>> = {
  value: 'a value',
  'value-or-end': 'a value or "]"',
  key: 'a name in double quotes',
  'key-or-end': 'a name in double quotes or "}"',
  colon: '":" after a name',
  comma: '"," or the closing bracket',
  nothing: 'nothing after the end',
}

const space = /[ \t\n\r]*/y
const plain = /[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Reads along a text that `JSON.parse` refused, up to the first place that no JSON can have. */
export function findJsonFault(text: string): JsonFault {
  const open: ('{' | '[')[] = []
  let state: State = 'value'
  let at = 0
  const fault = (what: string): JsonFault => ({ ...placeIn(text, at), wanted: what })
  const closed = (): State => (open.length > 0 ? 'comma' : 'nothing')
  for (;;) {
    at = skip(space, text, at)
    const next = text[at]
    if (next === undefined) return fault(state === 'nothing' ? 'JSON' : wanted[state])
    const isValue = state === 'value' || state === 'value-or-end'
    const isKey: boolean = state === 'key' || state === 'key-or-end'
    if (next === '"' && (isValue || isKey)) {
      at = skip(plain, text, at + 1)
      if (text[at] !== '"') return fault('the rest of a string, without line breaks')
      at += 1
      state = isKey ? 'colon' : closed()
    } else if (isValue && (next === '{' || next === '[')) {
      open.push(next)
      at += 1
      state = next === '{' ? 'key-or-end' : 'value-or-end'
    } else if (closes(next, state, open.at(-1))) {
      open.pop()
      at += 1
      state = closed()
    } else if (isValue) {
      const end = skip(scalar, text, at)
      if (end === at) return fault(wanted[state])
      at = end
      state = closed()
    } else if (state === 'colon' && next === ':') {
      at += 1
      state = 'value'
    } else if (state === 'comma' && next === ',') {
      at += 1
      state = open.at(-1) === '{' ? 'key' : 'value'
    } else return fault(wanted[state])
  }
}

function closes(next: string, state: State, open: '{' | '[' | undefined): boolean {
  if (next === '}') return open === '{' && (state === 'comma' || state === 'key-or-end')
  return next === ']' && open === '[' && (state === 'comma' || state === 'value-or-end')
}

function skip(what: RegExp, text: string, from: number): number {
  what.lastIndex = from
  return what.test(text) ? what.lastIndex : from
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: at - start + 1 }
}
