import pino, { type Logger } from 'pino'
import type { Clock } from './clock.ts'

/** One JSON object a line, to standard error; time as the hub's clock has it. */
export function createLog(clock: Clock, level: string): Logger {
  const timestamp = () => `,"time":"${new Date(clock.now()).toISOString()}"`
  return pino({ level, timestamp, base: null }, pino.destination({ fd: 2, sync: true }))
}

export const silentLog = (): Logger => pino({ enabled: false })
