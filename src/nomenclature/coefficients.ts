// Fitted by `node --import ./bin/loader.js bench/classify.ts` on the open half of both sets; docs/decisions/0012 says how.
import type { Coefficients } from './confidence.ts'

/** In the order of `featureNames`. */
export const coefficients: Coefficients = [
  -2.812, 0.597, 1.558, 1.137, 0.465, -0.367, -0.278, -0.292, -1.634, 0.788, -0.211, 0.587, 0.632,
  0.228, -0.477, 1.417, 0.23,
]

/** A code is sure from here on; one threshold for every text and every turn. */
export const sureFrom = 0.95
