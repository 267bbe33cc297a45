// The coefficients of the confidence, fitted: a logistic regression by Newton's steps with a little ridge.
import { confidenceOf } from '../../src/nomenclature/confidence.ts'

/** What was seen of a match, and whether the first guess was right. */
export type Fact = { readonly features: readonly number[]; readonly isRight: boolean }

const ridge = 0.5
const steps = 25

export function fitConfidence(facts: readonly Fact[]): number[] {
  const size = facts[0]?.features.length ?? 0
  let coefficients = Array.from({ length: size }, () => 0)
  for (let step = 0; step < steps; step++) {
    const slope = coefficients.map((each) => -ridge * each)
    const curve = slope.map((_, row) => slope.map((__, column) => (row === column ? ridge : 0)))
    for (const { features, isRight } of facts) {
      const share = confidenceOf(features, coefficients)
      const miss = (isRight ? 1 : 0) - share
      const weight = share * (1 - share)
      for (const [row, each] of features.entries()) {
        slope[row]! += miss * each
        for (const [column, other] of features.entries())
          curve[row]![column]! += weight * each * other
      }
    }
    const move = solved(curve, slope)
    coefficients = coefficients.map((each, at) => each + move[at]!)
  }
  return coefficients
}

/** Gauss and Jordan with the largest pivot. */
function solved(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!])
  for (let at = 0; at < rows.length; at++) {
    let pivot = at
    for (let row = at + 1; row < rows.length; row++)
      if (Math.abs(rows[row]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = row
    ;[rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!]
    for (const [number, row] of rows.entries()) {
      if (number === at) continue
      const factor = row[at]! / rows[at]![at]!
      for (let column = at; column < row.length; column++)
        row[column]! -= factor * rows[at]![column]!
    }
  }
  return rows.map((row, at) => row.at(-1)! / row[at]!)
}
