// npm run proof [-- --baskets 100000] [--out docs/proof.md]: the long runs, and a page of what they gave.
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { benchNames } from './benches.ts'
import { describeMachine } from './support/machine.ts'
import { loadWarning } from './support/print.ts'
import { proofPage } from './support/proof-page.ts'
import { runBenches } from './support/run-benches.ts'
import { compareWithTwin } from './support/twin.ts'

const { values } = parseArgs({
  options: {
    baskets: { type: 'string', default: process.env['EWTP_TWIN_BASKETS'] ?? '100000' },
    out: { type: 'string', default: join(import.meta.dirname, '../docs/proof.md') },
  },
})
const begun = new Date()
const machine = describeMachine()
const warning = loadWarning(machine)
if (warning) console.error(`${warning}\n`)

// Figures first, while the machine is quiet.
const outcomes = await runBenches(benchNames, (name) => console.error(`measuring ${name} ...`))
console.error(`comparing ${values.baskets} baskets with the twin ...`)
const twin = await compareWithTwin(Number(values.baskets))

const page = proofPage({ begun, machine, outcomes, twin })
writeFileSync(resolve(values.out), page)
console.log(page)
const faults = [...outcomes, ...twin].filter(({ fault }) => fault)
if (faults.length > 0) process.exitCode = 1
