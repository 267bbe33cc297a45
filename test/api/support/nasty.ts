import fc from 'fast-check'
import { expect } from 'vitest'
import { problemSchema } from '../../../src/tariff/pages/api-schemas.ts'
import type { Answered } from './api.ts'

/** Texts that break programs which trust them. */
export const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\u0000', '\uD800', '<script>', '9'.repeat(400), '-1', '1e9', '__proto__'),
  fc.constantFrom(
    '../..',
    '٣',
    '%00',
    "'",
    '\\',
    ':*',
    '丝巾',
    '-1.5_0199d2f0-0000-7000-8000-1',
    'MY',
  ),
)

export const anything = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(nasty, { maxLength: 3 }),
  fc.dictionary(nasty, nasty, { maxKeys: 3 }),
)

/** An answer, or a problem that tells nothing of the inside. */
export function expectLawful({ status, type, body }: Answered): void {
  expect(status, JSON.stringify(body)).toBeLessThan(500)
  if (status < 300) {
    expect(type).toMatch('application/json')
    return
  }
  expect(type).toMatch('application/problem+json')
  const { detail = '' } = problemSchema.parse(body)
  expect(detail).not.toMatch(/node_modules|\.ts:|at Object/)
  expect(JSON.stringify(body)).not.toMatch(/PostgreSQL|\bat .*\.ts:\d/)
}
