// How payouts ended, as a statement or the operator tells it. What was told, the entry and the state of each are written in
// one transaction, so that telling it again after a kill does what was not done, and nothing twice.
import { isRefused, refused, type Refused } from '../../../basis/refusal.ts'
import { timestamptz, type Tx } from '../../../db/index.ts'
import { applySaid, type ApplyParts } from '../apply-said.ts'
import { lockTransfers } from '../find-transfers.ts'
import type { Said, Transfer } from '../transfer.ts'
import { endToEndOf } from './bank-rail.ts'
import { isBankRail } from './settings.ts'
import type { BankOutcomeTable } from './schema.ts'
import './schema.ts'

export type Told = {
  readonly payout: string
  readonly outcome: 'done' | 'failed'
  readonly source: 'statement' | 'operator'
  /** The operator's words, or the id of the bank's message. */
  readonly reason: string
  /** Why the bank sent it back: `AC04`. */
  readonly code?: string | undefined
}

export type Standing = {
  readonly isInFile: boolean
  readonly last: Pick<BankOutcomeTable, 'outcome' | 'source'> | undefined
}

/**
 * Whether it counts: `same` when it is known, else a refusal. A bank knows nothing of a payout in no file, and nobody can say
 * that it was paid. A statement corrects the operator; that an older one says "paid" of what came back since means nothing.
 */
export function judge(
  { isInFile, last }: Standing,
  { outcome, source }: Pick<Told, 'outcome' | 'source'>,
): 'new' | 'same' | Refused {
  if (!isInFile && (source === 'statement' || outcome === 'done'))
    return refused('payout-in-no-file')
  if (last?.outcome === outcome) return 'same'
  if (!last) return 'new'
  const isOlder = source === 'statement' && outcome === 'done' && last.source === 'statement'
  return isOlder ? refused('payout-came-back') : 'new'
}

/**
 * What came of each, in the order in which they were told; `no-such-payout` for what is no payout by a bank. All or none of
 * an operator's words count, and what can count of a statement's.
 */
export async function tellOutcomes(
  tx: Tx,
  parts: ApplyParts,
  told: readonly Told[],
  by: string,
): Promise<('new' | 'same' | Refused)[]> {
  const ids = [...new Set(told.map(({ payout }) => payout))]
  const transfers = await lockTransfers(tx, ids)
  const standings = await findStandings(tx, ids)
  const rows: BankOutcomeTable[] = []
  const saids: Said[] = []
  const judged = told.map((each) => {
    const transfer = transfers.get(each.payout)
    const standing = standings.get(each.payout)
    if (transfer?.kind !== 'payout' || !isBankRail(transfer.rail) || !standing)
      return refused('no-such-payout')
    const verdict = judge(standing, each)
    if (verdict !== 'new') return verdict
    const { outcome, source, reason } = each
    const number = standing.number + 1
    standings.set(each.payout, { ...standing, number, last: { outcome, source } })
    rows.push({
      ...{ transfer_id: each.payout, number, outcome, source, reason },
      ...{ told_at: timestamptz(parts.now), told_by: by },
    })
    saids.push(saidOf(transfer, each))
    return verdict
  })
  const isVoid = judged.some((each, at) => isRefused(each) && told[at]?.source === 'operator')
  if (rows.length === 0 || isVoid) return judged
  await tx.insertInto('bank_outcomes').values(rows).execute()
  await applySaid(tx, parts, saids)
  return judged
}

async function findStandings(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, Standing & { readonly number: number }>> {
  if (ids.length === 0) return new Map()
  const [filed, told] = await Promise.all([
    tx
      .selectFrom('bank_file_payouts')
      .select('transfer_id')
      .where('transfer_id', 'in', ids)
      .execute(),
    tx
      .selectFrom('bank_outcomes')
      .select(['transfer_id', 'number', 'outcome', 'source'])
      .where('transfer_id', 'in', ids)
      .orderBy('number')
      .execute(),
  ])
  const inFile = new Set(filed.map(({ transfer_id }) => transfer_id))
  const last = new Map(told.map((row) => [row.transfer_id, row]))
  return new Map(
    ids.map((id) => [
      id,
      { isInFile: inFile.has(id), last: last.get(id), number: last.get(id)?.number ?? 0 },
    ]),
  )
}

/** As the provider's own answer; why is told in words where the outcome is kept. */
function saidOf({ id, amount, currency }: Transfer, { outcome, source, code }: Told): Said {
  const word = source === 'operator' ? 'operator-failed' : 'bank-returned'
  return {
    ...{ transfer: id, sure: true, providerRef: endToEndOf(id), state: outcome, amount, currency },
    fault: outcome === 'failed' ? [word, code].filter(Boolean).join('/') : undefined,
  }
}
