import type { Cell } from './schedule.ts'
import { usRate } from './rate-text/us.ts'

/**
 * Programme symbols of HTS General Note 3(c). `A*`, `E*` and `J*` are programmes of their own:
 * some beneficiary countries are left out of them for the goods of that line. B, C, K and L depend
 * on the use or kind of the goods (vehicles, aircraft, medicines, dyes), not on a country.
 */
export const usProgrammes: readonly string[] =
  'A A* A+ AU B BH C CA CL CO D E E* IL J J* J+ JO JP K KR L MA MX NP OM P P+ PA PE R S S+ SG'.split(
    ' ',
  )

const known = new Set(usProgrammes)

/**
 * The Special column: rates, each followed by the symbols it is for, as in `Free (AU,BH) 3.2%
 * (JP)`. A rate without symbols is kept under `special`, a column no agreement reads.
 */
export function specialCells(text: string): Cell[] {
  const found = new Map<string, Set<string>>()
  const give = (symbol: string, rate: string): void => {
    found.set(symbol, (found.get(symbol) ?? new Set()).add(rate))
  }
  let pending = ''
  for (const piece of mended(text).split(/(\([^()]*\))/)) {
    const symbols = piece.startsWith('(') ? symbolsOf(piece.slice(1, -1)) : undefined
    if (!symbols) {
      pending += piece
      continue
    }
    for (const symbol of symbols) give(symbol, pending.trim())
    pending = ''
  }
  if (pending.trim()) give('special', pending.trim())
  return [...found].map(([column, rates]) => {
    const official = [...rates].join('; ')
    const rate = rates.size === 1 && column !== 'special' ? usRate(official) : undefined
    return { column, official, rate }
  })
}

/**
 * Undefined when the brackets hold words and not symbols. The export misprints some: `.OM`, `E
 * IL`, `e`.
 */
function symbolsOf(inside: string): string[] | undefined {
  const symbols = inside
    .toUpperCase()
    .split(/[\s,.]+/)
    .filter(Boolean)
  return symbols.length > 0 && symbols.every((symbol) => known.has(symbol)) ? symbols : undefined
}

/** One line of the 2024 export closes `(PA (PA)`. */
const mended = (text: string): string => text.replace(/\(([A-Z+*]{1,2}) (?=\(\1\))/g, '')
