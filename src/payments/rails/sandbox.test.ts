import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { railWorld } from '../../../test/support/rail-world.ts'
import { realRandom } from '../../app/random.ts'
import { createSandbox, findOddEvents, findTransfer, reconcileRail, type Rail } from './rails.ts'
import { gentle, planOf } from './sandbox-plan.ts'

const db = await testDatabase()
const { bytes } = realRandom()

/** A world with a sandbox on its clock. */
function sandboxWorld(behaviour?: Parameters<typeof createSandbox>[0]['behaviour']) {
  let now = (): number => 0
  const rail = createSandbox({ db, random: bytes, now: () => now(), behaviour })
  const world = railWorld(db, rail)
  now = () => world.clock.now()
  return { world, rail }
}

test('as it is with npm start: there after a second, by a callback, for no real money', async () => {
  const { world, rail } = sandboxWorld()
  expect(rail).toMatchObject({ name: 'sandbox', realMoney: false })
  const amina = world.person()
  const ask = world.topUp(amina, 500n)
  await world.ask(ask)
  await world.work()
  expect(await findTransfer(db.kysely, ask.id)).toMatchObject({
    ...{ state: 'sent', continueUrl: 'https://hub.test/w' },
  })
  world.pass(999)
  await world.work()
  expect(await world.stateOf(ask.id)).toBe('sent')
  world.pass(1)
  await world.work()
  expect(await world.stateOf(ask.id)).toBe('done')
  const { rows } = await sql`select outcome from rail_events where transfer_id = ${ask.id}`.execute(
    db.kysely,
  )
  expect(rows).toEqual([{ outcome: 'applied' }])
})

test('its callbacks are signed with a key that every process finds again, and by nobody else', async () => {
  const { world } = sandboxWorld()
  const { rail: other } = sandboxWorld()
  const taken: { headers: Headers; body: Uint8Array }[] = []
  const sandbox = world.parts.rails.get('sandbox') as Rail
  const ask = world.topUp(world.person(), 5n)
  await world.ask(ask)
  await world.work()
  world.pass(1_000)
  await sandbox.tick?.(async (headers, body) => {
    taken.push({ headers, body })
    return { refused: 'not-now', facts: {} }
  })
  const [{ headers, body } = { headers: new Headers(), body: Buffer.from('') }] = taken
  const now = world.clock.now()
  expect(await other.readWebhook(headers, body, now)).toMatchObject([{ transfer: ask.id }])
  const forged = Buffer.from(Buffer.from(body).toString().replace('"5"', '"6"'))
  expect(await other.readWebhook(headers, forged, now)).toMatchObject({
    refused: 'signature-wrong',
  })
  expect(await other.readWebhook(headers, body, now + 300_001)).toMatchObject({
    refused: 'signature-too-old',
  })
  // Nobody took it, so it comes again.
  world.pass(60_000)
  await world.work()
  expect(await world.stateOf(ask.id)).toBe('done')
})

test('one that plays every trick: all ends as it says, and its mistakes are listed', async () => {
  const { world } = sandboxWorld({
    ...{ seed: 'tricks', failPerMille: 250, duplicatePerMille: 300 },
    ...{ latePerMille: 300, wrongPerMille: 400 },
  })
  const amina = world.person()
  const asks = Array.from({ length: 60 }, () => world.topUp(amina, 100n))
  await world.ask(...asks)
  for (let second = 0; second < 60; second += 1) {
    await world.work()
    world.pass(1_000)
  }
  const { rows } = await sql<{ ours: string; theirs: string }>`
    select t.state as ours, case when s.outcome = 'done' and s.amount_minor <> 100 then 'wrong' else s.outcome end as theirs
      from rail_transfers t join sandbox_transfers s using (transfer_id) where t.holder_id = ${amina.id}`.execute(
    db.kysely,
  )
  expect(rows.filter(({ ours, theirs }) => ours !== theirs)).toEqual([])
  expect(new Set(rows.map(({ ours }) => ours))).toEqual(new Set(['done', 'failed', 'wrong']))
  expect((await findOddEvents(db.kysely)).map(({ providerRef }) => providerRef)).toContain(
    'sandbox-stray',
  )
  await world.expectBooksRight()
})

test('the same seed and id, the same end; per mille are per mille', () => {
  const wanted = { providerRef: 'r', amount: 5n, currency: 'MYR' }
  const behaviour = { ...gentle, failPerMille: 100, latePerMille: 200, duplicatePerMille: 300 }
  const plans = Array.from({ length: 2_000 }, (_, id) =>
    planOf(behaviour, { ...wanted, id: String(id) }, 0),
  )
  const again = planOf(behaviour, { ...wanted, id: '7' }, 0)
  expect(again).toEqual(plans[7])
  const share = (is: (plan: (typeof plans)[number]) => boolean) => plans.filter(is).length / 2_000
  expect(share(({ outcome }) => outcome === 'failed')).toBeCloseTo(0.1, 1)
  expect(share(({ callbacks }) => callbacks[0]!.dueAt === 11_000)).toBeCloseTo(0.2, 1)
  expect(share(({ callbacks }) => callbacks.length === 2)).toBeCloseTo(0.3, 1)
  expect(planOf(gentle, { ...wanted, id: '7' }, 0)).toMatchObject({
    outcome: 'done',
    endsAt: 1_000,
  })
})

test('the report against our books: matched, other amount, only ours, only theirs', async () => {
  const { world } = sandboxWorld()
  const [from, amina] = [world.clock.now(), world.person()]
  const asks = Array.from({ length: 4 }, () => world.topUp(amina, 100n))
  const [same = '', other = '', ours = '', theirs = ''] = asks.map(({ id }) => id)
  await world.ask(...asks)
  await world.work()
  world.pass(1_000)
  await world.work()
  const payout = world.payout(amina, 40n)
  await world.ask(payout)
  await world.work()
  world.pass(1_000)
  await world.work()
  // The provider changes its mind about two, and we have never heard of a third.
  await sql`update sandbox_transfers set amount_minor = 101 where transfer_id = ${other}`.execute(
    db.kysely,
  )
  await sql`delete from sandbox_transfers where transfer_id = ${ours}`.execute(db.kysely)
  await sql`update sandbox_transfers set transfer_id = ${world.newId()}, provider_ref = 'unheard'
             where transfer_id = ${theirs}`.execute(db.kysely)
  const to = world.clock.now() + 1
  const found = await reconcileRail(world.parts, 'sandbox', from, to)
  const idsOf = (list: readonly { ours: { id: string } }[]) => list.map((each) => each.ours.id)
  const mine = new Set([...asks, payout].map(({ id }) => id))
  expect(idsOf(found.matched).filter((id) => mine.has(id))).toEqual([same, payout.id])
  expect(found.differs.filter((each) => mine.has(each.ours.id))).toMatchObject([
    { ours: { id: other }, in: ['amount'] },
  ])
  const onlyOurs = found.onlyOurs.map(({ id }) => id).filter((id) => mine.has(id))
  expect(onlyOurs.toSorted()).toEqual([ours, theirs].toSorted())
  expect(found.onlyTheirs.map(({ place }) => place)).toContain('unheard')
  // The day before has nothing of it, though it lies within the margin.
  const before = await reconcileRail(world.parts, 'sandbox', from - 86_400_000, from)
  expect([...before.matched, ...before.differs].filter((each) => mine.has(each.ours.id))).toEqual(
    [],
  )
})

test('what the provider moved before the span and we booked in it is matched', async () => {
  const { world } = sandboxWorld()
  const ask = world.topUp(world.person(), 100n)
  await world.ask(ask)
  await world.work()
  world.pass(5_000)
  await world.work()
  const now = world.clock.now()
  const { matched } = await reconcileRail(world.parts, 'sandbox', now - 1_000, now + 1)
  expect(matched.map(({ ours }) => ours.id)).toContain(ask.id)
})
