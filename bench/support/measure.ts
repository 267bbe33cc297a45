/** Milliseconds from one point that do not jump when the clock is set. */
export const now = (): number => performance.now()

/** Work that is repeated: how many operations one call of `work` does. */
export interface Task {
  operations: number
  work(): void
}

/**
 * Operations of each task in each round for a second of processor time, that of collecting garbage in other threads
 * included: what one core does, also where it is shared. Tasks take turns, so that whatever else the machine does in
 * the meantime falls on all of them; two rounds to warm up are left out.
 */
export function takeTurns(tasks: readonly Task[], rounds = 8): number[][] {
  const rates = tasks.map((): number[] => [])
  for (let round = -2; round < rounds; round += 1)
    for (let turn = 0; turn < tasks.length; turn += 1) {
      // Another one begins each round, as the first finds the processor's caches cold.
      const index = (turn + round + 2) % tasks.length
      const { operations, work } = tasks[index] as Task
      const took = processorTime(work)
      if (round >= 0) rates[index]?.push((operations * 1000) / took)
    }
  return rates
}

/** The median of the ratios of one round each: what slows a whole round falls out. */
export function ratioOf(rates: readonly number[], yardstick: readonly number[]): number {
  return median(rates.map((rate, round) => rate / (yardstick[round] ?? Number.NaN)))
}

export const median = (values: readonly number[]): number => percentile(values, 50)

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (
    sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
  )
}

/** Milliseconds of processor time that this process spends in all its threads until the call has returned. */
export function processorTime(work: () => void): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

/** How long one call takes, in milliseconds. */
export function timed(work: () => void): number {
  const begun = now()
  work()
  return now() - begun
}
