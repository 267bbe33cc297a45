import type { Basket } from '../../src/tariff/index.ts'

/**
 * The yardstick of the engine: duty and tax of each line at one fixed rate in exact figures, no law looked up and nothing
 * explained. No engine can be faster.
 */
export function bareCost({ lines }: Basket): bigint {
  let landed = 0n
  for (const { priceMinor } of lines) {
    const duty = (priceMinor * 65n * 2n + 1000n) / 2000n
    const tax = ((priceMinor + duty) * 20n * 2n + 100n) / 200n
    landed += priceMinor + duty + tax
  }
  return landed
}
