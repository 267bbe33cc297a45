import { refused, type Refused } from '../../basis/refusal.ts'
import type { RandomBytes } from '../../basis/uuid.ts'
import { asSigns, signs, toSigns } from './crockford.ts'

// A payment's code to be read aloud and typed: eight signs of Crockford's base 32 (40 random bits) and a check sign, as
// `K7Q-4MD-2PX`. The check sign makes the sum of all signs, each multiplied by a power of 2 in the field of 32 elements,
// zero (a Reed-Solomon code with one check). Two neighbours stand under different powers, so no single wrong sign and no
// swap can leave the sum at zero, the check sign included. A code names a payment; it is no secret that lets anybody in.

const length = 9

/** A new code, without hyphens. Two of a million may well be equal, so where it is kept it must be unique. */
export function makeShortCode(random: RandomBytes): string {
  const data = toSigns(random(5))
  return `${data}${signs[double(sumOf(data))]}`
}

/**
 * What somebody typed, as the code is kept. `short-code-length`; `short-code-sign` with the place, counted without blanks
 * and hyphens; `short-code-check` when a sign is wrong or two were swapped.
 */
export function readShortCode(text: string): string | Refused {
  const code = asSigns(text)
  if (code.length !== length) return refused('short-code-length', { length: code.length })
  const at = [...code].findIndex((sign) => !signs.includes(sign))
  if (at >= 0) return refused('short-code-sign', { at, sign: code[at] ?? '' })
  return sumOf(code) === 0 ? code : refused('short-code-check')
}

/** As people see it: three groups of three. */
export const showShortCode = (code: string): string => code.match(/.{1,3}/g)?.join('-') ?? ''

const sumOf = (code: string): number =>
  [...code].reduce((sum, sign) => double(sum) ^ signs.indexOf(sign), 0)

/** Twice an element of the field of 32: polynomials over two elements, modulo x^5 + x^2 + 1. */
const double = (element: number): number => (element << 1) ^ (element & 16 ? 0b100101 : 0)
