import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { appendEvent, appendEvents, findEvents, transact } from './index.ts'

const db = await testDatabase()
const hub = '0199d2f0-0000-7000-8000-000000000001'
const at = Date.UTC(2026, 10, 22, 9)

test('an event is told with everything that was said of it, the latest first', async () => {
  await transact(db, (tx) =>
    appendEvents(tx, [
      { hub, kind: 'offer.saved', subject: 'scarf', actor: 'amina', body: { price: '12.50' }, at },
      { hub, kind: 'offer.published', subject: 'scarf', at: at + 1 },
      { hub, kind: 'offer.saved', subject: 'teapot', at },
    ]),
  )
  expect(await findEvents(db.kysely, 'scarf')).toEqual([
    { seq: 2n, at: at + 1, hub, kind: 'offer.published', subject: 'scarf', actor: null, body: {} },
    {
      ...{ seq: 1n, at, hub, kind: 'offer.saved', subject: 'scarf', actor: 'amina' },
      body: { price: '12.50' },
    },
  ])
  expect(await findEvents(db.kysely, 'scarf', 1)).toHaveLength(1)
})

test('an event of a transaction that was rolled back never was', async () => {
  const broken = transact(db, async (tx) => {
    await appendEvent(tx, { hub, kind: 'offer.saved', subject: 'vase', at })
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  expect(await findEvents(db.kysely, 'vase')).toEqual([])
})

test.each([
  ['Offer saved', 'scarf', 'events_kind_is_a_word'],
  ['offer.', 'scarf', 'events_kind_is_a_word'],
  ['offer.saved', '', 'events_have_a_subject'],
])('kind "%s" of subject "%s" breaks %s', async (kind, subject, constraint) => {
  const append = transact(db, (tx) => appendEvent(tx, { hub, kind, subject, at }))
  await expect(append).rejects.toMatchObject({ constraint })
})
