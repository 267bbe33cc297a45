export type Figure = { name: string; value: number; unit: string; note?: string }

const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** Operations a second, the median of seven rounds after two to warm up. */
export function throughput(name: string, operations: number, round: () => void): Figure {
  const rates: number[] = []
  for (let index = 0; index < 9; index += 1) {
    const start = now()
    round()
    if (index >= 2) rates.push((operations * 1000) / (now() - start))
  }
  return { name, value: median(rates), unit: '/s' }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
