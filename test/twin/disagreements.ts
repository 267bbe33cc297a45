import { createTariff } from '../../src/tariff/index.ts'
import { basketMaker } from './baskets.ts'
import { agree, bothSay, differences, shrink } from './compare.ts'
import { loadTwinRules } from './twin.ts'

/**
 * A desk tool: `node --import ./bin/loader.js test/twin/disagreements.ts rules 25000 1` lists the ways in which engine and twin differ
 * on so many baskets from that seed, most frequent first, each with its smallest basket.
 */
const [rulesFolder = 'rules', count = '3000', firstSeed = '1'] = process.argv.slice(2)
const rules = loadTwinRules(rulesFolder)
const tariff = createTariff({ rulesFolder })
const make = basketMaker(rules)
const ways = new Map<string, { times: number; text: string }>()
for (let seed = Number(firstSeed); seed < Number(firstSeed) + Number(count); seed += 1) {
  const sample = make(seed)
  if (agree(bothSay(rules, tariff, sample))) continue
  const smallest = shrink(sample, (smaller) => !agree(bothSay(rules, tariff, smaller)))
  const { twin, engine } = bothSay(rules, tariff, smallest)
  const found = differences(twin, engine)
  // Figures aside, so that the same trouble in other baskets counts as the same way.
  const way = found
    .join(' ')
    .replaceAll(/\d+(\.\d+)?/g, 'N')
    .slice(0, 150)
  const text = [`seed ${seed}: ${JSON.stringify(smallest)}`, ...found.slice(0, 12)].join('\n   ')
  ways.set(way, { times: (ways.get(way)?.times ?? 0) + 1, text: ways.get(way)?.text ?? text })
}
const times = [...ways.values()].reduce((sum, way) => sum + way.times, 0)
console.log(`${times} of ${count} baskets differ, in ${ways.size} ways; the twin is named first`)
for (const way of [...ways.values()].toSorted((a, b) => b.times - a.times)) {
  console.log(`\n${way.times} x ${way.text.slice(0, 2000)}`)
}
