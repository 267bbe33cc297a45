// npm run bench [-- name...] [--json]: the quick set, and one table of what it gave.
import { parseArgs } from 'node:util'
import { benchNames, quickNames } from './benches.ts'
import { isMet } from './support/figure.ts'
import { describeMachine } from './support/machine.ts'
import { loadWarning, machineLine, printTable, remarks } from './support/print.ts'
import { isBench, runBenches, type Outcome } from './support/run-benches.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !isBench(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; known: ${benchNames.join(', ')}`)
  process.exitCode = 2
} else await main(positionals.length > 0 ? positionals.filter(isBench) : quickNames)

async function main(names: Parameters<typeof runBenches>[0]): Promise<void> {
  const machine = describeMachine()
  const warning = loadWarning(machine)
  if (warning) console.error(`${warning}\n`)
  const outcomes = await runBenches(names, (name) => console.error(`measuring ${name} ...`))
  if (values.json)
    console.log(JSON.stringify({ machine, outcomes: judged(outcomes) }, undefined, 2))
  else {
    const figures = outcomes.flatMap((each) => each.figures)
    console.log(['', printTable(figures), '', ...remarks(outcomes), ''].join('\n'))
    console.log([machineLine(machine), ...(warning ? [warning] : [])].join('\n'))
  }
  // A missed bar is a figure like any other; only a benchmark that broke is a fault.
  if (outcomes.some(({ fault }) => fault)) process.exitCode = 3
}

function judged(outcomes: readonly Outcome[]) {
  return outcomes.map((outcome) => ({
    ...outcome,
    figures: outcome.figures.map((figure) => ({ ...figure, met: isMet(figure) ?? null })),
  }))
}
