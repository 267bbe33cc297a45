import { parseDecimal } from '../basis/ratio.ts'
import type { Parcel } from './lane.ts'

/** A mass in kilograms as grams, whole and above zero; undefined for anything else. */
export const gramsOf = (kg: string): number | undefined => wholeOf(kg, 1000n, 1_000_000_000n)

/** `30x20x10` in centimetres as the sides of a parcel. */
export function sizeOf(
  text: string,
): Pick<Parcel, 'lengthMm' | 'widthMm' | 'heightMm'> | undefined {
  const sides = text
    .toLowerCase()
    .split(/[x×*]/)
    .map((side) => wholeOf(side.trim(), 10n, 100_000n))
  const [lengthMm, widthMm, heightMm] = sides
  if (sides.length !== 3 || !lengthMm || !widthMm || !heightMm) return undefined
  return { lengthMm, widthMm, heightMm }
}

function wholeOf(text: string, factor: bigint, most: bigint): number | undefined {
  const value = parseDecimal(text)
  if (!value || value.n <= 0n || (value.n * factor) % value.d !== 0n) return undefined
  const whole = (value.n * factor) / value.d
  return whole > most ? undefined : Number(whole)
}
