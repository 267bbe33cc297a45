import sharp from 'sharp'
import { expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { idOf, savingInto, scarf } from '../../../test/support/saved-offers.ts'
import { isRefused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import { forgetUnusedPictures, keptUnusedMs, lockPictures } from './forget-pictures.ts'
import { keepPicture, readyPicture, storePicture } from './store-picture.ts'

const db = await testDatabase()
const clock = testClock()
const { saveOne } = savingInto(db, clock)

const pictureOf = (red: number) =>
  sharp({ create: { width: 120, height: 120, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .png()
    .toBuffer()

async function store(red: number): Promise<string> {
  const bytes = await pictureOf(red)
  const stored = await transact(db, (tx) => storePicture(tx, bytes))
  if (isRefused(stored)) throw new Error(stored.refused)
  return stored.digest
}

const kept = async () =>
  (
    await db.kysely
      .selectFrom('picture_files')
      .select('digest')
      .distinct()
      .orderBy('digest')
      .execute()
  ).map(({ digest }) => digest)

const goods = (title: string, digests: readonly string[]) =>
  saveOne({
    ...scarf,
    texts: [{ locale: 'en', title }],
    variants: [{ price: '5' }],
    pictures: digests.map((digest) => ({ digest })),
  })

test('what nothing shows for a day goes; what is shown, shared, curated or just brought stays', async () => {
  const [shown, shared, curated, dropped, late, again] = [
    ...[await store(1), await store(2), await store(3)],
    ...[await store(4), await store(5), await store(6)],
  ] as [string, string, string, string, string, string]
  const first = idOf(await goods('Scarf', [shown, shared, dropped]))
  await goods('Shawl', [shared])
  await db.pool.query(
    `insert into pavilions (country, picture, version, updated_at) values ('MY', $1, 1, now())`,
    [curated],
  )
  const unused = new Map<string, number>()
  const look = (hours: number) => forgetUnusedPictures(db, unused, clock.now() + hours * 3_600_000)

  await saveOne({ offerId: first, pictures: [{ digest: shown }] })
  await db.pool.query('delete from picture_files where digest = $1', [late])
  expect(await look(0)).toBe(0)
  expect(await store(5)).toBe(late)
  expect(await look(12)).toBe(0)
  // Shown again for an hour: its day begins anew.
  const shawl = idOf(await goods('Cap', [again]))
  expect(await look(13)).toBe(0)
  await saveOne({ offerId: shawl, pictures: [] })
  expect(await look(23.9)).toBe(0)
  expect(await look(24)).toBe(1)
  expect(await kept()).toEqual([shown, shared, curated, late, again].toSorted())
  expect(await look(48)).toBe(2)
  expect(await kept()).toEqual([shown, shared, curated].toSorted())
})

test('one that somebody is about to show stays', async () => {
  const digest = await store(9)
  const unused = new Map([[digest, 0]])
  await transact(db, async (tx) => {
    expect(await lockPictures(tx, [digest, '0'.repeat(64), 'no\0digest'])).toEqual(
      new Set([digest]),
    )
    expect(await forgetUnusedPictures(db, unused, keptUnusedMs)).toBe(0)
  })
  // Sent again, which no offer shows yet.
  const bytes = await pictureOf(9)
  const ready = await readyPicture(bytes)
  if (isRefused(ready)) throw new Error(ready.refused)
  await transact(db, async (tx) => {
    await keepPicture(tx, ready)
    expect(await forgetUnusedPictures(db, unused, keptUnusedMs)).toBe(0)
  })
  expect(await forgetUnusedPictures(db, unused, keptUnusedMs)).toBe(1)
})
