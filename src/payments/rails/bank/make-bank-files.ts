// Making a file of waiting payouts: a command, so that a form that is sent twice makes one file. The payouts are locked
// first; whoever comes second finds them in a file. All is written in the one transaction, bytes and all.
import { createHash } from 'node:crypto'
import { addDays, isDay, type Day } from '../../../basis/day.ts'
import { isRefused, refused, type Refused } from '../../../basis/refusal.ts'
import {
  appendEvent,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Outcome,
  type Tx,
} from '../../../db/index.ts'
import { blockedAmong } from '../../../parties/index.ts'
import { toPain001, type Payout } from '../../iso20022/to-pain001.ts'
import { lockTransfers } from '../find-transfers.ts'
import type { RailParts } from '../parts.ts'
import type { Transfer } from '../transfer.ts'
import { payeeIn } from './payee.ts'
import type { BankSettings } from './settings.ts'
import './schema.ts'

export type MakeBankFile = {
  /** A UUIDv7 by the caller. */
  readonly id: string
  readonly rail: string
  readonly bank: BankSettings
  /** Ids of waiting payouts: all of them come into the file, or it is not made. */
  readonly payouts: readonly string[]
  /** The day on which the bank shall pay. */
  readonly on: Day
}

/** What a bank and a page still take well. */
export const mostInFile = 500

const mostDaysAhead = 60

/**
 * Makes each file of a batch. Outcomes: 201 with the file's id; 422 `bank-file-size` (none, or more than 500), `day-not-valid`
 * (past, or more than 60 days ahead), `payouts-changed` (how many do not wait any more, or are of somebody who may not
 * trade), and what `toPain001` refuses.
 */
export function makeBankFiles(
  { db, hub }: Pick<RailParts, 'db' | 'hub'>,
  commands: readonly Command<MakeBankFile>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
    const outcomes: Outcome[] = []
    // One by one: each finds what those before it left.
    for (const { body, actor } of fresh)
      outcomes.push(outcomeOf(await makeOne(tx, hub.id, body, actor, now)))
    return outcomes
  })
}

async function makeOne(
  tx: Tx,
  hub: string,
  wanted: MakeBankFile,
  actor: string,
  now: number,
): Promise<Refused | { readonly file: string }> {
  const ids = [...new Set(wanted.payouts)]
  const today = new Date(now).toISOString().slice(0, 10)
  const { id, rail, on } = wanted
  if (ids.length === 0 || ids.length > mostInFile)
    return refused('bank-file-size', { most: mostInFile })
  if (!isDay(on) || on < today || on > addDays(today, mostDaysAhead))
    return refused('day-not-valid', { most: mostDaysAhead })
  const waiting = await lockWaiting(tx, hub, rail, ids)
  if (waiting.length < ids.length)
    return refused('payouts-changed', { changed: ids.length - waiting.length })
  const { debtor, accounts } = wanted.bank
  const payouts = waiting.map((each) => payoutOf(each, on))
  const xml = toPain001({ ...{ id, createdAt: now, debtor, accounts, payouts } })
  if (isRefused(xml)) return xml
  const bytes = Buffer.from(xml)
  const digest = createHash('sha256').update(bytes).digest()
  await tx
    .insertInto('bank_files')
    .values({
      ...{ file_id: id, rail, made_at: timestamptz(now), made_by: actor },
      ...{ pays_on: on, bytes, digest },
    })
    .execute()
  await tx
    .insertInto('bank_file_payouts')
    .values(waiting.map((each) => ({ transfer_id: each.id, file_id: id })))
    .execute()
  await appendEvent(tx, {
    ...{ hub, kind: 'bank-file.made', subject: id, actor, at: now },
    body: { rail, payouts: waiting.length, sha256: digest.toString('hex') },
  })
  return { file: id }
}

/** Those of the payouts that wait, locked: nobody else puts them in a file or ends them meanwhile. */
async function lockWaiting(
  tx: Tx,
  hub: string,
  rail: string,
  ids: readonly string[],
): Promise<Transfer[]> {
  const transfers = [...(await lockTransfers(tx, ids)).values()]
  const idsThere = transfers.map(({ id }) => id)
  const [filed, told, blocked] = await Promise.all([
    idsIn(tx, 'bank_file_payouts', idsThere),
    idsIn(tx, 'bank_outcomes', idsThere),
    blockedAmong(
      tx,
      hub,
      transfers.map(({ holder }) => holder),
    ),
  ])
  return transfers.filter(
    ({ id, kind, state, holder, ...each }) =>
      each.rail === rail &&
      kind === 'payout' &&
      (state === 'asked' || state === 'sent') &&
      !filed.has(id) &&
      !told.has(id) &&
      !blocked.has(holder.id),
  )
}

async function idsIn(
  tx: Tx,
  table: 'bank_file_payouts' | 'bank_outcomes',
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom(table)
    .select('transfer_id')
    .where('transfer_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ transfer_id }) => transfer_id))
}

function payoutOf({ id, amount, currency, to = '' }: Transfer, on: Day): Payout {
  const creditor = payeeIn(to)
  if (!creditor) throw new Error(`payout ${id} names no payee`)
  return { id, amountMinor: amount, currency, on, creditor }
}

function outcomeOf(made: Refused | { readonly file: string }): Outcome {
  if (!isRefused(made)) return { status: 201, body: JSON.stringify(made) }
  const { refused: code, facts } = made
  return { status: 422, body: JSON.stringify({ status: 422, code, ...facts }) }
}
