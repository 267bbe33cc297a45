import { machineLine, loadWarning, markdownTable, remarks, round } from './print.ts'
import type { Machine } from './machine.ts'
import type { Outcome } from './run-benches.ts'
import type { TwinOutcome } from './twin.ts'

export interface Proof {
  begun: Date
  machine: Machine
  outcomes: readonly Outcome[]
  twin: readonly TwinOutcome[]
}

/** The closing tables as a page that says with which command they were made. */
export function proofPage({ begun, machine, outcomes, twin }: Proof): string {
  const figures = outcomes.flatMap((outcome) => outcome.figures)
  const warning = loadWarning(machine)
  return `# Proof

Printed by \`npm run proof\` on ${begun.toISOString().slice(0, 10)}, not written by hand.
${machineLine(machine)}.
${warning ? `\n${warning}\n` : ''}
## Engine against twin

The twin is a second, naive implementation of docs/rules-schema.md (test/twin). Both are asked about the same random
baskets, with seeds from 1 on.

${twinTable(twin)}
${twin.flatMap(({ fault }) => (fault ? ['', '```', fault, '```'] : [])).join('\n')}
## Figures

How to read them: bench/README.md.

${markdownTable(figures)}

${remarks(outcomes)
  .map((remark) => `- ${remark}`)
  .join('\n')}
`
}

function twinTable(twin: readonly TwinOutcome[]): string {
  const rows = twin.map(
    ({ rules, baskets, differing, seconds, fault }) =>
      `| ${rules} | ${round(baskets)} | ${differing} | ${round(seconds)} | ${fault ? 'NO' : 'yes'} |`,
  )
  return [
    '| rules | baskets | differing | seconds | agree |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
