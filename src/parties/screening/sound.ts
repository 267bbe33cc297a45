/**
 * How a word sounds, so that ways of writing the same name meet: Mohammed and Muhammad, Ivanov and
 * Ivanoff, Yusuf and Youssef, Aleksandr and Alexander. Latin letters only; vowels stay in `soundOf`
 * and leave in `skeletonOf`.
 */
export function soundOf(word: string): string {
  let text = word
  for (const [written, said] of spellings) text = text.replace(written, said)
  return text
}

/** The consonants of a sound, with a first vowel kept as one sign for any. */
export function skeletonOf(sound: string): string {
  const rest = sound.slice(1).replace(/[aeiouy]/g, '')
  const first = sound.slice(0, 1)
  return (/[aeiou]/.test(first) ? '' : first) + rest
}

/** The order matters: longer spellings first, doubled letters last. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/(?<=[oei])(ff|w|v)$/, 'v'],
  [/sc?hch|sc?h|sch/g, 'S'],
  [/tch|tsch|ch|cz/g, 'C'],
  [/dzh|dj|zh/g, 'j'],
  [/kh|x(?=h)/g, 'h'],
  [/x|ks/g, 'ks'],
  [/gh/g, 'g'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/ts|tz/g, 'z'],
  [/ck|q|c(?=[^eiy]|$)/g, 'k'],
  [/c/g, 's'],
  [/w/g, 'v'],
  [/(iy|yi|ij|ii|ey|ei|ie|ee|yy)$/g, 'i'],
  [/ee|ie|ii|iy|yi/g, 'i'],
  [/oo|ou/g, 'u'],
  [/y(?=[aeou])/g, 'i'],
  [/y/g, 'i'],
  [/(?<=[aeiou])h(?=[^aeiou]|$)/g, ''],
  [/(.)\1+/g, '$1'],
]
