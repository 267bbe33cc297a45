import { cleanLine } from '../../../basis/clean-text.ts'
import { isRefused, refused, type Refused } from '../../../basis/refusal.ts'
import { runCommands, type Answer, type Command, type Outcome, type Tx } from '../../../db/index.ts'
import type { ApplyParts } from '../apply-said.ts'
import { lockTransfers } from '../find-transfers.ts'
import { paceOf, type RailParts } from '../parts.ts'
import { tellOutcomes } from './tell-outcomes.ts'

/** The operator's word on payouts, where no statement says it or will. */
export type SayHowItEnded = {
  readonly payouts: readonly string[]
  readonly outcome: 'done' | 'failed'
  /** The holder reads it. */
  readonly reason: string
  /** Ids of the operator and of businesses that the operator belongs to. */
  readonly own: readonly string[]
}

export const longestReason = 140

/**
 * Takes each word of a batch, for all of its payouts or none. Outcomes: 200; 422 `payouts-not-chosen`, `reason-missing`,
 * `reason-too-long`, `own-payout`, and as `tellOutcomes` refuses.
 */
export function sayHowItEnded(
  parts: Pick<RailParts, 'db' | 'hub' | 'random' | 'pace'>,
  commands: readonly Command<SayHowItEnded>[],
  now: number,
): Promise<Answer[]> {
  const { db, hub, random } = parts
  const applying = { hub, random, pace: paceOf(parts), now }
  return runCommands(db, commands, now, async (tx, fresh) => {
    const outcomes: Outcome[] = []
    for (const { body, actor } of fresh) outcomes.push(await sayOne(tx, applying, body, actor))
    return outcomes
  })
}

async function sayOne(
  tx: Tx,
  parts: ApplyParts,
  { payouts, outcome, reason: typed, own }: SayHowItEnded,
  actor: string,
): Promise<Outcome> {
  const reason = cleanLine(typed)
  if (payouts.length === 0) return problem(refused('payouts-not-chosen'))
  if (reason === '') return problem(refused('reason-missing'))
  if (reason.length > longestReason)
    return problem(refused('reason-too-long', { most: longestReason }))
  const transfers = await lockTransfers(tx, payouts)
  if ([...transfers.values()].some(({ holder }) => own.includes(holder.id)))
    return problem(refused('own-payout'))
  const told = [...new Set(payouts)].map((payout) => ({
    ...{ payout, outcome, reason, source: 'operator' as const },
  }))
  const judged = await tellOutcomes(tx, parts, told, actor)
  const no = judged.find((each) => isRefused(each))
  return no ? problem(no) : { status: 200, body: JSON.stringify({ payouts: told.length }) }
}

const problem = ({ refused: code, facts }: Refused): Outcome => ({
  status: 422,
  body: JSON.stringify({ status: 422, code, ...facts }),
})
