import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { asExpected, exampleFilesOf, readExamples } from './examples.ts'
import { loadTwinRules, quote } from './twin.ts'

/** The twin meets every worked case: those of the invented territories and those of rules/. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const invented = fileURLToPath(new URL('fixtures/', import.meta.url))

describe('invented territories', () => {
  const rules = loadTwinRules(`${invented}rules`)
  test.each(readExamples(`${invented}cases.yaml`))(
    '$id',
    ({ basket, to, on, strict, expect: wanted }) => {
      const answer = quote(rules, basket, to, on, strict === undefined ? {} : { strict })
      expect(asExpected(wanted, answer)).toEqual(wanted)
    },
  )
})

const rules = loadTwinRules(`${root}rules`)
for (const file of existsSync(`${root}rules`) ? exampleFilesOf(`${root}rules`) : []) {
  describe(relative(root, file), () => {
    test.each(readExamples(file))('$id', ({ basket, to, on, strict, expect: wanted }) => {
      const answer = quote(rules, basket, to, on, strict === undefined ? {} : { strict })
      expect(asExpected(wanted, answer)).toEqual(wanted)
    })
  })
}
