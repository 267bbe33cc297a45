import { compare, decimal } from '../../basis/ratio.ts'

/**
 * The lower of two rates in the neutral grammar, `min(a, b)` where that depends on value and
 * quantity. One is lower for sure when both have the same shape and each of its figures is at most
 * the other's.
 */
export function lowerOf(a: string, b: string): string {
  if (a === '0' || b === '0') return '0'
  const figures = (text: string): string[] => text.match(figure) ?? []
  const shape = (text: string): string => text.replace(figure, '#')
  if (shape(a) === shape(b)) {
    const signs = figures(a).map((own, at) => compare(decimal(own), decimal(figures(b)[at] ?? own)))
    if (signs.every((sign) => sign <= 0)) return a
    if (signs.every((sign) => sign >= 0)) return b
  }
  return `min(${a}, ${b})`
}

/** A figure that scales the duty: not the count in `/100 KGM`, nor digits inside a unit. */
const figure = /(?<![/A-Z\d.])\d+(?:\.\d+)?(?=%| [A-Z]{3})/g
