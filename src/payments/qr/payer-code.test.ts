import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../../basis/refusal.ts'
import { isExpired, makePayerCode, readPayerCode } from './payer-code.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const bytes = (fill: number) => (length: number) => new Uint8Array(length).fill(fill)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

test('what the phone shows, and what the hub keeps', () => {
  const { text, hash, expiresAt } = makePayerCode('hub.example', bytes(255), noon)
  expect(text).toBe('EWTP1/HUB.EXAMPLE/ZZZZZZZZZZZZZZZZZZZZZZZZZW')
  expect(hex(hash)).toBe(sha256(text))
  expect(expiresAt).toBe(noon + 120_000)
})

test.each([
  [-1, false],
  [0, false],
  [119_999, false],
  [120_000, true],
  [86_400_000, true],
])('%i ms after it was made, expired is %s', (later, expired) => {
  expect(isExpired(makePayerCode('hub.example', bytes(1), noon), noon + later)).toBe(expired)
})

test('any two codes differ and each is read as itself, in small letters too', () => {
  const seen = new Set<string>()
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(
      fc.uniqueArray(sixteen, { minLength: 2, maxLength: 2, selector: String }),
      (pair) => {
        const [one, other] = pair.map((each) => makePayerCode('localhost:8080', () => each, noon))
        expect(one?.text).not.toBe(other?.text)
        for (const made of [one, other]) {
          expect(made?.text).toMatch(/^[0-9A-Z$%*+./: -]+$/) // the alphanumeric mode of QR
          const read = { hubHost: 'localhost:8080', hash: made?.hash }
          expect(readPayerCode(made?.text ?? '')).toEqual(read)
          expect(readPayerCode(` ${made?.text.toLowerCase()}\n`)).toEqual(read)
          seen.add(made?.text ?? '')
        }
      },
    ),
    { numRuns: 1000 },
  )
  expect(seen.size).toBeGreaterThan(1000)
})

test.each([
  ['', 'payer-code-broken'],
  ['EWTP2/HUB.EXAMPLE/ZZZZZZZZZZZZZZZZZZZZZZZZZW', 'payer-code-version'],
  ['EWTP1/HUB.EXAMPLE/ZZZZZZZZZZZZZZZZZZZZZZZZZ', 'payer-code-broken'],
  ['EWTP1/HUB.EXAMPLE/ZZZZZZZZZZZZZZZZZZZZZZZZZZ', 'payer-code-broken'], // bits beyond the 128
  ['EWTP1/HUB.EXAMPLE/ZZZZZZZZZZZZZZZZZZZZZZZZZWW', 'payer-code-broken'],
  ['EWTP1/HUB.EXAMPLE/UZZZZZZZZZZZZZZZZZZZZZZZZW', 'payer-code-broken'],
  ['EWTP1//ZZZZZZZZZZZZZZZZZZZZZZZZZW', 'payer-code-broken'],
  ['EWTP1/-HUB/ZZZZZZZZZZZZZZZZZZZZZZZZZW', 'payer-code-broken'],
  ['EWTP1/HUB.EXAMPLE/X/ZZZZZZZZZZZZZZZZZZZZZZZZZW', 'payer-code-broken'],
  [`EWTP1/${'A'.repeat(65)}/ZZZZZZZZZZZZZZZZZZZZZZZZZW`, 'payer-code-broken'],
  ['28T-5CY-4TH', 'payer-code-broken'],
])('%s is refused: %s', (text, refused) => {
  expect(readPayerCode(text)).toMatchObject({ refused })
})

test('a host that no code can hold is a fault', () => {
  for (const host of ['', 'Hub.Example', 'hub.example/', 'a'.repeat(65), '[::1]:80'])
    expect(() => makePayerCode(host, bytes(1), noon)).toThrow('no host for a code')
})

test('whatever is scanned, reading it does not throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(isRefused(readPayerCode(text))).toBe(true)
      expect(isRefused(readPayerCode(`EWTP1/${text}`))).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
