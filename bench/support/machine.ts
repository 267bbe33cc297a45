import { cpus, loadavg } from 'node:os'

export interface Machine {
  node: string
  cores: number
  processor: string
  /** Processes that wanted a core, over the last minute before the run. */
  load: number
}

/** Above this somebody else is at work, and every figure is too low. */
export const quietLoad = 0.5

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    node: process.version,
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? 'unknown',
    load: loadavg()[0] ?? Number.NaN,
  }
}

/** Tells how many cores programs other than this process kept busy since it was called. */
export function watchOthers(): () => number {
  const [begun, all, own] = [performance.now(), busyMilliseconds(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(own)
    const others = busyMilliseconds() - all - (user + system) / 1000
    return Math.max(0, others / (performance.now() - begun))
  }
}

function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}
