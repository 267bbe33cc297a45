import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Basket, Status, TwinAnswer, TwinTotals } from './types.ts'

/** Section 10: worked cases, and how an answer is held against one. */

export interface Example {
  id: string
  on: string
  to: string
  strict?: boolean
  basket: Basket
  expect: {
    status?: Status
    route?: string | null
    totals?: Partial<TwinTotals>
    charges?: { line?: string; kind?: string; rule: string; amount: string }[]
    notCovered?: string[]
    reasons?: string[]
    alternatives?: TwinAnswer['alternatives']
  }
}

export function readExamples(file: string): Example[] {
  return (parse(readFileSync(file, 'utf8')) ?? []) as Example[]
}

export function exampleFilesOf(rulesFolder: string): string[] {
  return readdirSync(rulesFolder)
    .map((territory) => join(rulesFolder, territory, 'examples'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
}

/** The part of an answer that a case speaks about, in the case's own shape. */
export function asExpected(expect: Example['expect'], answer: TwinAnswer): Example['expect'] {
  const told: Example['expect'] = {}
  if (expect.status !== undefined) told.status = answer.status
  if (expect.route !== undefined) told.route = answer.route
  if (expect.totals) {
    const names = Object.keys(expect.totals) as (keyof TwinTotals)[]
    told.totals = Object.fromEntries(names.map((name) => [name, answer.totals[name]]))
  }
  if (expect.charges) {
    const all = chargesOf(answer)
    told.charges = expect.charges.map((charge) => {
      const rest = all.filter(
        ({ line, kind, rule }) =>
          line === charge.line && rule === charge.rule && kind === (charge.kind ?? kind),
      )
      const same = rest.find((each) => each.amount === charge.amount) ?? rest[0]
      return {
        ...charge,
        rule: same?.rule ?? `none of ${all.map(({ line, rule }) => `${line}:${rule}`).join(' ')}`,
        amount: same?.amount ?? 'none',
        ...(charge.kind !== undefined && { kind: same?.kind ?? 'none' }),
      }
    })
  }
  if (expect.notCovered) told.notCovered = inOrderOf(expect.notCovered, answer.notCovered)
  if (expect.reasons) told.reasons = inOrderOf(expect.reasons, reasonsOf(answer))
  if (expect.alternatives) told.alternatives = answer.alternatives
  return told
}

function chargesOf({ lines, consignmentCharges }: TwinAnswer) {
  return [
    ...lines.flatMap(({ id, charges }) => charges.map((charge) => ({ line: id, ...charge }))),
    ...consignmentCharges.map((charge) => ({ line: undefined, ...charge })),
  ]
}

export function reasonsOf({ lines, reasons }: TwinAnswer): string[] {
  return [...new Set([...reasons, ...lines.flatMap((line) => line.reasons)])].toSorted()
}

/** Sets are compared, whatever the order the case lists them in. */
function inOrderOf(wanted: string[], found: string[]): string[] {
  const known = wanted.filter((name) => found.includes(name))
  return [...known, ...found.filter((name) => !wanted.includes(name))]
}
