import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { coverageMarkdown, coverageOf } from './coverage.ts'
import { createTariff } from './create-tariff.ts'

const root = join(import.meta.dirname, '../..')
const tariff = createTariff({ rulesFolder: join(root, 'rules') })

test('docs/rules.md says what the rules hold', () => {
  const printed = coverageMarkdown(
    tariff.territories.map((code) => coverageOf(tariff, code, '2026-11-22')),
  )
  expect(`${printed}\n`, 'write it anew: npx ewtp tariff coverage --markdown > docs/rules.md').toBe(
    readFileSync(join(root, 'docs/rules.md'), 'utf8'),
  )
})

test.each([
  ['US', 99],
  ['EU', 98],
  ['GB', 98],
  ['JP', 97],
  ['AU', 99],
  ['ET', 100],
  ['VN', 99],
  ['EAEU', 97],
])('of the rated lines of %s at least %i %% are understood', (code, least) => {
  const { schedules } = coverageOf(tariff, code, '2026-11-22')
  const [largest] = schedules.toSorted((a, b) => b.lines - a.lines)
  const { rated, understood, notUnderstood } = largest as (typeof schedules)[number]
  // Lines of Viet Nam that only point to chapter 98 carry no rate of their own.
  const pointers = notUnderstood.filter(({ column, text }) => column === 'mfn' && /98/.test(text))
  const own = code === 'VN' ? rated - pointers.length : rated
  expect((understood * 100) / own).toBeGreaterThanOrEqual(least)
})
