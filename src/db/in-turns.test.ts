import { expect, test } from 'vitest'
import { inTurns } from './index.ts'

test('the next is asked for while the first is at work, each in a turn of its own', async () => {
  const seen: string[] = []
  const slow = Promise.withResolvers<void>()
  const done = inTurns([
    () => (seen.push('first'), slow.promise),
    async () => {
      seen.push('second')
      queueMicrotask(() => seen.push('what the second left to do'))
    },
    async () => void seen.push('third'),
  ])
  expect(seen).toEqual(['first'])
  while (seen.length < 4) await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual(['first', 'second', 'what the second left to do', 'third'])
  slow.resolve()
  await done
})

test('one that fails early is told once, by the whole', async () => {
  let asked = 0
  const fault = new Error('refused')
  await expect(
    inTurns([
      () => Promise.reject(fault),
      async () => void (asked += 1),
      () => Promise.reject(new Error('and then another')),
    ]),
  ).rejects.toBe(fault)
  expect(asked).toBe(1)
})
