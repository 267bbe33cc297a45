import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BankDetail, BankEntry, BankFile } from './bank-file.ts'
import {
  reconcile,
  reportedIn,
  type Expected,
  type Reconciliation,
  type Reported,
} from './reconcile.ts'

const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const compact = (n: number) => id(n).replaceAll('-', '')

/** A payout of 10.00 EUR, as our books have it. */
const ours = (n: number, more: Partial<Expected> = {}): Expected => ({
  id: id(n),
  amountMinor: 10_00n,
  currency: 'EUR',
  direction: 'debit',
  at: n,
  ...more,
})

/** The same, as the bank booked it. */
const theirs = (n: number, more: Partial<Reported> = {}): Reported => ({
  place: `Ntry[${n}]`,
  amountMinor: 10_00n,
  currency: 'EUR',
  direction: 'debit',
  status: 'booked',
  reversal: false,
  endToEndId: compact(n),
  ...more,
})

/** How many of both sides each list has, where there are any. */
const counts = (found: Reconciliation) =>
  Object.fromEntries(
    Object.entries(found).flatMap(([list, items]) =>
      items.length > 0 ? [[list, items.length]] : [],
    ),
  )

test.each<[string, Expected[], Reported[], Record<string, number>]>([
  ['nothing on either side', [], [], {}],
  ['booked as expected', [ours(1)], [theirs(1)], { matched: 1 }],
  [
    'in capitals',
    [ours(171)],
    [theirs(171, { endToEndId: id(171).toUpperCase() })],
    { matched: 1 },
  ],
  [
    "by the creditor's reference, when the payer chose the id",
    [ours(1, { direction: 'credit' })],
    [theirs(9, { direction: 'credit', endToEndId: 'RENT', creditorReference: compact(1) })],
    { matched: 1 },
  ],
  ['another amount', [ours(1)], [theirs(1, { amountMinor: 9_99n })], { differs: 1 }],
  ['only in our books', [ours(1)], [], { onlyOurs: 1 }],
  ['only at the bank', [], [theirs(1)], { onlyTheirs: 1 }],
  [
    'a charge without an id',
    [ours(1)],
    [theirs(1), theirs(2, { endToEndId: undefined })],
    { matched: 1, onlyTheirs: 1 },
  ],
  [
    'no id twice is no pair',
    [],
    [theirs(1, { endToEndId: 'NOTPROVIDED' }), theirs(2, { endToEndId: 'NOTPROVIDED' })],
    { onlyTheirs: 2 },
  ],
  ['announced', [ours(1)], [theirs(1, { status: 'pending' })], { pending: 1 }],
  [
    'announced with another amount',
    [ours(1)],
    [theirs(1, { status: 'pending', amountMinor: 1n })],
    { pending: 1 },
  ],
  [
    'announced, then booked',
    [ours(1)],
    [theirs(1, { status: 'pending' }), theirs(1)],
    { matched: 1 },
  ],
  ['booked twice', [ours(1)], [theirs(1), theirs(1)], { duplicated: 1 }],
  ['twice in our books', [ours(1), ours(1)], [theirs(1)], { duplicated: 1 }],
  [
    'booked and sent back',
    [ours(1)],
    [theirs(1), theirs(1, { direction: 'credit', reversal: true })],
    { reversed: 1 },
  ],
  [
    'booked twice, one taken back',
    [ours(1)],
    [theirs(1), theirs(1), theirs(1, { reversal: true })],
    { reversed: 1 },
  ],
  [
    'an id of signs only names nobody',
    [ours(1, { id: '-' })],
    [theirs(2, { endToEndId: undefined })],
    { onlyOurs: 1, onlyTheirs: 1 },
  ],
])('%s', (_, left, right, expected) => {
  expect(counts(reconcile(left, right))).toEqual(expected)
})

test('what differs is named', () => {
  const found = reconcile(
    [ours(1), ours(2), ours(3)],
    [
      theirs(1, { amountMinor: 9_99n }),
      theirs(2, { currency: 'USD', direction: 'credit' }),
      theirs(3, { amountMinor: 1n, currency: 'JPY' }),
    ],
  )
  expect(found.differs.map((each) => each.in)).toEqual([
    ['amount'],
    ['currency', 'direction'],
    ['amount', 'currency'],
  ])
})

const few = fc.integer({ min: 1, max: 6 })
const amounts = fc.constantFrom(10_00n, 10_00n, 10_00n, 9_99n)
const directions = fc.constantFrom('credit' as const, 'debit' as const, 'debit' as const)

const expected = fc
  .record({ n: few, amountMinor: amounts, direction: directions })
  .map(({ n, ...more }) => ours(n, more))

const reported = fc
  .record({
    n: few,
    amountMinor: amounts,
    direction: directions,
    status: fc.constantFrom(
      'booked' as const,
      'booked' as const,
      'pending' as const,
      'future' as const,
    ),
    reversal: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    endToEndId: fc.option(few.map(compact), { nil: undefined }),
    creditorReference: fc.option(few.map(compact), { nil: undefined }),
  })
  .map(({ n, ...more }) => theirs(n, more))

/** Every item of both sides with the lists that it stands in. */
function placesOf(found: Reconciliation): Map<Expected | Reported, string[]> {
  const places = new Map<Expected | Reported, string[]>()
  for (const [list, items] of Object.entries(found))
    for (const item of items.flatMap((each) =>
      'theirs' in each ? [each.ours, each.theirs].flat() : [each],
    ))
      places.set(item, [...(places.get(item) ?? []), list])
  return places
}

describe('any two sides', () => {
  test('every item of both ends in exactly one list, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(expected, { maxLength: 8 }),
        fc.array(reported, { maxLength: 10 }),
        fc.infiniteStream(fc.nat()),
        (left, right, random) => {
          const places = placesOf(reconcile(left, right))
          expect(places.size).toBe(left.length + right.length)
          expect([...places.values()].filter((lists) => lists.length !== 1)).toEqual([])
          const shuffled = <T>(items: T[]): T[] =>
            items
              .map((item) => ({ item, by: random.next().value ?? 0 }))
              .toSorted((a, b) => a.by - b.by)
              .map(({ item }) => item)
          const again = placesOf(reconcile(shuffled(left), shuffled(right)))
          for (const [item, lists] of places) expect(again.get(item)).toEqual(lists)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('four times as many take about four times as long', () => {
    const timeOf = (size: number): number => {
      const left = Array.from({ length: size }, (_, n) => ours(n))
      const right = Array.from({ length: size }, (_, n) => theirs(size - n))
      const begun = process.threadCpuUsage()
      expect(reconcile(left, right).matched).toHaveLength(size - 1)
      const { user, system } = process.threadCpuUsage(begun)
      return user + system
    }
    const best = (size: number): number => Math.min(...[1, 2, 3].map(() => timeOf(size)))
    best(10_000)
    // Quadratic time would be sixteen times as long.
    expect(best(40_000) / best(10_000)).toBeLessThan(12)
  })
})

const detail = (
  n: number,
  amountMinor: bigint | undefined,
  more: Partial<BankDetail> = {},
): BankDetail => ({
  place: `TxDtls[${n}]`,
  endToEndId: compact(n),
  remittance: '',
  amountMinor,
  currency: 'EUR',
  direction: 'debit',
  ...more,
})

const fileOf = (details: BankDetail[], more: Partial<BankEntry> = {}): BankFile => {
  const entry: BankEntry = {
    place: 'Ntry[1]',
    amountMinor: 30_00n,
    currency: 'EUR',
    direction: 'debit',
    status: 'booked',
    reversal: false,
    servicerReference: 'B-1',
    code: 'PMNT/ICDT/ESCT',
    details,
    ...more,
  }
  const statement = { id: 'S', account: '1', balances: [], entries: [entry] }
  return { message: 'camt.053', version: '08', id: 'M', statements: [statement] }
}

test.each<[string, BankDetail[], [string | undefined, bigint][]]>([
  ['without details', [], [[undefined, 30_00n]]],
  ['of one transfer', [detail(1, undefined)], [[compact(1), 30_00n]]],
  [
    'of a batch',
    [detail(1, 10_00n), detail(2, 20_00n)],
    [
      [compact(1), 10_00n],
      [compact(2), 20_00n],
    ],
  ],
  [
    'of a batch with one the other way',
    [detail(1, 40_00n), detail(2, 10_00n, { direction: 'credit' })],
    [
      [compact(1), 40_00n],
      [compact(2), 10_00n],
    ],
  ],
  [
    'of a batch that does not re-add',
    [detail(1, 10_00n), detail(2, 19_00n)],
    [[undefined, 30_00n]],
  ],
  ['of a batch without amounts', [detail(1, undefined), detail(2, 30_00n)], [[undefined, 30_00n]]],
  [
    'of a batch in two currencies',
    [detail(1, 10_00n), detail(2, 20_00n, { currency: 'USD' })],
    [[undefined, 30_00n]],
  ],
])('the transfers of an entry %s', (_, details, transfers) => {
  expect(
    reportedIn(fileOf(details)).map(({ endToEndId, amountMinor }) => [endToEndId, amountMinor]),
  ).toEqual(transfers)
})

test.each<[string, Partial<BankDetail>, Partial<BankEntry>, object]>([
  ['a transfer as expected', {}, {}, { matched: 1 }],
  ['one with a reason for its return', { returnReason: 'AC04' }, {}, { reversed: 1 }],
  ['one of an entry that the bank takes back', {}, { reversal: true }, { reversed: 1 }],
  ['one of an entry that is announced', {}, { status: 'future' }, { pending: 1 }],
])('%s', (_, transfer, entry, lists) => {
  const file = fileOf([detail(1, 30_00n, transfer)], entry)
  expect(counts(reconcile([ours(1, { amountMinor: 30_00n })], reportedIn(file)))).toEqual(lists)
})
