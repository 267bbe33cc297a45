import type { ListedName, NameQuality } from '../listed.ts'

/**
 * The names in a cell that holds several, parted by semicolons, some with a remark in brackets. `The
 * Ministry of Ships (MOS)` is a name and a weak alias; `(former name)` is neither.
 */
export function namesInText(text: string, quality: NameQuality): ListedName[] {
  return text.split(';').flatMap((part) => {
    const whole = tidied(part)
    const outside = tidied(whole.replace(brackets, ' '))
    if (!/\p{L}/u.test(outside) || isRemark(outside)) return []
    if (outside === whole) return [{ name: whole.replace(/[()]/g, ''), quality }]
    const inside = [...whole.matchAll(brackets)]
      .flatMap((match) => (match[1] ?? '').split(/,(?=\s)/))
      .map((each) => tidied(tidied(each).replace(/^(a\.?k\.?a\.?|aka|alias|also|or)\b[:.]?/i, '')))
      .filter((each) => each.length > 2 && /^[\p{Lu}\p{Lo}\d]/u.test(each) && !isRemark(each))
    const past = /\bformer/i.test(whole) ? 'former' : quality
    return [
      { name: outside, quality: past },
      ...inside.map((name): ListedName => ({ name, quality: 'weak' })),
    ]
  })
}

const brackets = /[(（]([^()（）]*)[)）]/g

/** Words of the publisher about a name. */
const isRemark = (text: string): boolean =>
  /:$|\bspelling\b|^text of image$|\bformerly\b|\blisted as\b|\boriginal script\b|^former name/i.test(
    text,
  )

const tidied = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/^[\s"*,]+|[\s"*,]+$/g, '')
    .trim()

/** Each name once; what one source calls a name and another an alias is a name. */
export function eachOnce(names: readonly ListedName[]): ListedName[] {
  const found = new Map<string, ListedName>()
  for (const each of names) if (!found.has(each.name)) found.set(each.name, each)
  return [...found.values()]
}
