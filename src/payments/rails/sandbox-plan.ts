import { createHash } from 'node:crypto'

/** How the sandbox behaves; everything follows from the seed and the transfer's id. */
export type SandboxBehaviour = {
  readonly seed: string
  /** Until a transfer ends. */
  readonly delayMs: number
  /** Of a thousand transfers, so many fail. */
  readonly failPerMille: number
  /** Callbacks that come twice. */
  readonly duplicatePerMille: number
  /** Callbacks that come after ten times the delay. */
  readonly latePerMille: number
  /**
   * Transfers with a mistake of the provider's: a callback that tells another amount than was moved, one about something
   * that nobody asked for, or money really moved in another amount.
   */
  readonly wrongPerMille: number
}

/** Every transfer succeeds after a second. */
export const gentle: SandboxBehaviour = {
  seed: 'sandbox',
  delayMs: 1_000,
  failPerMille: 0,
  duplicatePerMille: 0,
  latePerMille: 0,
  wrongPerMille: 0,
}

type Wanted = {
  readonly id: string
  readonly providerRef: string
  readonly amount: bigint
  readonly currency: string
}

export type SandboxPlan = {
  readonly outcome: 'done' | 'failed'
  /** What it will say it moved. */
  readonly amount: bigint
  readonly endsAt: number
  readonly callbacks: readonly { readonly dueAt: number; readonly body: string }[]
}

/** What will come of a transfer that is asked for now. */
export function planOf(behaviour: SandboxBehaviour, wanted: Wanted, now: number): SandboxPlan {
  const roll = dice(behaviour.seed, wanted.id)
  const outcome = roll('fail') < behaviour.failPerMille ? 'failed' : 'done'
  const mistake = roll('wrong') < behaviour.wrongPerMille ? mistakes[roll('which') % 3] : undefined
  const amount = mistake === 'moved' ? wanted.amount + 1n : wanted.amount
  const endsAt = now + behaviour.delayMs
  const isLate = roll('late') < behaviour.latePerMille
  const dueAt = isLate ? endsAt + 10 * behaviour.delayMs : endsAt
  const said = {
    id: `event-${wanted.id}`,
    transfer: wanted.id,
    ref: wanted.providerRef,
    state: outcome,
    amount: String(mistake === 'told' ? amount + 1n : amount),
    currency: wanted.currency,
  }
  const first = { dueAt, body: JSON.stringify(said) }
  const again = { dueAt: dueAt + Math.ceil(behaviour.delayMs / 2), body: first.body }
  const stray = {
    dueAt,
    body: JSON.stringify({ ...said, id: `stray-${wanted.id}`, transfer: '', ref: 'sandbox-stray' }),
  }
  return {
    ...{ outcome, amount, endsAt },
    callbacks: [
      first,
      ...(roll('duplicate') < behaviour.duplicatePerMille ? [again] : []),
      ...(mistake === 'stray' ? [stray] : []),
    ],
  }
}

const mistakes = ['told', 'stray', 'moved'] as const

/** From 0 to 999, the same for the same seed, transfer and question. */
const dice =
  (seed: string, id: string) =>
  (what: string): number =>
    createHash('sha256')
      .update(JSON.stringify([seed, id, what]))
      .digest()
      .readUInt32BE() % 1000
