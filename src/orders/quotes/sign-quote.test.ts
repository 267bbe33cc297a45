import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { openKeys } from '../../keys/index.ts'
import { unpackQuote } from './packed-quote.ts'
import type { QuoteBody } from './quote.ts'
import { jwsOf, signQuote, verifyQuote } from './sign-quote.ts'

const folder = mkdtempSync(join(tmpdir(), 'ewtp-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = Date.UTC(2026, 10, 22, 9)
const open = async (name: string) => openKeys(await testDatabase(), join(folder, name), now)
const [keys, others] = await Promise.all([open('ours'), open('theirs')])

const body = {
  ...{ v: 1, id: 'q', hub: 'h', total: '3294', currency: 'GBP', title: 'Écharpe 丝巾' },
  seller: { hub: 'h', id: 's', country: 'MY', address: [], identifiers: [] },
  ...{ lines: [], legs: [], except: [] },
} as unknown
const quote = body as QuoteBody
const jws = jwsOf(signQuote(keys, quote))
const [header = '', payload = '', signature = ''] = jws.split('.')
const base64url = (text: string): string => Buffer.from(text).toString('base64url')
/** The last sign of 64 bytes holds two bits: the sign after it stands for the same. */
const nextTo = (sign = ''): string => String.fromCharCode(sign.charCodeAt(0) + 1)
const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())

test('is a compact JWS that anybody can check with the public key alone (RFC 7515, RFC 8037)', () => {
  expect(read(header)).toEqual({ alg: 'EdDSA', kid: keys.current().id, typ: 'ewtp-quote+jws' })
  expect(unpackQuote(read(payload) as object)).toEqual(quote)
  const key = createPublicKey({ key: { ...keys.current().publicKey }, format: 'jwk' })
  const [bytes, signed] = [Buffer.from(`${header}.${payload}`), Buffer.from(signature, 'base64url')]
  expect(verify(null, bytes, key, signed)).toBe(true)
  expect(verify(null, Buffer.from(`${header}.${payload}x`), key, signed)).toBe(false)
})

test('is known again, also after the key was changed twice', async () => {
  expect(verifyQuote(keys, jws)).toEqual(quote)
  await keys.rotate(now + 1)
  await keys.rotate(now + 2)
  const later = jwsOf(signQuote(keys, quote))
  expect(verifyQuote(keys, jws)).toEqual(quote)
  expect(verifyQuote(keys, later)).toEqual(quote)
  expect(later.split('.')[0]).not.toBe(header)
})

describe('is refused', () => {
  const none = base64url(JSON.stringify({ alg: 'none', typ: 'ewtp-quote+jws' }))
  const cheaper = base64url(JSON.stringify({ ...quote, total: '1' }))
  const otherHeader = (more: object) =>
    base64url(JSON.stringify({ ...(read(header) as object), ...more }))
  const theirs = jwsOf(signQuote(others, quote)).split('.')
  test.each([
    ['signed by another hub', theirs.join('.')],
    ['another hub’s signature under our key id', `${header}.${payload}.${theirs[2]}`],
    ['another payload', `${header}.${cheaper}.${signature}`],
    ['alg none', `${none}.${payload}.`],
    ['alg none with a signature', `${none}.${payload}.${signature}`],
    ['alg HS256', `${otherHeader({ alg: 'HS256' })}.${payload}.${signature}`],
    ['a header with a key of its own', `${otherHeader({ jwk: {} })}.${payload}.${signature}`],
    ['no signature', `${header}.${payload}.`],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${jws}.${signature}`],
    ['a shorter signature', jws.slice(0, -4)],
    ['padding', `${jws}==`],
    ['another way of writing the same bytes', jws.slice(0, -1) + nextTo(jws.at(-1))],
    ['a blank', ` ${jws}`],
    ['a new line', `${jws}\n`],
    ['nothing', ''],
    ['dots', '...'],
  ])('%s', (_, forged) => expect(verifyQuote(keys, forged)).toBeUndefined())

  test('whatever sign is changed, left out or put in', () => {
    const place = fc.nat({ max: jws.length })
    fc.assert(
      fc.property(place, fc.nat({ max: 1 }), fc.string({ maxLength: 2 }), (at, cut, put) => {
        const forged = jws.slice(0, at) + put + jws.slice(at + cut)
        fc.pre(forged !== jws)
        expect(verifyQuote(keys, forged)).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })
})
