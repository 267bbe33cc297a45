import pino, { type Logger } from 'pino'
import type { Clock } from './clock.ts'

/** One JSON object a line, to standard error; time as the hub's clock has it. */
export function createLog(clock: Clock, level: string): Logger {
  const timestamp = () => `,"time":"${new Date(clock.now()).toISOString()}"`
  const destination = pino.destination({ fd: 2, sync: true })
  return pino({ level, timestamp, base: null, serializers: { err: plainError } }, destination)
}

export const silentLog = (): Logger => pino({ enabled: false })

/** Without what a database error says of the row: it holds what people entered. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const code = 'code' in error ? { code: error.code } : {}
  return { name, message, ...code, stack, ...(cause ? { cause: plainError(cause) } : {}) }
}
