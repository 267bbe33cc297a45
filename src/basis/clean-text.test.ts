import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanText, isReadable } from './clean-text.ts'

test.each([
  ['turned round', 'Shop \u202Egnp.exe', 'Shop gnp.exe'],
  ['isolated', '\u2067Shop\u2069', 'Shop'],
  ['a mark of direction', 'Shop\u200F', 'Shop'],
  ['a twin by a blank of no width', 'Ba\u200Btik', 'Batik'],
  ['a twin by a joiner', 'Ba\u200Dtik\u200C', 'Batik'],
  ['a twin by a soft hyphen', 'Ba\u00ADtik', 'Batik'],
  ['a twin by a selector', 'Batik\uFE00\u{E0100}', 'Batik'],
  ['a tag', 'Batik\u{E0041}', 'Batik'],
  ['blanks of all widths', ' Batik\u3000\u2800 \n Amina\u00A0', 'Batik Amina'],
  ['two spellings of one letter', 'Cafe\u0301', 'Café'],
  ['half a letter', 'A\uD800B\u0007', 'A�B'],
  ['Persian', 'می‌خواهم', 'می‌خواهم'],
  ['Sinhala', 'ශ්‍රී', 'ශ්‍රී'],
  ['Bengali', 'র‍্যাব', 'র‍্যাব'],
  ['Hindi', 'क्‌ष', 'क्‌ष'],
  ['two joiners for one', 'می‌‌خواهم', 'میخواهم'],
  ['Hangul', '한복 가게', '한복 가게'],
  ['a family', '👩🏽‍🌾 ❤️', '👩🏽‍🌾 ❤️'],
])('%s', (_, typed, kept) => expect(cleanLine(typed)).toBe(kept))

test.each([
  ['\u200B\u200C\u200D\u2060', false],
  ['\u115F\u1160\u3164\uFFA0', false],
  ['\u2800\u3000', false],
  ['...', false],
  ['👻', false],
  ['A', true],
  ['7', true],
  ['杭', true],
])('%j can be read: %s', (typed, readable) => expect(isReadable(cleanLine(typed))).toBe(readable))

test('lines stay lines', () => expect(cleanText(' a\r\n\tb\rc ')).toBe('a\n\tb\nc'))

test('what is clean stays as it is, and nothing turns it round', () => {
  const odd =
    '\u200C\u200D\u200B\u202E\u2066\uFE0F\u3164\u094D\u0915\u06CC\u{1F469}\u{1F3FD}\u0301\u093C a'
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...odd)).map((each) => each.join('')),
  )
  fc.assert(
    fc.property(text, (typed) => {
      for (const clean of [cleanText, cleanLine]) {
        const kept = clean(typed)
        expect(clean(kept)).toBe(kept)
        expect(kept).not.toMatch(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\u3164\uFEFF\uFFA0]/)
      }
    }),
    { numRuns: 5_000 },
  )
})
