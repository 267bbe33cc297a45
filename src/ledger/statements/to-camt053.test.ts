import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasSchemas, schema } from '../../../test/support/xsd.ts'
import { currencies } from '../../basis/currency.ts'
import { isRefused } from '../../basis/refusal.ts'
import { gapOf, signed } from '../../payments/iso20022/bank-file.ts'
import { readCamt } from '../../payments/iso20022/read-camt.ts'
import type { Statement, StatementMovement } from './statement.ts'
import { toCamt053, type StatementHead } from './to-camt053.ts'

const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const compact = (uuid: string) => uuid.replaceAll('-', '')

const head: StatementHead = {
  id: id(1),
  sequence: 11n,
  createdAt: Date.UTC(2026, 11, 1, 0, 5),
  servicer: 'Hub of Penang',
}

const amina: Statement = {
  account: `wallet:person:${id(900)}:MYR`,
  holder: 'Amina & Sons <batik>',
  currency: 'MYR',
  from: Date.UTC(2026, 10, 1),
  to: Date.UTC(2026, 11, 1),
  opening: 100_00n,
  closing: 330_60n,
  movements: [
    {
      position: 4n,
      at: Date.UTC(2026, 10, 3, 9, 30),
      amount: 250_50n,
      balance: 350_50n,
      entry: id(4),
      kind: 'top-up',
      reference: id(70),
      counterparty: 'Bank of Penang',
    },
    {
      position: 5n,
      at: Date.UTC(2026, 10, 30, 23, 59, 59, 999),
      amount: -19_90n,
      balance: 330_60n,
      entry: id(5),
      kind: 'tip-jar',
      reference: 'a scarf, as agreed at the fair of Penang, with two more to come in spring',
    },
  ],
}

const written = (statement: Statement): string => {
  const pieces = toCamt053(statement, head)
  if (isRefused(pieces)) throw new Error(JSON.stringify(pieces))
  return [...pieces].join('')
}

const read = (xml: string) => {
  const file = readCamt(new TextEncoder().encode(xml))
  if (isRefused(file)) throw new Error(JSON.stringify(file))
  return file
}

test('a statement as a bank would write it', () => {
  const file = read(written(amina))
  expect(file).toMatchObject({ message: 'camt.053', version: '08', id: compact(id(1)) })
  const [statement] = file.statements
  expect(statement).toMatchObject({
    account: compact(id(900)),
    balances: [
      { code: 'OPBD', amountMinor: 100_00n, on: '2026-11-01' },
      { code: 'CLBD', amountMinor: 330_60n, on: '2026-11-30' },
    ],
    entries: [
      {
        amountMinor: 250_50n,
        direction: 'credit',
        status: 'booked',
        bookedOn: '2026-11-03',
        reference: '4',
        servicerReference: compact(id(4)),
        code: 'PMNT/RCDT/NTAV',
        details: [{ endToEndId: compact(id(70)), counterparty: 'Bank of Penang' }],
      },
      {
        amountMinor: 19_90n,
        direction: 'debit',
        bookedOn: '2026-11-30',
        code: 'tip-jar',
        details: [{ endToEndId: undefined, remittance: amina.movements[1]?.reference }],
      },
    ],
  })
  expect(statement && gapOf(statement)).toBe(0n)
})

test.each<[string, Partial<Statement>, Partial<StatementHead>, string]>([
  ['what does not re-add', { closing: 0n }, {}, 'statement-closing'],
  ['a message without an id', {}, { id: 'x' }, 'statement-head'],
  ['a number below nothing', {}, { sequence: -1n }, 'statement-head'],
  // Cut to 34 characters it would be somebody else's.
  ['a long name', { account: `payable:freight:${'a'.repeat(40)}:MYR` }, {}, 'statement-account'],
  [
    'a name in another currency',
    { account: `wallet:person:${id(9)}:CNY` },
    {},
    'statement-account',
  ],
  [
    '19 digits',
    { opening: 10n ** 18n, closing: 10n ** 18n, movements: [] },
    {},
    'statement-amount-too-long',
  ],
])('refuses %s', (_, statement, more, refused) => {
  expect(toCamt053({ ...amina, ...statement }, { ...head, ...more })).toMatchObject({ refused })
})

/** What people type, and what they should not be able to. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '',
    ' \t\r\n ',
    '👩‍👩‍👧‍👦'.repeat(60),
    'أمينة ‏(بتيك)‏',
    '\u202E<Ntry>&amp;]]>',
    '\uD800 \uFFFE\uFFFF\u0000\u0008\u001B[31m',
    '&#0; &undefined; <![CDATA[ x ]]>',
    'e\u0301'.repeat(141),
  ),
)

const uuid = fc.uuid({ version: 7 })

const accounts = (currency: string) =>
  fc.oneof(
    uuid.map((holder) => `wallet:business:${holder}:${currency}`),
    fc.constantFrom('goods', 'duty').map((leg) => `escrow:${leg}:${currency}`),
  )

const instants = fc.integer({ min: 0, max: 253_402_300_799_999 })

const statements: fc.Arbitrary<Statement> = fc
  .record({
    currency: fc.constantFrom(...currencies),
    holder: oddText,
    period: fc.tuple(instants, instants).filter(([a, b]) => a !== b),
    opening: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    first: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    moves: fc.array(
      fc.record({
        at: instants,
        amount: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        entry: uuid,
        kind: fc.oneof(
          fc.constantFrom('payment', 'top-up', 'payout', 'fee', 'constructor'),
          oddText,
        ),
        reference: fc.oneof(uuid, oddText),
        counterparty: fc.option(oddText, { nil: undefined }),
      }),
      { maxLength: 8 },
    ),
  })
  .chain(({ period, first, moves, ...rest }) => {
    let balance = rest.opening
    const movements: StatementMovement[] = moves.map((move, index) => {
      balance += move.amount
      return { ...move, position: first + BigInt(index), balance }
    })
    const [from, to] = period.toSorted((a, b) => a - b) as [number, number]
    return accounts(rest.currency).map((account) => ({
      ...rest,
      ...{ account, from, to, closing: balance, movements },
    }))
  })

test('our own reader finds the same figures in any statement', () => {
  fc.assert(
    fc.property(statements, (statement) => {
      const [found] = read(written(statement)).statements
      if (!found) throw new Error('no statement')
      expect(found.balances.map(({ amountMinor }) => amountMinor)).toEqual([
        statement.opening,
        statement.closing,
      ])
      expect(gapOf(found)).toBe(0n)
      expect(
        found.entries.map((entry) => ({
          position: entry.reference,
          amount: signed(entry.amountMinor, entry.direction),
          currency: entry.currency,
          day: entry.bookedOn,
          entry: entry.servicerReference,
        })),
      ).toEqual(
        statement.movements.map((movement) => ({
          position: String(movement.position),
          amount: movement.amount,
          currency: statement.currency,
          day: new Date(movement.at).toISOString().slice(0, 10),
          entry: compact(movement.entry),
        })),
      )
    }),
    { numRuns: 1_000 },
  )
})

const name = 'camt.053 by the schema of ISO 20022'
if (!hasSchemas) console.log(`not run: ${name} (EWTP_REFERENCE_DATA not set)`)

describe.skipIf(!hasSchemas)(name, () => {
  const faults = hasSchemas ? schema('camt.053.001.08') : () => []

  test('a statement is valid, and one without its balances is not', () => {
    expect(faults(written(amina))).toEqual([])
    expect(faults(written(amina).replaceAll(/<Bal>.*?<\/Bal>/gs, ''))).not.toEqual([])
  })

  test('any statement is valid', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        expect(faults(written(statement))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test.each(['PMNT', 'x'.repeat(36), '😀'.repeat(35), '😀'.repeat(36)])('a kind %j', (kind) => {
    const [first] = amina.movements
    const statement = { ...amina, movements: [{ ...first!, kind }], closing: 350_50n }
    expect(faults(written(statement))).toEqual([])
  })

  test('18 digits are valid, and are read again', () => {
    const most = 10n ** 18n - 1n
    for (const currency of ['JPY', 'MYR', 'KWD', 'CLF']) {
      const account = `escrow:goods:${currency}`
      const rich = { ...amina, account, currency, opening: most, closing: most, movements: [] }
      expect([currency, faults(written(rich))]).toEqual([currency, []])
      expect(read(written(rich)).statements[0]?.balances[1]?.amountMinor).toBe(most)
    }
  })
})
