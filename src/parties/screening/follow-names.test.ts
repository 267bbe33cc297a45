import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { appendEvent, runReader, transact } from '../../db/index.ts'
import { followNames } from './follow-names.ts'
import { readList } from './import/index.ts'
import { keepList } from './keep-list.ts'
import { openScreening } from './open-screening.ts'

// Nobody on this list lives or lived.
const db = await testDatabase()
const homeHub = '0199d2f0-0000-7000-8000-000000000001'
const at = Date.UTC(2026, 10, 22, 9)
const idOf = (number: number) => `0199d2f0-0000-7000-8000-00000000000${number}`
const screening = openScreening()
const follow = () => runReader(db, followNames(screening), { now: at })

const named = (number: number, name: string, kind: string) =>
  transact(db, async (tx) => {
    const instant = new Date(at).toISOString()
    await tx
      .insertInto('businesses')
      .values({
        ...{ home_hub: homeHub, id: idOf(number), slug: `shop-${number}`, name, country: 'MY' },
        ...{ employees: null, turnover_band: null, ownership: null, ship_from: null },
        ...{ created_at: instant, updated_at: instant },
      })
      .onConflict((conflict) =>
        conflict.columns(['home_hub', 'id']).doUpdateSet({ name, screening: 'unscreened' }),
      )
      .execute()
    await appendEvent(tx, { hub: homeHub, at, kind, subject: idOf(number) })
  })

const states = async () => {
  const { rows } = await db.pool.query('select name, screening from businesses order by id')
  return rows.map(({ name, screening: state }) => [name, state])
}

test('a business is screened when it is made and when it is renamed; its state is on its row', async () => {
  await named(1, 'Testovan Vydumkin', 'business.created')
  expect(await follow()).toMatchObject({ state: 'ran', handled: 1 })
  expect(await states()).toEqual([['Testovan Vydumkin', 'unscreened']])

  const bytes = readFileSync(join(import.meta.dirname, 'fixtures/un.xml'))
  await keepList(db, readList('un', [{ name: 'un.xml', bytes }]), { homeHub, at })
  await named(1, 'Testovan Vydumkin', 'business.profile-saved')
  await named(2, 'Batik Maju', 'business.created')
  expect(await follow()).toMatchObject({ state: 'ran', handled: 2 })
  expect(await states()).toEqual([
    ['Testovan Vydumkin', 'review'],
    ['Batik Maju', 'clear'],
  ])
})

test('who is blocked cannot shake it off by another name', async () => {
  await db.pool.query(`update screening_subjects set state = 'blocked' where subject_id = $1`, [
    idOf(1),
  ])
  await named(1, 'Flowers of Spring', 'business.profile-saved')
  await follow()
  expect((await states())[0]).toEqual(['Flowers of Spring', 'blocked'])
})

test('an event about somebody who is no more is passed over', async () => {
  await transact(db, (tx) =>
    appendEvent(tx, { hub: homeHub, at, kind: 'person.joined', subject: idOf(7) }),
  )
  expect(await follow()).toMatchObject({ state: 'ran', handled: 1 })
})
