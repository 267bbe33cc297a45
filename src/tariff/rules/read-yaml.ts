import { existsSync, readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** What is wrong with a rule file, and where. */
export type RuleFault = { readonly file: string; readonly line: number; readonly reason: string }

/** Where a record stands in its file; under a symbol, so that it is no part of the rule itself. */
export const placed = Symbol('place in its file')
export type Place = Omit<RuleFault, 'reason'>
export const placeOf = (record: object): Place | undefined =>
  (record as { [placed]?: Place })[placed]

/** Rule files that cannot be trusted: nothing of them is loaded. The message names file, line and reason. */
export class RulesError extends Error {
  readonly faults: readonly RuleFault[]

  constructor(faults: readonly RuleFault[]) {
    super(faults.map(({ file, line, reason }) => `${file}:${line}: ${reason}`).join('\n'))
    this.name = 'RulesError'
    this.faults = faults
  }
}

/** A parsed file that can still say on which line a value stood. */
export type YamlFile<T> = {
  readonly value: T
  place(path: readonly PropertyKey[]): Place
  fault(path: readonly PropertyKey[], reason: string): RuleFault
}

/** Reads and checks one yaml file; undefined when there is none. Throws RulesError naming every fault in it. */
export function readYaml<S extends z.ZodType>(
  path: string,
  name: string,
  schema: S,
): YamlFile<z.infer<S>> | undefined {
  if (!existsSync(path)) return undefined
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  const fault = (at: readonly PropertyKey[], reason: string): RuleFault => ({
    file: name,
    line: lineOf(at),
    reason,
  })
  const lineOf = (at: readonly PropertyKey[]): number => {
    for (let depth = at.length; depth >= 0; depth -= 1) {
      const node = document.getIn(at.slice(0, depth), true) as
        | { range?: [number, number, number] }
        | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  if (document.errors.length > 0)
    throw new RulesError(
      document.errors.map((error) => ({
        file: name,
        line: error.linePos?.[0].line ?? 1,
        reason: error.message.split('\n')[0] ?? 'not yaml',
      })),
    )
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (!parsed.success)
    throw new RulesError(
      parsed.error.issues.map((issue) =>
        fault(issue.path, `${issue.path.map(String).join('.')}: ${issue.message}`),
      ),
    )
  const place = (at: readonly PropertyKey[]): Place => ({ file: name, line: lineOf(at) })
  return { value: parsed.data, fault, place }
}
