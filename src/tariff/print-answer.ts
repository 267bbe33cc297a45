// Answers as text for a terminal: plain words, aligned figures, every charge with its rule, source and date.
import type { Answer, AnswerCharge } from './assess/answer.ts'
import type { DayComparison } from './compare-days.ts'
import type { Market } from './find-markets.ts'
import type { LookUp } from './look-up.ts'

const statusWords: Readonly<Record<string, string>> = {
  complete: 'all in',
  'complete-except': 'price with gaps: see “not covered” below',
  'needs-facts': 'one more fact is needed',
  'cannot-decide': 'cannot decide',
}

export function answer(each: Answer): string {
  const { totals, currency } = each
  const lines = [
    `${each.to}  ${totals.landed === null ? '–' : `${totals.landed} ${currency}`}  ${statusWords[each.status]}`,
    `    ${each.on}${each.routeName ? `, ${each.routeName} (${each.route})` : ''}`,
    ...row('goods', totals.goods),
    ...(totals.freight === zero(totals.freight) ? [] : row('freight', totals.freight)),
    ...(totals.insurance === zero(totals.insurance) ? [] : row('insurance', totals.insurance)),
  ]
  for (const line of each.lines) {
    lines.push(
      `    ${line.id}: ${line.code} from ${line.origin}, customs value ${line.customsValue}`,
    )
    for (const charge of line.charges) lines.push(...chargeLines(charge))
    for (const { code, status, ...facts } of line.reasons)
      lines.push(`      ! ${code} (${status})${factText(facts)}`)
  }
  for (const charge of each.charges) lines.push(...chargeLines(charge))
  for (const { code, status, ...facts } of each.reasons)
    lines.push(`    ! ${code} (${status})${factText(facts)}`)
  if (each.notCovered.length > 0) lines.push(`    not covered: ${each.notCovered.join(', ')}`)
  for (const { route, landed, needs, saves } of each.alternatives)
    lines.push(
      `    or ${route}: ${landed ?? 'no figure'}${saves ? `, saves ${saves}` : ''}${needs.length > 0 ? `, needs ${needs.map(needText).join(' and ')}` : ''}`,
    )
  for (const finding of each.findings)
    lines.push(`    note ${finding.code}: ${findingText(finding)}`)
  return `${lines.join('\n')}\n`
}

const zero = (text: string): string => text.replace(/\d/g, '0').replace(/^0+(?=0)/, '')

const row = (name: string, amount: string): string[] => [
  `    ${name.padEnd(44)}${amount.padStart(14)}`,
]

function chargeLines(charge: AnswerCharge): string[] {
  const how = charge.struck
    ? { none: 'not charged', relief: 'relieved', waiver: 'too small to levy' }[charge.struck]
    : `${charge.rate ?? ''}${charge.share ? ` x ${charge.share}` : ''} of ${charge.basis}`
  const head = `      ${`${charge.kind} ${how}`.padEnd(42)}${charge.amount.padStart(14)}`
  const source = charge.citation
    ? `        ${charge.rule}: ${charge.citation.title}, ${charge.citation.publisher}`
    : `        ${charge.rule}: ${charge.name}`
  const seen = charge.asLastSeen
    ? ` (as seen on ${charge.asLastSeen.seen}, ${ageText(charge.asLastSeen.ageDays)})`
    : ''
  return [head, source + seen]
}

const ageText = (days: number): string => (days < 0 ? `${-days} days later` : `${days} days ago`)

function factText(facts: Readonly<Record<string, unknown>>): string {
  const { options, ...others } = facts as { options?: { code: string; mfn: string }[] }
  const shown = Object.entries(others).map(([key, value]) => `${key}: ${String(value)}`)
  if (options?.length)
    shown.push(
      `one of ${options
        .slice(0, 12)
        .map(({ code, mfn }) => `${code} (${mfn})`)
        .join(', ')}${options.length > 12 ? ` and ${options.length - 12} more` : ''}`,
    )
  return shown.length > 0 ? ` ${shown.join('; ')}` : ''
}

function needText(need: Answer['alternatives'][number]['needs'][number]): string {
  if ('scheme' in need) return `registration ${need.scheme}`
  return `${need.proofs.map((set) => set.join(' + ')).join(' or ')} for ${need.line} (${need.name})`
}

function findingText(finding: Answer['findings'][number]): string {
  if (finding.code === 'exchange-rate') {
    const { name, rate, date, source, exact, asLastSeen } = finding as typeof finding & {
      asLastSeen?: { ageDays: number }
    }
    return `${name} ${String(rate)} of ${String(date)}, ${String(source)}${exact ? '' : ' (a reference rate; customs uses its own)'}${asLastSeen ? `, as last seen, ${ageText(asLastSeen.ageDays)}` : ''}`
  }
  return `${finding.line ? `${finding.line}: ` : ''}${finding.name}`
}

export function comparison({ before, after, causes, difference }: DayComparison): string {
  const side = (each: Answer): string =>
    `${each.on}: ${each.totals.landed ?? each.status} ${each.currency}`
  return [
    `${after.to}  ${side(before)}  →  ${side(after)}${difference === null ? '' : `  (${signed(difference)})`}`,
    ...causes.map((cause) => {
      const from = cause.before
        ? `${cause.before.rule} ${cause.before.rate ?? ''} = ${cause.before.amount}`
        : 'nothing'
      const to = cause.after
        ? `${cause.after.rule} ${cause.after.rate ?? ''} = ${cause.after.amount}`
        : 'nothing'
      const source = cause.after?.citation ?? cause.before?.citation
      return `  ${signed(cause.difference).padStart(12)}  ${cause.line ?? 'consignment'} ${cause.kind}: ${from} → ${to}${source ? `\n                ${source.title}, ${source.publisher}` : ''}`
    }),
    causes.length === 0 ? '  nothing changed' : '',
  ]
    .filter(Boolean)
    .join('\n')
}

const signed = (amount: string): string => (amount.startsWith('-') ? amount : `+${amount}`)

export function markets(all: readonly Market[], on: string): string {
  return [
    `Markets on ${on}: price at the door, share of duty, tax and fees`,
    ...all.map(
      ({ to, landed, currency, chargesShare, status, reasons, highestPrice }) =>
        `  ${to}  ${(landed === null ? '–' : `${landed} ${currency}`).padStart(18)}  ${(chargesShare === null ? '' : `${chargesShare} %`).padStart(7)}  ${status}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}${highestPrice ? `  highest price ${highestPrice.amount} ${highestPrice.currency}` : ''}`,
    ),
  ].join('\n')
}

export function lookup({ territory, on, code, lines, schedules }: LookUp): string {
  const head = schedules.map(
    ({ file, hs, citation }) =>
      `${territory} ${code} on ${on}: ${file}, HS ${hs}; ${citation.title}, ${citation.publisher}`,
  )
  return [
    ...head,
    ...lines.map(
      (line) =>
        `  ${line.code}  ${Object.entries(line.rates)
          .map(([column, rate]) => `${column} ${rate}`)
          .join('  ')}${line.flags.length > 0 ? `  [${line.flags.join(' ')}]` : ''}`,
    ),
    ...(lines.length === 0 ? ['  no line under this code'] : []),
  ].join('\n')
}
