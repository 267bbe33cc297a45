// How well names of lists are found again with a slip of the pen in them, and how often ordinary names are taken for them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readList } from '../../src/parties/screening/import/index.ts'
import type { ListCode, ListedEntry } from '../../src/parties/screening/listed.ts'
import { reviewFrom, type Screener } from '../../src/parties/screening/screener.ts'
import { ordinaryNames } from './ordinary-names.ts'
import { seeded } from './random.ts'

const sources: readonly (readonly [ListCode, ...string[]])[] = [
  ['un', 'un-consolidated-2026-02-27.xml.gz'],
  ['eu', 'eu-journal-consolidated-2026-08.tar.gz'],
  ['ofac', 'ofac-2022-01-sdn.csv.gz', 'ofac-2022-01-alt.csv.gz', 'ofac-2022-01-add.csv.gz'],
  ['ofac', 'ofac-sdn-2023-01.csv.gz'],
  ['bis', 'us-bis-dpl.txt.gz'],
]

/** Every entry of every list in the folder of reference data; both years of OFAC, for the sake of their number. */
export function referenceEntries(folder: string): ListedEntry[] {
  return sources.flatMap(([list, ...names]) => {
    const files = names.map((name) => ({
      name,
      bytes: readFileSync(join(folder, 'sanctions', name)),
    }))
    return [...readList(list, files).entries]
  })
}

export interface Quality {
  asked: number
  /** Share of misspelt listed names whose own entry is among the hits an officer must look at. */
  recall: number
  /** The same for names not in Latin letters. */
  recallOtherScripts: number
  /** Share of ordinary names that an officer must look at. */
  falseAlarms: number
  /** Of what an officer must look at, when as many listed as ordinary names are asked: the share that is listed. */
  precision: number
}

export interface Questions {
  listed: readonly { listed: string; asked: string }[]
  ordinary: readonly string[]
}

/** As many listed names with one slip as ordinary names; the same seed gives the same ones. */
export function makeQuestions(
  entries: readonly ListedEntry[],
  count: number,
  seed: number,
): Questions {
  const random = seeded(seed)
  const names = [...new Set(entries.flatMap((entry) => entry.names.map(({ name }) => name)))]
  const listed = Array.from({ length: count }, () => {
    const name = names[Math.floor(random() * names.length)] ?? ''
    return { listed: name, asked: misspelt(name, random) }
  })
  return { listed, ordinary: ordinaryNames(count, seed + 1) }
}

export function qualityOf(screener: Screener, { listed, ordinary }: Questions): Quality {
  const found = listed.map(({ listed: name, asked }) =>
    screener
      .check(asked)
      .hits.some(
        ({ score, entry }) => score >= reviewFrom && entry.names.some((each) => each.name === name),
      ),
  )
  const other = listed.map(({ listed: name }) => !/\p{Script=Latin}/u.test(name))
  const alarms = ordinary.filter((name) => (screener.check(name).hits[0]?.score ?? 0) >= reviewFrom)
  const right = found.filter(Boolean).length
  return {
    asked: listed.length,
    recall: right / listed.length,
    recallOtherScripts:
      found.filter((each, at) => each && other[at]).length / other.filter(Boolean).length,
    falseAlarms: alarms.length / ordinary.length,
    precision: right / (right + alarms.length),
  }
}

const latin = [...'abcdefghijklmnopqrstuvwxyz']

/** One letter put in, left out, changed or swapped with its neighbour, anywhere in the name, blanks included. */
export function misspelt(name: string, random: () => number): string {
  const letters = [...name]
  const own = letters.filter((letter) => /\p{L}/u.test(letter))
  const alphabet = /\p{Script=Latin}/u.test(name) ? latin : own
  for (;;) {
    const at = Math.floor(random() * letters.length)
    const letter = alphabet[Math.floor(random() * alphabet.length)] ?? 'x'
    const kind = Math.floor(random() * 4)
    const next = letters[at + 1]
    const changed =
      kind === 0
        ? letters.toSpliced(at, 0, letter)
        : kind === 1
          ? letters.toSpliced(at, 1)
          : kind === 2
            ? letters.with(at, letter)
            : next === undefined
              ? letters
              : letters.with(at, next).with(at + 1, letters[at] ?? '')
    const text = changed.join('')
    if (text !== name && text.trim() !== '') return text
  }
}
