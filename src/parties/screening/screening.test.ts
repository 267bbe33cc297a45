import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testRandom } from '../../../test/support/clock.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { transact } from '../../db/index.ts'
import { decide, type NewDecision } from './decide.ts'
import { countStates, findDecisions, findSubject, findSubjects } from './find-subjects.ts'
import { screeningState } from './find-subjects.ts'
import { readList } from './import/index.ts'
import { keepList } from './keep-list.ts'
import type { ListCode, ReadList } from './listed.ts'
import { openScreening } from './open-screening.ts'
import { rescreenDue, screenBusiness, screenSubjects } from './screen-subjects.ts'

// Nobody on these lists lives or lived.
const db = await testDatabase()
const homeHub = '0199d2f0-0000-7000-8000-000000000001'
const officer = { personId: '0199d2f0-0000-7000-8000-0000000000ff', name: 'Chen' }
const at = Date.UTC(2026, 10, 22, 9)
const { bytes } = testRandom()
const idOf = (number: number) =>
  `0199d2f0-0000-7000-8000-00000000${String(number).padStart(4, '0')}`

const fixture = (list: ListCode, ...names: string[]): ReadList =>
  readList(
    list,
    names.map((name) => ({
      name,
      bytes: readFileSync(join(import.meta.dirname, 'fixtures', name)),
    })),
  )
const un = fixture('un', 'un.xml')
const eu = fixture('eu', 'eu-export.xml')

const keep = (read: ReadList, older = false) => keepList(db, read, { homeHub, at, older })
const screening = openScreening()
const screen = async (number: number, ...names: string[]) => {
  const screener = await screening.screener(db.kysely)
  return transact(db, (tx) =>
    screenBusiness(tx, screener, { homeHub, id: idOf(number), names }, at),
  )
}
const stateOf = (number: number) =>
  screeningState(db.kysely, { homeHub, kind: 'business', subjectId: idOf(number) })
const decision = async (number: number, more: Partial<NewDecision> = {}): Promise<NewDecision> => {
  const place = { homeHub, kind: 'business' as const, subjectId: idOf(number) }
  const seen = (await findSubject(db.kysely, place))?.version ?? ''
  const reason = 'Another year of birth'
  const id = uuidv7(at, bytes)
  return { ...place, id, decision: 'clear', reason, officer, seen, at, ...more }
}

beforeEach(async () => {
  await db.pool.query(
    `truncate screening_lists, screening_entries, screening_results, screening_subjects,
              screening_decisions, events`,
  )
})

test('without a list nobody is clear', async () => {
  expect(await screen(1, 'Batik Maju')).toMatchObject({ state: 'unscreened', hits: [] })
  expect(await stateOf(2)).toBe('unscreened')
})

test('without a list an officer’s word is kept and nobody is screened by it; with one it is asked', async () => {
  await screen(1, 'Testovan Vydumkin')
  await screen(2, 'Batik Maju')
  for (const number of [1, 2]) {
    expect(await decide(db, await decision(number, { reason: 'I know them' }))).toEqual({
      decided: true,
    })
    expect(await stateOf(number)).toBe('unscreened')
  }
  const overtaken = await decision(1)
  const later = at + 60_000
  await keepList(db, un, { homeHub, at: later })
  // Read in, and nobody is compared with it yet: neither the old page counts nor the old word.
  expect(await decide(db, overtaken)).toMatchObject({ refused: 'screening-overtaken' })
  await rescreenDue(db, screening, later)
  expect(await Promise.all([1, 2].map(stateOf))).toEqual(['review', 'clear'])
  expect(await decide(db, await decision(1, { at: later }))).toEqual({ decided: true })
  expect(await stateOf(1)).toBe('clear')
  expect(await findDecisions(db.kysely, await decision(1))).toMatchObject([
    { decision: 'clear', compared: true, considered: [{ entry: 'NWi.001' }] },
    { decision: 'clear', compared: false, considered: [] },
  ])
})

test('without a list an officer can block; whom they let go again is unscreened', async () => {
  await screen(1, 'Testovan Vydumkin')
  await decide(db, await decision(1, { decision: 'blocked' }))
  expect(await stateOf(1)).toBe('blocked')
  await decide(db, await decision(1))
  expect(await stateOf(1)).toBe('unscreened')
})

test('who was cleared by a hub without lists is so no more', async () => {
  await screen(1, 'Batik Maju')
  await db.pool.query(`update screening_subjects set state = 'clear'`)
  expect(await rescreenDue(db, screening, at)).toBe(1)
  expect(await stateOf(1)).toBe('unscreened')
  expect(await rescreenDue(db, screening, at)).toBe(0)
})

test('a list is kept as it was read, and the very same one only once', async () => {
  expect(await keep(un)).toMatchObject({ entries: 3, names: 9, already: false })
  expect(await keep(un)).toMatchObject({ already: true })
  const { rows } = await db.pool.query(
    'select list, list_date, entries, unread, current from screening_lists',
  )
  expect(rows).toEqual([
    { list: 'un', list_date: '2026-03-04', entries: 3, unread: 1, current: true },
  ])
  const screener = await screening.screener(db.kysely)
  expect(screener.check('Testovan Vydumkin').hits[0]?.entry).toEqual(un.entries[0])
})

test('an older list is refused unless it is wanted, an empty one always', async () => {
  await keep(un)
  const older = { ...un, digest: 'older', listDate: '2026-03-01' }
  await expect(keep(older)).rejects.toThrow('list-older')
  await expect(keep({ ...un, digest: 'empty', entries: [] })).rejects.toThrow('list-empty')
  expect(await keep(older, true)).toMatchObject({ already: false })
  await keep(un)
  expect((await screening.screener(db.kysely)).entries).toBe(3)
})

test('of two who bring a list at once both are served, and one list is in use', async () => {
  const other = { ...un, digest: 'other' }
  await Promise.all([keep(un), keep(other), keep(un)])
  const { rows } = await db.pool.query('select count(*) from screening_lists where current')
  expect(rows).toEqual([{ count: 1n }])
  expect((await screening.screener(db.kysely)).entries).toBe(3)
})

test('names that come near go to the desk, the others are clear', async () => {
  await keep(un)
  expect(await screen(1, 'Testovan Vydumkin Trading', 'Testovan Vydumkin')).toMatchObject({
    state: 'review',
    hits: [{ entry: 'NWi.001', mainName: 'TESTOVAN BORISOVICH VYDUMKIN' }],
  })
  expect(await screen(2, 'Batik Maju Sdn Bhd')).toMatchObject({ state: 'clear', hits: [] })
  expect(await countStates(db.kysely, homeHub)).toMatchObject({ review: 1, clear: 1 })
  const { lines, more } = await findSubjects(db.kysely, homeHub, 'review')
  expect(lines).toMatchObject([{ id: idOf(1), name: 'Testovan Vydumkin Trading' }])
  expect(more).toBe(false)
  const { rows } = await db.pool.query(
    `select subject, body from events where kind = 'screening.changed' order by seq`,
  )
  expect(rows).toEqual([
    { subject: idOf(1), body: { kind: 'business', state: 'review' } },
    { subject: idOf(2), body: { kind: 'business', state: 'clear' } },
  ])
})

test('a name without a letter is not clear', async () => {
  await keep(un)
  expect(await screen(1, '👻', '...')).toMatchObject({ state: 'unscreened' })
})

test('a result is kept for the name and the version, and taken from there', async () => {
  await keep(un)
  await screen(1, 'Testovan Vydumkin')
  const count = async () =>
    (await db.pool.query<{ count: bigint }>('select count(*) from screening_results')).rows[0]
      ?.count
  expect(await count()).toBe(1n)
  await screen(2, 'TESTOVAN  Vydumkin')
  expect(await count()).toBe(1n)
  // Were it worked out again, this would not be seen.
  await db.pool.query(`update screening_results set hits = '[]'`)
  expect(await screen(3, 'testovan vydumkin')).toMatchObject({ state: 'clear' })
})

test('an officer clears with a reason; the same hit is never asked again', async () => {
  await keep(un)
  await screen(1, 'Testovan Vydumkin')
  expect(await decide(db, await decision(1))).toEqual({ decided: true })
  expect(await stateOf(1)).toBe('clear')
  expect(await screen(1, 'Testovan Vydumkin')).toMatchObject({ state: 'clear' })
  const [line] = await findDecisions(db.kysely, await decision(1))
  expect(line).toMatchObject({ decision: 'clear', by: 'Chen', reason: 'Another year of birth' })
  expect(line?.considered).toMatchObject([{ list: 'un', entry: 'NWi.001' }])
})

test('a new list asks again only for whom it names anew', async () => {
  await keep(un)
  await screen(1, 'Testovan Vydumkin')
  await screen(2, 'Kseniya Nebyvalova')
  await screen(3, 'Batik Maju')
  await decide(db, await decision(1))
  expect(await rescreenDue(db, screening, at)).toBe(0)
  await keep(eu)
  expect(await rescreenDue(db, screening, at)).toBe(3)
  expect(await Promise.all([1, 2, 3].map(stateOf))).toEqual(['clear', 'review', 'clear'])
  expect(await rescreenDue(db, screening, at)).toBe(0)
  const { rows } = await db.pool.query('select count(distinct version) from screening_results')
  expect(rows).toEqual([{ count: 1n }])
})

test('another name is another question', async () => {
  await keep(un)
  await screen(1, 'Testovan Wydumkin')
  await decide(db, await decision(1))
  expect(await screen(1, 'Testovan Borisovich Vydumkin')).toMatchObject({ state: 'review' })
})

test('who is blocked stays blocked, on newer lists and under another name, until an officer says otherwise', async () => {
  await keep(un)
  await screen(1, 'Testovan Vydumkin')
  await decide(db, await decision(1, { decision: 'blocked' }))
  await keep(eu)
  await rescreenDue(db, screening, at)
  expect(await screen(1, 'Batik Maju')).toMatchObject({ state: 'blocked' })
  expect(await decide(db, await decision(1, { decision: 'clear' }))).toEqual({ decided: true })
  expect(await stateOf(1)).toBe('clear')
  expect(await findDecisions(db.kysely, await decision(1))).toHaveLength(2)
})

test.each<[string, Partial<NewDecision>, string]>([
  ['no reason', { reason: '  ok ' }, 'reason-missing'],
  ['a book of a reason', { reason: 'x'.repeat(2_001) }, 'reason-too-long'],
  ['nobody', { subjectId: idOf(99) }, 'subject-unknown'],
  ['another list than the one that was read', { seen: 'before' }, 'screening-overtaken'],
])('no decision with %s', async (_what, more, code) => {
  await keep(un)
  await screen(1, 'Testovan Vydumkin')
  expect(await decide(db, await decision(1, more))).toMatchObject({ refused: code })
  expect(await stateOf(1)).toBe('review')
})

test('a short reason in Chinese is one', async () => {
  await keep(un)
  await screen(1, 'Testovan Vydumkin')
  expect(await decide(db, await decision(1, { reason: '出生年不同' }))).toEqual({ decided: true })
})

test('many at once, people and businesses, each page of the desk once', async () => {
  await keep(un)
  const screener = await screening.screener(db.kysely)
  const subjects = Array.from({ length: 120 }, (_, number) => ({
    ...{ homeHub, kind: number % 2 === 0 ? ('business' as const) : ('person' as const) },
    ...{ id: idOf(number), names: [`Testovan ${number % 3 === 0 ? 'Borisovich ' : ''}Vydumkin`] },
  }))
  await transact(db, (tx) => screenSubjects(tx, screener, subjects, at))
  const seen: string[] = []
  let after: Parameters<typeof findSubjects>[3]
  for (;;) {
    const { lines, more } = await findSubjects(db.kysely, homeHub, 'review', after)
    seen.push(...lines.map(({ kind, id }) => kind + id))
    const last = lines.at(-1)
    if (!more || !last) break
    after = last
  }
  expect(new Set(seen).size).toBe(120)
  expect(seen).toHaveLength(120)
})

test('two processes that screen the same at once do not get in each other’s way', async () => {
  await keep(un)
  const states = await Promise.all(Array.from({ length: 8 }, () => screen(1, 'Testovan Vydumkin')))
  expect(states.map(({ state }) => state)).toEqual(states.map(() => 'review'))
})
