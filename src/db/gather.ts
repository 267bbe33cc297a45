// Many requests of one kind become one transaction: what came in while the last batch was being committed is the next
// one. One writer that batches is faster than several that wait for each other's rows; nothing relies on there being one.

export interface GatherOptions<C, O> {
  /**
   * Runs a batch in one transaction and tells the outcome of each command, in their order. It may run again after a fault,
   * so commands must be known by a key of their own (commands.ts).
   */
  run: (commands: readonly C[]) => Promise<readonly O[]>
  /** Most commands in one transaction. */
  most?: number
  /** More than these are not kept waiting: the next one is told to come again. */
  mostWaiting?: number
}

export interface Gathered<C, O> {
  /** The outcome of this command; throws `Overloaded`, or the fault that stands when it alone is tried. */
  (command: C): Promise<O>
  /** Commands that no batch has taken yet. */
  waiting(): number
}

/** Too much waits already. Nothing was done; it becomes 503 with Retry-After. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

interface Waiting<C, O> {
  command: C
  resolve: (outcome: O) => void
  reject: (error: unknown) => void
}

export function gather<C, O>({
  run,
  most = 200,
  mostWaiting = 2_000,
}: GatherOptions<C, O>): Gathered<C, O> {
  let queue: Waiting<C, O>[] = []
  let working = false
  const work = async (): Promise<void> => {
    working = true
    while (queue.length > 0) {
      const batch = queue.slice(0, most)
      queue = queue.slice(most)
      const outcomes = await settle(
        batch.map(({ command }) => command),
        run,
      )
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index] as Settled<O>
        if ('fault' in outcome) reject(outcome.fault)
        else resolve(outcome.value)
      }
    }
    working = false
  }
  const take = (command: C): Promise<O> => {
    if (queue.length >= mostWaiting) return Promise.reject(new Overloaded('too many wait'))
    return new Promise((resolve, reject) => {
      queue.push({ command, resolve, reject })
      // Not at once: requests that the same turn of the loop brought belong into the same batch.
      if (!working) {
        working = true
        void Promise.resolve().then(work)
      }
    })
  }
  return Object.assign(take, { waiting: () => queue.length })
}

export type Settled<O> = { value: O } | { fault: unknown }

/**
 * Runs a batch that may hold a poisonous command: after a fault it is tried once more, then halved until the one that
 * fails stands alone; the others get their outcome. Where the database does not answer, halving would find nobody.
 */
export async function settle<C, O>(
  commands: readonly C[],
  run: (commands: readonly C[]) => Promise<readonly O[]>,
  attempts = 2,
): Promise<Settled<O>[]> {
  let fault: unknown
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      const outcomes = await run(commands)
      if (outcomes.length !== commands.length)
        throw new Error(`${commands.length} commands had ${outcomes.length} outcomes`)
      return outcomes.map((value) => ({ value }))
    } catch (error) {
      fault = error
    }
  }
  if (commands.length === 1 || lostConnection(fault)) return commands.map(() => ({ fault }))
  const half = Math.ceil(commands.length / 2)
  // In their order, as a later command may rest on what an earlier one did.
  const first = await settle(commands.slice(0, half), run, 1)
  return [...first, ...(await settle(commands.slice(half), run, 1))]
}

/** Connections that were refused or cut off, and a server that is going down or coming up (SQLSTATE 08, 57P0x). */
function lostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(08|57P0)/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  )
}
