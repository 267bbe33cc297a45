// The process that compares engine and twin on a range of baskets: told by twin.ts.
import { createTariff } from '../../src/tariff/index.ts'
import { basketMaker } from '../../test/twin/baskets.ts'
import { agree, bothSay, differences, shrink } from '../../test/twin/compare.ts'
import { loadTwinRules } from '../../test/twin/twin.ts'

export interface Range {
  rulesFolder: string
  firstSeed: number
  baskets: number
}
export interface Differing {
  count: number
  /** The first of them, made as small as they still differ. */
  first?: string
}

process.once('message', (range: Range) => {
  process.send?.(compare(range), () => process.exit())
})

function compare({ rulesFolder, firstSeed, baskets }: Range): Differing {
  const rules = loadTwinRules(rulesFolder)
  const tariff = createTariff({ rulesFolder })
  const make = basketMaker(rules)
  const differs = (sample: ReturnType<typeof make>): boolean =>
    !agree(bothSay(rules, tariff, sample))
  let count = 0
  let first: string | undefined
  for (let seed = firstSeed; seed < firstSeed + baskets; seed += 1) {
    const sample = make(seed)
    if (!differs(sample)) continue
    count += 1
    if (first !== undefined) continue
    const smallest = shrink(sample, differs)
    const { twin, engine } = bothSay(rules, tariff, smallest)
    const found = differences(twin, engine).slice(0, 20)
    first = [`seed ${seed}: ${JSON.stringify(smallest)}`, ...found].join('\n').slice(0, 3000)
  }
  return first === undefined ? { count } : { count, first }
}
