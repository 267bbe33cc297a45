import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createTariff } from '../../src/tariff/index.ts'
import { basketMaker } from './baskets.ts'
import type { Sample } from './baskets.ts'
import { loadTwinRules, quote } from './twin.ts'
import type { TwinAnswer } from './twin.ts'

/**
 * The engine and the twin, both written from docs/rules-schema.md, must say the same about random baskets.
 * EWTP_TWIN_BASKETS: how many (3,000 in the suite, more in `npm run proof`). EWTP_TWIN_SEED: the first seed,
 * so that a mismatch can be looked at alone with EWTP_TWIN_BASKETS=1.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const count = Number(process.env.EWTP_TWIN_BASKETS ?? 3000)
const firstSeed = Number(process.env.EWTP_TWIN_SEED ?? 1)

describe.each([
  ['the invented territories', `${root}test/twin/fixtures/rules`],
  ['rules/', `${root}rules`],
])('engine and twin agree on %s', (_, rulesFolder) => {
  test(`${count} baskets from seed ${firstSeed}`, { timeout: 60_000 + count * 20 }, () => {
    const rules = loadTwinRules(rulesFolder)
    const tariff = createTariff({ rulesFolder })
    const make = basketMaker(rules)
    const answers = (sample: Sample) => {
      const { basket, to, on, strict } = sample
      return {
        twin: said(() => comparable(quote(rules, basket, to, on, { strict }))),
        engine: said(() => engineSays(tariff, sample)),
      }
    }
    const agree = (sample: Sample) => {
      const { twin, engine } = answers(sample)
      return isDeepStrictEqual(twin, engine)
    }
    for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
      const sample = make(seed)
      if (agree(sample)) continue
      const smallest = shrink(sample, (smaller) => !agree(smaller))
      const { twin, engine } = answers(smallest)
      const { to, on, strict, basket } = smallest
      expect
        .soft(engine, `seed ${seed}: ${JSON.stringify({ to, on, strict, basket })}`)
        .toEqual(twin)
      throw new Error(`seed ${seed}\n${JSON.stringify({ to, on, strict, basket }, null, 1)}`)
    }
  })
})

/** The order of charges, reasons and alternatives is not part of the contract. */
type Comparable = Omit<TwinAnswer, 'lines'> & { lines: TwinAnswer['lines'] }

function comparable(answer: TwinAnswer): Comparable {
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

type Tariff = ReturnType<typeof createTariff>

/** The engine's answer, the JSON of the API, cut down to what the twin says. */
function engineSays(tariff: Tariff, { basket, to, on, strict }: Sample): Comparable {
  // Both shapes are JSON of section 11; each side has types of its own.
  const asked = basket as unknown as Parameters<Tariff['quote']>[0]
  const answer = tariff.quote(asked, to, { on, strict }) as unknown as EngineAnswer
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
    totals: totalsOf(answer.totals),
    notCovered: answer.notCovered,
    alternatives: answer.alternatives.map(({ route, landed, needs }) => ({
      route,
      landed,
      needs: needs.map(nameOfNeed),
    })),
    reasons: codesOf(answer.reasons),
  })
}

/** The engine says more of its totals than the contract: which part is due at the door. */
function totalsOf(totals: TwinAnswer['totals']): TwinAnswer['totals'] {
  const { goods, freight, insurance, duty, tax, fees, landed } = totals
  return { goods, freight, insurance, duty, tax, fees, landed }
}

type Need = { scheme: string } | { line: string; agreement: string }

function nameOfNeed(need: Need): string {
  return 'scheme' in need ? `scheme:${need.scheme}` : `proof:${need.line}:${need.agreement}`
}

interface EngineAnswer extends Omit<
  TwinAnswer,
  'lines' | 'consignmentCharges' | 'reasons' | 'alternatives'
> {
  alternatives: { route: string; landed: string | null; needs: Need[] }[]
  lines: (Omit<TwinAnswer['lines'][number], 'reasons'> & { reasons: { code: string }[] })[]
  charges: TwinAnswer['consignmentCharges']
  reasons: (string | { code: string })[]
}

function codesOf(reasons: (string | { code: string })[]): string[] {
  return [...new Set(reasons.map((each) => (typeof each === 'string' ? each : each.code)))]
}

function sorted<T>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** A basket that one side refuses must be refused by the other; how it says so is its own. */
function said(answer: () => Comparable): Comparable | 'refused' {
  try {
    return answer()
  } catch {
    return 'refused'
  }
}

/** Drops lines, then optional parts, as long as the two still differ. */
function shrink(sample: Sample, differs: (smaller: Sample) => boolean): Sample {
  for (const smaller of smallerOnes(sample)) {
    if (differs(smaller)) return shrink(smaller, differs)
  }
  return sample
}

function* smallerOnes(sample: Sample): Generator<Sample> {
  const { basket } = sample
  const withBasket = (changed: Partial<Sample['basket']>) => ({
    ...sample,
    basket: { ...basket, ...changed },
  })
  if (basket.lines.length > 1) {
    for (const line of basket.lines) {
      yield withBasket({ lines: basket.lines.filter((each) => each !== line) })
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
      yield withBasket({ lines: basket.lines.map((each) => (each === line ? rest : each)) })
    }
  }
  if (sample.strict) yield { ...sample, strict: false }
}
