import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { openKeys, thumbprint, verifyBytes } from './index.ts'

const db = await testDatabase()
beforeEach(async () => {
  await db.pool.query('truncate hub_keys')
})

function keyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'keys')
}

const quote = new TextEncoder().encode('one basket, CNY 1204.50')
const monday = Date.UTC(2026, 10, 23)
const tuesday = Date.UTC(2026, 10, 24)

test('the key id is the RFC 7638 thumbprint (example of RFC 8037, A.3)', () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  expect(thumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe(
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  )
})

test('the first start makes a key, later ones use it; its file is for the hub alone', async () => {
  const folder = keyFolder()
  const keys = await openKeys(db, folder, monday)
  const again = await openKeys(db, folder, tuesday)
  expect(again.published()).toEqual(keys.published())
  expect(again.current()).toMatchObject({ algorithm: 'Ed25519', validFrom: monday, validTo: null })
  expect(readdirSync(folder)).toEqual([`${keys.current().id}.pem`])
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, `${keys.current().id}.pem`)).mode & 0o777).toBe(0o600)
})

test('two starts at once agree on one key', async () => {
  const folder = keyFolder()
  const [one, other] = await Promise.all([
    openKeys(db, folder, monday),
    openKeys(db, folder, monday),
  ])
  expect(one?.current()).toEqual(other?.current())
  expect(one?.published()).toHaveLength(1)
})

test('a signature holds for these bytes, this key and nothing else', async () => {
  const keys = await openKeys(db, keyFolder(), monday)
  const { keyId, signature } = keys.sign(quote)
  expect(keys.verify(keyId, quote, signature)).toBe(true)
  expect(verifyBytes(keys.current().publicKey, quote, signature)).toBe(true)
  expect(keys.verify(keyId, quote.slice(1), signature)).toBe(false)
  expect(keys.verify(keyId, quote, signature.slice(1))).toBe(false)
  expect(keys.verify('unknown', quote, signature)).toBe(false)
})

test('after a rotation the new key signs and the old one checks, also when restarted', async () => {
  const folder = keyFolder()
  const keys = await openKeys(db, folder, monday)
  const old = keys.sign(quote)
  await keys.rotate(tuesday)
  const fresh = keys.sign(quote)
  expect(fresh.keyId).not.toBe(old.keyId)

  for (const ring of [keys, await openKeys(db, folder, tuesday)]) {
    expect(ring.published().map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      [monday, tuesday],
      [tuesday, null],
    ])
    expect(ring.verify(old.keyId, quote, old.signature)).toBe(true)
    expect(ring.verify(fresh.keyId, quote, fresh.signature)).toBe(true)
    expect(ring.sign(quote).keyId).toBe(fresh.keyId)
  }
})

test('a clock set back does not spoil a rotation', async () => {
  const keys = await openKeys(db, keyFolder(), tuesday)
  await keys.rotate(monday)
  expect(keys.current().validFrom).toBe(tuesday)
})

test('a hub whose private key is gone says so and never makes another', async () => {
  const folder = keyFolder()
  const { id } = (await openKeys(db, folder, monday)).current()
  rmSync(join(folder, `${id}.pem`))
  await expect(openKeys(db, folder, tuesday)).rejects.toThrow(`${id}.pem: bring that file back`)
  expect((await db.pool.query('select 1 from hub_keys')).rowCount).toBe(1)
})
