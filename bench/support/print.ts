import { isMet, type Bar, type Figure } from './figure.ts'
import { quietLoad, type Machine } from './machine.ts'
import type { Outcome } from './run-benches.ts'

const heads = ['name', 'figure', 'unit', 'yardstick', 'ratio', 'bar', 'met'] as const

/** For a terminal: columns under each other, figures to the right. */
export function printTable(figures: readonly Figure[]): string {
  const rows = [[...heads], ...figures.map(cellsOf)]
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const isNumber = (column: number): boolean => column === 1 || column === 4
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

export function markdownTable(figures: readonly Figure[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(heads),
    row(heads.map(() => '---')),
    ...figures.map((each) => row(cellsOf(each))),
  ].join('\n')
}

/** What stands below the table: how to read single figures, who else was at work, what broke. */
export function remarks(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ bench, seconds, others, figures, fault }) => [
    ...figures.flatMap(({ name, note }) => (note ? [`${name}: ${note}`] : [])),
    ...(fault ? [`${bench} broke: ${fault}`] : []),
    `${bench} took ${round(seconds)} s` +
      (others === undefined ? '' : `; other programs kept ${others.toFixed(2)} cores busy`),
  ])
}

export function machineLine({ node, cores, processor, load }: Machine): string {
  return `Node ${node}, ${cores} cores (${processor}), load average ${load.toFixed(2)} at the start`
}

export function loadWarning({ load }: Machine): string | undefined {
  if (load <= quietLoad) return undefined
  return (
    `WARNING: the load average is above ${quietLoad}: somebody else is at work here, and figures ` +
    'without a yardstick come out too low.'
  )
}

function cellsOf(figure: Figure): string[] {
  const { name, value, unit, yardstick, ratio, bar } = figure
  const met = isMet(figure)
  return [
    name,
    round(value),
    unit,
    yardstick ? `${round(yardstick.value)} ${yardstick.name}` : '-',
    ratio === undefined ? '-' : ratio.toFixed(3),
    bar ? barText(bar, unit) : '-',
    met === undefined ? '-' : met ? 'yes' : 'NO',
  ]
}

function barText(bar: Bar, unit: string): string {
  const limit = 'least' in bar ? `>= ${round(bar.least)}` : `<= ${round(bar.most)}`
  return bar.of === 'ratio' ? `ratio ${limit}` : `${limit} ${unit}`
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

export const round = (value: number): string => (value >= 100 ? whole : small).format(value)
