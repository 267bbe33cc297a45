import type { Handler } from 'hono'
import { toAnswer, type Answer } from '../../src/tariff/assess/answer.ts'
import { assessBasket } from '../../src/tariff/assess/assess-basket.ts'
import { parseBasket, type Tariff } from '../../src/tariff/index.ts'
import type { HubEnv } from '../../src/app/trace.ts'
import type { Case } from '../landed-cost.ts'

/** The yardstick's route: all that the real one checks of a body, then an object made long ago. */
export function keptAnswer(tariff: Tariff, kept: { answers: Answer[] }): Handler<HubEnv> {
  return async (c) => {
    const body = JSON.parse(await c.req.text()) as Record<string, unknown>
    const { to, strict = false, ...basket } = body
    const parsed = parseBasket(basket)
    const isGood =
      'basket' in parsed &&
      typeof strict === 'boolean' &&
      parsed.basket.lines.every(({ code }) => tariff.knowsCode(code)) &&
      Array.isArray(to) &&
      to.every((code) => tariff.destinations.includes(code as string))
    return isGood ? c.json(kept) : c.json({}, 422)
  }
}

/** Of all the answers the one whose size comes nearest to their mean. */
export function usualAnswer(tariff: Tariff, cases: readonly Case[]): { answers: Answer[] } {
  const answers = cases.map(({ basket, tariff: { territory, day } }) => {
    const answer = { answers: [toAnswer(assessBasket(basket, tariff.on(territory, day)))] }
    return { answer, size: JSON.stringify(answer).length }
  })
  const mean = answers.reduce((sum, { size }) => sum + size, 0) / answers.length
  const [nearest] = answers.toSorted((a, b) => Math.abs(a.size - mean) - Math.abs(b.size - mean))
  if (!nearest) throw new Error('no answer to keep')
  return nearest.answer
}
