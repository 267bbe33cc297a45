// A bank's statement of payouts in files: compared with them, and what it says of each is told.
import { sql } from 'kysely'
import { transact, type Tx } from '../../../db/index.ts'
import type { BankFile } from '../../iso20022/bank-file.ts'
import {
  reconcile,
  type Expected,
  type Pair,
  type Reconciliation,
  type Reported,
} from '../../iso20022/reconcile.ts'
import { paceOf, type RailParts } from '../parts.ts'
import { tellOutcomes, type Told } from './tell-outcomes.ts'

export type TakenStatement = {
  readonly lists: Reconciliation
  /** How many payouts it made done and failed; the others it named were known or are older. */
  readonly done: number
  readonly failed: number
}

/** `named`: ids of ours in the statement; `days`: when its first and its last day begin, where it tells all of them. */
export type StatementScope = {
  readonly named: readonly string[]
  /** Unix milliseconds. */
  readonly days: readonly [first: number, last: number] | undefined
}

/** Brought again it changes nothing; killed before the end nothing of it is told. */
export function takeStatement(
  parts: Pick<RailParts, 'db' | 'hub' | 'random' | 'pace' | 'now'>,
  rail: string,
  { id }: Pick<BankFile, 'id'>,
  theirs: readonly Reported[],
  scope: StatementScope,
  by: string,
): Promise<TakenStatement> {
  const { hub, random, now } = parts
  return transact(parts.db, async (tx) => {
    const lists = reconcile(await findExpected(tx, rail, scope), theirs)
    const told = [
      ...lists.matched.map((pair) => toldOf(pair, id, 'done')),
      ...lists.reversed.filter(isBack).map((pair) => toldOf(pair, id, 'failed')),
    ]
    const applying = { hub, random, pace: paceOf(parts), now: now() }
    const judged = await tellOutcomes(tx, applying, told, by)
    const count = (outcome: Told['outcome']): number =>
      told.filter((each, at) => each.outcome === outcome && judged[at] === 'new').length
    return { lists, done: count('done'), failed: count('failed') }
  })
}

/** All of it is booked back; what is announced, or came back in part, the operator looks at. */
const isBack = ({ ours, theirs }: Pair): boolean =>
  theirs.some(
    (each) =>
      each.reversal &&
      each.status === 'booked' &&
      each.direction === 'credit' &&
      each.amountMinor === ours.amountMinor &&
      each.currency === ours.currency,
  )

const toldOf = ({ ours, theirs }: Pair, message: string, outcome: Told['outcome']): Told => ({
  ...{ payout: ours.id, outcome, source: 'statement', reason: message },
  code: theirs.find(({ returnReason }) => returnReason)?.returnReason,
})

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Payouts in files that the statement names, or that it should name: those that were to be paid on its days. */
async function findExpected(
  tx: Tx,
  rail: string,
  { named, days }: StatementScope,
): Promise<Expected[]> {
  const [first, last] = (days ?? []).map(dayOf)
  const { rows } = await sql<{ id: string; amount: bigint; currency: string; pays_on: string }>`
    select t.transfer_id as id, t.amount_minor as amount, t.currency, f.pays_on
      from bank_files f join bank_file_payouts p using (file_id) join rail_transfers t using (transfer_id)
     where f.rail = ${rail} and (t.transfer_id = any(${named}::uuid[])
           or (t.state <> 'failed' and f.pays_on between ${first ?? null}::date and ${last ?? null}::date))
     order by t.transfer_id`.execute(tx)
  return rows.map(({ id, amount, currency, pays_on }) => ({
    ...{ id, currency, amountMinor: amount, direction: 'debit', at: Date.parse(pays_on) },
  }))
}
