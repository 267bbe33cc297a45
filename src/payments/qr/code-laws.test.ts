import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import { largestAmount } from '../../ledger/index.ts'
import { readAmount } from '../payment-request.ts'
import { asSigns, signs } from './crockford.ts'
import { payLink, readPayLink } from './deep-link.ts'
import { makePayerCode, readPayerCode } from './payer-code.ts'
import { makeShortCode, readShortCode, showShortCode } from './short-code.ts'
import { readObjects, wrapObjects, writeObjects, type DataObject } from './tlv.ts'

// What holds of every text that a code says: written and read again it is the same, and nothing else is taken for it.

const runs = { numRuns: 1000 }
const sign = fc.constantFrom(...signs)
const five = fc.uint8Array({ minLength: 5, maxLength: 5 })
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
const value = fc
  .array(fc.constantFrom(...'aZ09 .-é最ไ𠮷🧣'), { minLength: 1, maxLength: 30 })
  .map((all) => all.join(''))
const objects: fc.Arbitrary<DataObject[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 8 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) => fc.record({ id: fc.constant(String(id).padStart(2, '0')), text: value })),
    ),
  )
const plain = (all: readonly DataObject[]) => all.map(({ id, text }) => ({ id, text }))
const written = (all: readonly DataObject[]): string => {
  const text = writeObjects(all)
  if (isRefused(text)) throw new Error(text.refused)
  return text
}

test('data objects that are written are read as the same, in their order and place', () => {
  fc.assert(
    fc.property(objects, (all) => {
      const text = written(all)
      const read = readObjects(text, 'characters')
      if (isRefused(read)) throw new Error(read.refused)
      expect(plain(read)).toEqual(all)
      for (const { at, text: each } of read)
        expect([...text].slice(at, at + [...each].length).join('')).toBe(each)
    }),
    runs,
  )
})

test('whatever text is read as data objects is written as the same text again', () => {
  const digits = fc.array(fc.constantFrom(...'00012345AB最'), { maxLength: 24 })
  let [taken, tried] = [0, 0]
  fc.assert(
    fc.property(
      fc.oneof(
        digits.map((all) => all.join('')),
        objects.map(written),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const read = readObjects(text, 'characters')
        tried += 1
        if (isRefused(read)) return
        taken += 1
        expect(writeObjects(read)).toBe(text)
      },
    ),
    runs,
  )
  // Else nothing would have been said of anything.
  expect(taken).toBeGreaterThan(tried / 5)
})

test('a text that is cut is refused, or has fewer objects and the same values', () => {
  fc.assert(
    fc.property(objects, fc.nat(), (all, cut) => {
      const whole = [...written(all)]
      const read = readObjects(whole.slice(0, cut % (whole.length + 1)).join(''), 'characters')
      if (!isRefused(read)) expect(plain(read)).toEqual(all.slice(0, read.length))
    }),
    runs,
  )
})

test('counted in characters or in bytes, a text of ASCII is the same', () => {
  const ascii = fc.array(fc.constantFrom(...'0123456789AZaz .'), { maxLength: 40 })
  fc.assert(
    fc.property(
      fc.oneof(
        ascii.map((all) => all.join('')),
        objects.map(written),
      ),
      (text) => {
        fc.pre(/^[\x20-\x7e]*$/.test(text))
        expect(readObjects(text, 'bytes')).toEqual(readObjects(text, 'characters'))
      },
    ),
    runs,
  )
})

test('objects in an object are found again, and what is longer than 99 is not written', () => {
  fc.assert(
    fc.property(objects, (all) => {
      const outer = wrapObjects('26', all)
      const inner = written(all)
      const outerText = isRefused(outer) ? outer : writeObjects([outer])
      const fits = [...inner].length >= 1 && [...inner].length <= 99
      expect(isRefused(outerText)).toBe(!fits)
      if (isRefused(outerText)) return
      const read = readObjects(outerText, 'characters')
      if (isRefused(read)) throw new Error(read.refused)
      const again = readObjects(read[0]?.text ?? '', 'characters', read[0]?.at)
      if (isRefused(again)) throw new Error(again.refused)
      expect(plain(again)).toEqual(all)
    }),
    runs,
  )
})

test('a short code is read however it is grouped, and whichever case it is typed in', () => {
  const between = fc.constantFrom('', ' ', '-', '–', '  ')
  const typing = fc.array(fc.tuple(between, fc.boolean()), { minLength: 9, maxLength: 9 })
  fc.assert(
    fc.property(five, typing, (bytes, typed) => {
      const code = makeShortCode(() => bytes)
      const text = [...code]
        .map((each, at) => typed[at]![0] + (typed[at]![1] ? each.toLowerCase() : each))
        .join('')
      expect(readShortCode(text)).toBe(code)
      expect(readShortCode(showShortCode(code))).toBe(code)
    }),
    runs,
  )
})

test('of nine signs by chance one in thirty-two is a code', () => {
  const nine = fc.array(sign, { minLength: 9, maxLength: 9 })
  let codes = 0
  fc.assert(
    fc.property(nine, (all) => {
      if (!isRefused(readShortCode(all.join('')))) codes += 1
    }),
    { numRuns: 4000, seed: 20261122 },
  )
  // 125 are expected of 4,000; five standard deviations are 55.
  expect(Math.abs(codes - 125)).toBeLessThan(55)
})

test('a link leads back to its code on its own hub, and on no other', () => {
  const host = fc.constantFrom(
    'hub.example',
    'hub.example:8443',
    'hub.example.evil',
    '127.0.0.1:8090',
  )
  const origin = fc.tuple(fc.constantFrom('http', 'https'), host).map((all) => all.join('://'))
  fc.assert(
    fc.property(five, origin, origin, (bytes, own, other) => {
      const code = makeShortCode(() => bytes)
      const link = payLink(own, code)
      expect(readPayLink(link, own)).toBe(code)
      if (own !== other)
        expect(readPayLink(link, other)).toMatchObject({ refused: 'link-not-ours' })
    }),
    runs,
  )
})

test('one wrong sign in a payer’s code never makes the same code', () => {
  fc.assert(
    fc.property(sixteen, fc.nat({ max: 25 }), sign, (bytes, at, wrong) => {
      const { text, hash } = makePayerCode('hub.example', () => bytes, 0)
      const place = text.length - 26 + at
      fc.pre(text[place] !== wrong)
      const read = readPayerCode(text.slice(0, place) + wrong + text.slice(place + 1))
      if (isRefused(read)) expect(read.refused).toBe('payer-code-broken')
      else expect(Buffer.from(read.hash).equals(Buffer.from(hash))).toBe(false)
    }),
    runs,
  )
})

test('a payer’s code that is read out in groups, with I, L and O for 1 and 0, is the same', () => {
  const groups = fc.integer({ min: 2, max: 7 })
  fc.assert(
    fc.property(sixteen, groups, fc.boolean(), (bytes, size, isSmall) => {
      const { text } = makePayerCode('hub.example', () => bytes, 0)
      const secret = text.slice(-26)
      const told = (secret.match(new RegExp(`.{1,${size}}`, 'g')) ?? [])
        .join('-')
        .replaceAll('1', isSmall ? 'l' : 'I')
        .replaceAll('0', 'O')
      expect(asSigns(isSmall ? told.toLowerCase() : told)).toBe(secret)
    }),
    runs,
  )
})

test('the same 128 bits on two hubs are two codes', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      const [one, other] = ['hub.example', 'hub.example:8443'].map((host) =>
        makePayerCode(host, () => bytes, 0),
      )
      expect(Buffer.from(one!.hash).equals(Buffer.from(other!.hash))).toBe(false)
    }),
    runs,
  )
})

test('an amount that is shown can be typed again, in every currency', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.bigInt(1n, largestAmount), (currency, minor) => {
      expect(readAmount(formatMinor(minor, currency), currency)).toBe(minor)
    }),
    runs,
  )
})
