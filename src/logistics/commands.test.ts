import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testClock, testRandom } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { registerLogistics } from './commands.ts'

const db = await testDatabase()
const example = fileURLToPath(new URL('../../examples/lanes.csv', import.meta.url))
const readme = fileURLToPath(new URL('../../README.md', import.meta.url))
const printed: string[] = []

beforeEach(() => {
  printed.length = 0
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

/** One command line: its exit code, and what it printed. */
async function ewtp(line: string): Promise<[code: number, text: string]> {
  const clock = testClock()
  const program = new Command('ewtp').exitOverride()
  registerLogistics(program, {
    today: clock.today,
    openStore: async () => ({ db, clock, random: testRandom(), stop: async () => {} }),
  })
  process.exitCode = 0
  await program.parseAsync(['node', 'ewtp', ...line.split(' ')])
  return [Number(process.exitCode), printed.join('\n')]
}

test('a file is tried, loaded, noted, and priced', async () => {
  await db.kysely
    .insertInto('hub' as never)
    .values({
      id: '0199d2f0-0000-7000-8000-000000000001',
      name: 'Test hub',
      created_at: '2026-11-22',
    } as never)
    .execute()
  expect(await ewtp(`lanes import ${example} --dry-run`)).toEqual([
    0,
    '16 rows: 21 new, 0 ended, 0 held already; nothing was loaded (--dry-run)',
  ])
  printed.length = 0
  expect(await ewtp(`lanes import ${example}`)).toEqual([
    0,
    '16 rows: 21 new, 0 ended, 0 held already',
  ])
  const noted = await db.kysely.selectFrom('lane_imports').selectAll().execute()
  expect(noted).toMatchObject([{ file_name: 'lanes.csv', rows: 16, person_id: null }])

  printed.length = 0
  const [code, text] = await ewtp('lanes price --from my --to CA --kg 0.8 --size 30x20x10')
  expect(code).toBe(0)
  // 58.00 and one begun half kilogram; 72.00 and two, with 18.5 % for fuel: by volume it is 1.2 kg.
  expect(text).toContain('74.00 MYR  Example Post, International parcel (post), 8-14 working days')
  expect(text).toContain('129.17 MYR  Example Air, Express (courier), 2-4 working days')
  expect(text).toContain('Remote area may come on top (postcode not known)')

  printed.length = 0
  expect((await ewtp('lanes price --from MY --to CA --kg 0.8 --json'))[1]).toContain(
    '"amount":"74.00"',
  )
})

test.each([
  ['lanes price --from MY --to BR --kg 1', 'MY to BR on 2026-11-22: No carrier goes this way'],
  [`lanes import ${readme}`, 'Nothing was loaded: '],
])('%s is a no', async (line, text) => {
  const [code, said] = await ewtp(line)
  expect(code).toBe(1)
  expect(said).toContain(text)
})

test.each([
  ['lanes price --from MY --to CA --kg heavy', '--kg takes a mass'],
  ['lanes price --from MY --to CA --kg 1 --size big', '--size takes three sides'],
  ['lanes price --from Malaysia --to CA --kg 1', 'is no country'],
  ['lanes price --from MY --to CA --kg 1 --on soon', 'is not a day'],
  ['lanes import nothing-here.csv', 'file-not-readable'],
])('%s is refused with what to write', async (line, text) => {
  await expect(ewtp(line)).rejects.toThrow(text)
})
