// Denied-party screening: all names of the lists in EWTP_REFERENCE_DATA in one index in this process, asked with a slip
// of the pen, half of the questions being names of nobody on a list. No result of a question is kept between rounds.
import { createScreener, type Screener } from '../src/parties/screening/screener.ts'
import type { Figure } from './support/figure.ts'
import { median, percentile, processorTime, timed } from './support/measure.ts'
import { makeQuestions, qualityOf, referenceEntries } from './support/screening-quality.ts'

const count = 8_000
const rounds = 5

export function run(): Figure[] {
  const folder = process.env['EWTP_REFERENCE_DATA']
  if (!folder) {
    console.error('screening: not measured, EWTP_REFERENCE_DATA names no folder with the lists')
    return []
  }
  const entries = referenceEntries(folder)
  let screener: Screener | undefined
  const building = processorTime(() => {
    screener = createScreener(entries, 'bench')
  })
  if (!screener) throw new Error('No screener')
  const asked = screener
  const questions = makeQuestions(entries, count, 20261122)
  const names = questions.listed.flatMap((each, at) => [
    each.asked,
    questions.ordinary[at] ?? each.asked,
  ])
  for (const name of names.slice(0, 2_000)) asked.check(name)
  const rates: number[] = []
  const times = names.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    const took = processorTime(() => {
      for (const name of names) asked.check(name)
    })
    rates.push((names.length * 1000) / took)
    for (const [at, name] of names.entries()) times[at]?.push(timed(() => asked.check(name)))
  }
  // Of each question the median round: what other programs did to one round falls out.
  const one = times.map(median)
  const quality = qualityOf(asked, questions)
  const note = `${asked.names} names of ${asked.entries} entries; ${names.length} questions`
  return [
    {
      ...{ name: 'screening: checks', value: median(rates), unit: '/s per core' },
      ...{ bar: { of: 'figure', least: 4_000 }, note },
    },
    {
      ...{ name: 'screening: 99 of 100 checks within', value: percentile(one, 99), unit: 'ms' },
      bar: { of: 'figure', most: 2 },
      note: `half within ${percentile(one, 50).toPrecision(2)} ms, all within ${percentile(one, 100).toPrecision(2)} ms`,
    },
    {
      ...{ name: 'screening: recall at one slip', value: quality.recall * 100, unit: '%' },
      bar: { of: 'figure', least: 97 },
      note: `${quality.asked} listed names; in scripts other than Latin ${percent(quality.recallOtherScripts)}`,
    },
    {
      ...{ name: 'screening: precision at that recall', value: quality.precision * 100 },
      ...{ unit: '%', note: `${percent(quality.falseAlarms)} of ordinary names need an officer` },
    },
    { name: 'screening: index built in', value: building, unit: 'ms', note: 'processor time' },
  ]
}

const percent = (share: number): string => `${(share * 100).toPrecision(3)} %`
