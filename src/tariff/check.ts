// Checks rule files and runs their worked cases: `node --import tsx src/tariff/check.ts [TERRITORY...]`.
import { join } from 'node:path'
import { createTariff } from './create-tariff.ts'
import { checkExample, readExamples } from './examples.ts'

const rulesFolder = join(import.meta.dirname, '../../rules')
const wanted = process.argv.slice(2)
const tariff = createTariff({ rulesFolder })
let bad = 0
for (const code of tariff.territories) {
  if (wanted.length > 0 && !wanted.includes(code)) continue
  try {
    const rules = tariff.rules(code)
    for (const { path, file } of rules.schedules) tariff.schedule(path, file)
    if (code.length === 2) tariff.on(code, '2026-11-22')
  } catch (error) {
    bad += 1
    console.log(`${code}: ${(error as Error).message}`)
  }
}
const count = { right: 0, wrong: 0, hand: 0, authority: 0 }
for (const example of readExamples(rulesFolder)) {
  if (wanted.length > 0 && !wanted.includes(example.file.split('/')[0] as string)) continue
  const wrong = checkExample(tariff, example)
  count[wrong.length === 0 ? 'right' : 'wrong'] += 1
  count[example.by] += 1
  for (const each of wrong) console.log(`${example.file} ${example.id}: ${each}`)
}
console.log(
  `${count.right} of ${count.right + count.wrong} worked cases met (${count.hand} by hand, ${count.authority} by authority); ${bad} territories with faults`,
)
process.exitCode = bad + count.wrong > 0 ? 1 : 0
