// Worked cases of rules/*/examples: each is a test of the law as written and of the engine.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Answer } from './assess/answer.ts'
import type { Tariff } from './create-tariff.ts'
import type { BasketJson } from './parse-basket.ts'

export type WorkedCase = {
  id: string
  by: 'hand' | 'authority'
  derivation?: string
  citation?: { title: string; publisher: string; url: string; read: string }
  quoted?: Record<string, unknown>
  on: string
  to: string
  strict?: boolean
  basket: BasketJson
  expect: {
    status?: string
    route?: string
    totals?: Record<string, string | null>
    charges?: { line?: string; rule: string; amount: string }[]
    notCovered?: string[]
    reasons?: string[]
  }
  file: string
}

export function readExamples(rulesFolder: string): WorkedCase[] {
  return readdirSync(rulesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(rulesFolder, entry.name, 'examples')))
    .flatMap((entry) =>
      readdirSync(join(rulesFolder, entry.name, 'examples'))
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .flatMap((name) => {
          const file = `${entry.name}/examples/${name}`
          const cases = parse(readFileSync(join(rulesFolder, file), 'utf8')) as WorkedCase[] | null
          return (cases ?? []).map((each) => ({ ...each, file }))
        }),
    )
}

/** What of a case's expectation the engine does not meet; empty when it meets all. */
export function checkExample(tariff: Tariff, example: WorkedCase): string[] {
  let answer: Answer
  try {
    answer = tariff.quote(example.basket, example.to, {
      on: example.on,
      strict: example.strict ?? false,
    })
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
  const wrong: string[] = []
  const compare = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== undefined && wanted !== got) wrong.push(`${what}: wanted ${wanted}, got ${got}`)
  }
  const { expect } = example
  compare('status', expect.status, answer.status)
  compare('route', expect.route, answer.route ?? undefined)
  for (const [key, wanted] of Object.entries(expect.totals ?? {}))
    compare(key, wanted, answer.totals[key as keyof Answer['totals']])
  for (const { line, rule, amount } of expect.charges ?? []) {
    const charges =
      line === undefined
        ? answer.charges
        : (answer.lines.find(({ id }) => id === line)?.charges ?? [])
    const same = charges.filter((charge) => charge.rule === rule)
    if (!same.some((charge) => charge.amount === amount))
      wrong.push(
        `${line ?? 'consignment'} ${rule}: wanted ${amount}, got ${same.map((each) => each.amount).join(', ') || `none of ${charges.map((each) => `${each.rule} ${each.amount}`).join(', ')}`}`,
      )
  }
  compare('notCovered', sorted(expect.notCovered), sorted(answer.notCovered))
  const reasons = [...answer.reasons, ...answer.lines.flatMap((each) => each.reasons)].map(
    ({ code }) => code,
  )
  compare('reasons', sorted(expect.reasons), sorted([...new Set(reasons)]))
  return wrong
}

const sorted = (words: readonly string[] | undefined): string | undefined =>
  words && [...words].sort().join(' ')
