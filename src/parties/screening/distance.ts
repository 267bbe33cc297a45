/**
 * 0 for the same word, 1 where one letter was put in, left out, changed or swapped with its
 * neighbour, 2 for all else.
 */
export function lettersApart(a: string, b: string): 0 | 1 | 2 {
  if (a === b) return 0
  const more = a.length - b.length
  if (more > 1 || more < -1) return 2
  let from = 0
  const shortest = Math.min(a.length, b.length)
  while (from < shortest && a.charCodeAt(from) === b.charCodeAt(from)) from += 1
  let toA = a.length - 1
  let toB = b.length - 1
  while (toA >= from && toB >= from && a.charCodeAt(toA) === b.charCodeAt(toB)) {
    toA -= 1
    toB -= 1
  }
  if (toA <= from && toB <= from) return 1
  const swapped =
    toA === from + 1 &&
    toB === from + 1 &&
    a.charCodeAt(from) === b.charCodeAt(toB) &&
    a.charCodeAt(toA) === b.charCodeAt(from)
  return swapped ? 1 : 2
}

/**
 * How far two sounds lie apart when a vowel for a vowel costs little, in consonants: 0.25 for
 * another vowel, 0.35 for one more or less, 1 for a consonant.
 */
export function soundsApart(a: string, b: string): number {
  if (a === b) return 0
  let last = [0]
  for (let column = 1; column <= b.length; column += 1)
    last.push(at(last, column - 1) + weight(b.charCodeAt(column - 1)))
  for (let row = 1; row <= a.length; row += 1) {
    const letterA = a.charCodeAt(row - 1)
    const weightA = weight(letterA)
    const next = [at(last, 0) + weightA]
    for (let column = 1; column <= b.length; column += 1) {
      const letterB = b.charCodeAt(column - 1)
      const weightB = weight(letterB)
      const change = letterA === letterB ? 0 : weightA < 1 && weightB < 1 ? 0.25 : 1
      next.push(
        Math.min(
          at(last, column - 1) + change,
          at(last, column) + weightA,
          at(next, column - 1) + weightB,
        ),
      )
    }
    last = next
  }
  return at(last, b.length)
}

const vowels: ReadonlySet<number> = new Set([...'aeiou'].map((letter) => letter.charCodeAt(0)))

const weight = (letter: number): number => (vowels.has(letter) ? 0.35 : 1)

const at = (row: readonly number[], index: number): number => row[index] ?? 0
