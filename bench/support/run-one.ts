// The process of one benchmark, told by run-benches.ts. Alone it can be looked at with a profiler:
// node --cpu-prof --import ./bin/loader.js bench/support/run-one.ts http
import { benches, type BenchName } from '../benches.ts'
import { watchOthers } from './machine.ts'
import { now } from './measure.ts'
import type { Outcome } from './run-benches.ts'

const bench = process.argv[2] as BenchName
const { load, alone } = benches[bench]
const begun = now()
const othersBusy = watchOthers()
let outcome: Outcome
try {
  const { run } = await load()
  const figures = await run()
  const seconds = (now() - begun) / 1000
  outcome = { bench, figures, seconds, ...(alone ? { others: othersBusy() } : {}) }
} catch (error) {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
  outcome = { bench, figures: [], seconds: (now() - begun) / 1000, fault }
}
if (process.send) process.send(outcome, () => process.exit())
else console.log(outcome)
