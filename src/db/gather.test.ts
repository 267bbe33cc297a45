import { describe, expect, test } from 'vitest'
import { gather, Overloaded, settle } from './gather.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('commands of one kind become batches', () => {
  test('what comes while a batch is at work is the next batch, in its order', async () => {
    const batches: number[][] = []
    const send = gather({
      run: async (commands: readonly number[]) => {
        batches.push([...commands])
        await turn()
        return commands.map((each) => each * 10)
      },
      most: 3,
    })
    const first = send(1)
    await Promise.resolve()
    await Promise.resolve()
    const others = [2, 3, 4, 5].map((each) => send(each))
    expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40, 50])
    expect(batches).toEqual([[1], [2, 3, 4], [5]])
  })

  test('more than may wait are told to come again, and nothing of them is done', async () => {
    const done: number[] = []
    const send = gather({
      run: async (commands: readonly number[]) => {
        done.push(...commands)
        await turn()
        return commands
      },
      most: 1,
      mostWaiting: 2,
    })
    const sent = [1, 2, 3, 4].map((each) => send(each).catch((error: unknown) => error))
    const outcomes = await Promise.all(sent)
    expect(outcomes.filter((each) => each instanceof Overloaded)).toHaveLength(2)
    expect(done).toHaveLength(2)
    expect(await send(9)).toBe(9)
  })
})

describe('a poisonous command', () => {
  test('stands alone in the end: its 199 neighbours have their outcome', async () => {
    const commands = Array.from({ length: 200 }, (_, index) => index)
    let runs = 0
    const outcomes = await settle(commands, async (batch) => {
      runs += 1
      if (batch.includes(77)) throw new Error('poison')
      return batch.map((each) => each + 1)
    })
    expect(outcomes.filter((each) => 'fault' in each)).toHaveLength(1)
    expect(outcomes[77]).toMatchObject({ fault: { message: 'poison' } })
    expect(outcomes[78]).toEqual({ value: 79 })
    expect(runs).toBeLessThan(20)
  })

  test('a database that is away is asked twice, not once for each', async () => {
    let runs = 0
    const outcomes = await settle([1, 2, 3, 4], async () => {
      runs += 1
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    })
    expect(outcomes.every((each) => 'fault' in each)).toBe(true)
    expect(runs).toBe(2)
  })
})
