import { expect, test } from 'vitest'
import { signatureOf, whyNotSigned } from './signature.ts'

const at = Date.UTC(2026, 10, 22, 9)
const body = Buffer.from('{"id":"evt_1","object":"event"}')
const [one, two] = ['whsec_example_one', 'whsec_example_two']
// Made with: printf '%s' '1795338000.{"id":"evt_1","object":"event"}' | openssl dgst -sha256 -hmac whsec_example_one
const byOne = 'bb868d8fa6f2579be6dff693b9494a2872382a5802d50a81e99cc5e82772c000'
const byTwo = 'd7938e54e15df55a1ddbd4f92a623e9f6d900ba25ede6e9f73b457a7b0dd8083'
const right = `t=1795338000,v1=${byOne}`

test('it is what openssl makes of the documented scheme', () => {
  expect(signatureOf(one, body, at)).toBe(right)
  expect(signatureOf(two, body, at + 999)).toBe(`t=1795338000,v1=${byTwo}`)
})

const minute = 60_000
const cases: readonly [
  name: string,
  header: string | null,
  now: number,
  says: string | undefined,
][] = [
  ['right', right, at, undefined],
  ['an older scheme beside it', `t=1795338000,v0=${byTwo},v1=${byOne}`, at, undefined],
  [
    'a signature by the next secret beside it',
    `t=1795338000,v1=${byTwo},v1=${byOne}`,
    at,
    undefined,
  ],
  ['five minutes old', right, at + 5 * minute, undefined],
  ['older', right, at + 5 * minute + 1, 'signature-too-old'],
  ['five minutes from the future', right, at - 5 * minute, undefined],
  ['from further', right, at - 5 * minute - 1, 'signature-too-old'],
  ['no header', null, at, 'signature-missing'],
  ['an empty one', '', at, 'signature-missing'],
  ['no time', `v1=${byOne}`, at, 'signature-missing'],
  ['a time that is none', `t=soon,v1=${byOne}`, at, 'signature-missing'],
  ['only the older scheme', `t=1795338000,v0=${byOne}`, at, 'signature-missing'],
  ['cut short', `t=1795338000,v1=${byOne.slice(1)}`, at, 'signature-missing'],
  ['by another secret', `t=1795338000,v1=${byTwo}`, at, 'signature-wrong'],
  ['another time', `t=1795338001,v1=${byOne}`, at, 'signature-wrong'],
]
test.each(cases)('%s', (_, header, now, says) => {
  expect(whyNotSigned(header, body, [one], now)?.refused).toBe(says)
})

test('both secrets are believed while one follows the other', () => {
  expect(whyNotSigned(`t=1795338000,v1=${byTwo}`, body, [one, two], at)).toBeUndefined()
})

test('no changed byte of the body, of 31, is believed', () => {
  for (let index = 0; index < body.length; index += 1) {
    const changed = Buffer.from(body)
    changed[index]! ^= 1
    expect(whyNotSigned(right, changed, [one], at)?.refused).toBe('signature-wrong')
  }
})
