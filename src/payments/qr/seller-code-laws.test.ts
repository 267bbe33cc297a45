import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countries } from '../../basis/country.ts'
import { currencies, currencyNumber } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import { crc16 } from './crc.ts'
import { readSellerCode } from './read-seller-code.ts'
import { additionalNames, type Account, type SellerCode } from './seller-code.ts'
import { writeSellerCode } from './write-seller-code.ts'

const runs = { numRuns: 1000 }

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index))
const others = [...'éñßไทยك最佳運輸한글日本हिन्दीአማርኛ', '𠮷', '🧣', '\u200D']
const anySign = fc.constantFrom(...ascii, ...others, ...others)

/** Values as the type allows them, with lists in the order of their ids. */
function codesOf(signs: fc.Arbitrary<string>): fc.Arbitrary<SellerCode> {
  const text = (most: number) =>
    fc.array(signs, { minLength: 1, maxLength: most }).map((all) => all.join(''))
  const fields = (from: number, to: number, most: number) =>
    withIds(from, to, (id) => fc.record({ id: fc.constant(id), text: text(most) }))
  const templates = (from: number, to: number, most: number) =>
    withIds(from, to, (id) =>
      fc.record({ id: fc.constant(id), owner: text(most), fields: fields(1, 99, most) }),
    )
  const accounts = fc
    .tuple(fields(2, 25, 99), templates(26, 51, 18))
    .map(([texts, own]) => [...texts, ...own])
    .filter((all) => all.length > 0)
  const additional = fc
    .tuple(fc.subarray([...additionalNames]), text(3), fields(10, 49, 1), templates(50, 99, 1))
    .filter(([names]) => names.length > 0)
    .map(([names, value, rest, own]) => ({
      ...Object.fromEntries(names.slice(0, 4).map(([, name]) => [name, value])),
      others: rest,
      templates: own.slice(0, 1),
    }))
  return fc.record(
    {
      kind: fc.constantFrom('static', 'dynamic'),
      accounts,
      category: fc.stringMatching(/^[0-9]{4}$/),
      currency: fc.constantFrom(...currencies),
      amountMinor: minor,
      tip,
      country: fc.constantFrom(...countries),
      name: text(25),
      city: text(15),
      postalCode: text(10),
      additional,
      inLanguage: fc.record(
        { language: text(2), name: text(25), city: text(15), others: fields(3, 99, 5) },
        { requiredKeys: ['language', 'name', 'others'] },
      ),
      reserved: fields(65, 79, 20),
      unreserved: templates(80, 99, 18),
    },
    { requiredKeys: ['accounts', 'currency', 'country', 'reserved', 'unreserved'] },
  )
}

/** Up to three things under different ids, in their order. */
function withIds<T>(from: number, to: number, each: (id: string) => fc.Arbitrary<T>) {
  return fc
    .uniqueArray(fc.integer({ min: from, max: to }), { maxLength: 3 })
    .map((ids) => ids.toSorted((a, b) => a - b).map((id) => String(id).padStart(2, '0')))
    .chain((ids) => fc.tuple(...ids.map(each)))
}

const minor = fc.bigInt({ min: 1n, max: 99_999_999n })
const tip = fc.oneof(
  fc.constant({ kind: 'asked' as const }),
  fc.record({ kind: fc.constant('fixed' as const), minor }),
  fc.record({
    kind: fc.constant('share' as const),
    basisPoints: fc.bigInt({ min: 1n, max: 9999n }),
  }),
)

test('what is written in ASCII is read as it was', () => {
  fc.assert(
    fc.property(codesOf(fc.constantFrom(...ascii)), (code) => {
      expect(readSellerCode(String(writeSellerCode(code)))).toEqual(code)
    }),
    runs,
  )
})

test('what is written in any script is read as it was', () => {
  fc.assert(
    fc.property(codesOf(anySign), (code) => {
      const text = writeSellerCode(code)
      // The one thing that may stand in the way: bytes would make sense of it too.
      if (isRefused(text)) expect(text.refused).toBe('qr-two-readings')
      else expect(readSellerCode(text)).toEqual(code)
    }),
    runs,
  )
})

test.each([
  ['characters', (text: string) => [...text].length],
  ['bytes', (text: string) => Buffer.byteLength(text)],
] as const)('another program, which counts %s, writes the same code', (_, lengthOf) => {
  fc.assert(
    fc.property(codesOf(anySign), (code) => {
      const text = writeNaively(code, lengthOf)
      // In bytes a value can need more than two digits for its length.
      fc.pre(text !== undefined)
      const read = readSellerCode(text)
      if (isRefused(read)) expect(read.refused).toBe('qr-two-readings')
      else expect(read).toEqual(code)
    }),
    runs,
  )
})

test('whatever is done to a code, reading it ends in a code or in a place', () => {
  const places = fc.array(fc.tuple(fc.nat(), fc.constantFrom(1, 1, 1, 0, 2), anySign), {
    minLength: 1,
    maxLength: 3,
  })
  fc.assert(
    fc.property(codesOf(anySign), places, (code, changes) => {
      const signs = [...String(writeNaively(code, (text) => [...text].length)).slice(6, -8)]
      for (const [at, removed, sign] of changes) signs.splice(at % signs.length, removed, sign)
      const text = checked(`000201${signs.join('')}`)
      const read = readSellerCode(text)
      if (isRefused(read)) {
        expect(Number(read.facts['at'])).toBeGreaterThanOrEqual(0)
        expect(Number(read.facts['at'])).toBeLessThanOrEqual([...text].length)
        return
      }
      const again = writeSellerCode(read)
      // An amount that just fits may get too long by the decimals of its currency.
      if (isRefused(again)) expect(['qr-two-readings', 'qr-value-broken']).toContain(again.refused)
      else expect(readSellerCode(again)).toEqual(read)
    }),
    runs,
  )
})

test('any text at all ends in a refusal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(isRefused(readSellerCode(text))).toBe(true)
      expect(isRefused(readSellerCode(checked(`000201${text}`)))).toBe(true)
    }),
    runs,
  )
})

const checked = (body: string) => `${body}6304${crc16(`${body}6304`)}`

/** The same code as somebody else would write it. Undefined when a length has three digits. */
function writeNaively(code: SellerCode, lengthOf: (text: string) => number): string | undefined {
  let fits = true
  const put = (id: string, text?: string) => {
    if (text === undefined) return ''
    fits &&= lengthOf(text) <= 99
    return id + String(lengthOf(text)).padStart(2, '0') + text
  }
  const all = (objects: readonly Account[]): string =>
    objects
      .map((each) =>
        put(each.id, 'owner' in each ? put('00', each.owner) + all(each.fields) : each.text),
      )
      .join('')
  const { amountMinor, tip: added, additional, inLanguage } = code
  const amount = (value: bigint) => formatMinor(value, code.currency)
  const kinds = { static: '11', dynamic: '12', asked: '01', fixed: '02', share: '03' }
  const percent = added?.kind === 'share' ? formatMinor(added.basisPoints, 'USD') : undefined
  const body =
    all(code.unreserved) +
    all(code.reserved) +
    put('60', code.city) +
    put('59', code.name) +
    put('61', code.postalCode) +
    put(
      '64',
      inLanguage &&
        put('02', inLanguage.city) +
          put('01', inLanguage.name) +
          put('00', inLanguage.language) +
          all(inLanguage.others),
    ) +
    put(
      '62',
      additional &&
        additionalNames.map(([id, name]) => put(id, additional[name])).join('') +
          all(additional.templates) +
          all(additional.others),
    ) +
    put('57', percent) +
    put('56', added?.kind === 'fixed' ? amount(added.minor) : undefined) +
    put('55', added && kinds[added.kind]) +
    put('54', amountMinor === undefined ? undefined : amount(amountMinor)) +
    put('53', currencyNumber(code.currency)) +
    put('58', code.country) +
    put('52', code.category) +
    all(code.accounts) +
    put('01', code.kind && kinds[code.kind])
  return fits ? checked(`000201${body}`) : undefined
}
