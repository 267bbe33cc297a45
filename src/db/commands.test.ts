import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import { forgetOutcomes, runCommands, settle, transact, type Command } from './index.ts'

const now = Date.UTC(2026, 10, 22)
const command = (key: string, request = key, actor = 'amina'): Command<string> => ({
  ...{ actor, kind: 'payment', key, request, body: request },
})

describe('a command under a key', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase()
    await sql`create table effects (what text not null, constraint no_poison check (what <> 'poison'))`.execute(
      db.kysely,
    )
  })
  const run = (commands: readonly Command<string>[], at = now) =>
    runCommands(db, commands, at, async (tx, fresh) => {
      for (const { body } of fresh) await sql`insert into effects values (${body})`.execute(tx)
      return fresh.map(({ body }) =>
        body.startsWith('no') ? { status: 422, body: '{"no":1}' } : { status: 201, body },
      )
    })
  const effects = async (what: string): Promise<number> =>
    (await sql`select from effects where what = ${what}`.execute(db.kysely)).rows.length

  test('is done once; the second time the answer is the same, byte for byte', async () => {
    const [first] = await run([command('k1', '{"a" : 1}')])
    const [second] = await run([command('k1', '{"a" : 1}')])
    expect(first).toEqual({
      ...{ answer: 'done', again: false },
      outcome: { status: 201, body: '{"a" : 1}' },
    })
    expect(second).toEqual({ ...first, again: true })
    expect(await effects('{"a" : 1}')).toBe(1)
  })

  test('refusals are kept, too', async () => {
    await run([command('k2', 'no money')])
    expect(await run([command('k2', 'no money')])).toMatchObject([
      { again: true, outcome: { status: 422 } },
    ])
    expect(await effects('no money')).toBe(1)
  })

  test('another request under the same key is refused; the same key of somebody else is another key', async () => {
    const [, other, bo] = await run([
      command('k3', 'one'),
      command('k3', 'two'),
      command('k3', 'three', 'bo'),
    ])
    expect(other).toEqual({ answer: 'key-of-another-request' })
    expect(bo).toMatchObject({ answer: 'done', again: false })
    expect(await run([command('k3', 'two')])).toEqual([{ answer: 'key-of-another-request' }])
    expect(await effects('two')).toBe(0)
  })

  test('20 parallel repeats have one effect; who comes while it is at work is told so', async () => {
    const answers = (
      await Promise.all(Array.from({ length: 20 }, () => run([command('k4', 'parallel')])))
    ).flat()
    expect(await effects('parallel')).toBe(1)
    const done = answers.filter(({ answer }) => answer === 'done')
    expect(done.length + answers.filter(({ answer }) => answer === 'at-work').length).toBe(20)
    expect(
      new Set(done.map((each) => JSON.stringify(each.answer === 'done' && each.outcome))).size,
    ).toBe(1)
  })

  test('repeats within one batch get the first one’s answer', async () => {
    const answers = await run([command('k5', 'same'), command('k5', 'same'), command('k6', 'same')])
    expect(answers.map((each) => each.answer === 'done' && each.again)).toEqual([
      false,
      true,
      false,
    ])
    expect(await effects('same')).toBe(2)
  })

  test('a fault keeps nothing, of nobody in the batch; alone, the neighbours go through', async () => {
    const batch = [command('k7', 'fine'), command('k8', 'poison'), command('k9', 'well')]
    const outcomes = await settle(batch, (commands) => run(commands))
    expect(outcomes.map((each) => ('fault' in each ? 'fault' : 'value'))).toEqual([
      ...['value', 'fault', 'value'],
    ])
    expect([await effects('fine'), await effects('poison'), await effects('well')]).toEqual([
      1, 0, 1,
    ])
    expect(await run([command('k8', 'healthy')])).toMatchObject([{ answer: 'done', again: false }])
  })

  test('what was committed before the answer was lost is told by the next try', async () => {
    let lost = true
    const outcomes = await settle([command('k10', 'lost')], async (commands) => {
      const answers = await run(commands)
      if (!lost) return answers
      lost = false
      throw Object.assign(new Error('cut off'), { code: 'ECONNRESET' })
    })
    expect(outcomes).toMatchObject([{ value: { answer: 'done', again: true } }])
    expect(await effects('lost')).toBe(1)
  })

  test('a key in use by an open transaction is not waited for', async () => {
    await transact(db, async () => {
      await runCommands(db, [command('k11', 'open')], now, async () => {
        expect(await run([command('k11', 'open')])).toEqual([{ answer: 'at-work' }])
        return [{ status: 201, body: '{}' }]
      })
    })
  })

  test('outcomes are kept for 30 days', async () => {
    const day = 24 * 60 * 60 * 1000
    await run([command('old')], now - 31 * day)
    await run([command('young')], now - 29 * day)
    expect(await forgetOutcomes(db, now)).toBe(1)
    expect(await run([command('young')])).toMatchObject([{ again: true }])
    expect(await run([command('old')])).toMatchObject([{ again: false }])
  })
})
