// Words as numbers. A hash table over the letters as they lie in a text, for hundreds of thousands of words are read when
// a hub starts, and most of them were met before: no piece of text is made for those.

export type Interner = {
  /** By number, as first met. */
  readonly words: readonly string[]
  /** The number of the word between two places of a text, a new one where it was not met before. */
  idOf(text: string, from: number, to: number): number
  /** -1 for a word not met. */
  find(word: string): number
}

export function createInterner(): Interner {
  const words: string[] = []
  const hashes: number[] = []
  let slots = new Int32Array(1 << 14)
  const place = (text: string, from: number, to: number, hash: number): number => {
    let slot = hash & (slots.length - 1)
    for (let id = slots[slot]! - 1; id >= 0; id = slots[slot]! - 1) {
      if (hashes[id] === hash && isSame(words[id]!, text, from, to)) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }
  const grow = (): void => {
    const wider = new Int32Array(slots.length * 2)
    for (const [id, hash] of hashes.entries()) {
      let slot = hash & (wider.length - 1)
      while (wider[slot] !== 0) slot = (slot + 1) & (wider.length - 1)
      wider[slot] = id + 1
    }
    slots = wider
  }
  return {
    words,
    idOf: (text, from, to) => {
      const hash = hashOf(text, from, to)
      const slot = place(text, from, to, hash)
      const known = slots[slot]! - 1
      if (known >= 0) return known
      slots[slot] = words.push(text.slice(from, to))
      hashes.push(hash)
      if (words.length * 2 > slots.length) grow()
      return words.length - 1
    },
    find: (word) => slots[place(word, 0, word.length, hashOf(word, 0, word.length))]! - 1,
  }
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}

function isSame(word: string, text: string, from: number, to: number): boolean {
  if (word.length !== to - from) return false
  for (let at = 0; at < word.length; at++)
    if (word.charCodeAt(at) !== text.charCodeAt(from + at)) return false
  return true
}
