import { beforeAll, describe, expect, test } from 'vitest'
import { runCommands } from '../../src/db/index.ts'
import { testDatabase } from '../support/database.ts'
import { testBusiness, testKey } from '../support/people.ts'
import { moneyWorld, no, type MoneyWorld, type Sent } from './money-world.ts'

// What a program's Idempotency-Key promises, of every POST that moves money.

const db = await testDatabase()
let world: MoneyWorld
beforeAll(async () => {
  world = await moneyWorld(db)
})
const call: MoneyWorld['call'] = (...asked) => world.call(...asked)
const ask: MoneyWorld['ask'] = (...asked) => world.ask(...asked)
const pay: MoneyWorld['pay'] = (...asked) => world.pay(...asked)
const requested = (body?: unknown) => world.requested(body)
const newKey = () => world.newKey()

describe('the Idempotency-Key', () => {
  const posts = async (): Promise<(readonly [string, Sent, unknown, string])[]> => [
    ['/requests', world.moves, { currency: 'MYR', amount: '1.00' }, world.shop],
    [`/requests/${await requested()}/cancellation`, world.moves, undefined, world.shop],
    [
      '/payments',
      world.bos,
      { code: await requested(), amount: '25.00', currency: 'MYR' },
      world.maple,
    ],
  ]

  test('is wanted by every POST', async () => {
    for (const [path, headers, body, business] of await posts()) {
      const bare = await call('POST', path, headers, body, business)
      expect([path, no(bare)]).toEqual([path, '400 idempotency-key-missing'])
      for (const key of ['a b', 'x'.repeat(256)]) {
        const odd = { ...headers, 'idempotency-key': key }
        const told = await call('POST', path, odd, body, business)
        expect([path, no(told)]).toEqual([path, '400 idempotency-key-not-valid'])
      }
    }
  })

  test('gives what was stored, byte for byte, also where it was refused', async () => {
    for (const [path, headers, body, business] of await posts()) {
      // With the quotes of a structured field, or without: it is the same key.
      const { 'idempotency-key': key = '' } = newKey()
      const [plain, quoted] = [key, `"${key}"`].map((each) => ({
        ...{ ...headers, 'idempotency-key': each },
      }))
      const first = await call('POST', path, plain!, body, business)
      const again = await call('POST', path, quoted!, body, business)
      expect([again.status, again.text]).toEqual([first.status, first.text])
      expect(first.headers.get('idempotency-replayed')).toBeNull()
      expect(again.headers.get('idempotency-replayed')).toBe('true')
    }
    const [lost, key] = [await requested(), newKey()]
    const refusedOnce = await pay(lost, key, { amount: '1.00' })
    expect((await pay(lost, key, { amount: '1.00' })).text).toBe(refusedOnce.text)
  })

  test('of another request is refused', async () => {
    const key = newKey()
    await ask({ currency: 'MYR', amount: '1.00' }, key)
    expect(no(await ask({ currency: 'MYR', amount: '1.01' }, key))).toBe(
      '422 key-of-another-request',
    )
  })

  test('of two businesses is two keys, also where one person owns both', async () => {
    const second = await testBusiness(world.hub, world.amina, { name: 'Amina Two' })
    const key = await testKey(world.hub, second, world.amina, ['money:move'])
    const same = newKey()
    const body = { currency: 'MYR', amount: '3.00' }
    const [one, other] = [
      await ask(body, same),
      await call('POST', '/requests', { ...key, ...same }, body, second),
    ]
    expect([one.status, other.status]).toEqual([201, 201])
    expect((one.body as { code: string }).code).not.toBe((other.body as { code: string }).code)
  })

  test('sent twenty times at once pays once', async () => {
    const [code, key] = [await requested(), newKey()]
    const told = await Promise.all(Array.from({ length: 20 }, () => pay(code, key)))
    expect(new Set(told.map(({ text }) => text)).size).toBe(1)
    expect(told[0]?.status).toBe(201)
  })

  test('at work elsewhere is 409, to come again in a second', async () => {
    const [code, key] = [await requested(), newKey()]
    const first = await pay(code, key)
    const row = await db.kysely
      .selectFrom('command_outcomes')
      .selectAll()
      .where('body', '=', first.text)
      .executeTakeFirstOrThrow()
    await db.kysely.deleteFrom('command_outcomes').where('body', '=', first.text).execute()
    const gate = Promise.withResolvers<undefined>()
    const started = Promise.withResolvers<undefined>()
    const elsewhere = runCommands(
      db,
      [{ actor: row.actor, kind: row.kind, key: row.key, request: '', body: undefined }],
      world.clock.now(),
      async () => {
        started.resolve(undefined)
        await gate.promise
        throw new Error('given up')
      },
    )
    await started.promise
    const told = await pay(code, key)
    expect([no(told), told.headers.get('retry-after')]).toEqual(['409 at-work', '1'])
    gate.resolve(undefined)
    await expect(elsewhere).rejects.toThrow('given up')
  })
})
