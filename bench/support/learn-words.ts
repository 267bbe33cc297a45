// Which words stood in the consignments of each subheading, for src/nomenclature/plain/learnt.tsv; only words of two texts
// or more, so that no text can be put together again:
// EWTP_REFERENCE_DATA=... node --import ./bin/loader.js bench/support/learn-words.ts > src/nomenclature/plain/learnt.tsv
import { learnable, type WordCounts } from '../../src/nomenclature/learnt.ts'
import { tokensOf } from '../../src/nomenclature/words/tokenize.ts'
import { readSets, type Sample } from './classify-sets.ts'

const leastTexts = 2

export function wordCountsOf(consignments: readonly Sample[]): WordCounts {
  const counts = new Map<string, Map<string, number>>()
  for (const { text, code } of consignments)
    for (const word of learnable(tokensOf(text))) {
      const own = counts.get(word) ?? new Map<string, number>()
      counts.set(word, own.set(code, (own.get(code) ?? 0) + 1))
    }
  return new Map([...counts].filter(([, own]) => sum(own.values()) >= leastTexts))
}

const sum = (values: Iterable<number>): number => [...values].reduce((all, each) => all + each, 0)

if (import.meta.main) {
  const { consignments } = readSets(process.env['EWTP_REFERENCE_DATA'] ?? '')
  const counts = wordCountsOf(consignments.filter(({ half }) => half === 'open'))
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, own]) => {
      const pairs = [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join(' '))
      return `${word}\t${pairs.join('; ')}`
    })
  console.log(['word\tcounts', ...rows].join('\n'))
}
