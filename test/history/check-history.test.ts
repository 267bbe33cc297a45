import { expect, test } from 'vitest'
import { anomaliesOf, type Lists, type Operation } from './check-history.ts'

// The checker itself: each anomaly that it is there for, made by hand.

const transfer = (
  entry: string,
  [begun, ended]: readonly [number, number],
  outcome: 'done' | 'refused' | 'unknown' = 'done',
  accounts = ['a', 'b'],
): Operation => ({ kind: 'transfer', entry, accounts, outcome, begun, ended })

const read = (
  [begun, ended]: readonly [number, number],
  seen: Record<string, readonly [position: number, balance: bigint]>,
): Operation => ({
  kind: 'read',
  seen: new Map(
    Object.entries(seen).map(([account, [position, balance]]) => [account, { position, balance }]),
  ),
  ...{ begun, ended },
})

const lists = (of: Record<string, readonly (readonly [string, bigint])[]>): Lists =>
  new Map(
    Object.entries(of).map(([account, list]) => [
      account,
      list.map(([entry, balance]) => ({ entry, balance })),
    ]),
  )

const two = lists({
  a: [
    ['t1', -1n],
    ['t2', -2n],
  ],
  b: [
    ['t1', 1n],
    ['t2', 2n],
  ],
})

test.each<[string, readonly Operation[], Lists, RegExp | undefined]>([
  ['a lawful one', [transfer('t1', [0, 1]), transfer('t2', [2, 3])], two, undefined],
  [
    'a read of both accounts between two transfers',
    [transfer('t1', [0, 9]), transfer('t2', [0, 9]), read([0, 9], { a: [1, -1n], b: [1, 1n] })],
    two,
    undefined,
  ],
  [
    'what nobody answered may be there or not',
    [transfer('t1', [0, 1]), transfer('t2', [2, 3], 'unknown'), transfer('t3', [2, 3], 'unknown')],
    two,
    undefined,
  ],
  [
    'a lost transfer',
    [transfer('t1', [0, 1]), transfer('t2', [2, 3]), transfer('t3', [4, 5])],
    two,
    /t3 was acknowledged/,
  ],
  [
    'one posted twice',
    [transfer('t1', [0, 1])],
    lists({
      a: [
        ['t1', -1n],
        ['t1', -2n],
      ],
      b: [['t1', 1n]],
    }),
    /stands 2 and 1 times/,
  ],
  ['one refused that happened', [transfer('t1', [0, 1], 'refused')], two, /t1 was refused/],
  [
    'half of one',
    [transfer('t1', [0, 1], 'unknown')],
    lists({ a: [['t1', -1n]], b: [] }),
    /by half/,
  ],
  [
    'a read of what never was',
    [transfer('t1', [0, 1]), transfer('t2', [0, 1]), read([2, 3], { a: [2, -7n] })],
    two,
    /was seen with -7/,
  ],
  [
    'a stale read after an acknowledgement',
    [transfer('t1', [0, 1]), transfer('t2', [2, 3]), read([4, 5], { a: [1, -1n] })],
    two,
    /no order/,
  ],
  [
    'a read that is torn between two accounts',
    [transfer('t1', [0, 9]), transfer('t2', [0, 9]), read([0, 9], { a: [2, -2n], b: [1, 1n] })],
    two,
    /no order/,
  ],
  [
    'two accounts that disagree on the order',
    [transfer('t1', [0, 9]), transfer('t2', [0, 9])],
    lists({
      a: [
        ['t1', -1n],
        ['t2', -2n],
      ],
      b: [
        ['t2', 1n],
        ['t1', 2n],
      ],
    }),
    /no order/,
  ],
  [
    'a later transfer that was posted before an earlier one',
    [transfer('t2', [0, 1]), transfer('t1', [2, 3])],
    two,
    /no order/,
  ],
])('%s', (_, operations, final, says) => {
  const found = anomaliesOf(operations, final)
  if (says === undefined) expect(found).toEqual([])
  else expect(found.join('\n')).toMatch(says)
})
