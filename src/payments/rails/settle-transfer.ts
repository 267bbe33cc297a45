// The operator's word on a transfer that the provider's answers do not settle, booked at once. A provider that says something
// else later is heard all the same: `nextStep` decides on it.
import { sql } from 'kysely'
import { cleanText } from '../../basis/clean-text.ts'
import { openJournal } from '../../basis/journal.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import {
  appendEvent,
  instantOf,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Db,
  type Outcome,
  type Tx,
} from '../../db/index.ts'
import {
  available,
  incomeAccount,
  loaded,
  loadLedger,
  post,
  postHold,
  railAccount,
  voidHold,
  writeLedger,
  type Entry,
  type LedgerDraft,
} from '../../ledger/index.ts'
import { isBankRail } from './bank/settings.ts'
import { entryOf, isHeld, updateTransfers } from './apply-said.ts'
import { lockTransfers } from './find-transfers.ts'
import type { RailParts } from './parts.ts'
import type { TransferSettlementTable } from './schema.ts'
import { whyNotSettled, type SettledAs } from './settlement.ts'
import type { Transfer } from './transfer.ts'
import './schema.ts'

export type SettleTransfer = {
  readonly transfer: string
  readonly outcome: SettledAs
  /** What moved or was taken back, in minor units; of the other outcomes nothing. */
  readonly amount: bigint
  readonly reason: string
  /** Ids of the operator and of businesses that the operator belongs to. */
  readonly own: readonly string[]
}

export const longestWords = 500

type Parts = Pick<RailParts, 'db' | 'hub' | 'random'>

/**
 * Takes each word of a batch. Outcomes: 200; 404 `no-such-transfer`; 422, in this order, `reason-missing`, `reason-too-long`,
 * `own-transfer`, `at-the-bank-desk` (an open payout by the operator's bank), what `whyNotSettled` refuses, and `not-enough-money` where more left than the wallet has.
 */
export function settleTransfers(
  parts: Parts,
  commands: readonly Command<SettleTransfer>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(parts.db, commands, now, async (tx, fresh) => {
    const outcomes: Outcome[] = []
    for (const { body, actor } of fresh) {
      const no = await settleOne(tx, parts, { ...body, actor, now })
      outcomes.push(
        no ? problem(no) : { status: 200, body: JSON.stringify({ transfer: body.transfer }) },
      )
    }
    return outcomes
  })
}

const problem = ({ refused: code, facts }: Refused): Outcome => {
  const status = code === 'no-such-transfer' ? 404 : 422
  return { status, body: JSON.stringify({ status, code, ...facts }) }
}

type Word = SettleTransfer & { readonly actor: string; readonly now: number }

async function settleOne(tx: Tx, parts: Parts, word: Word): Promise<Refused | undefined> {
  const reason = cleanText(word.reason).trim()
  if (reason === '') return refused('reason-missing')
  if (reason.length > longestWords) return refused('reason-too-long', { most: longestWords })
  const { actor, now, outcome } = word
  const transfer = (await lockTransfers(tx, [word.transfer])).get(word.transfer)
  if (!transfer) return refused('no-such-transfer')
  if (word.own.includes(transfer.holder.id)) return refused('own-transfer')
  const isOpen = transfer.state === 'asked' || transfer.state === 'sent'
  if (isOpen && isBankRail(transfer.rail)) return refused('at-the-bank-desk')
  const before = await findBefore(tx, transfer.id)
  const no = whyNotSettled(transfer, word, { back: before.back, now })
  if (no) return no
  const { account, rail, currency } = transfer
  const accounts = [account, railAccount(rail, currency), lossesOf(transfer)]
  const holds = transfer.hold ? [transfer.hold] : []
  const ledger = await loadLedger(tx, openJournal(), { accounts, holds }, now)
  const settled = ledger.journal.attempt(() =>
    settle(ledger, transfer, word, uuidv7(now, parts.random)),
  )
  if (isRefused(settled)) return settled
  await updateTransfers(tx, [settled.transfer])
  await writeLedger(tx, ledger, { hub: parts.hub.id, now })
  await tx
    .insertInto('transfer_settlements')
    .values({
      ...{ transfer_id: transfer.id, number: before.number + 1, outcome, reason },
      ...{ asked_minor: transfer.amount, amount_minor: settled.amount, borne_minor: settled.borne },
      ...{ told_at: timestamptz(now), told_by: actor },
    })
    .execute()
  const after = settled.transfer.state === transfer.state ? 'settled' : settled.transfer.state
  await appendEvent(tx, {
    ...{
      hub: parts.hub.id,
      kind: `${transfer.kind}.${after}`,
      subject: transfer.id,
      actor,
      at: now,
    },
    body: { outcome },
  })
  return undefined
}

/** Where the hub bears what a provider took back of money that its holder has spent. */
const lossesOf = ({ currency }: Transfer): string => incomeAccount('taken-back', currency)

/** What was given back or taken back of a top-up, and how often the operator spoke. */
async function findBefore(tx: Tx, id: string): Promise<{ back: bigint; number: number }> {
  const { rows } = await sql<{ back: bigint; number: number }>`
    select (select coalesce(sum(amount_minor), 0) from transfer_settlements
             where transfer_id = ${id} and outcome = 'taken-back')::bigint
         + (select coalesce(sum(amount_minor), 0) from rail_transfers where refund_of = ${id} and state <> 'failed')::bigint as back,
           (select count(*) from transfer_settlements where transfer_id = ${id})::int as number`.execute(
    tx,
  )
  return rows[0] ?? { back: 0n, number: 0 }
}

type Settled = { readonly transfer: Transfer; readonly amount: bigint; readonly borne: bigint }

function settle(
  ledger: LedgerDraft,
  transfer: Transfer,
  { outcome, amount, now }: Word,
  fresh: string,
): Refused | Settled {
  const ended = { ...transfer, nextTryAt: undefined, tries: 0, endedAt: now, fault: undefined }
  switch (outcome) {
    case 'moved': {
      // An entry that was taken back has the transfer's own id already.
      const id = transfer.entry ? fresh : transfer.id
      const booked = bookMoved(ledger, { ...transfer, amount }, id, now)
      if (isRefused(booked)) return booked
      const done = {
        ...ended,
        state: 'done',
        amount,
        entry: booked.id,
        returnedBy: undefined,
      } as const
      return { transfer: done, amount, borne: 0n }
    }
    case 'not-moved': {
      if (isHeld(ledger, transfer)) voidHold(ledger, transfer.id, now)
      const failed = { ...ended, state: 'failed', fault: 'operator-failed' } as const
      return { transfer: failed, amount: 0n, borne: 0n }
    }
    case 'taken-back':
      return takeBack(ledger, { ...ended, endedAt: transfer.endedAt }, { amount, fresh, now })
    case 'kept':
      return { transfer: { ...ended, endedAt: transfer.endedAt }, amount: 0n, borne: 0n }
  }
}

/** What was held is used up; where more left than was held, the wallet pays the rest. */
function bookMoved(
  ledger: LedgerDraft,
  transfer: Transfer,
  id: string,
  now: number,
): Refused | Entry {
  const entry = { ...entryOf(transfer, now), id }
  if (!isHeld(ledger, transfer)) return post(ledger, entry)
  const held = ledger.holds.get(transfer.id)?.amount ?? 0n
  if (transfer.amount <= held) return postHold(ledger, transfer.id, entry)
  voidHold(ledger, transfer.id, now)
  return post(ledger, entry)
}

/** From the wallet as far as it has it; the rest the hub bears, and has to ask its holder for. */
function takeBack(
  ledger: LedgerDraft,
  transfer: Transfer,
  { amount, fresh: id, now }: { amount: bigint; fresh: string; now: number },
): Refused | Settled {
  const free = available(loaded(ledger, transfer.account)) ?? 0n
  const paid = free < amount ? (free > 0n ? free : 0n) : amount
  const borne = amount - paid
  const { account, rail, currency } = transfer
  const postings = [
    { account: railAccount(rail, currency), amount },
    { account, amount: -paid },
    { account: lossesOf(transfer), amount: -borne },
  ].filter((each) => each.amount !== 0n)
  const entry = post(ledger, {
    ...{ id, kind: 'top-up-returned', reference: transfer.id, at: now, corrects: transfer.entry },
    postings,
  })
  if (isRefused(entry)) return entry
  const isWhole = amount === transfer.amount
  const after = isWhole
    ? ({ ...transfer, state: 'failed', returnedBy: id, fault: 'taken-back', endedAt: now } as const)
    : transfer
  return { transfer: after, amount, borne }
}

export type Settlement = {
  readonly outcome: SettledAs
  /** What the transfer was for until then. */
  readonly asked: bigint
  readonly amount: bigint
  /** What the hub bore of it. */
  readonly borne: bigint
  readonly reason: string
  readonly at: number
}

/** What operators said of a transfer, the first first. */
export async function findSettlements(db: Db, transfer: string): Promise<Settlement[]> {
  const rows: TransferSettlementTable[] = await db
    .selectFrom('transfer_settlements')
    .selectAll()
    .where('transfer_id', '=', transfer)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    ...{ outcome: row.outcome, asked: row.asked_minor, amount: row.amount_minor },
    ...{ borne: row.borne_minor, reason: row.reason, at: instantOf(row.told_at) },
  }))
}
