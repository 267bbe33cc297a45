import type { Logger } from 'pino'
import type { Db } from '../db/index.ts'
import { countTries, type Limit } from '../parties/index.ts'

/** `seconds`: until all tries are given back; of a refused one, until the next would be allowed. */
export interface Counted {
  allowed: boolean
  left: number
  seconds: number
}

export interface Counter {
  /** Counts one try. */
  take(whom: string, now: number): Promise<Counted>
  /** Whether one more would be allowed. */
  look(whom: string, now: number): Counted
  /** Marks somebody for as long as they are remembered. */
  trust(whom: string): void
  isTrusted(whom: string): boolean
}

/** What one process knows of one caller. */
interface Caller {
  /** When all tries are given back: the generic cell rate algorithm, as in the database. */
  wholeAt: number
  /** Tries that the database does not know of yet. */
  untold: number
  telling?: Promise<void> | undefined
  isTrusted?: boolean
}

/** Who asked longest ago is forgotten first, but not by the database. */
const mostCallers = 50_000

/** After a fault of the database a process counts for itself, for so many milliseconds. */
const silence = 10_000

/**
 * Counts tries in memory, and tells the database a sixtieth of the limit at a time, where it learns what other processes
 * counted. Each process lets through at most two such blocks more than the limit.
 */
export function countInBlocks(parts: { db: Db; log: Logger; limit: Limit }): Counter {
  const { db, log, limit } = parts
  const block = Math.max(1, Math.floor(limit.tries / 60))
  const callers = new Map<string, Caller>()
  let silentUntil = 0

  async function tell(whom: string, caller: Caller, now: number): Promise<void> {
    const told = caller.untold
    caller.untold = 0
    try {
      const wholeAt = await countTries(db, limit, whom, told, now)
      caller.wholeAt = Math.max(caller.wholeAt, wholeAt + caller.untold * limit.each)
    } catch (err) {
      silentUntil = now + silence
      log.error({ err }, 'requests of programs are counted by this process alone')
    }
    caller.telling = undefined
  }

  /** Moved to the end: who comes first asked longest ago. */
  function callerOf(whom: string): Caller {
    const caller = callers.get(whom) ?? { wholeAt: 0, untold: 0 }
    callers.delete(whom)
    callers.set(whom, caller)
    const [oldest] = callers.size > mostCallers ? callers.keys() : []
    if (oldest !== undefined) callers.delete(oldest)
    return caller
  }

  return {
    async take(whom, now) {
      const caller = callerOf(whom)
      // Also those who ask all at once wait for it, a block at a time.
      while (caller.untold >= block && now >= silentUntil)
        await (caller.telling ??= tell(whom, caller, now))
      const before = oneMore(caller.wholeAt, limit, now)
      if (!before.allowed) return before
      caller.wholeAt = Math.max(caller.wholeAt, now) + limit.each
      caller.untold += 1
      return afterwards(caller.wholeAt, limit, now)
    },
    look: (whom, now) => oneMore(callers.get(whom)?.wholeAt ?? 0, limit, now),
    trust: (whom) => void (callerOf(whom).isTrusted = true),
    isTrusted: (whom) => callers.get(whom)?.isTrusted ?? false,
  }
}

const oneMore = (wholeAt: number, limit: Limit, now: number): Counted =>
  afterwards(Math.max(wholeAt, now) + limit.each, limit, now)

/** How a limit stands once a try was counted. Half a try makes up for what floating instants lose. */
function afterwards(wholeAt: number, { tries, each }: Limit, now: number): Counted {
  const used = Math.max(0, wholeAt - now)
  const left = Math.floor(tries - used / each + 0.5)
  return left >= 0
    ? { allowed: true, left, seconds: Math.ceil(used / 1000) }
    : { allowed: false, left: 0, seconds: Math.max(1, Math.ceil((used - tries * each) / 1000)) }
}
