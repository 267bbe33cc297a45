import { fork } from 'node:child_process'
import { join } from 'node:path'
import { benches, type BenchName } from '../benches.ts'
import type { Figure } from './figure.ts'

/** What one benchmark gave, or why it could not. */
export interface Outcome {
  bench: BenchName
  figures: Figure[]
  seconds: number
  /** Cores that other programs kept busy; unknown where the benchmark starts programs itself. */
  others?: number
  fault?: string
}

/** One after the other, each in a process of its own: no figure depends on what ran before it. */
export async function runBenches(
  names: readonly BenchName[],
  onBegin: (name: BenchName) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const name of names) {
    onBegin(name)
    outcomes.push(await runBench(name))
  }
  return outcomes
}

export const isBench = (name: string): name is BenchName => Object.hasOwn(benches, name)

const loader = join(import.meta.dirname, '../../bin/loader.js')

function runBench(bench: BenchName): Promise<Outcome> {
  const child = fork(join(import.meta.dirname, 'run-one.ts'), [bench], {
    execArgv: ['--import', loader],
    // Standard output is the table's.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  return new Promise((resolve, reject) => {
    let outcome: Outcome | undefined
    child.on('message', (message) => (outcome = message as Outcome))
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      resolve(
        outcome ?? {
          bench,
          figures: [],
          seconds: 0,
          fault: `the process ended (${signal ?? code})`,
        },
      ),
    )
  })
}
