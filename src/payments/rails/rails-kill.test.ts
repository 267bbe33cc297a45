import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../../src/app/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { until } from '../../../test/support/hub-process.ts'
import { railWorld } from '../../../test/support/rail-world.ts'
import { createSandbox, workRails, type Ask, type RailParts } from './rails.ts'

const db = await testDatabase()
const behaviour = {
  ...{ seed: 'kills', delayMs: 40, failPerMille: 150 },
  ...{ duplicatePerMille: 300, latePerMille: 300, wrongPerMille: 200 },
}
const pace = { lease: 150, first: 60, longest: 200 }
const kills = 12

/** A worker in a process of its own, on the machine's clock. */
function worker() {
  const place = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))
  const code = `
    import { randomBytes as random } from 'node:crypto'
    import { openDatabase } from ${place('../../db/index.ts')}
    import { createSandbox, workRails } from ${place('rails.ts')}
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const [url, behaviour, pace, hub] = process.argv.slice(1)
    const db = await openDatabase({ url, sleep, fraction: Math.random })
    const now = () => Date.now()
    const sandbox = createSandbox({ db, now, random, behaviour: JSON.parse(behaviour) })
    const rails = new Map([['sandbox', sandbox]])
    const report = (error, message) => console.error(message, error)
    const parts = { db, now, random, rails, report, hub: { id: hub }, pace: JSON.parse(pace) }
    console.log('up')
    for (;;) if ((await workRails(parts)) === 0) await sleep(3)`
  const settings = [JSON.stringify(behaviour), JSON.stringify(pace), hub]
  const loader = fileURLToPath(new URL('../../../bin/loader.js', import.meta.url))
  const args = ['--import', loader, '--input-type=module', '-e', code, db.url, ...settings]
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const up = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => resolve())
    child.on('close', () => reject(new Error(`It ended too soon: ${said}`)))
  })
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return { up, kill, said: () => said }
}

const hub = '0199d2f0-0000-7000-8000-000000000001'
const { bytes } = await import('../../../src/app/random.ts').then(({ realRandom }) => realRandom())
const clock = realClock()
const sandbox = createSandbox({ db, now: clock.now, random: bytes, behaviour })
const world = railWorld(db, sandbox)
const parts: RailParts = {
  ...{ db, random: bytes, now: clock.now, hub: { id: hub }, pace },
  rails: new Map([['sandbox', sandbox]]),
}

const finished = async (): Promise<boolean> => {
  while ((await workRails(parts)) > 0);
  const { rows } = await sql`
    select from rail_transfers where state in ('asked', 'sent') or next_try_at is not null
    union all select from sandbox_callbacks where delivered_at is null`.execute(db.kysely)
  return rows.length === 0
}

test(
  `${kills} workers killed at any moment: every transfer ends once, as the provider says`,
  { timeout: 90_000 },
  async () => {
    const people = Array.from({ length: 6 }, () => world.person())
    // Money to begin with; one in a few fails, so more than once.
    const first = people.flatMap((each) =>
      Array.from({ length: 4 }, () => world.topUp(each, 1_000n)),
    )
    world.clock.set(clock.now())
    await world.ask(...first)
    await until(finished, 20_000)

    let stopping = false
    const asking = (async () => {
      for (let turn = 0; !stopping; turn += 1) {
        const holder = people[turn % people.length]!
        const ask: Ask[] = [
          world.topUp(holder, 70n),
          world.payout(holder, 50n),
          world.refund(holder, first[(turn % people.length) * 4 + (turn % 4)]!.id, 30n),
        ]
        world.clock.set(clock.now())
        await world.ask(ask[turn % 3]!)
        await clock.sleep(8)
      }
    })()
    const said: string[] = []
    const mortal = async (count: number): Promise<void> => {
      for (let kill = 0; kill < count; kill += 1) {
        const child = worker()
        await child.up
        await clock.sleep(20 + Math.random() * 250)
        await child.kill()
        said.push(child.said())
      }
    }
    await Promise.all([mortal(kills / 2), mortal(kills / 2)])
    stopping = true
    await asking
    expect(said.join('')).toBe('')
    await until(finished, 20_000)

    const { rows } = await sql<{ state: string; truth: string; times: bigint; n: bigint }>`
      select t.state, case when s.amount_minor <> t.amount_minor and s.outcome = 'done' then 'other amount' else s.outcome end as truth,
             (select count(*) from events e where e.subject = t.transfer_id::text
                 and e.kind in (t.kind || '.done', t.kind || '.failed', t.kind || '.wrong')) as times, count(*) as n
        from rail_transfers t left join sandbox_transfers s on s.transfer_id = t.transfer_id
       group by 1, 2, 3 order by 1`.execute(db.kysely)
    console.log(rows.map(({ state, n }) => `${n} ${state}`).join(', '), `after ${kills} kills`)
    expect(rows.map(({ state, truth, times }) => `${state}: ${truth}, ${times}`)).toEqual([
      'done: done, 1',
      'failed: failed, 1',
      'wrong: other amount, 1',
    ])
    await expectWalletsAddUp()
    await world.expectBooksRight()
  },
)

/** What is in each wallet is what its transfers say; what is held is what is wrong and went out. */
async function expectWalletsAddUp(): Promise<void> {
  const { rows } = await sql`
    select a.account, a.balance_minor, a.held_minor from accounts a
      join (select account,
                   sum(case when state <> 'done' then 0 when kind = 'top-up' then amount_minor else -amount_minor end) as balance,
                   coalesce(sum(amount_minor) filter (where state = 'wrong' and kind <> 'top-up'), 0) as held
              from rail_transfers group by account) t using (account)
     where (a.balance_minor, a.held_minor) <> (t.balance, t.held)`.execute(db.kysely)
  expect(rows).toEqual([])
}
