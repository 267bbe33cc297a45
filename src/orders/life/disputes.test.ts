import sharp from 'sharp'
import { expect, test } from 'vitest'
import { lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hub, newId, now, type Placed } from '../../../test/support/placed-orders.ts'
import { isRefused } from '../../basis/refusal.ts'
import { readyPicture, type ReadyPicture } from '../../catalogue/index.ts'
import { findEvents } from '../../db/index.ts'
import type { Role } from '../order.ts'
import { findStatements, sayInDispute, type Statement } from './disputes.ts'

const db = await testDatabase()
const { parts, place, walk } = lifeWorld(db)
async function disputed(): Promise<Placed> {
  const order = await place()
  await walk(order, [...onItsWay, 'dispute buyer'])
  return order
}
async function picture(): Promise<ReadyPicture> {
  const red = { width: 120, height: 100, channels: 3 as const, background: { r: 200, g: 0, b: 0 } }
  const ready = await readyPicture(await sharp({ create: red }).png().toBuffer())
  if (isRefused(ready)) throw new Error(ready.refused)
  return ready
}
const saying = (role: Role, words: string, more: Partial<Statement> = {}): Statement => ({
  ...{ id: newId(), role, actor: newId(), words },
  ...more,
})
const say = async (order: { id: string }, said: Statement, at = now): Promise<string> => {
  const answer = await sayInDispute(parts, order.id, said, at)
  return 'refused' in answer ? answer.refused : answer.words
}

test('both sides and the operator say what they have to say, and read it in its order', async () => {
  const order = await disputed()
  const torn = saying('buyer', ' The scarf is torn.\u202e\r\nSee the picture.')
  await sayInDispute(parts, order.id, torn, now, await picture())
  await say(order, saying('seller', '<b>It was whole.</b>'), now + 1)
  await say(order, saying('operator', '谁对?'), now + 2)
  const said = await findStatements(db.kysely, hub, order.id)
  expect(said.map(({ role, words, picture: shown, at }) => [role, words, shown, at - now])).toEqual(
    [
      ['buyer', 'The scarf is torn.\nSee the picture.', { width: 120, height: 100 }, 0],
      ['seller', '<b>It was whole.</b>', undefined, 1],
      ['operator', '谁对?', undefined, 2],
    ],
  )
})

test('each side shows six pictures, and no more; sent again it is shown once', async () => {
  const order = await disputed()
  const one = await picture()
  const show = (said: Statement) => sayInDispute(parts, order.id, said, now, one)
  for (let shown = 0; shown < 6; shown += 1) {
    const said = saying('buyer', `Number ${shown}`)
    expect(await show(said)).not.toHaveProperty('refused')
    expect(await show(said)).toMatchObject({ picture: { width: 120 } })
  }
  expect(await show(saying('buyer', 'One more'))).toMatchObject({ refused: 'too-many-pictures' })
  expect(await show(saying('seller', 'My turn'))).not.toHaveProperty('refused')
  expect(await say(order, saying('buyer', 'In words, then'))).toBe('In words, then')
  expect(await findStatements(db.kysely, hub, order.id)).toHaveLength(8)
})

test('sent again it is said once, as it was said the first time', async () => {
  const order = await disputed()
  const once = saying('buyer', 'torn')
  expect(await say(order, once)).toBe('torn')
  expect(await say(order, { ...once, words: 'whole' }, now + 9)).toBe('torn')
  expect(await findStatements(db.kysely, hub, order.id)).toHaveLength(1)
  const events = await findEvents(db.kysely, order.id)
  expect(events.filter(({ kind }) => kind === 'order.said')).toHaveLength(1)
})

test.each<[string, Statement, string]>([
  ['a carrier', saying('carrier', 'It was heavy.'), 'role-not-lawful'],
  ['no word', saying('buyer', ' \n\u200b '), 'words-missing'],
  ['4,001 characters', saying('buyer', 'x'.repeat(4_001)), 'words-too-long'],
])('%s: refused', async (_, said, expected) => {
  const order = await disputed()
  expect(await say(order, said)).toBe(expected)
  expect(await findStatements(db.kysely, hub, order.id)).toEqual([])
})

test('4,000 characters are heard; nothing is where there is no dispute or no order', async () => {
  const order = await disputed()
  expect(await say(order, saying('buyer', 'x'.repeat(4_000)))).toHaveLength(4_000)
  await walk(order, ['drop buyer'])
  expect(await say(order, saying('seller', 'So.'))).toBe('not-disputed')
  expect(await say({ id: newId() }, saying('seller', 'So.'))).toBe('no-such-order')
})
