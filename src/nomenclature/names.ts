// Whoever types the name of a subheading means it. A text is such a name when it says no less and no more: the whole name,
// or one of the things it lists with all that it says of them.
import type { Concepts } from './attributes.ts'
import type { Entry } from './plain.ts'
import { fold } from './words/fold.ts'
import { emptyWords, faintWords, wearers } from './words/noise.ts'
import { stem } from './words/stem.ts'
import { joiners, tokenize } from './words/tokenize.ts'

export type Named = { readonly code: string; readonly isWhole: boolean }
export type Names = { named(text: string): Named | undefined }

/** A name that only says what its neighbours are not names nothing by itself. */
const isRest = /\b(?:other|not|non|without|except|elsewhere)\b/i
const between = /[,;:()]| or | and /
/** In these chapters everything is knitted, or woven; to say so is no more. */
const making: Readonly<Record<string, readonly string[]>> = {
  '61': ['knitted', 'knit', 'crocheted'],
  '62': ['woven'],
}

export function readNames(entries: readonly Entry[], concepts: Concepts): Names {
  const wholes = new Map<string, string>()
  const parts = new Map<string, string>()
  for (const { code, lang, name, trade } of entries) {
    if (lang !== 'en' || code.length < 6 || trade === 0 || isRest.test(name) || /\d/.test(name))
      continue
    put(wholes, keyOf(stemsOf(name)), code)
    const listed = name.split(between).map(stemsOf)
    const said = saidOfAll(listed, /, [^,]*$/.exec(name)?.[0].includes(' and ') === false, concepts)
    if (listed.length > 1)
      for (const own of listed) if (own.length > 0) put(parts, keyOf([...own, ...said]), code)
  }
  const find = (words: readonly string[]): Named | undefined => {
    const key = keyOf(words)
    const whole = wholes.get(key)
    const code = whole || parts.get(key)
    return code ? { code, isWhole: !!whole } : undefined
  }
  return {
    named: (text) => {
      if (isRest.test(text)) return undefined
      const words = stemsOf(text)
      const telling = words.filter((word) => wearers.has(word) || !faintWords.has(word))
      const bare = telling.filter((word) => !wearers.has(word))
      const exact = find(words) ?? find(telling) ?? find(bare)
      if (exact) return exact
      for (const [chapter, made] of Object.entries(making)) {
        const found = find(bare.filter((word) => !made.includes(word)))
        if (found?.code.startsWith(chapter)) return found
      }
      return undefined
    },
  }
}

/** Before a thing, or alone at the end: `Leather wallets, purses`; `Dresses, cotton`. */
function saidOfAll(
  listed: readonly string[][],
  isLastOfAll: boolean,
  concepts: Concepts,
): string[] {
  const isSaid = (word: string): boolean => concepts.named(word).size > 0
  const last = listed.at(-1) ?? []
  return [
    ...listed.flatMap((own) => own.slice(0, -1).filter(isSaid)),
    ...(isLastOfAll && last.every(isSaid) ? last : []),
  ]
}

/** A name of two is the name of none. */
function put(names: Map<string, string>, key: string, code: string): void {
  if (key !== '') names.set(key, (names.get(key) ?? code) === code ? code : '')
}

const stemsOf = (text: string): string[] =>
  tokenize(fold(text))
    .filter((token) => !joiners.has(token.text))
    .map((token) => stem(token.text, 'en'))
    .filter((word) => !emptyWords.has(word))

const keyOf = (words: readonly string[]): string => [...new Set(words)].sort().join(' ')
