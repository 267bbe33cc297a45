import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  change,
  hub,
  keys,
  newId,
  now,
  rail,
  sealAll,
  topUp,
  walletOf,
} from '../../test/support/books.ts'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import { transact } from '../db/index.ts'
import { checkLedger, hold, putInEscrow } from './index.ts'

describe('edits by somebody with the database password', () => {
  const tamper = (db: TestDatabase, statement: string) =>
    transact(db, async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx)
      await sql.raw(statement).execute(tx)
    })

  /** An edit, and what the check says of it. */
  const edits: readonly [name: string, statement: string, says: RegExp][] = [
    [
      'a posting',
      `update account_postings set amount_minor = amount_minor + 1 where account = NUMBER of 'W1' and position = 2`,
      /broken-run W1 #2.*|entry-changed/,
    ],
    [
      'a posting, its entry and all balances after it, so that everything adds up',
      `update account_postings set amount_minor = amount_minor + 5, balance_minor = balance_minor + 5 where account = NUMBER of 'W1' and position = 1;
       update account_postings set balance_minor = balance_minor + 5 where account = NUMBER of 'W1' and position > 1; update accounts set balance_minor = balance_minor + 5 where account = 'W1';
       update account_postings set amount_minor = amount_minor - 5, balance_minor = balance_minor - 5 where account = NUMBER of 'RAIL' and position = 1;
       update account_postings set balance_minor = balance_minor - 5 where account = NUMBER of 'RAIL' and position > 1; update accounts set balance_minor = balance_minor - 5 where account = 'RAIL'`,
      /^entry-changed entry E1$/m,
    ],
    [
      'a balance',
      `update accounts set balance_minor = balance_minor + 1 where account = 'W1'`,
      /balance-differs-from-its-postings W1/,
    ],
    [
      'a floor',
      `update accounts set floor_minor = null where account = 'W1'`,
      /floor-differs-from-the-plan W1/,
    ],
    [
      'when it was',
      `update entries set at = at - interval '1 day' where entry_id = 'E1'`,
      /^entry-changed entry E1$/m,
    ],
    [
      'what it was for',
      `update entries set reference = 'other' where entry_id = 'E1'`,
      /^entry-changed entry E1$/m,
    ],
    [
      'an entry taken out',
      `delete from entries where entry_id = 'E1'`,
      /^entry-missing entry E1$/m,
    ],
    [
      'an entry taken out whole, with its block',
      `delete from account_postings where entry_id = 'E1'; delete from entries where entry_id = 'E1';
       delete from ledger_blocks where 'E1' = any(entries)`,
      /^entry-missing entry E1$/m,
    ],
    [
      'an entry put in',
      `insert into entries values ('${hub}', 'gift', 'me', now(), null, null)`,
      /^entry-without-event entry 0199d2f0-0000-7000-8000-000000000001$/m,
    ],
    [
      'a leg of escrow',
      `update escrows set lefts_minor[1] = lefts_minor[1] - 1 where order_id = 'O1'`,
      /leg-differs-from-its-entries O1 escrow:goods:MYR/,
    ],
    [
      'for whom a leg is',
      `update escrows set beneficiaries[1] = 'W1' where order_id = 'O1'`,
      /entry-changed/,
    ],
    ['a hold', `update holds set amount_minor = 7 where account = 'W1'`, /holds-differ W1/],
    [
      'a block',
      `update ledger_blocks set sealed_at = sealed_at + interval '1 s' where number = 1`,
      /^block-changed block 1$/m,
    ],
    [
      'the order of blocks',
      `update ledger_blocks set number = number + 10 where number = 2`,
      /^block-missing block 2$/m,
    ],
    [
      'a signature',
      `update ledger_blocks set signature = '\\x00' where number = 1`,
      /^signature-wrong block 1$/m,
    ],
    [
      'a leaf',
      `update ledger_blocks set leaves = sha256('x') where number = 1`,
      /^leaves-changed block 1$/m,
    ],
  ]

  test.each(edits)('%s', async (_, statement, says) => {
    const db = await testDatabase()
    const [amina, bo, order] = [newId(), newId(), newId()]
    const first = await topUp(db, amina, 10_000n)
    await sealAll(db)
    await change(db, { accounts: [walletOf(amina)] }, (draft) =>
      hold(
        draft,
        {
          ...{ id: newId(), account: walletOf(amina), amount: 9n, purpose: 'payment' },
          reference: 'x',
          expiresAt: now,
        },
        now,
      ),
    )
    await change(db, { accounts: [walletOf(amina), 'escrow:goods:MYR'] }, (draft) =>
      putInEscrow(
        draft,
        { id: newId(), kind: 'checkout', at: now },
        { id: order, payer: walletOf(amina), currency: 'MYR' },
        [{ leg: 'goods', amount: 50n, beneficiary: walletOf(bo) }],
      ),
    )
    await sealAll(db)
    expect((await checkLedger(db, keys)).faults).toEqual([])
    const named = (text: string): string =>
      text
        .replaceAll(/NUMBER of ('\w+')/g, '(select number from accounts where account = $1)')
        .replaceAll('W1', walletOf(amina))
        .replaceAll('RAIL', rail)
        .replaceAll('O1', order)
        .replaceAll('E1', 'id' in first ? first.id : '')
    await tamper(db, named(statement))
    const { faults } = await checkLedger(db, keys)
    expect(faults.map(({ code, place }) => `${code} ${place}`).join('\n')).toMatch(
      new RegExp(named(says.source), says.flags),
    )
  })
})
