import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reduce, type Ratio } from '../../basis/ratio.ts'
import { isZero, parseCell, parseRate, RateError, type Rate } from './rate.ts'

// The neutral rate grammar, docs/rules-schema.md section 4.

const runs = { numRuns: 1000 }

/** A rate in words of the test's own, so that the table below says what was understood. */
function said(rate: Rate): string {
  switch (rate.op) {
    case 'ad-valorem':
      return `${figure(rate.rate)} of ${rate.fact ?? 'the basis'}`
    case 'specific':
      return [
        `${figure(rate.amount)} ${rate.currency}`,
        ...rate.per.map(({ quantity, unit }) => `each ${figure(quantity)} ${unit}`),
      ].join(' ')
    case 'topup':
      return `up to ${figure(rate.rate)}`
    case 'season':
      return `by season [${rate.windows.map(({ from, to, rate: each }) => `${from} to ${to}: ${said(each)}`).join('; ')}]`
    case 'quota':
      return `in quota [${said(rate.within)}] else [${said(rate.beyond)}]`
    default:
      return `${rate.op} [${rate.of.map(said).join('; ')}]`
  }
}

function figure(value: Ratio): string {
  const { n, d } = reduce(value)
  return d === 1n ? `${n}` : `${n}/${d}`
}

describe('every form', () => {
  test.each([
    ['0', '0 of the basis'],
    ['16.5%', '33/200 of the basis'],
    ['16.5 %', '33/200 of the basis'],
    ['100%', '1 of the basis'],
    ['22/78', '11/39 of the basis'],
    ['6.4% of value.case', '8/125 of value.case'],
    ['33.58 USD', '1679/50 USD'],
    ['0 EUR', '0 EUR'],
    ['0.063 USD/LTR', '63/1000 USD each 1 LTR'],
    ['93.1 EUR/100 KGM', '931/10 EUR each 100 KGM'],
    ['93.1EUR / 100KGM', '931/10 EUR each 100 KGM'],
    ['0.5 EUR/HLT/ASV', '1/2 EUR each 1 HLT each 1 ASV'],
    ['5% + 1.2 EUR/KGM', 'sum [1/20 of the basis; 6/5 EUR each 1 KGM]'],
    ['5% of a.b + 1 EUR', 'sum [1/20 of a.b; 1 EUR]'],
    ['1% + 2% + 3%', 'sum [1/100 of the basis; 1/50 of the basis; 3/100 of the basis]'],
    ['max(10%, 0.5 EUR/LTR)', 'max [1/10 of the basis; 1/2 EUR each 1 LTR]'],
    ['min(35%,2%+5 EUR)', 'min [7/20 of the basis; sum [1/50 of the basis; 5 EUR]]'],
    ['max(5%, min(9%, 1 EUR))', 'max [1/20 of the basis; min [9/100 of the basis; 1 EUR]]'],
    ['max(5%)', 'max [1/20 of the basis]'],
    ['topup(15%)', 'up to 3/20'],
    ['season(0601-0930: 10%)', 'by season [0601 to 0930: 1/10 of the basis]'],
    [
      'season(1001-0531: 5%; 0601-0930: 0)',
      'by season [1001 to 0531: 1/20 of the basis; 0601 to 0930: 0 of the basis]',
    ],
    [
      'quota(0; 20% + 1 EUR/KGM)',
      'in quota [0 of the basis] else [sum [1/5 of the basis; 1 EUR each 1 KGM]]',
    ],
  ])('%s', (text, meaning) => expect(said(parseRate(text))).toBe(meaning))

  test.each([
    ['', undefined],
    ['   ', undefined],
    ['?', { text: '?', unknown: '' }],
    ['? see note 3', { text: '? see note 3', unknown: 'see note 3' }],
    ['?5%', { text: '?5%', unknown: '5%' }],
  ])('the cell “%s” is no rate', (text, cell) => expect(parseCell(text)).toEqual(cell))

  test.each([
    ['0 except KH', ['KH']],
    ['5% + 1 EUR/KGM except KH ID VN', ['KH', 'ID', 'VN']],
    ['5%', []],
  ])('%s: not for %s', (text, countries) =>
    expect(parseCell(text)).toMatchObject({ text, except: countries }),
  )

  test.each([
    ['0', true],
    ['0%', true],
    ['0/5', true],
    ['0.01%', false],
    ['0 EUR', false],
    ['max(0, 0)', false],
  ])('%s is free by its text alone: %s', (text, free) => expect(isZero(parseRate(text))).toBe(free))
})

describe('what is not in the grammar is refused with its place', () => {
  test.each([
    ['5', 'wanted % or a currency at the end of “5”'],
    ['abc', 'wanted a number before “abc” of “abc”'],
    ['-5%', 'wanted a number before “-5%” of “-5%”'],
    ['1,5%', 'wanted % or a currency before “,5%” of “1,5%”'],
    ['1.5.2%', 'cannot read “.2%” in “1.5.2%”'],
    ['1e3%', 'wanted % or a currency before “e3%” of “1e3%”'],
    ['٥%', 'cannot read “٥%” in “٥%”'],
    ['€5', 'cannot read “€5” in “€5”'],
    ['5 % %', 'wanted nothing more before “%” of “5 % %”'],
    ['5%)', 'wanted nothing more before “)” of “5%)”'],
    ['5% of', 'wanted the name of a fact at the end of “5% of”'],
    ['5% of %', 'wanted the name of a fact before “%” of “5% of %”'],
    ['5% of 12', 'wanted the name of a fact before “12” of “5% of 12”'],
    ['22/0', 'wanted a number other than 0'],
    ['5 EUR/0 KGM', 'wanted a number other than 0'],
    ['5% except', 'wanted a country code at the end of “5% except”'],
    ['5%+', 'wanted a rate at the end of “5%+”'],
    ['+5%', 'wanted a number before “+5%” of “+5%”'],
    ['5 XXX', 'wanted % or a currency before “XXX” of “5 XXX”'],
    ['5 eur', 'wanted % or a currency before “eur” of “5 eur”'],
    ['5 EUR/', 'wanted more at the end of “5 EUR/”'],
    ['5 EUR/100', 'wanted more at the end of “5 EUR/100”'],
    ['5/%', 'wanted a number before “%” of “5/%”'],
    ['max 5%', 'wanted “(” before “5%” of “max 5%”'],
    ['max()', 'wanted a number before “)” of “max()”'],
    ['max(5%', 'wanted “)” at the end of “max(5%”'],
    ['min(5%; 6%)', 'wanted “)” before “; 6%)” of “min(5%; 6%)”'],
    ['topup(15)', 'wanted “%” before “)” of “topup(15)”'],
    ['topup(1 EUR)', 'wanted “%” before “EUR)” of “topup(1 EUR)”'],
    ['quota(5%)', 'wanted “;” before “)” of “quota(5%)”'],
    ['quota(5%, 6%)', 'wanted “;” before “, 6%)” of “quota(5%, 6%)”'],
    ['season()', 'wanted MMDD'],
    ['season(1301-0301: 5%)', 'wanted MMDD'],
    ['season(0132-0301: 5%)', 'wanted MMDD'],
    ['season(0101: 5%)', 'wanted “-” before “: 5%)” of “season(0101: 5%)”'],
    ['season(0101-0630 5%)', 'wanted “:” before “5%)” of “season(0101-0630 5%)”'],
    ['season(0101-0630: 5%;)', 'wanted MMDD'],
    ['5 EUR/kg', 'wanted a Rec 20 unit'],
    ['5 EUR/KILO', 'wanted a Rec 20 unit'],
    ['5% except XX', 'wanted a country code before “XX” of “5% except XX”'],
    ['5% except @eu', 'cannot read “ @eu” in “5% except @eu”'],
    ['except KH', 'wanted a number before “except KH” of “except KH”'],
  ])('%s', (text, message) => {
    expect(() => parseCell(text)).toThrow(RateError)
    expect(() => parseCell(text)).toThrow(message)
  })

  test.each(['', '?5%', '5% except KH'])('“%s” is a cell, not the rate of a record', (text) =>
    expect(() => parseRate(text)).toThrow(`not a rate: “${text}”`),
  )
})

/** A rate tree and one way to write it; `sp` is where white space is free. */
type Written = { text: string; meaning: string }
const decimals = fc.tuple(fc.nat(100_000), fc.nat({ max: 6 })).map(([n, digits]) => {
  const text = String(n).padStart(digits + 1, '0')
  const at = text.length - digits
  return {
    text: digits === 0 ? text : `${text.slice(0, at)}.${text.slice(at)}`,
    value: { n: BigInt(n), d: 10n ** BigInt(digits) },
  }
})
const sp = fc.constantFrom('', ' ', '  ')
const figures = fc.oneof(
  fc.tuple(decimals, sp).map(([{ text, value }, gap]): Written => ({
    text: `${text}${gap}%`,
    meaning: `${figure({ n: value.n, d: value.d * 100n })} of the basis`,
  })),
  fc
    .tuple(decimals, fc.constantFrom('value.case', 'net-weight'))
    .map(([{ text, value }, fact]): Written => ({
      text: `${text}% of ${fact}`,
      meaning: `${figure({ n: value.n, d: value.d * 100n })} of ${fact}`,
    })),
  fc
    .tuple(
      decimals,
      fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
      fc.array(
        fc.tuple(
          fc.option(fc.integer({ min: 1, max: 1000 })),
          fc.constantFrom('KGM', 'LTR', 'ASV'),
        ),
        { maxLength: 2 },
      ),
      sp,
    )
    .map(([{ text, value }, currency, per, gap]): Written => ({
      text: `${text} ${currency}${per.map(([each, unit]) => `${gap}/${gap}${each === null ? '' : `${each} `}${unit}`).join('')}`,
      meaning: [
        `${figure(value)} ${currency}`,
        ...per.map(([each, unit]) => `each ${each ?? 1} ${unit}`),
      ].join(' '),
    })),
)
const { rates } = fc.letrec<{ rates: Written; term: Written; sum: Written }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    figures,
    decimals.map(({ text, value }) => ({
      text: `topup(${text}%)`,
      meaning: `up to ${figure({ n: value.n, d: value.d * 100n })}`,
    })),
    fc
      .tuple(
        fc.constantFrom('max', 'min'),
        fc.array(tie('rates'), { minLength: 1, maxLength: 3 }),
        sp,
      )
      .map(([op, of, gap]) => ({
        text: `${op}${gap}(${of.map(({ text }) => text).join(`${gap},`)})`,
        meaning: `${op} [${of.map(({ meaning }) => meaning).join('; ')}]`,
      })),
    fc.tuple(tie('rates'), tie('rates'), sp).map(([a, b, gap]) => ({
      text: `quota(${gap}${a.text};${gap}${b.text})`,
      meaning: `in quota [${a.meaning}] else [${b.meaning}]`,
    })),
    fc.tuple(tie('rates'), tie('rates'), sp).map(([a, b, gap]) => ({
      text: `season(1101-0331${gap}:${a.text};${gap}0401-1031: ${b.text})`,
      meaning: `by season [1101 to 0331: ${a.meaning}; 0401 to 1031: ${b.meaning}]`,
    })),
  ),
  sum: fc.tuple(tie('term'), tie('term'), sp).map(([a, b, gap]) => ({
    text: `${a.text}${gap}+${gap}${b.text}`,
    meaning: `sum [${a.meaning}; ${b.meaning}]`,
  })),
  rates: fc.oneof({ weight: 3, arbitrary: tie('term') }, { weight: 1, arbitrary: tie('sum') }),
}))

test('what was written is what is read, however deep and however spaced', () => {
  fc.assert(
    fc.property(rates, ({ text, meaning }) => void expect(said(parseRate(text))).toBe(meaning)),
    runs,
  )
})

test('any other text is refused by the grammar, never by accident', () => {
  const words = fc.constantFrom(
    ...[
      '5',
      '0.5',
      '%',
      'EUR',
      'KGM',
      '/',
      '+',
      '(',
      ')',
      ',',
      ';',
      ':',
      '-',
      ' ',
      'of',
      'max',
      'min',
    ],
    ...['topup', 'season', 'quota', '0101', '1231', 'except', 'KH', 'x', '€'],
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.tuple(rates, fc.nat(), words).map(([{ text }, at, word]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + word + text.slice(place)
    }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseCell(text)
      } catch (error) {
        expect(error).toBeInstanceOf(RateError)
      }
    }),
    runs,
  )
})
