import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayOfNumber } from '../../basis/day.ts'
import { isInForce, overlap, versionOn, type Dated } from './versions.ts'

// Which version of a rule holds on a day, docs/rules-schema.md section 2.

type Version = Dated & { readonly rate: string }

const seen = (rate: string, ...days: string[]): Version => ({ rate, seen: days })
const law = (rate: string, from?: string, to?: string): Version => ({ rate, from, to })

/** `12%`, `12% as seen 2024-01-01, 31 days ago`, `absent`. */
function heldOn(versions: readonly Version[], day: string): string {
  const held = versionOn(versions, day)
  if (!held) return 'absent'
  const { record, sighting } = held
  if (!sighting) return record.rate
  const { seen: sight, ageDays } = sighting
  return `${record.rate} as seen ${sight}, ${ageDays < 0 ? `${-ageDays} days later` : `${ageDays} days ago`}`
}

describe('law with dates', () => {
  const versions = [
    law('5%', undefined, '2019-12-31'),
    law('7%', '2020-02-01', '2020-12-31'),
    law('9%', '2021-01-01'),
  ]
  test.each([
    ['1999-01-01', '5%'],
    ['2019-12-31', '5%'],
    ['2020-01-01', 'absent'],
    ['2020-01-31', 'absent'],
    ['2020-02-01', '7%'],
    ['2020-12-31', '7%'],
    ['2021-01-01', '9%'],
    ['2099-01-01', '9%'],
  ])('%s: %s', (day, held) => expect(heldOn(versions, day)).toBe(held))

  test.each([
    ['2020-12-31', 'absent'],
    ['2021-01-01', '1%'],
    ['2021-12-31', '1%'],
    ['2022-01-01', 'absent'],
  ])('a year alone, %s: %s', (day, held) =>
    expect(heldOn([law('1%', '2021-01-01', '2021-12-31')], day)).toBe(held),
  )
})

describe('law as published, seen on some days', () => {
  const versions = [seen('12%', '2024-01-01', '2024-06-01'), seen('8%', '2025-01-01', '2025-03-01')]
  test.each([
    ['2023-12-31', '12% as seen 2024-01-01, 1 days later'],
    ['2024-01-01', '12%'],
    ['2024-03-15', '12%'],
    ['2024-06-01', '12%'],
    ['2024-06-02', '12% as seen 2024-06-01, 1 days ago'],
    ['2024-12-31', '12% as seen 2024-06-01, 213 days ago'],
    ['2025-01-01', '8%'],
    ['2025-02-01', '8%'],
    ['2025-03-02', '8% as seen 2025-03-01, 1 days ago'],
  ])('%s: %s', (day, held) => expect(heldOn(versions, day)).toBe(held))

  test('the order of versions and of their sightings does not matter', () => {
    const shuffled = [
      seen('8%', '2025-03-01', '2025-01-01'),
      seen('12%', '2024-06-01', '2024-01-01'),
    ]
    for (const day of ['2023-12-31', '2024-03-15', '2024-12-31', '2025-02-01'])
      expect(heldOn(shuffled, day)).toBe(heldOn(versions, day))
  })

  test('a rate that went and came back is firm only between its own neighbouring sightings', () => {
    const back = [seen('12%', '2024-01-01', '2026-01-01'), seen('8%', '2025-01-01')]
    expect(heldOn(back, '2024-06-01')).toBe('12% as seen 2024-01-01, 152 days ago')
    expect(heldOn(back, '2025-06-01')).toBe('8% as seen 2025-01-01, 151 days ago')
  })
})

describe('both kinds', () => {
  const versions = [
    seen('12%', '2024-01-01'),
    law('0', '2024-07-01', '2024-12-31'),
    seen('8%', '2025-06-01'),
  ]
  test.each([
    ['2024-06-30', '12% as seen 2024-01-01, 181 days ago'],
    ['2024-07-01', '0'],
    ['2024-12-31', '0'],
    ['2025-01-01', '12% as seen 2024-01-01, 366 days ago'],
    ['2025-06-01', '8%'],
  ])('dates of the law go before sightings, %s: %s', (day, held) =>
    expect(heldOn(versions, day)).toBe(held),
  )
})

test('no version, no rule', () => expect(heldOn([], '2026-01-01')).toBe('absent'))

describe('two versions that hold one day', () => {
  test.each<[name: string, clash: boolean, versions: readonly Version[]]>([
    [
      'one ends as the other begins',
      true,
      [law('5%', undefined, '2020-01-01'), law('7%', '2020-01-01')],
    ],
    [
      'one ends the day before',
      false,
      [law('5%', undefined, '2019-12-31'), law('7%', '2020-01-01')],
    ],
    ['both without end', true, [law('5%', '2019-01-01'), law('7%', '2020-01-01')]],
    [
      'both without beginning',
      true,
      [law('5%', undefined, '2019-01-01'), law('7%', undefined, '2018-01-01')],
    ],
    [
      'one inside the other',
      true,
      [law('5%', '2019-01-01', '2022-01-01'), law('7%', '2020-01-01', '2020-02-01')],
    ],
    [
      'the third with the first',
      true,
      [law('1%', '2019-01-01'), law('2%', undefined, '2018-01-01'), law('3%', '2025-01-01')],
    ],
    ['seen on one day', true, [seen('5%', '2020-01-01', '2021-01-01'), seen('7%', '2021-01-01')]],
    ['seen in turns', false, [seen('5%', '2020-01-01', '2022-01-01'), seen('7%', '2021-01-01')]],
    ['a sighting within dates', false, [law('5%', '2019-01-01'), seen('7%', '2021-01-01')]],
    ['one alone', false, [law('5%', '2019-01-01')]],
  ])('%s: %s', (_, clash, versions) => {
    expect(overlap(versions) !== undefined).toBe(clash)
    expect(overlap(versions.toReversed()) !== undefined).toBe(clash)
  })
})

describe('properties', () => {
  const runs = { numRuns: 1000 }
  const day = fc.integer({ min: 18_000, max: 18_060 }).map(dayOfNumber)
  const dated = fc
    .tuple(fc.option(day, { nil: undefined }), fc.option(day, { nil: undefined }))
    .map(([from, to]): Dated => (from && to && from > to ? { from: to, to: from } : { from, to }))
  const sighted = fc
    .uniqueArray(day, { minLength: 1, maxLength: 4 })
    .map((days): Dated => ({ seen: days }))
  const rules = fc.array(fc.oneof(dated, sighted), { maxLength: 5 })

  test('where no two versions clash, at most one holds any day', () => {
    fc.assert(
      fc.property(rules, day, (versions, on) => {
        fc.pre(!overlap(versions))
        expect(versions.filter((version) => isInForce(version, on)).length).toBeLessThanOrEqual(1)
        expect(versions.filter((version) => version.seen?.includes(on)).length).toBeLessThanOrEqual(
          1,
        )
      }),
      runs,
    )
  })

  test('where two clash, there is a day that both hold', () => {
    fc.assert(
      fc.property(rules, (versions) => {
        const clash = overlap(versions)
        if (!clash) return
        const days = Array.from({ length: 62 }, (_, index) => dayOfNumber(17_999 + index))
        const bothHold = days.some((on) =>
          clash.every((each) => isInForce(each, on) || each.seen?.includes(on)),
        )
        expect(bothHold).toBe(true)
      }),
      runs,
    )
  })

  test('a version is firm on the days of its law and on its sightings', () => {
    fc.assert(
      fc.property(rules, day, (versions, on) => {
        fc.pre(!overlap(versions))
        const held = versionOn(versions, on)
        const certain =
          versions.find((each) => isInForce(each, on)) ??
          versions.find((each) => each.seen?.includes(on))
        if (certain) expect(held).toEqual({ record: certain })
        else if (held?.sighting) expect(held.record.seen).toContain(held.sighting.seen)
      }),
      runs,
    )
  })

  test('what is not firm says how far it is from its sighting, and no sighting is nearer before the day', () => {
    fc.assert(
      fc.property(rules, day, (versions, on) => {
        fc.pre(!overlap(versions))
        const { sighting } = versionOn(versions, on) ?? {}
        if (!sighting) return
        expect(addDays(sighting.seen, sighting.ageDays)).toBe(on)
        const before = versions.flatMap((each) => each.seen ?? []).filter((each) => each <= on)
        if (sighting.ageDays > 0) expect(before.toSorted().at(-1)).toBe(sighting.seen)
        else expect(before).toEqual([])
      }),
      runs,
    )
  })
})
