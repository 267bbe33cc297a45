import { describe, expect, test } from 'vitest'
import { compileCodes, compileLineCondition } from './condition.ts'

// Which codes a condition means, docs/rules-schema.md section 6.

const context = { countries: (place: string) => [place], toMinor: () => undefined }

describe('prefixes and ranges of prefixes', () => {
  test.each<[codes: string[], digits: string, has: boolean, beginsWith: boolean]>([
    [['610910'], '6109', false, true],
    [['610910'], '610910', true, false],
    [['610910'], '61091000', true, false],
    [['610910'], '6110', false, false],
    [['6108', '611020'], '6110', false, true],
    [['2203-2208'], '22', false, true],
    [['2203-2208'], '21', false, false],
    [['2203-2208'], '2208', true, false],
    [['2203-2208'], '2209', false, false],
    [['220410-220421'], '2204', false, true],
    [[], '6109', false, false],
  ])('%j and %s: within %s, begins one %s', (codes, digits, has, beginsWith) => {
    const compiled = compileCodes(codes)
    expect([compiled.has(digits), compiled.beginsWith(digits)]).toEqual([has, beginsWith])
  })

  test('a code too short to tell may match, but only from an origin that fits', () => {
    const { matches, mayMatch } = compileLineCondition(
      { codes: ['610910'], origin: ['CN'] },
      context,
    )
    expect([matches('6109', 'CN'), mayMatch('6109', 'CN')]).toEqual([false, true])
    expect([matches('6109', 'US'), mayMatch('6109', 'US')]).toEqual([false, false])
    expect([matches('610910', 'CN'), mayMatch('610910', 'CN')]).toEqual([true, false])
  })
})
