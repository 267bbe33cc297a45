import { fork } from 'node:child_process'
import { join } from 'node:path'
import { now } from './measure.ts'
import type { Differing, Range } from './twin-worker.ts'

/** What the engine and the naive second implementation said about random baskets of one set of rules. */
export interface TwinOutcome {
  rules: string
  baskets: number
  seconds: number
  differing: number
  /** The first basket on which they differ, and in what; or how the comparison itself broke. */
  fault?: string
}

const root = join(import.meta.dirname, '../..')
const sets = { 'invented territories': 'test/twin/fixtures/rules', 'rules/': 'rules' }

/** Seeds 1 to `baskets` of each set of rules, over two processes at once. */
export async function compareWithTwin(baskets: number): Promise<TwinOutcome[]> {
  const outcomes: TwinOutcome[] = []
  for (const [rules, folder] of Object.entries(sets))
    outcomes.push(await compareSet(rules, join(root, folder), baskets))
  return outcomes
}

async function compareSet(rules: string, folder: string, baskets: number): Promise<TwinOutcome> {
  const begun = now()
  const half = Math.ceil(baskets / 2)
  const parts = await Promise.all([
    compareRange({ rulesFolder: folder, firstSeed: 1, baskets: half }),
    compareRange({ rulesFolder: folder, firstSeed: 1 + half, baskets: baskets - half }),
  ])
  const differing = parts.reduce((sum, { count }) => sum + count, 0)
  const fault = parts.find(({ first }) => first)?.first
  const seconds = (now() - begun) / 1000
  return { rules, baskets, seconds, differing, ...(fault ? { fault } : {}) }
}

function compareRange(range: Range): Promise<Differing> {
  const child = fork(join(import.meta.dirname, 'twin-worker.ts'), {
    execArgv: ['--import', join(root, 'bin/loader.js')],
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  child.send(range)
  return new Promise((resolve, reject) => {
    let found: Differing | undefined
    child.on('message', (message) => (found = message as Differing))
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      resolve(found ?? { count: 0, first: `the comparison ended (${signal ?? code})` }),
    )
  })
}
