import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { until } from '../../test/support/hub-process.ts'
import { appendEvents, transact } from './index.ts'

const db = await testDatabase()
const hub = '0199d2f0-0000-7000-8000-000000000001'
const now = Date.UTC(2026, 10, 22, 9)
await db.pool.query('create table effects (position serial primary key, subject text, who text)')

beforeEach(async () => {
  await db.pool.query('truncate events, event_readers, effects')
})

const index = fileURLToPath(new URL('index.ts', import.meta.url))

/** A process of its own with the same reader; `where` is the place at which it stops and waits. */
function readerProcess(who: string, where: 'nowhere' | 'before-commit' | 'after-commit') {
  const code = `
    import { sql } from 'kysely'
    import { openDatabase, runReader } from ${JSON.stringify(index)}
    const [url, who, where] = process.argv.slice(1)
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const db = await openDatabase({ url, sleep, fraction: Math.random })
    const reader = {
      name: 'scribe',
      async handle(tx, events) {
        for (const { subject } of events)
          await sql\`insert into effects (subject, who) values (\${subject}, \${who})\`.execute(tx)
        if (where === 'before-commit') { console.log('there'); await sleep(60_000) }
      },
    }
    for (;;) {
      const run = await runReader(db, reader, { now: Date.now(), limit: 20 })
      if (run.passed > 0 && where === 'after-commit') { console.log('there'); await sleep(60_000) }
      if (!run.more) await sleep(2)
    }`
  const args = ['--input-type=module', '-e', code, db.url, who, where]
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const there = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => resolve())
    child.on('close', () => reject(new Error(`It ended too soon: ${said}`)))
  })
  there.catch(() => {})
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return { there, kill, said: () => said }
}

const subjects = (count: number, prefix = 'offer') =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

const saved = (names: string[]) =>
  transact(db, (tx) =>
    appendEvents(
      tx,
      names.map((subject) => ({ hub, kind: 'offer.saved', subject, at: now })),
    ),
  )

async function effects(): Promise<{ subject: string; who: string }[]> {
  const { rows } = await db.pool.query<{ subject: string; who: string }>(
    'select subject, who from effects order by position',
  )
  return rows
}

const heard = async () => (await effects()).map(({ subject }) => subject)

test('killed between its effects and the commit: as if it had never begun', async () => {
  await saved(subjects(5))
  const first = readerProcess('first', 'before-commit')
  await first.there
  await first.kill()
  expect(await heard()).toEqual([])
  readerProcess('second', 'nowhere')
  await until(async () => (await heard()).length >= 5)
  expect(await heard()).toEqual(subjects(5))
})

test('killed after the commit: nothing is done again', async () => {
  await saved(subjects(5))
  const first = readerProcess('first', 'after-commit')
  await first.there
  await first.kill()
  expect(await heard()).toEqual(subjects(5))
  await saved(['last'])
  readerProcess('second', 'nowhere')
  await until(async () => (await heard()).includes('last'))
  expect(await heard()).toEqual([...subjects(5), 'last'])
})

test('two processes share one reader while one is killed again and again', async () => {
  const steady = readerProcess('steady', 'nowhere')
  const expected: string[] = []
  let done = false
  const writing = (async () => {
    for (let turn = 0; !done; turn += 1) {
      const names = subjects(15, `turn-${turn}`)
      await saved(names)
      expected.push(...names)
      await db.sleep(4)
    }
  })()
  for (let kills = 0; kills < 6; kills += 1) {
    const mortal = readerProcess(`mortal-${kills}`, 'nowhere')
    const took = async () => (await effects()).some(({ who }) => who === `mortal-${kills}`)
    await until(took)
    await db.sleep(7 * kills)
    await mortal.kill()
  }
  done = true
  await writing
  await until(async () => (await heard()).length >= expected.length)
  expect(steady.said()).toBe('')
  expect(await heard()).toEqual(expected)
  expect(new Set((await effects()).map(({ who }) => who)).size).toBe(7)
})
