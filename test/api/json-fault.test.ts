import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonFault } from '../../src/tariff/pages/json-fault.ts'
import { askText, type Problem } from './support/api.ts'

test.each<[text: string, line: number, column: number, wanted: string]>([
  ['', 1, 1, 'a value'],
  ['{"from":}', 1, 9, 'a value'],
  ['{"from":"MY"', 1, 13, '"," or the closing bracket'],
  ['{"from" "MY"}', 1, 9, '":" after a name'],
  ['{from: 1}', 1, 2, 'a name in double quotes or "}"'],
  ['{"a":1,}', 1, 8, 'a name in double quotes'],
  ['[1,]', 1, 4, 'a value'],
  ['[1 2]', 1, 4, '"," or the closing bracket'],
  ['{"a":1}\n}', 2, 1, 'nothing after the end'],
  ['{\n  "a": 1,\n  "b": tru\n}', 3, 8, 'a value'],
  ['"a\nb"', 1, 3, 'the rest of a string, without line breaks'],
  ['"\\x"', 1, 2, 'the rest of a string, without line breaks'],
  ['{"a":01}', 1, 7, '"," or the closing bracket'],
  ['['.repeat(100_000), 1, 100_001, 'a value or "]"'],
])('%j stops being JSON at %i:%i', (text, line, column, wanted) => {
  expect(findJsonFault(text)).toEqual({ line, column, wanted })
})

test('broken JSON is refused with its place', async () => {
  const { status, type, body } = await askText('{\n  "from": "MY",\n  "to": ["GB"\n}')
  expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8'])
  expect(body as Problem).toMatchObject({
    type: 'urn:ewtp:problem:broken-json',
    title: 'The request cannot be read',
    errors: [{ at: 'line 4, column 1', reason: 'wanted "," or the closing bracket' }],
  })
})

test('whatever JSON.parse refuses has a place, and what it takes up to there is JSON so far', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string(), (json, at, noise) => {
      const cut = at % (json.length + 1)
      const text = json.slice(0, cut) + noise + json.slice(cut)
      try {
        JSON.parse(text)
      } catch {
        const { line, column } = findJsonFault(text)
        const before =
          text
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length + column
        expect(before).toBeLessThanOrEqual(text.length + 2)
      }
    }),
    { numRuns: 1000 },
  )
})
