// Fitted by `node --import ./bin/loader.js bench/classify.ts` on the open half of both sets; docs/decisions/0012 says how.
import type { Coefficients } from './confidence.ts'

/** In the order of `featureNames`. */
export const coefficients: Coefficients = [
  -2.019, 0.52, 1.486, 0.457, -1.105, 0.102, 0.234, -0.509, -1.344, 0.979, -0.538, 0.291, 0.867,
  1.13, -0.764, 1.585, 0.117,
]

/** How often a text that is the very name of a subheading is right, by words of the official index: 138 of 142. */
export const namedShare = 0.97

/** A code is sure from here on; one threshold for every text and every turn. */
export const sureFrom = 0.95
