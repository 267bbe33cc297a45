import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { registerScreen } from './commands.ts'

// Nobody on these lists lives or lived.
const db = await testDatabase()
const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)

afterEach(() => {
  process.exitCode = 0
  vi.restoreAllMocks()
})

async function ewtp(...words: string[]): Promise<{ out: string; code: typeof process.exitCode }> {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)))
  const program = new Command('ewtp').exitOverride()
  registerScreen(program, {
    now: () => Date.UTC(2026, 10, 22, 9),
    withDatabase: (_folder, work) => work(db),
  })
  process.exitCode = 0
  await program.parseAsync(['node', 'ewtp', 'screen', ...words])
  return { out: lines.join('\n'), code: process.exitCode }
}

test('without a list there is no answer, and the way out is told', async () => {
  await expect(ewtp('Bo Chen')).rejects.toThrow('ewtp screen import')
})

test('a list is read in, once, and names are compared with it', async () => {
  const first = await ewtp('import', 'un', fixture('un.xml'))
  expect(first.out).toContain('list un of 2026-03-04 is in use now: 3 entries, 9 names; 1 rows')
  expect((await ewtp('import', 'un', fixture('un.xml'))).out).toContain('was in use already')
  const found = await ewtp('Testovan Vydumkin', 'Bo Chen')
  expect(found).toMatchObject({ code: 1 })
  expect(found.out).toContain('Testovan Wydumkin (person, un NWi.001): same testovan, spelling')
  expect(found.out).toContain('Bo Chen: nothing comes near')
  expect(await ewtp('Bo Chen')).toMatchObject({ code: 0 })
})

test('as json, of files alone', async () => {
  const files = `ofac:${fixture('ofac-sdn.csv')},${fixture('ofac-alt.csv')}`
  const { out, code } = await ewtp('Leuterio Fantomas', '--json', '--list', files)
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    reviewFrom: 78,
    answers: [
      {
        ...{ name: 'Leuterio Fantomas', key: 'leuterio fantomas', needsReview: true },
        hits: [{ list: 'ofac', entry: '37', listed: 'Leuterio FANTOMAS', score: 100 }],
      },
    ],
  })
})

test.each([
  [['import', 'xx', 'a.xml'], 'xx is no list; there are un, eu, ofac, bis'],
  [[], 'screen takes a name'],
  [['import', 'un', fixture('un.xml'), '--date', 'yesterday'], 'yesterday is no day'],
])('%j is wrong usage', async (words, message) => {
  await expect(ewtp(...words)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(message),
  })
})
