import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUuid, uuidv7 } from './uuid.ts'

const runs = { numRuns: 1000 }
/** 48 bits: until the year 10889. */
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 })
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => void,
): () => void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => void law(...values))
  return () => fc.assert(property, runs)
}

test('the example of RFC 9562, appendix A.6', () => {
  const random = Uint8Array.from(Buffer.from('0000000000000cc318c4dc0c0c07398f', 'hex'))
  expect(uuidv7(0x017f22e279b0, () => random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test(
  'has the shape of version 7 and gives its instant back',
  holds([instant, bytes], (at, random) => {
    const id = uuidv7(at, () => random)
    expect(isUuid(id)).toBe(true)
    expect(id[14]).toBe('7')
    expect('89ab').toContain(id[19])
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at)
  }),
)

test(
  'later ids sort after earlier ones, whatever the randomness',
  holds([instant, instant, bytes, bytes], (a, b, randomA, randomB) => {
    const [first, second] = [uuidv7(a, () => randomA), uuidv7(b, () => randomB)]
    if (a !== b) expect(first < second).toBe(a < b)
  }),
)

test(
  'every bit that is not fixed comes from the source, which is left as it was',
  holds([instant, bytes], (at, random) => {
    const before = Uint8Array.from(random)
    const made = Buffer.from(uuidv7(at, () => random).replaceAll('-', ''), 'hex')
    expect(random).toEqual(before)
    expect([...made.subarray(9)]).toEqual([...random.subarray(9)])
    expect(made[7]).toBe(random[7])
    expect((made[6] ?? 0) & 0x0f).toBe((random[6] ?? 0) & 0x0f)
    expect((made[8] ?? 0) & 0x3f).toBe((random[8] ?? 0) & 0x3f)
  }),
)

test(
  'one wrong character and it is no id',
  holds([instant, bytes, fc.nat(35), fc.constantFrom(...'gxZ_ ')], (at, random, where, wrong) => {
    const id = uuidv7(at, () => random)
    expect(isUuid(id.slice(0, where) + wrong + id.slice(where + 1))).toBe(false)
    expect(isUuid(id + wrong)).toBe(false)
    expect(isUuid(id.slice(1))).toBe(false)
  }),
)
