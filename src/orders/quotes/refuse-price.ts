import { refused, type Refused } from '../../basis/refusal.ts'
import type { DoorPrice } from '../../catalogue/index.ts'
import type { Answer } from '../../tariff/index.ts'
import type { KnownPrice } from './split-price.ts'

const sold = new Set<DoorPrice['status']>(['complete', 'complete-except', 'no-border'])

export const isKnown = (price: DoorPrice): price is KnownPrice =>
  sold.has(price.status) && !!price.total && !!price.lane && !!price.answer && !!price.basket

/**
 * `no-price`, with the status of the price at the door and, as far as they are known, the codes of its reasons, the facts
 * of the offer that are `missing`, and the facts of the goods that law asks about (`needs`).
 */
export function noPrice({ status, reasons, missing, answer }: DoorPrice): Refused {
  const needs = answer && status === 'needs-facts' ? factsAsked(answer) : []
  return refused('no-price', {
    status,
    reasons:
      status === 'no-border'
        ? ['freight-in-other-money']
        : [...new Set([...reasons, ...codesOf(answer)])],
    ...(missing.length > 0 ? { missing } : {}),
    ...(needs.length > 0 ? { needs } : {}),
  })
}

const codesOf = (answer: Answer | null): string[] =>
  answer
    ? [...answer.reasons, ...answer.lines.flatMap((line) => line.reasons)].map(({ code }) => code)
    : []

const factsAsked = ({ questions }: Answer): string[] => [
  ...new Set(questions.flatMap(({ fact }) => (typeof fact === 'string' ? [fact] : []))),
]
