import { fileURLToPath } from 'node:url'
import { describe, test } from 'vitest'
import { createTariff } from '../../src/tariff/index.ts'
import { basketMaker } from './baskets.ts'
import { agree, bothSay, differences, shrink } from './compare.ts'
import { loadTwinRules } from './twin.ts'

/**
 * The engine and the twin, both written from docs/rules-schema.md, must say the same about random baskets.
 * EWTP_TWIN_BASKETS: how many (3,000 in the suite, more in `npm run proof`). EWTP_TWIN_SEED: the first seed,
 * so that a mismatch can be looked at alone with EWTP_TWIN_BASKETS=1.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const count = Number(process.env.EWTP_TWIN_BASKETS ?? 3000)
const firstSeed = Number(process.env.EWTP_TWIN_SEED ?? 1)

describe.each([
  ['the invented territories', `${root}test/twin/fixtures/rules`],
  ['rules/', `${root}rules`],
])('engine and twin agree on %s', (_, rulesFolder) => {
  test(`${count} baskets from seed ${firstSeed}`, { timeout: 60_000 + count * 20 }, () => {
    const rules = loadTwinRules(rulesFolder)
    const tariff = createTariff({ rulesFolder })
    const make = basketMaker(rules)
    for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
      const sample = make(seed)
      if (agree(bothSay(rules, tariff, sample))) continue
      const smallest = shrink(sample, (smaller) => !agree(bothSay(rules, tariff, smaller)))
      const { twin, engine } = bothSay(rules, tariff, smallest)
      throw new Error(
        [
          `seed ${seed}: ${JSON.stringify(smallest, null, 1)}`,
          ...differences(twin, engine),
          `twin ${JSON.stringify(twin)}`,
          `engine ${JSON.stringify(engine)}`,
        ].join('\n'),
      )
    }
  })
})
