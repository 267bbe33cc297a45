import { expect, test } from 'vitest'
import { realRandom } from './random.ts'

test('gives as many bytes as asked for, never the same ones, and keeps none of them', () => {
  const { bytes } = realRandom()
  const seen = new Set<string>()
  for (let round = 0; round < 5_000; round += 1) {
    const given = bytes(16)
    expect(given).toHaveLength(16)
    seen.add(Buffer.from(given).toString('hex'))
    given.fill(0)
  }
  expect(seen.size).toBe(5_000)
  expect(seen.has('0'.repeat(32))).toBe(false)
  expect(bytes(10_000)).toHaveLength(10_000)
  expect(bytes(0)).toHaveLength(0)
})
