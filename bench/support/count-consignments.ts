// How often the consignments of the open half were of each subheading, for src/nomenclature/plain/counts.tsv:
// EWTP_REFERENCE_DATA=... node --import ./bin/loader.js bench/support/count-consignments.ts > src/nomenclature/plain/counts.tsv
import { readSets, type Sample } from './classify-sets.ts'

export function countsOf(consignments: readonly Sample[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { code } of consignments) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}

if (import.meta.main) {
  const { consignments } = readSets(process.env['EWTP_REFERENCE_DATA'] ?? '')
  const counts = countsOf(consignments.filter(({ half }) => half === 'open'))
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map((row) => row.join('\t'))
  console.log(['code\tcount', ...rows].join('\n'))
}
