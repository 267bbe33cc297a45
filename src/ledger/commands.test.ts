import { Command } from 'commander'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { openJournal } from '../basis/journal.ts'
import { transact } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import { registerLedger } from './commands.ts'
import { loadLedger, post, writeLedger } from './index.ts'

const db = await testDatabase()
const now = Date.UTC(2026, 10, 22, 9)
const printed: string[] = []

beforeEach(() => {
  printed.length = 0
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function ewtp(...args: string[]): Promise<[code: number, text: string]> {
  const program = new Command('ewtp').exitOverride()
  registerLedger(program, {
    now: () => now,
    withBooks: (_, work) => work(db, { verify: () => true } as unknown as Keys),
  })
  process.exitCode = 0
  await program.parseAsync(['node', 'ewtp', ...args])
  return [Number(process.exitCode), printed.join('\n')]
}

test('right books, then books that somebody changed: the place is named and the exit code says no', async () => {
  expect(await ewtp('ledger', 'check')).toEqual([
    0,
    '0 entries, 0 postings, 0 accounts, 0 sealed blocks, checked in 0 s\nThe books are right.',
  ])
  const id = '0199d2f0-0000-7000-8000-000000000009'
  await transact(db, async (tx) => {
    const accounts = ['rail:sandbox:MYR', 'wallet:person:0199d2f0-0000-7000-8000-000000000001:MYR']
    const draft = await loadLedger(tx, openJournal(), { accounts }, now)
    post(draft, {
      ...{ id, kind: 'top-up', reference: 'test', at: now },
      postings: [
        { account: accounts[0]!, amount: -12_345n },
        { account: accounts[1]!, amount: 12_345n },
      ],
    })
    await writeLedger(tx, draft, { hub: '0199d2f0-0000-7000-8000-000000000001', now })
  })
  printed.length = 0
  expect(await ewtp('ledger', 'check')).toEqual([
    0,
    [
      '1 entry, 2 postings, 2 accounts, 0 sealed blocks, checked in 0 s',
      '  MYR 123.45 owed, and kept for it',
      '1 entry not sealed yet:',
      `  entry ${id}`,
      'The books are right.',
    ].join('\n'),
  ])
  await sql`update accounts set balance_minor = 99999 where account like 'wallet:%'`.execute(
    db.kysely,
  )
  printed.length = 0
  const [code, text] = await ewtp('ledger', 'check')
  expect(code).toBe(1)
  expect(text).toContain(
    'The books are NOT right:\n  balance-differs-from-its-postings at wallet:person:',
  )
  expect(text).toContain('found 1: 99999, expected 1: 12345')
  printed.length = 0
  const [, json] = await ewtp('ledger', 'check', '--json')
  expect(JSON.parse(json)).toMatchObject({
    entries: 1,
    turnover: [{ currency: 'MYR', owed: '99999' }],
  })
})
