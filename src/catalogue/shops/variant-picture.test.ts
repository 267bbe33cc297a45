import sharp from 'sharp'
import { expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testHub } from '../../../test/support/hub.ts'
import { amina, idOf, pageOf, scarf, shopWorld } from '../../../test/support/shop-world.ts'
import { isRefused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import { storePicture } from '../pictures/store-picture.ts'

const db = await testDatabase()
const world = await shopWorld(testHub(db, { clock: testClock() }))

async function picture(red: number): Promise<string> {
  const background = { r: red, g: 0, b: 0 }
  const bytes = await sharp({ create: { width: 120, height: 120, channels: 3, background } })
    .png()
    .toBuffer()
  const stored = await transact(db, (tx) => storePicture(tx, bytes))
  if (isRefused(stored)) throw new Error(stored.refused)
  return stored.digest
}

test('a product shows the picture of the variant that is looked at first, to people and to programs', async () => {
  const [both, light, dark] = [await picture(100), await picture(200), await picture(50)]
  const named = new Map([
    [both, 'both'],
    [light, 'light'],
    [dark, 'dark'],
  ])
  const variant = (colour: string, shows: string | null) => ({
    ...{
      options: [{ name: 'Colour', value: colour }],
      price: '120.00',
      stock: 5,
      netMassG: 90,
      grossMassG: 120,
    },
    picture: shows,
  })
  const [outcome] = await world.sell(amina, [
    {
      ...scarf,
      pictures: [{ digest: both }, { digest: light }, { digest: dark }],
      variants: [variant('light', light), variant('dark', dark), variant('mixed', null)],
    },
  ])
  const { rows } = await db.pool.query<{ variant_id: string; slug: string }>(
    `select variant_id, slug from variants join offers using (home_hub, business_id, offer_id)
      where offer_id = $1 order by position`,
    [idOf(outcome)],
  )
  const shown: string[][] = []
  for (const { variant_id, slug } of rows) {
    const { html } = await pageOf(world, `/shop/amina/${slug}?variant=${variant_id}`)
    const [, data = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? []
    const images = (JSON.parse(data) as { image: string[] }).image
    const order = (text: string): string[] =>
      [...text.matchAll(/pictures\/([0-9a-f]{64})\/large/g)].map(
        ([, digest = '']) => named.get(digest) ?? digest,
      )
    const seen = order(html.slice(html.indexOf('<main')))
    expect(order(images.join(' '))).toEqual(seen)
    shown.push(seen)
  }
  expect(shown).toEqual([
    ['light', 'both', 'dark'],
    ['dark', 'both', 'light'],
    ['both', 'light', 'dark'],
  ])
})
