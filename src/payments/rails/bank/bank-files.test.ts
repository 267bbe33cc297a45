import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bankWorld, payee } from '../../../../test/support/bank-world.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { hasSchemas, schema } from '../../../../test/support/xsd.ts'
import { findBankFileBytes, findBankFiles, findPayoutsIn, findWaiting } from './find-bank-files.ts'
import { endToEndOf } from './bank-rail.ts'
import { makeBankFiles, mostInFile } from './make-bank-files.ts'
import { sandboxStatement } from './sandbox-statement.ts'
import { judge, type Standing, type Told } from './tell-outcomes.ts'

// Payouts by a file for the bank, from the wallet to the bank's statement.

const db = await testDatabase()
const world = bankWorld(db)
const { kysely } = db
const { name: rail } = world.rail
const waits = async (): Promise<string[]> =>
  (await findWaiting(kysely, rail, 100)).map(({ id }) => id)
const bytesOf = async (file: string): Promise<string> =>
  (await findBankFileBytes(kysely, rail, file))?.bytes.toString() ?? ''
const isValid = hasSchemas ? schema('pain.001.001.09') : () => []
const isStatement = hasSchemas ? schema('camt.054.001.08') : () => []

describe('a file', () => {
  test('holds the chosen payouts of those that wait, and is the same bytes every time', async () => {
    const amina = await world.rich()
    const [first, second, third] = [
      await world.waiting(amina, 100n),
      await world.waiting(amina, 250n),
      await world.waiting(amina, 50n),
    ]
    expect(await waits()).toEqual([first, second, third])
    expect(await world.wallet(amina)).toBe('1000 held 400')
    const command = world.fileOf([third, first])
    expect(await world.make(command)).toBe('201')
    expect(await waits()).toEqual([second])
    const xml = await bytesOf(command.body.id)
    expect(isValid(xml)).toEqual([])
    for (const id of [first, third]) expect(xml).toContain(`<EndToEndId>${endToEndOf(id)}<`)
    expect(xml).not.toContain(endToEndOf(second))
    expect(xml).toContain('<NbOfTxs>2</NbOfTxs><CtrlSum>1.5</CtrlSum>')
    // No bank has the account that it is paid from.
    expect(xml).toContain(
      '<DbtrAcct><Id><Othr><Id>SANDBOX</Id></Othr></Id><Ccy>MYR</Ccy></DbtrAcct>',
    )
    const [view] = await findBankFiles(kysely, rail, command.body.id)
    expect(view).toMatchObject({
      ...{ payouts: 2, open: 2, sums: [{ currency: 'MYR', amount: 150n }] },
      digest: createHash('sha256').update(xml).digest('hex'),
    })
    expect(await bytesOf(command.body.id)).toBe(xml)
    // The same form again, and the same payouts by another.
    expect(await world.make(command)).toBe('201')
    expect(await world.make(world.fileOf([first, second]))).toBe('422 payouts-changed')
    expect(await waits()).toEqual([second])
    expect((await findPayoutsIn(kysely, command.body.id)).map(({ id }) => id)).toEqual([
      first,
      third,
    ])
  })

  test('of two operators and double clicks at once, one is made', async () => {
    const amina = await world.rich()
    const payouts = [await world.waiting(amina, 10n), await world.waiting(amina, 20n)]
    const forms = [world.fileOf(payouts), world.fileOf(payouts), world.fileOf(payouts)]
    const answers = await Promise.all(
      [...forms, ...forms].map((form) => makeBankFiles(world.parts, [form], world.clock.now())),
    )
    const codes = answers.map(([answer]) => world.codeOf(answer))
    // The second of a double click hears the first one's answer, or that it is at work.
    const told = (at: number): string[] => [...new Set([codes[at]!, codes[at + 3]!])]
    const made = forms.filter((_, at) => told(at).includes('201'))
    expect(made).toHaveLength(1)
    expect(codes.filter((code) => code === '422 payouts-changed').length).toBeGreaterThanOrEqual(2)
    const files = await findBankFiles(kysely, rail)
    expect(files.filter(({ id }) => forms.some(({ body }) => body.id === id))).toHaveLength(1)
  })

  test.each<[string, object, string]>([
    ['nothing', { payouts: [] }, 'bank-file-size'],
    [
      'too much',
      {
        payouts: Array(mostInFile + 1)
          .fill('')
          .map(() => crypto.randomUUID()),
      },
      'bank-file-size',
    ],
    ['yesterday', { on: '2020-01-01' }, 'day-not-valid'],
    ['a day far off', { on: '2099-01-01' }, 'day-not-valid'],
    ['no day', { on: '2026-02-30' }, 'day-not-valid'],
    ['what is not there', { payouts: [crypto.randomUUID()] }, 'payouts-changed'],
    ['another rail’s', { rail: 'bank' }, 'payouts-changed'],
    [
      'a bank without an account in its money',
      { bank: { ...world.rail.bank, accounts: [] } },
      'payout-wrong',
    ],
  ])('is not made of %s', async (_, more, code) => {
    const amina = await world.rich()
    const payout = await world.waiting(amina, 10n)
    expect(await world.make(world.fileOf([payout], more))).toBe(`422 ${code}`)
    expect(await waits()).toContain(payout)
  })

  test('cannot be changed in the database, and no payout put in two', async () => {
    const amina = await world.rich()
    const payout = await world.waiting(amina, 10n)
    const file = world.fileOf([payout])
    await world.make(file)
    const put = db.pool.query('insert into bank_file_payouts values ($1, $2)', [
      payout,
      file.body.id,
    ])
    await expect(put).rejects.toThrow('bank_file_payouts_pkey')
    for (const change of [
      "update bank_files set bytes = 'x', digest = sha256('x')",
      'delete from bank_file_payouts',
      'truncate bank_outcomes',
    ])
      await expect(db.pool.query(change)).rejects.toThrow('are never changed')
  })
})

describe('how it ended', () => {
  const inFile = async (amount: bigint) => {
    const holder = await world.rich()
    const payout = await world.waiting(holder, amount)
    expect(await world.make(world.fileOf([payout]))).toBe('201')
    return { holder, payout }
  }

  test('is told by the statement: done, then back, and an older statement takes nothing away', async () => {
    const { holder, payout } = await inFile(100n)
    const paid = world.statement([payout, '-1.00'])
    expect(await world.take(paid)).toBe('1 done 0 failed')
    expect([await world.stateOf(payout), await world.wallet(holder)]).toEqual([
      'done',
      '900 held 0',
    ])
    expect(await world.take(paid)).toBe('0 done 0 failed')
    expect(await world.take(world.statement([payout, '+1.00']))).toBe('0 done 1 failed')
    expect([await world.stateOf(payout), await world.wallet(holder)]).toEqual([
      ...['failed bank-returned/AC04', '1000 held 0'],
    ])
    expect(await world.take(paid)).toBe('0 done 0 failed')
    expect(await world.stateOf(payout)).toContain('failed')
    // Whoever asks the provider again hears the same.
    await world.work()
    expect(await world.wallet(holder)).toBe('1000 held 0')
    await world.expectBooksRight()
  })

  test('is not told by another amount, nor of what is in no file', async () => {
    const { holder, payout } = await inFile(100n)
    const loose = await world.waiting(holder, 30n)
    const xml = world.statement([payout, '-1.01'], [loose, '-0.30'])
    expect(await world.take(xml)).toBe('0 done 0 failed')
    expect([await world.stateOf(payout), await world.stateOf(loose)]).toEqual(['sent', 'sent'])
    expect(await world.wallet(holder)).toBe('1000 held 130')
  })

  test('is told by the operator with a reason, of all chosen payouts or none', async () => {
    const { holder, payout } = await inFile(100n)
    const loose = await world.waiting(holder, 30n)
    expect(await world.say([payout, loose], 'done')).toBe('422 payout-in-no-file')
    expect(await world.stateOf(payout)).toBe('sent')
    expect(await world.say([payout], 'done', { reason: ' \u200B ' })).toBe('422 reason-missing')
    expect(await world.say([payout], 'done', { reason: 'x'.repeat(141) })).toBe(
      '422 reason-too-long',
    )
    expect(await world.say([payout], 'done', { own: [holder.id] })).toBe('422 own-payout')
    expect(await world.say([], 'done')).toBe('422 payouts-not-chosen')
    expect(await world.say([crypto.randomUUID()], 'failed')).toBe('422 no-such-payout')
    expect(await world.say([payout, loose], 'failed')).toBe('200')
    expect([await world.stateOf(loose), await world.wallet(holder)]).toEqual([
      ...['failed operator-failed', '1000 held 0'],
    ])
    expect(await world.make(world.fileOf([loose]))).toBe('422 payouts-changed')
    // The bank had paid all the same.
    expect(await world.take(world.statement([payout, '-1.00']))).toBe('1 done 0 failed')
    expect([await world.stateOf(payout), await world.wallet(holder)]).toEqual([
      'done',
      '900 held 0',
    ])
    await world.expectBooksRight()
  })

  test('of one who spent the money that was given back, the operator looks at it', async () => {
    const { holder, payout } = await inFile(1_000n)
    await world.say([payout], 'failed')
    const other = await world.waiting(holder, 900n)
    await world.take(world.statement([payout, '-10.00']))
    expect(await world.stateOf(payout)).toBe('wrong not-enough-money')
    expect([await world.stateOf(other), await world.wallet(holder)]).toEqual([
      'sent',
      '1000 held 900',
    ])
    await world.expectBooksRight()
  })

  const not = { isInFile: false, last: undefined }
  const filed = { isInFile: true, last: undefined }
  const after = (outcome: Told['outcome'], source: Told['source']): Standing => ({
    ...{ isInFile: true, last: { outcome, source } },
  })
  test.each<[string, Standing, Told['source'], Told['outcome'], string]>([
    ['waits', not, 'statement', 'done', 'payout-in-no-file'],
    ['waits', not, 'statement', 'failed', 'payout-in-no-file'],
    ['waits', not, 'operator', 'done', 'payout-in-no-file'],
    ['waits', not, 'operator', 'failed', 'new'],
    ['is in a file', filed, 'statement', 'done', 'new'],
    ['is in a file', filed, 'statement', 'failed', 'new'],
    ['is in a file', filed, 'operator', 'done', 'new'],
    ['is in a file', filed, 'operator', 'failed', 'new'],
    ['was paid', after('done', 'statement'), 'statement', 'done', 'same'],
    ['was paid', after('done', 'statement'), 'statement', 'failed', 'new'],
    ['was paid', after('done', 'statement'), 'operator', 'failed', 'new'],
    ['was said to be paid', after('done', 'operator'), 'statement', 'failed', 'new'],
    ['came back', after('failed', 'statement'), 'statement', 'done', 'payout-came-back'],
    ['came back', after('failed', 'statement'), 'operator', 'done', 'new'],
    ['came back', after('failed', 'statement'), 'statement', 'failed', 'same'],
    ['was said not to be paid', after('failed', 'operator'), 'statement', 'done', 'new'],
  ])(
    'a payout that %s (%o): a word of the %s that it is %s: %s',
    (_, standing, source, outcome, is) => {
      const verdict = judge(standing, { source, outcome })
      expect(typeof verdict === 'string' ? verdict : verdict.refused).toBe(is)
    },
  )
})

test('what the sandbox’s bank answers is a valid statement by which every payout is done', async () => {
  const amina = await world.rich()
  const payouts = [await world.waiting(amina, 10n), await world.waiting(amina, 20n)]
  const file = world.fileOf(payouts)
  await world.make(file)
  const [view] = await findBankFiles(kysely, rail, file.body.id)
  const xml = sandboxStatement(view!, await findPayoutsIn(kysely, file.body.id))
  expect(isStatement(xml)).toEqual([])
  expect(await world.take(xml)).toBe('2 done 0 failed')
  expect((await findBankFiles(kysely, rail, file.body.id))[0]).toMatchObject({ open: 0 })
})

describe('a payout by a bank', () => {
  const ask = async (more: object): Promise<string[]> => {
    const holder = await world.rich()
    const to = JSON.stringify(payee)
    return world.ask({ ...world.payout(holder, 10n), rail, to, ...more })
  }
  test.each<[string, object, string]>([
    ['to nobody', { to: 'acct_amina' }, 'destination-not-valid'],
    [
      'with a slip in the IBAN',
      { to: JSON.stringify({ ...payee, account: { iban: 'DE89370400440532013001' } }) },
      'payee-account',
    ],
    ['of money that nobody knows', { currency: 'QQQ' }, 'currency-not-known'],
  ])('%s is refused, and nothing is held', async (_, more, code) => {
    expect(await ask(more)).toEqual([`422 ${code}`])
  })
  test('does not bring money in', async () => {
    const holder = world.person()
    expect(await world.ask({ ...world.topUp(holder, 10n), rail })).toEqual(['422 rail-not-known'])
  })
})

beforeAll(() => {
  if (!hasSchemas)
    console.log('not run: files by the schemas of ISO 20022 (EWTP_REFERENCE_DATA not set)')
})
