import { openBell, type Bell } from '../../basis/bell.ts'
import { workOnImport, type ImportParts } from './work-on-import.ts'

export type WorkerParts = ImportParts & {
  /** Ends early, without an error, when the signal says so. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  readonly report: (error: unknown, message: string) => void
  /** Milliseconds between two looks when there was nothing to do. */
  readonly pause?: number
  /** Least milliseconds between two looks, however often somebody wakes it: everything that is asked of a hub does. */
  readonly rest?: number
}

export type ImportWorker = {
  /** Look at once: a seller has just asked for something. */
  wake(): void
  /** Lets the chunk at hand end. */
  stop(): Promise<void>
}

/** Works on product files until it is stopped; what a killed process left under way goes on. */
export function runImportWorker(parts: WorkerParts): ImportWorker {
  const bell = openBell()
  const stopping = new AbortController()
  const ended = follow(parts, bell, stopping.signal)
  return {
    wake: bell.ring,
    async stop() {
      stopping.abort()
      bell.ring()
      await ended
    },
  }
}

async function follow(parts: WorkerParts, bell: Bell, stopping: AbortSignal): Promise<void> {
  const { pause = 2_000, rest = Math.min(100, pause) } = parts
  while (!stopping.aborted) {
    const woken = bell.listen()
    try {
      if (await workOnImport(parts)) continue
      await parts.sleep(rest, stopping)
    } catch (error) {
      if (stopping.aborted) return
      parts.report(error, 'an import could not go on')
    }
    await parts.sleep(pause - rest, woken)
  }
}
