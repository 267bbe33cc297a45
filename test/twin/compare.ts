import { isDeepStrictEqual } from 'node:util'
import type { createTariff } from '../../src/tariff/index.ts'
import type { Sample } from './baskets.ts'
import { quote } from './twin.ts'
import type { TwinAnswer, TwinRules } from './twin.ts'

/** Engine and twin held against each other on one basket, and a differing basket made smaller. */
export type Tariff = ReturnType<typeof createTariff>
export type Said = TwinAnswer | 'refused'

export interface Sides {
  twin: Said
  engine: Said
}

/** A basket that one side refuses must be refused by the other; how it says so is its own. */
export function bothSay(rules: TwinRules, tariff: Tariff, sample: Sample): Sides {
  const { basket, to, on, strict } = sample
  return {
    twin: said(() => comparable(quote(rules, basket, to, on, { strict }))),
    engine: said(() => engineSays(tariff, sample)),
  }
}

export function agree({ twin, engine }: Sides): boolean {
  return isDeepStrictEqual(twin, engine)
}

/** Drops lines, then optional parts, as long as the two still differ. */
export function shrink(sample: Sample, differs: (smaller: Sample) => boolean): Sample {
  for (const smaller of smallerOnes(sample)) {
    if (differs(smaller)) return shrink(smaller, differs)
  }
  return sample
}

/** Where two answers differ: `.lines.0.status: "complete" ~ "needs-facts"`, the twin first. */
export function differences(twin: unknown, engine: unknown, at = ''): string[] {
  if (isDeepStrictEqual(twin, engine)) return []
  const both = [twin, engine]
  if (!both.every((side) => typeof side === 'object' && side !== null)) {
    return [`${at}: ${JSON.stringify(twin)} ~ ${JSON.stringify(engine)}`]
  }
  const [a, b] = both as Record<string, unknown>[]
  const keys = new Set([...Object.keys(a!), ...Object.keys(b!)])
  return [...keys].flatMap((key) => differences(a![key], b![key], `${at}.${key}`))
}

/** The order of charges, reasons, kinds and alternatives is not part of the contract. */
function comparable(answer: TwinAnswer): TwinAnswer {
  return {
    ...answer,
    lines: answer.lines.map((line) => ({
      ...line,
      charges: sorted(line.charges),
      reasons: line.reasons.toSorted(),
    })),
    consignmentCharges: sorted(answer.consignmentCharges),
    alternatives: sorted(
      answer.alternatives.map((each) => ({ ...each, needs: each.needs.toSorted() })),
    ),
    notCovered: answer.notCovered.toSorted(),
    reasons: answer.reasons.toSorted(),
  }
}

/** What the twin reads of the engine's answer, the JSON of the API. */
interface EngineAnswer extends Omit<
  TwinAnswer,
  'lines' | 'consignmentCharges' | 'reasons' | 'alternatives'
> {
  lines: (Omit<TwinAnswer['lines'][number], 'reasons'> & { reasons: Reason[] })[]
  charges: TwinAnswer['consignmentCharges']
  alternatives: { route: string; landed: string | null; needs: Need[] }[]
  reasons: Reason[]
}
type Reason = string | { code: string }
type Need = { scheme: string } | { line: string; agreement: string }

function engineSays(tariff: Tariff, { basket, to, on, strict }: Sample): TwinAnswer {
  // Both shapes are JSON of section 11; each side has types of its own.
  const asked = basket as unknown as Parameters<Tariff['quote']>[0]
  const answer = tariff.quote(asked, to, { on, strict }) as unknown as EngineAnswer
  const { goods, freight, insurance, duty, tax, fees, landed } = answer.totals
  return comparable({
    status: answer.status,
    route: answer.route,
    currency: answer.currency,
    lines: answer.lines.map(({ id, status, charges, reasons }) => ({
      id,
      status,
      charges: charges.map(({ kind, rule, amount }) => ({ kind, rule, amount })),
      reasons: codesOf(reasons),
    })),
    consignmentCharges: answer.charges.map(({ kind, rule, amount }) => ({ kind, rule, amount })),
    totals: { goods, freight, insurance, duty, tax, fees, landed },
    notCovered: answer.notCovered,
    alternatives: answer.alternatives.map((each) => ({
      route: each.route,
      landed: each.landed,
      needs: each.needs.map(nameOfNeed),
    })),
    reasons: codesOf(answer.reasons),
  })
}

function nameOfNeed(need: Need): string {
  return 'scheme' in need ? `scheme:${need.scheme}` : `proof:${need.line}:${need.agreement}`
}

function codesOf(reasons: Reason[]): string[] {
  return [...new Set(reasons.map((each) => (typeof each === 'string' ? each : each.code)))]
}

function sorted<T>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

function said(answer: () => TwinAnswer): Said {
  try {
    return answer()
  } catch {
    return 'refused'
  }
}

function* smallerOnes(sample: Sample): Generator<Sample> {
  const { basket } = sample
  const withLines = (lines: Sample['basket']['lines']) => ({
    ...sample,
    basket: { ...basket, lines },
  })
  if (basket.lines.length > 1) {
    for (const line of basket.lines) {
      yield withLines(basket.lines.filter((each) => each !== line))
    }
  }
  for (const name of ['insurance', 'schemes', 'facts', 'hs'] as const) {
    if (!(name in basket)) continue
    const { [name]: _, ...rest } = basket
    yield { ...sample, basket: rest }
  }
  for (const line of basket.lines) {
    for (const name of ['facts', 'proofs', 'measures', 'netMassKg', 'codeOf', 'unit'] as const) {
      if (!(name in line)) continue
      const { [name]: _, ...rest } = line
      yield withLines(basket.lines.map((each) => (each === line ? rest : each)))
    }
  }
  if (sample.strict) yield { ...sample, strict: false }
}
