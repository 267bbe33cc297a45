// Fitted by `node --import ./bin/loader.js bench/classify.ts` on the open half of both sets; docs/decisions/0012 says how.
import type { Coefficients } from './confidence.ts'

/** In the order of `featureNames`. */
export const coefficients: Coefficients = [
  -2.06, 0.97, 1.36, -0.19, -0.99, -0.01, 0.81, -0.83, -1.36, 0.51, -0.26, 0.19, 1.11, 0.53, -0.75,
  1.98, 0.06,
]

/** How often a text that is the very name of a subheading is right, by words of the official index: 138 of 142. */
export const namedShare = 0.97

/** A code is sure from here on; one threshold for every text and every turn. */
export const sureFrom = 0.95
