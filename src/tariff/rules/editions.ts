// HS editions: a code is carried from one edition to another only where a correlation says one-to-one.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Day } from '../../basis/day.ts'
import { hsEditions, type HsEdition } from '../../basis/hs.ts'

export type Editions = {
  /** The code in the other edition; undefined when the correlation does not make it one-to-one. */
  carry(code: string, from: HsEdition, to: HsEdition): string | undefined
}

/** The edition in force under the HS Convention on the day; each began on 1 January of its year. */
export function editionOn(day: Day): HsEdition {
  if (day >= '2028-01-01') return '2028'
  return day >= '2022-01-01' ? '2022' : day >= '2017-01-01' ? '2017' : '2012'
}

type Step = { readonly changed: ReadonlyMap<string, string | undefined> }

/** Reads `<from>-<to>.csv`: from,to,relation. Codes not listed mean the same in both editions. */
export function readEditions(folder: string): Editions {
  const steps = new Map<string, Step>()
  for (let index = 1; index < hsEditions.length; index += 1) {
    const [older, newer] = [hsEditions[index - 1] as string, hsEditions[index] as string]
    const path = join(folder, `${older}-${newer}.csv`)
    if (!existsSync(path)) continue
    const pairs = readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .filter((row) => /^\d/.test(row))
      .map((row) => row.split(','))
    steps.set(`${older}>${newer}`, stepOf(pairs, 0, 1))
    steps.set(`${newer}>${older}`, stepOf(pairs, 1, 0))
  }
  return {
    carry(code, from, to) {
      let current: string | undefined = code
      let at = hsEditions.indexOf(from)
      const target = hsEditions.indexOf(to)
      while (at !== target && current !== undefined) {
        const next = at < target ? at + 1 : at - 1
        const step = steps.get(`${hsEditions[at]}>${hsEditions[next]}`)
        if (!step) return undefined
        current = carryOne(current, step)
        at = next
      }
      return current
    },
  }
}

/** One target and no other source for it: the code is carried. Anything else: it is not. */
function stepOf(pairs: readonly string[][], source: number, target: number): Step {
  const targets = tally(pairs, source, target)
  const sources = tally(pairs, target, source)
  const changed = new Map<string, string | undefined>()
  for (const [from, to] of targets) {
    const [only = ''] = to
    changed.set(from, to.size === 1 && sources.get(only)?.size === 1 ? only : undefined)
  }
  // Gone from the other edition, and where its goods went is not held.
  for (const pair of pairs) if (pair[target] === '') changed.set(pair[source] ?? '', undefined)
  return { changed }
}

function tally(pairs: readonly string[][], key: number, value: number): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const pair of pairs) {
    const [from = '', to = ''] = [pair[key], pair[value]]
    if (from !== '' && to !== '') found.set(from, (found.get(from) ?? new Set()).add(to))
  }
  return found
}

function carryOne(code: string, step: Step): string | undefined {
  if (code.length < 6) return code
  const six = code.slice(0, 6)
  if (!step.changed.has(six)) return code
  return step.changed.get(six)
}
