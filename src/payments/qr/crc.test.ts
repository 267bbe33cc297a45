import { expect, test } from 'vitest'
import { crc16 } from './crc.ts'

// 29B1 is the published check value of this CRC for the nine digits; an empty text leaves the beginning.
test.each([
  ['', 'FFFF'],
  ['123456789', '29B1'],
  ['A', 'B915'],
  ['00020101021229370016A000000677010111011300660000000005802TH530376454044.226304', 'E469'],
])('%j has the check %s', (text, check) => {
  expect(crc16(text)).toBe(check)
})

test('letters beyond ASCII count as their bytes of UTF-8', () => {
  expect(crc16('最')).toBe(crc16Slowly([0xe6, 0x9c, 0x80]))
})

/** The same by its definition: division of polynomials, bit by bit, over a list of bits. */
function crc16Slowly(bytes: readonly number[]): string {
  const bits = bytes.flatMap((byte) => [...byte.toString(2).padStart(8, '0')].map(Number))
  const all = [...bits, ...Array<number>(16).fill(0)].map((bit, index) =>
    index < 16 ? bit ^ 1 : bit,
  )
  const divisor = [...(0x11021).toString(2)].map(Number)
  for (let start = 0; start < bits.length; start += 1)
    if (all[start] === 1)
      divisor.forEach((bit, index) => {
        all[start + index] = (all[start + index] ?? 0) ^ bit
      })
  return Number.parseInt(all.slice(-16).join(''), 2).toString(16).toUpperCase().padStart(4, '0')
}
