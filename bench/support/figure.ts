/** One line of the table: what was measured, beside what, and what we ask of it. */
export interface Figure {
  name: string
  value: number
  unit: string
  /** Measured in the same run, in turns with the figure; in the same unit unless its name says otherwise. */
  yardstick?: { name: string; value: number }
  /** Of the figure to the yardstick: the median over the rounds, so not quite one cell over the other. */
  ratio?: number
  bar?: Bar
  note?: string
}

/** The figure itself, or its ratio to the yardstick, is at least or at most this much. */
export type Bar = { of: 'figure' | 'ratio' } & ({ least: number } | { most: number })

/** Undefined where nothing is asked. */
export function isMet({ value, ratio, bar }: Figure): boolean | undefined {
  if (!bar) return undefined
  const measured = bar.of === 'ratio' ? (ratio ?? Number.NaN) : value
  return 'least' in bar ? measured >= bar.least : measured <= bar.most
}
