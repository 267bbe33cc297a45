import type { Logger } from 'pino'
import { openBell, type Bell } from '../basis/bell.ts'
import { runReader, type Database, type EventReader } from '../db/index.ts'
import type { Clock } from './clock.ts'

export interface RunReadersParts {
  db: Database
  clock: Clock
  log: Logger
  readers: readonly EventReader[]
  /** Milliseconds between two looks when there was nothing to do. */
  pause?: number
  /** Least milliseconds between two looks, however often somebody wakes them: a busy hub is followed in larger pieces. */
  rest?: number
  /** Most events in one transaction. */
  limit?: number
}

export interface RunningReaders {
  /** Look at once: somebody here has just written. Other processes are noticed by looking. */
  wake(): void
  /** Lets each finish the batch it is at, then no more. */
  stop(): Promise<void>
}

/** While the database does not answer. */
const longestPause = 5_000

/**
 * Runs every reader until it is stopped, each at its own pace, so that a slow one holds up nobody.
 * They look again after a pause rather than LISTEN (docs/decisions/0014).
 */
export function runReaders(parts: RunReadersParts): RunningReaders {
  const stopping = new AbortController()
  const bell = openBell()
  const ended = parts.readers.map((reader) => follow(parts, reader, stopping.signal, bell))
  return {
    wake: bell.ring,
    async stop() {
      stopping.abort()
      bell.ring()
      await Promise.all(ended)
    },
  }
}

async function follow(
  { db, clock, log, pause = 250, rest = Math.min(100, pause), limit = 500 }: RunReadersParts,
  reader: EventReader,
  stopping: AbortSignal,
  bell: Bell,
): Promise<void> {
  let silences = 0
  while (!stopping.aborted) {
    // From before the look: who writes during it is not missed.
    const woken = bell.listen()
    try {
      const run = await runReader(db, reader, { now: clock.now(), limit })
      silences = 0
      if (run.state === 'failed') {
        const facts = { reader: reader.name, event: String(run.seq), err: run.error }
        log.error(facts, run.parked ? 'reader parked' : 'reader failed, to be tried again')
      }
      if (run.state === 'ran' && run.more) continue
      await clock.sleep(rest, stopping)
      await clock.sleep(pause - rest, woken)
    } catch (err) {
      if (stopping.aborted) return
      silences += 1
      log.error({ err, reader: reader.name }, 'reader could not look for events')
      await clock.sleep(Math.min(pause * 2 ** silences, longestPause), stopping)
    }
  }
}
