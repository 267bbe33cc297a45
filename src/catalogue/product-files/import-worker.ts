import { workOnImport, type ImportParts } from './work-on-import.ts'

export type WorkerParts = ImportParts & {
  /** Ends early, without an error, when the signal says so. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  readonly report: (error: unknown, message: string) => void
  /** Milliseconds between two looks when there was nothing to do. */
  readonly pause?: number
}

export type ImportWorker = {
  /** Look at once: a seller has just asked for something. */
  wake(): void
  /** Lets the chunk at hand end. */
  stop(): Promise<void>
}

/** Works on product files until it is stopped; what a killed process left under way goes on. */
export function runImportWorker(parts: WorkerParts): ImportWorker {
  const bell = { ring: new AbortController(), stopped: false }
  const wake = () => {
    bell.ring.abort()
    bell.ring = new AbortController()
  }
  const ended = follow(parts, bell)
  return {
    wake,
    async stop() {
      bell.stopped = true
      wake()
      await ended
    },
  }
}

async function follow(
  parts: WorkerParts,
  bell: { ring: AbortController; stopped: boolean },
): Promise<void> {
  const { pause = 2_000 } = parts
  while (!bell.stopped) {
    // From before the look: who asks during it is not missed.
    const { signal } = bell.ring
    try {
      if (!(await workOnImport(parts))) await parts.sleep(pause, signal)
    } catch (error) {
      if (bell.stopped) return
      parts.report(error, 'an import could not go on')
      await parts.sleep(pause, signal)
    }
  }
}
