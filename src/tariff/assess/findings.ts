// What a reader should know beside the figures: restrictions, papers, assumptions and exchange rates.
import { toDecimal } from '../../basis/ratio.ts'
import type { RuleRef } from '../rules/law.ts'
import type { AnswerFinding } from './answer.ts'
import type { Assessment } from './assess-basket.ts'
import { wholeConsignment } from './charge.ts'
import type { Route } from './route.ts'

export function findingsOf(assessment: Assessment): AnswerFinding[] {
  const { tariff, prepared, proposed, assumed } = assessment
  const { state } = prepared
  const findings: AnswerFinding[] = []
  for (const line of state.lines)
    for (const { ref, record, when, lines } of line.law.rules.restrictions)
      if ((!when || when(state, none)) && (!lines.rest || lines.rest(line, state)))
        findings.push({ code: record.kind, ...ruleFinding(ref), line: line.line.id })
  for (const scheme of assumed)
    findings.push({ code: 'assumed-registration', name: scheme, scheme })
  for (const currency of currenciesUsed(assessment)) {
    const on = tariff.conversion(currency)?.on
    if (on)
      findings.push({
        code: 'exchange-rate',
        name: `${currency}/${tariff.currency}`,
        rate: toDecimal(on.rate, 8),
        date: on.date,
        source: on.source,
        exact: tariff.exchangeRule?.exact ?? false,
        ...(on.sighting ? { asLastSeen: on.sighting } : {}),
        ...(tariff.exchangeRule?.citation ? { citation: tariff.exchangeRule.citation } : {}),
      })
  }
  if (proposed) findings.push(...routeFindings(proposed.route))
  return findings
}

/** Currencies of the basket and of rates, other than the territory's own. */
function currenciesUsed({ tariff, prepared, proposed }: Assessment): Set<string> {
  const used = new Set(prepared.converted)
  for (const { line, rate } of proposed?.route.charges ?? [])
    if (line !== wholeConsignment)
      for (const [, currency = ''] of rate?.matchAll(/\d ([A-Z]{3})\b/g) ?? [])
        if (currency !== tariff.currency) used.add(currency)
  return used
}

const none: ReadonlySet<string> = new Set()

const ruleFinding = (
  ref: RuleRef,
): Omit<AnswerFinding, 'code'> & { name: string; rule: string } => ({
  name: ref.name,
  rule: ref.id,
  ...(ref.note === undefined ? {} : { note: ref.note }),
  ...(ref.citation ? { citation: ref.citation } : {}),
})

function routeFindings({ regime, lines }: Route): AnswerFinding[] {
  const findings: AnswerFinding[] = (regime.record.papers ?? []).map((paper) => ({
    code: 'paper',
    name: paper,
    rule: regime.ref.id,
  }))
  if (regime.record.remits?.length)
    findings.push({ code: 'remits', name: regime.record.remits.join(', '), rule: regime.ref.id })
  for (const { preference, state } of lines)
    if (preference)
      findings.push({
        code: 'preference',
        ...ruleFinding(preference.ref),
        line: state.line.id,
        proofs: preference.record.proofs,
        ...(preference.record.rules === undefined ? {} : { rules: preference.record.rules }),
      })
  return findings
}
