// POST /api/v1/landed-cost. A hot route: the body goes straight to the schema, and nothing is read twice.
import { Refusal } from '../../basis/refusal.ts'
import type { Context } from 'hono'
import { isDay, type Day } from '../../basis/day.ts'
import { toAnswer, type Answer } from '../assess/answer.ts'
import type { Basket } from '../basket.ts'
import type { Tariff } from '../create-tariff.ts'
import { mostLines, parseBasket } from '../parse-basket.ts'
import { RulesError } from '../rules/read-yaml.ts'
import { findJsonFault } from './json-fault.ts'
import { problem, type Place, type TariffEnv } from './problem.ts'

export type Unavailable = { to: string; reason: 'rules-broken' | 'no-law-on-day' }
export type LandedCost = { answers: Answer[]; unavailable?: Unavailable[] }

export type TariffParts = {
  /** Made when first asked for: reading the shared rules takes longer than starting the hub. */
  tariff(): Tariff
  today(): Day
  hub: { name: string; territory: string | null }
  /** The plain name of six digits (HS 2022) and the language it is in; without it lines are told by their rates only. */
  nameOf?(code: string, locale: string): { name: string; locale: string } | undefined
  /** A territory whose files are broken is left out and told to whoever runs the hub. */
  report(fault: unknown, message: string): void
}

/** Answers for each destination of the body; every refusal names its place. */
export async function landedCost(c: Context<TariffEnv>, parts: TariffParts): Promise<Response> {
  const text = await c.req.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    const { line, column, wanted } = findJsonFault(text)
    const at = `line ${line}, column ${column}`
    return problem(c, 400, 'broken-json', `The body is not JSON: at ${at} we wanted ${wanted}.`, [
      { at, reason: `wanted ${wanted}` },
    ])
  }
  const asked = readBody(body)
  if ('faults' in asked) return refuseBody(c, asked.faults)
  const tariff = parts.tariff()
  const unknown = unknownCodes(asked.basket, tariff)
  if (unknown.length > 0)
    return problem(c, 422, 'unknown-code', 'A code stands in no edition of the HS.', unknown)
  const strange = unknownDestinations(asked.to, tariff)
  if (strange.length > 0)
    return problem(
      c,
      422,
      'unknown-destination',
      `We hold no rules for a destination. Known: ${tariff.destinations.join(', ')}.`,
      strange,
    )
  const on = asked.basket.on ?? parts.today()
  return c.json(answerAll(asked.basket, asked.to, on, parts, { strict: asked.strict }))
}

/** One answer per destination; what cannot be read of the rules is left out and said. */
export function answerAll(
  basket: Basket,
  to: readonly string[],
  on: Day,
  { tariff, report }: TariffParts,
  { strict = false }: { strict?: boolean } = {},
): LandedCost {
  const options = { strict, ownDigits: to.length === 1 }
  const answers: Answer[] = []
  const unavailable: Unavailable[] = []
  for (const destination of to)
    try {
      answers.push(toAnswer(tariff().assess(basket, destination, on, options)))
    } catch (error) {
      unavailable.push({ to: destination, reason: reasonOf(error) })
      report(error, `no answer for ${destination}`)
    }
  return unavailable.length > 0 ? { answers, unavailable } : { answers }
}

/** Broken rule files, or a day before a territory's currency; anything else is a fault of ours. */
function reasonOf(error: unknown): Unavailable['reason'] {
  if (error instanceof RulesError) return 'rules-broken'
  if (error instanceof Refusal && error.code === 'no-law-on-day') return 'no-law-on-day'
  throw error
}

type Asked = { basket: Basket; to: string[]; strict: boolean }

function readBody(body: unknown): Asked | { faults: readonly Place[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { faults: [{ at: '', reason: 'the body is a JSON object: a basket and `to`' }] }
  const { to, strict = false, ...basket } = body as Record<string, unknown>
  const lines = basket['lines']
  // Before the schema looks at each of them.
  if (Array.isArray(lines) && lines.length > mostLines)
    return {
      faults: [{ at: 'lines', reason: `${lines.length} lines; ${mostLines} are the most` }],
    }
  const faults = destinationFaults(to)
  if (Array.isArray(to) && Array.isArray(lines) && to.length * lines.length > mostWorked)
    faults.push({
      at: 'to',
      reason: `${lines.length} lines for ${to.length} destinations; ${mostWorked} lines in all are the most`,
    })
  if (typeof strict !== 'boolean') faults.push({ at: 'strict', reason: 'true or false' })
  const parsed = parseBasket(basket)
  if ('faults' in parsed) faults.push(...parsed.faults)
  if (faults.length > 0 || 'faults' in parsed) return { faults }
  return { basket: parsed.basket, to: to as string[], strict: strict as boolean }
}

/** Lines times destinations that one request may ask for: an answer of some ten megabytes. */
const mostWorked = 10_000

/** More destinations than there are territories. */
export const mostDestinations = 300

function destinationFaults(to: unknown): Place[] {
  if (!Array.isArray(to) || to.length === 0 || to.length > mostDestinations)
    return [{ at: 'to', reason: 'a list of destinations such as ["CN", "MY"]' }]
  return to.flatMap((each, index) => {
    const at = `to[${index}]`
    if (typeof each !== 'string') return [{ at, reason: 'a country code such as "CN"' }]
    return to.indexOf(each) < index ? [{ at, reason: `${each.slice(0, 20)} stands twice` }] : []
  })
}

/** So many are enough to see what is wrong with a body. */
const mostFaults = 100

function refuseBody(c: Context<TariffEnv>, faults: readonly Place[]): Response {
  const more = faults.length > mostFaults ? ` The first ${mostFaults} are listed.` : ''
  const detail = `${faults.length} ${faults.length === 1 ? 'place is' : 'places are'} wrong.${more}`
  return problem(c, 422, 'bad-basket', detail, faults.slice(0, mostFaults))
}

/** The list of HS 2012 is not held: codes of that edition are taken at their word. */
export function unknownCodes(basket: Basket, tariff: Tariff): Place[] {
  if (basket.hs === '2012') return []
  return basket.lines.flatMap(({ code }, index) =>
    tariff.knowsCode(code)
      ? []
      : [{ at: `lines[${index}].code`, reason: `no edition of the HS has ${code.slice(0, 6)}` }],
  )
}

function unknownDestinations(to: readonly string[], { destinations }: Tariff): Place[] {
  return to.flatMap((code, index) =>
    destinations.includes(code)
      ? []
      : [{ at: `to[${index}]`, reason: `no rules are held for ${code.slice(0, 20)}` }],
  )
}

/** The day of a query, or today; undefined when it is no day. */
export function dayOf(text: string | undefined, today: Day): Day | undefined {
  if (text === undefined || text === '') return today
  return isDay(text) ? text : undefined
}
