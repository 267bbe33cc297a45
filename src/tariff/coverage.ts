// What the rules hold for which days: the source of docs/rules.md and of `ewtp tariff coverage`.
import type { Day } from '../basis/day.ts'
import type { Tariff } from './create-tariff.ts'
import type { TerritoryRules } from './rules/read-rules.ts'
import { kinds, type Kind } from './rules/schema.ts'
import type { Cover } from './rules/records.ts'
import type { Dated } from './rules/versions.ts'

export type Coverage = {
  readonly territory: string
  readonly extends: string | null
  readonly kinds: readonly { readonly kind: Kind; readonly covers: readonly string[] }[]
  readonly schedules: readonly {
    readonly file: string
    readonly hs: string
    readonly days: string
    readonly lines: number
    readonly rated: number
    readonly understood: number
    /** Share of lines whose MFN rate text is understood, in per cent with two digits. */
    readonly share: string
    readonly notUnderstood: readonly {
      readonly code: string
      readonly column: string
      readonly text: string
    }[]
  }[]
  readonly records: Readonly<Record<string, number>>
}

export function coverageOf(tariff: Tariff, territory: string, _today: Day): Coverage {
  const rules = tariff.rules(territory)
  return {
    territory,
    extends: rules.chain.length > 1 ? (rules.chain[0] ?? null) : null,
    kinds: heldKinds(rules).map((kind) => ({
      kind,
      covers: rules.covers.filter((cover) => cover.kind === kind).map(coverText),
    })),
    schedules: rules.schedules.map((record) => {
      const schedule = tariff.schedule(record.path, record.file)
      const notUnderstood: { code: string; column: string; text: string }[] = []
      let rated = 0
      let understood = 0
      for (const line of schedule.lines())
        for (const column of schedule.columns.slice(3)) {
          const cell = schedule.cell(line, column)
          if (!cell) continue
          const isKnown = !('unknown' in cell)
          if (column === 'mfn') {
            rated += 1
            if (isKnown) understood += 1
          }
          if (!isKnown) notUnderstood.push({ code: line.code, column, text: cell.unknown })
        }
      return {
        file: record.file,
        hs: record.hs,
        days: daysText(record),
        lines: schedule.size,
        rated,
        understood,
        share: rated === 0 ? '–' : percent(understood, rated),
        notUnderstood,
      }
    }),
    records: {
      regimes: rules.regimes.length,
      reliefs: rules.reliefs.length,
      taxes: rules.taxes.length,
      fees: rules.fees.length,
      agreements: rules.agreements.length,
      measures: rules.measures.length,
      restrictions: rules.restrictions.length,
    },
  }
}

/** Taxes of provinces and states are a kind only where there are any. */
export const heldKinds = ({ localTaxes }: Pick<TerritoryRules, 'localTaxes'>): readonly Kind[] =>
  localTaxes ? kinds : kinds.filter((kind) => kind !== 'local-tax')

/** Cut, not rounded, so that 99.999 % never reads as all of it. */
function percent(part: number, whole: number): string {
  const hundredths = Math.floor((part * 10_000) / whole)
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`
}

function coverText(cover: Cover): string {
  return [
    cover.chapters ? `chapters ${cover.chapters}` : 'all chapters',
    cover.codes ? `codes ${cover.codes.join(' ')}` : '',
    cover.codes_not ? `without ${cover.codes_not.join(' ')}` : '',
    cover.origin ? `origin ${cover.origin.join(' ')}` : '',
    cover.origin_not ? `not origin ${cover.origin_not.join(' ')}` : '',
    daysText(cover),
  ]
    .filter(Boolean)
    .join(', ')
}

export function daysText({ from, to, seen }: Dated): string {
  if (seen) return `seen ${seen.join(', ')}`
  if (from && to) return `${from} to ${to}`
  return from ? `from ${from}` : `to ${to}`
}

export function coverageText(all: readonly Coverage[], texts: boolean): string {
  return all
    .map(({ territory, extends: union, kinds: byKind, schedules }) => {
      const lines = [`${territory}${union ? ` (with ${union})` : ''}`]
      for (const { kind, covers } of byKind)
        lines.push(`  ${kind.padEnd(13)}${covers.length > 0 ? covers.join('; ') : 'not covered'}`)
      for (const each of schedules) {
        lines.push(
          `  ${each.file}: HS ${each.hs}, ${each.days}; ${each.lines} lines, MFN understood ${each.share} of ${each.rated}; ${each.notUnderstood.length} cells outside the grammar`,
        )
        if (texts)
          for (const { code, column, text } of each.notUnderstood)
            lines.push(`    ${code} ${column}: ${text}`)
      }
      return lines.join('\n')
    })
    .join('\n\n')
}

/** The page docs/rules.md: unions whole, members only with what they add to their union. */
export function coverageMarkdown(all: readonly Coverage[]): string {
  const union = (code: string | null): Coverage | undefined =>
    all.find(({ territory }) => territory === code)
  return [intro, ...all.map((each) => territoryMarkdown(each, union(each.extends)))].join('\n')
}

const intro = `# What the rules hold

Printed by \`ewtp tariff coverage --markdown\`; \`--texts\` lists every rate text outside the grammar. *Covered* means that every
measure of the kind is held for those goods and days. *seen* days are sightings: a published schedule showed the figures then; between
equal sightings they hold, outside them an answer says "as last seen", with the age. Not covered is said in every answer it concerns.
`

function territoryMarkdown(each: Coverage, union: Coverage | undefined): string {
  const { territory, kinds: byKind, schedules } = each
  const own = schedules.filter(
    ({ file, days }) =>
      !union?.schedules.some((other) => other.file === file && other.days === days),
  )
  const rows = byKind.flatMap(({ kind, covers }) => {
    const inherited = union?.kinds.find((other) => other.kind === kind)?.covers ?? []
    const added = covers.filter((text) => !inherited.includes(text))
    if (union && added.length === 0) return []
    return [`| ${kind} | ${added.length > 0 ? added.join('<br>') : 'not covered'} |`]
  })
  return [
    `## ${territory}${union ? ` (and all of ${union.territory})` : ''}`,
    '',
    ...own.map(
      ({ file, hs, days, lines, share, notUnderstood }) =>
        `Schedule \`${file}\`: HS ${hs}, ${days}; ${lines} lines, MFN rate texts understood ${share}, ${notUnderstood.length} cells outside the grammar.\n`,
    ),
    ...(rows.length > 0 ? ['| kind | covered |', '|---|---|', ...rows, ''] : []),
  ].join('\n')
}
