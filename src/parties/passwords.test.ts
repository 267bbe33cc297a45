import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkPassword, hashPassword, passwordMatches } from './passwords.ts'

test('a password is kept as Argon2id and found again, whatever the form of its letters', async () => {
  const kept = await hashPassword('café au lait ②', randomBytes)
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await passwordMatches('cafe\u0301 au lait 2', kept)).toBe(true)
  expect(await passwordMatches('cafe au lait 2', kept)).toBe(false)
  expect(await passwordMatches('café au lait ②', undefined)).toBe(false)
  expect(await hashPassword('café au lait ②', randomBytes)).not.toBe(kept)
})

test.each([120, 200])('a password of %i emoji is one, and is found again', async (length) => {
  const password = [...'🦞🛶🧵🪁🐫'.repeat(40)].slice(0, length).join('')
  expect(checkPassword(password, [])).toBeUndefined()
  const kept = await hashPassword(password, randomBytes)
  expect(await passwordMatches(password, kept)).toBe(true)
  expect(await passwordMatches(password.slice(0, -2), kept)).toBe(false)
})

test.each([
  ['batik and lobster', undefined],
  ['纸鸢与丝绸之路上的骆驼', undefined],
  ['x7#Kd!9qPz', undefined],
  ['short', 'password-too-short'],
  ['x'.repeat(201), 'password-too-long'],
  ['aaaaaaaaaaaa', 'password-too-common'],
  ['1234567890', 'password-too-common'],
  ['0987654321', 'password-too-common'],
  ['qwertyuiop', 'password-too-common'],
  ['Password123!', 'password-too-common'],
  ['passwordpassword', 'password-too-common'],
  ['amina2026amina', 'password-too-common'],
  ['batikhouse1', 'password-too-common'],
])('%s: %s', (password, said) => {
  const refused = checkPassword(password, ['Amina Rahman', 'amina@batikhouse.example'])
  expect(refused?.refused).toBe(said)
})
