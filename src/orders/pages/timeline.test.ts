import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { atReview, ordersOf, pay } from '../../../test/support/form-browser.ts'
import { languageFor } from '../../ui/index.ts'
import { timeTeller, timeText } from './local-time.ts'

const db = await testDatabase()
let world: BuyingWorld
beforeAll(async () => {
  world = await buyingWorld(db)
}, 60_000)
afterAll(() => world.end())

test('of very many steps the last 50 are told, and how many came before', async () => {
  const { person, browser, review } = await atReview(world, world.syrup)
  await pay(browser, review)
  const [id = ''] = await ordersOf(db, person)
  await db.pool.query(
    `insert into order_moves (home_hub, order_id, number, move, before, after, at, role, actor, facts)
     select home_hub, order_id, n, 'refund', 'placed', 'placed', placed_at, 'seller', null,
            jsonb_build_object('refund', '1', 'reason', 'Step ' || n)
       from orders, generate_series(1, 600) as n where order_id = $1`,
    [id],
  )
  const own = await browser.get(`/orders/${id}`)
  const [, track = ''] = /href="[^"]*(\/track\/[^"]+)"/.exec(own.html) ?? []
  for (const page of [own, await browser.get(track)]) {
    const [timeline = ''] = /<ol class="timeline">.*?<\/ol>/s.exec(page.html) ?? []
    expect(timeline.match(/Part of the price given back/g)).toHaveLength(50)
    expect(timeline).toContain('550 steps between, not shown')
  }
  expect(own.text).toContain('Reason: Step 600')
  expect(own.text).not.toContain('Reason: Step 550')
})

// Summer and winter, one time in the whole country, several of them, readers from anywhere.
test.each([
  ['2026-07-01T12:00:00Z', 'GB', 'Jul 1, 2026, 1:00 PM (GMT+1)'],
  ['2026-01-01T12:00:00Z', 'GB', 'Jan 1, 2026, 12:00 PM (GMT+0)'],
  ['2026-01-01T12:00:00Z', 'CN', 'Jan 1, 2026, 8:00 PM (GMT+8)'],
  ['2026-01-01T12:00:00Z', 'US', 'Jan 1, 2026, 12:00 PM (UTC)'],
  ['2026-01-01T12:00:00Z', undefined, 'Jan 1, 2026, 12:00 PM (UTC)'],
])('%s in %s is %s', (at, country, text) => {
  const language = languageFor('en')
  const instant = Date.parse(at)
  const same = (told: string) => told.replaceAll(/\s+/g, ' ')
  const tell = timeTeller(language, country)
  expect([timeText(language, instant, country), tell(instant), tell(instant)].map(same)).toEqual(
    Array.from({ length: 3 }, () => text),
  )
})
