import { lettersApart, soundsApart } from './distance.ts'

/** A word with what it sounds like. */
export interface SoundedWord {
  text: string
  consonants: boolean
  sound: string
  skeleton: string
}

/** Below this two words are two words. */
const least = 0.62

/**
 * How alike two words are, 0 to 1: the same letters 1, the same sound a little less, a slip of one
 * letter less the shorter the word, the same consonants where one script leaves vowels out.
 */
export function likeness(a: SoundedWord, b: SoundedWord): number {
  if (a.text === b.text) return a.consonants === b.consonants ? 1 : 0.95
  const length = Math.max(a.text.length, b.text.length)
  const apart = lettersApart(a.text, b.text)
  const slip = apart === 1 ? 1 - 1.2 / Math.max(1, length - (length < 5 ? 0.6 : 0)) : 0
  const alike = Math.max(slip, soundAlike(a, b))
  return alike >= least ? alike : 0
}

function soundAlike(a: SoundedWord, b: SoundedWord): number {
  if (a.sound === b.sound) return lettersApart(a.text, b.text) === 1 ? 0.98 : 0.96
  if (a.skeleton !== b.skeleton) {
    const length = Math.max(a.sound.length, b.sound.length)
    return length >= 6 && lettersApart(a.sound, b.sound) === 1 ? 0.94 - 1.2 / length : 0
  }
  if (a.consonants !== b.consonants) return a.skeleton.length > 2 ? 0.9 : 0.75
  const apart = soundsApart(a.sound, b.sound)
  return 0.96 - (1.8 * apart) / Math.max(a.sound.length, b.sound.length)
}
