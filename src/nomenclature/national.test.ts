import { describe, expect, test } from 'vitest'
import { nationalTurn } from './national.ts'

const lines = (...rows: readonly (readonly [string, string])[]) =>
  rows.map(([code, duty]) => ({ code, duty }))

describe('from six digits to a line', () => {
  test('no lines are held', () => expect(nationalTurn([], '610910')).toEqual({ state: 'none' }))

  test('one line needs no question', () =>
    expect(nationalTurn(lines(['61091000', '16.5%']), '610910')).toEqual({
      state: 'one',
      line: { code: '61091000', duty: '16.5%' },
    }))

  test('several lines of one duty', () => {
    const turn = nationalTurn(lines(['61091010', '20%'], ['61091020', '20%']), '610910')
    expect(turn).toMatchObject({ state: 'ask', sameDuty: true })
  })

  test('many lines are asked for in steps of at most eight', () => {
    const many = [1, 2, 3].flatMap((group) =>
      [1, 2, 3, 4, 5, 6].map((each) => [`0304${group}0${each}0`.slice(0, 8), `${each}%`] as const),
    )
    const turn = nationalTurn(lines(...many), '0304')
    if (turn.state !== 'ask') throw new Error(turn.state)
    expect(turn.choices.map(({ prefix }) => prefix)).toEqual(['030410', '030420', '030430'])
    expect(turn.choices[0]?.duties).toEqual(['1%', '2%', '3%', '4%', '5%', '6%'])
    const next = nationalTurn(lines(...many), '030410')
    if (next.state !== 'ask') throw new Error(next.state)
    expect(next.choices.map(({ lines: count }) => count)).toEqual([1, 1, 1, 1, 1, 1])
    expect(nationalTurn(lines(...many), next.choices[2]!.prefix)).toMatchObject({ state: 'one' })
  })

  test('a line without a readable duty is not taken as equal', () =>
    expect(nationalTurn([{ code: '22042111' }, { code: '22042112' }], '220421')).toMatchObject({
      state: 'ask',
      sameDuty: false,
    }))
})
