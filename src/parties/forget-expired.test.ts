import { expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import { forgetExpired } from './index.ts'

const db = await testDatabase()
const clock = testClock()
const hub = peopledHub(db, { clock })
const day = 86_400_000
const now = clock.now()
const before = (days: number) => new Date(now - days * day).toISOString()

test('mails a month old, invitations that are over and browsers unused for a year are forgotten', async () => {
  const amina = await testPerson(hub, 'Amina')
  const business = await testBusiness(hub, amina)
  await db.pool.query('delete from known_devices')
  const of = { home_hub: hub.config.id, person_id: amina.personId }
  const id = (number: number) => `0199d2f0-0000-7000-8000-00000000000${number}`
  const mails = [
    ['sent', 31],
    ['failed', 31],
    ['waiting', 31],
    ['sent', 29],
  ] as const
  for (const [index, [state, days]] of mails.entries())
    await db.kysely
      .insertInto('mails')
      .values({
        ...{ home_hub: of.home_hub, mail_id: id(index), to_address: `${state}-${days}` },
        ...{ locale: 'en', subject: '', body: '', state, due_at: before(days) },
        ...{ created_at: before(days), last_error: null },
      })
      .execute()
  const invitations = [
    ['over', 1, null],
    ['open', -1, null],
    ['accepted', 1, before(2)],
  ] as const
  for (const [index, [email, days, accepted_at]] of invitations.entries())
    await db.kysely
      .insertInto('invitations')
      .values({
        ...{ home_hub: of.home_hub, business_id: business, invitation_id: id(index), email },
        ...{ role: 'staff', token_hash: Buffer.from([index]), invited_by: amina.personId },
        ...{ created_at: before(days + 7), expires_at: before(days), accepted_at },
      })
      .execute()
  for (const days of [364, 366])
    await db.kysely
      .insertInto('known_devices')
      .values({ ...of, token_hash: Buffer.from([days % 256]), last_used_at: before(days) })
      .execute()

  await forgetExpired(db.kysely, now)

  const left = async (query: string) => (await db.pool.query(query)).rows.map(({ it }) => it)
  expect(await left('select to_address as it from mails order by 1')).toEqual([
    'sent-29',
    'waiting-31',
  ])
  expect(await left('select email as it from invitations order by 1')).toEqual(['accepted', 'open'])
  expect(await left('select last_used_at as it from known_devices')).toHaveLength(1)
})
