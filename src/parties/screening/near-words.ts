/**
 * A set of words that finds what lies one letter away without looking at the rest: every word is
 * filed under itself and under itself without each of its letters, and so is the question ("symmetric
 * delete"). Two words that differ by one letter put in, left out, changed or swapped always share
 * such a form. Forms are 32-bit hashes in typed arrays: no text is kept, and what only shares a hash
 * is left to the caller to turn away.
 */
export interface NearWords {
  /** Numbers of words that may be one letter away; a number can come more than once. */
  near(word: string, found: (index: number) => void): void
}

export function nearWords(words: readonly string[], depth: Depth): NearWords {
  return inOneGo(nearWordsInSlices(words, depth))
}

/** How many letters a word may be away: none where it is too short to tell. */
export type Depth = (word: string) => 0 | 1

/** Long work that stops now and then, so that others get their turn. */
export type Slices<T> = Generator<undefined, T>

export function inOneGo<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

export function* nearWordsInSlices(words: readonly string[], depth: Depth): Slices<NearWords> {
  let forms = 0
  for (const word of words) forms += depth(word) === 1 ? word.length + 1 : 1
  const bits = Math.max(10, Math.ceil(Math.log2(forms + 1)) + 1)
  const mask = 2 ** bits - 1
  const starts = new Uint32Array(mask + 2)
  const count = (hash: number): void => {
    const at = (hash & mask) + 1
    starts[at] = (starts[at] ?? 0) + 1
  }
  yield* eachForm(words, depth, count)
  for (let at = 1; at < starts.length; at += 1)
    starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  yield
  const fill = starts.slice()
  const members = new Uint32Array(forms)
  const hashes = new Uint32Array(forms)
  yield* eachForm(words, depth, (hash, index) => {
    const place = fill[hash & mask] ?? 0
    fill[hash & mask] = place + 1
    members[place] = index
    hashes[place] = hash
  })

  const look = (hash: number, found: (index: number) => void): void => {
    const end = starts[(hash & mask) + 1] ?? 0
    for (let place = starts[hash & mask] ?? 0; place < end; place += 1)
      if (hashes[place] === hash) found(members[place] ?? 0)
  }
  return {
    near(word, found) {
      look(hashWithout(word, -1), found)
      if (depth(word) === 0) return
      for (let skip = 0; skip < word.length; skip += 1) look(hashWithout(word, skip), found)
    },
  }
}

function* eachForm(
  words: readonly string[],
  depth: Depth,
  visit: (hash: number, index: number) => void,
): Slices<void> {
  for (const [index, word] of words.entries()) {
    if (index % 2_000 === 1_999) yield
    visit(hashWithout(word, -1), index)
    if (depth(word) === 1)
      for (let skip = 0; skip < word.length; skip += 1) visit(hashWithout(word, skip), index)
  }
}

/** FNV-1a with a last mix, over the word without one letter. */
function hashWithout(word: string, skip: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at += 1)
    if (at !== skip) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
