// The answer as it leaves the hub: an assessment with every figure as a decimal string and every rule cited.
import { minorDigits } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { formatTariffCode } from '../../basis/hs.ts'
import { toDecimal } from '../../basis/ratio.ts'
import { findingsOf } from './findings.ts'
import type { TariffOnDay } from '../rules/law.ts'
import { kinds, type Kind } from '../rules/schema.ts'
import type { Citation } from '../rules/records.ts'
import type { Assessment } from './assess-basket.ts'
import type { JudgedRoute, Status } from './judge-route.ts'
import { chargesByLine, type Charge, type Reason } from './charge.ts'
import type { LineResult, Need, Route } from './route.ts'
import type { LineState } from './state.ts'

export type AnswerCharge = {
  kind: Charge['kind']
  name: string
  rule: string
  of?: string
  basis: string
  rate?: string
  share?: string
  exact: string
  amount: string
  rounding?: { rule: string; unit: string; mode: string; level: string }
  collected: 'border' | 'sale'
  struck?: 'none' | 'relief' | 'waiver'
  asLastSeen?: { seen: string; ageDays: number }
  citation?: Citation
  note?: string
}
export type AnswerReason = { code: string; status: string } & Record<string, unknown>
export type AnswerLine = {
  id: string
  description: string
  code: string
  origin: string
  status: Status
  price: string
  freight: string
  insurance: string
  customsValue: string
  charges: AnswerCharge[]
  notCovered: Kind[]
  reasons: AnswerReason[]
}
export type AnswerTotals = {
  goods: string
  freight: string
  insurance: string
  duty: string
  tax: string
  fees: string
  landed: string | null
  collectedAtSale: string
  dueAtDoor: string | null
}
export type AnswerNeed =
  | { scheme: string }
  | { line: string; agreement: string; name: string; proofs: string[][]; rules?: string }
export type AnswerAlternative = {
  route: string
  name: string
  status: Status
  landed: string | null
  needs: AnswerNeed[]
  saves?: string
  reasons: AnswerReason[]
}
export type AnswerFinding = {
  code: string
  name: string
  line?: string
  citation?: Citation
} & Record<string, unknown>
export type Answer = {
  to: string
  on: string
  status: Status
  route: string | null
  routeName: string | null
  currency: string
  lines: AnswerLine[]
  charges: AnswerCharge[]
  totals: AnswerTotals
  alternatives: AnswerAlternative[]
  findings: AnswerFinding[]
  questions: AnswerReason[]
  notCovered: Kind[]
  reasons: AnswerReason[]
}

/** Amounts are decimal strings in the destination's currency; `landed` is null unless the answer is complete or complete-except. */
export function toAnswer(assessment: Assessment): Answer {
  const { tariff, prepared, proposed, status } = assessment
  const { state } = prepared
  const known = status === 'complete' || status === 'complete-except'
  const { ofLines, ofConsignment } = chargesByLine(
    proposed?.route.charges ?? [],
    state.lines.length,
  )
  const lines = proposed
    ? proposed.lines.map((line, index) => answerLine(line, ofLines[index] ?? [], tariff))
    : state.lines.map((line) => bareLine(line, tariff))
  const reasons = assessment.reasons.map((reason) => answerReason(reason))
  return {
    to: tariff.territory,
    on: tariff.day,
    status,
    route: proposed?.route.regime.ref.id ?? null,
    routeName: proposed?.route.regime.ref.name ?? null,
    currency: tariff.currency,
    lines,
    charges: ofConsignment.map((charge) => answerCharge(charge, tariff)),
    totals: totalsOf(assessment, known),
    alternatives: assessment.alternatives.map((each) => alternative(each, proposed, tariff, known)),
    findings: findingsOf(assessment),
    questions: [
      ...questionsOf(proposed),
      ...[
        ...reasons,
        ...lines.flatMap((line) => line.reasons.map((each) => ({ line: line.id, ...each }))),
      ].filter((each) => each.status === 'needs-facts'),
    ],
    notCovered: proposed
      ? kinds.filter((kind) => proposed.lines.some((line) => line.notCovered.includes(kind)))
      : [],
    reasons,
  }
}

function answerLine(
  { state, status, reasons, notCovered }: LineResult,
  charges: readonly Charge[],
  tariff: TariffOnDay,
): AnswerLine {
  return {
    ...bareLine(state, tariff),
    status,
    charges: charges.map((charge) => answerCharge(charge, tariff)),
    notCovered: [...notCovered],
    reasons: reasons.map((reason) => answerReason(reason)),
  }
}

function bareLine(
  { line, law, price, freight, insurance, customsValue }: LineState,
  { currency }: TariffOnDay,
): AnswerLine {
  return {
    id: line.id,
    description: line.description,
    code: formatTariffCode(law.digits),
    origin: line.origin,
    status: 'cannot-decide',
    price: formatMinor(price, currency),
    freight: formatMinor(freight, currency),
    insurance: formatMinor(insurance, currency),
    customsValue: formatMinor(customsValue, currency),
    charges: [],
    notCovered: [],
    reasons: [],
  }
}

function answerCharge(charge: Charge, { currency }: TariffOnDay): AnswerCharge {
  const { rule, rounding } = charge
  const minorPerMajor = 10n ** BigInt(minorDigits(currency) ?? 0)
  return {
    kind: charge.kind,
    name: rule.name,
    rule: rule.id,
    ...(charge.of === undefined ? {} : { of: charge.of }),
    basis: formatMinor(charge.basis, currency),
    ...(charge.rate === undefined ? {} : { rate: charge.rate }),
    ...(charge.share
      ? { share: `${toDecimal({ n: charge.share.n * 100n, d: charge.share.d })}%` }
      : {}),
    exact: toDecimal({ n: charge.n, d: charge.d * minorPerMajor }),
    amount: formatMinor(charge.amount, currency),
    ...(rounding
      ? {
          rounding: {
            rule: rounding.id,
            unit: formatMinor(rounding.step, currency),
            mode: rounding.mode,
            level: rounding.level,
          },
        }
      : {}),
    collected: charge.collected,
    ...(charge.struck ? { struck: charge.struck } : {}),
    ...(rule.sighting ? { asLastSeen: rule.sighting } : {}),
    ...(rule.citation ? { citation: rule.citation } : {}),
    ...(rule.note === undefined ? {} : { note: rule.note }),
  }
}

const answerReason = ({ code, status, facts }: Reason): AnswerReason => ({
  code,
  status,
  ...facts,
})

function totalsOf({ tariff, prepared, proposed }: Assessment, known: boolean): AnswerTotals {
  const { state } = prepared
  const { currency } = tariff
  const text = (minor: bigint): string => formatMinor(minor, currency)
  const route = proposed?.route
  const atSale = route ? collectedAtSale(route) : 0n
  const charges = route ? route.duty + route.tax + route.fees : 0n
  return {
    goods: text(state.price),
    freight: text(state.freight),
    insurance: text(state.insurance),
    duty: text(route?.duty ?? 0n),
    tax: text(route?.tax ?? 0n),
    fees: text(route?.fees ?? 0n),
    landed: known && route ? text(route.landed) : null,
    collectedAtSale: text(atSale),
    dueAtDoor: known ? text(state.basket.incoterm === 'DDP' ? 0n : charges - atSale) : null,
  }
}

function collectedAtSale(route: Route): bigint {
  let sum = 0n
  for (const { amount, collected } of route.charges) if (collected === 'sale') sum += amount
  return sum
}

function alternative(
  { route, status, hasFigure, lines }: JudgedRoute,
  proposed: JudgedRoute | undefined,
  { currency }: TariffOnDay,
  known: boolean,
): AnswerAlternative {
  const saves = known && hasFigure && proposed ? proposed.route.landed - route.landed : 0n
  return {
    route: route.regime.ref.id,
    name: route.regime.ref.name,
    status,
    landed: hasFigure ? formatMinor(route.landed, currency) : null,
    needs: route.needs.map(answerNeed),
    ...(saves > 0n ? { saves: formatMinor(saves, currency) } : {}),
    reasons: lines.flatMap((line) =>
      line.reasons.map((reason) => ({ line: line.state.line.id, ...answerReason(reason) })),
    ),
  }
}

function answerNeed(need: Need): AnswerNeed {
  if ('scheme' in need) return need
  const { record, ref } = need.agreement
  return {
    line: need.line,
    agreement: ref.id,
    name: ref.name,
    proofs: record.proofs,
    ...(record.rules === undefined ? {} : { rules: record.rules }),
  }
}

function questionsOf(proposed: JudgedRoute | undefined): AnswerReason[] {
  return (proposed?.lines ?? []).flatMap(({ state, questions }) =>
    questions.map(({ code, fact, rule }) => ({
      code,
      status: 'complete',
      line: state.line.id,
      fact,
      rule: rule.id,
      name: rule.name,
    })),
  )
}
