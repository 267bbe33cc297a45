// Asking for a top-up, a payout or a refund: a hot command, written batch-first. What leaves a wallet is held in the same
// transaction; the network is touched later, by the worker, for what is written down here.
import { sql } from 'kysely'
import { isCurrency } from '../../basis/currency.ts'
import { openJournal, type Journal } from '../../basis/journal.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import {
  appendEvents,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Outcome,
  type Tx,
} from '../../db/index.ts'
import {
  hold,
  largestAmount,
  loadLedger,
  walletAccount,
  writeLedger,
  type Holder,
  type LedgerDraft,
} from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { loadAllowances, writeAllowances, type AllowanceDraft } from '../../zones/index.ts'
import { findLevels } from '../limits/find-levels.ts'
import { countMoved, limitKeys, unlimited, type Level, type LimitParts } from '../limits/limits.ts'
import { lockTransfers } from './find-transfers.ts'
import type { RailParts } from './parts.ts'
import type { Transfer } from './transfer.ts'

/** `id`: a UUIDv7 by the caller; amounts in minor units. */
type Asking = { readonly id: string; readonly holder: Holder; readonly amount: bigint }
export type AskTopUp = Asking & {
  readonly kind: 'top-up'
  readonly rail: string
  readonly currency: string
  /** An address of the hub: where the provider sends the person back to. */
  readonly returnUrl: string
}
export type AskPayout = Asking & {
  readonly kind: 'payout'
  readonly rail: string
  readonly currency: string
  /** As the provider names where the money goes: `acct_…`, a payee at a bank. */
  readonly to: string
}
export type AskRefund = Asking & {
  readonly kind: 'refund'
  /** The top-up, done and of the same holder; its rail and its currency. */
  readonly of: string
}
export type Ask = AskTopUp | AskPayout | AskRefund

/**
 * Writes down each transfer of a batch. Outcomes: 201 with the transfer; 404 `no-such-top-up`; 409 `id-used`; 422
 * `payer-blocked`, `rail-not-known`, `currency-not-known`, `amount-not-valid`, `amount-too-large`, `destination-not-valid`
 * and what else a rail says of a destination (`rails/bank/payee.ts`), `over-limit`, `not-refundable`, `more-than-left`, `not-enough-money`.
 */
export function askTransfers(
  { db, hub, rails, limits = unlimited }: Pick<RailParts, 'db' | 'hub' | 'rails' | 'limits'>,
  commands: readonly Command<Ask>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
    const asks = fresh.map(({ body }) => body)
    const topUps = asks.flatMap((ask) => (ask.kind === 'refund' ? [ask.of] : []))
    const known = await lockTransfers(tx, [...topUps, ...asks.map(({ id }) => id)])
    const givenBack = await sumRefunds(tx, topUps)
    const journal = openJournal()
    const accounts = asks.flatMap((ask) => walletOf(ask, known) ?? [])
    const holders = asks.map(({ holder }) => holder)
    const levels = await findLevels(tx, hub.id, limits, holders)
    const counters = asks.flatMap(({ holder, kind }) =>
      limitKeys(limits, levels, holder, wayOfKind(kind)),
    )
    const allowances = await loadAllowances(tx, journal, counters)
    const ledger = await loadLedger(tx, journal, { accounts }, now)
    const blocked = await blockedAmong(
      tx,
      hub.id,
      asks.map(({ holder }) => holder),
    )
    const state = { journal, known, givenBack, ledger, rails, blocked, limits, levels, allowances }
    const results = fresh.map(({ actor, body }) =>
      journal.attempt(() => decide(state, body, actor, now)),
    )
    const made = results.filter((each): each is Transfer => !isRefused(each))
    await writeAllowances(tx, allowances)
    await writeLedger(tx, ledger, { hub: hub.id, now })
    await insertTransfers(tx, made)
    await appendEvents(
      tx,
      made.map(({ id, kind, madeBy }) => ({
        ...{ hub: hub.id, kind: `${kind}.asked`, subject: id, actor: madeBy, at: now },
      })),
    )
    return results.map((each) => outcomeOf(each, now))
  })
}

/** What of each top-up was given back or is under way. */
async function sumRefunds(tx: Tx, topUps: readonly string[]): Promise<Map<string, bigint>> {
  if (topUps.length === 0) return new Map()
  const { rows } = await sql<{ id: string; sum: bigint }>`
    select refund_of as id, sum(amount_minor)::bigint as sum from rail_transfers
     where refund_of = any(${topUps}::uuid[]) and state <> 'failed' group by refund_of`.execute(tx)
  return new Map(rows.map(({ id, sum }) => [id, sum]))
}

/** The wallet that the money leaves; undefined where it comes in, or where there is none. */
function walletOf(ask: Ask, known: ReadonlyMap<string, Transfer>): string | undefined {
  if (ask.kind === 'refund') return known.get(ask.of)?.account
  return ask.kind === 'payout' && isCurrency(ask.currency)
    ? walletAccount(ask.holder, ask.currency)
    : undefined
}

type State = {
  readonly journal: Journal
  readonly known: Map<string, Transfer>
  readonly givenBack: Map<string, bigint>
  readonly ledger: LedgerDraft
  readonly rails: RailParts['rails']
  /** Ids of people and businesses that may not trade here. */
  readonly blocked: ReadonlySet<string>
  readonly limits: LimitParts
  readonly levels: ReadonlyMap<string, Level>
  readonly allowances: AllowanceDraft
}

/** A refund gives back what had come in: it leaves the hub. */
const wayOfKind = (kind: Ask['kind']): 'in' | 'out' => (kind === 'top-up' ? 'in' : 'out')

function decide(state: State, ask: Ask, actor: string, now: number): Refused | Transfer {
  if (state.known.has(ask.id)) return refused('id-used')
  if (state.blocked.has(ask.holder.id)) return refused('payer-blocked')
  const way = ask.kind === 'refund' ? refundOf(state, ask) : wayOf(state, ask)
  if (isRefused(way)) return way
  if (ask.amount <= 0n) return refused('amount-not-valid', { currency: way.currency })
  if (ask.amount > largestAmount) return refused('amount-too-large')
  const nowhere = ask.kind === 'payout' && wrongWith(state, ask)
  if (nowhere) return nowhere
  const { holder, amount } = ask
  const moved = { holder, way: wayOfKind(ask.kind), amount, currency: way.currency }
  const over = countMoved(state.limits, state.levels, state.allowances, moved)
  if (over) return over
  const account = walletAccount(ask.holder, way.currency)
  if (ask.kind !== 'top-up') {
    const wanted = { id: ask.id, account, amount: ask.amount, purpose: ask.kind }
    const held = hold(state.ledger, { ...wanted, reference: ask.id, expiresAt: undefined }, now)
    if (isRefused(held)) return held
  }
  const made = transferFrom(ask, { ...way, account, actor }, now)
  state.journal.put(state.known, made.id, made)
  return made
}

type Way = { readonly rail: string; readonly currency: string }

function wrongWith({ rails }: State, ask: AskPayout): Refused | undefined {
  const rail = rails.get(ask.rail)
  if (rail?.wrongWith) return rail.wrongWith(ask)
  return /^[\x21-\x7e]{1,100}$/.test(ask.to) ? undefined : refused('destination-not-valid')
}

function wayOf({ rails }: State, ask: AskTopUp | AskPayout): Refused | Way {
  const { rail, currency } = ask
  const found = rails.get(rail)
  if (!found || (found.bank && ask.kind === 'top-up')) return refused('rail-not-known')
  return isCurrency(currency) ? { rail, currency } : refused('currency-not-known', { currency })
}

function refundOf({ known, givenBack, journal, rails }: State, ask: AskRefund): Refused | Way {
  const topUp = known.get(ask.of)
  const { kind, id } = ask.holder
  if (topUp?.kind !== 'top-up' || topUp.holder.id !== id || topUp.holder.kind !== kind)
    return refused('no-such-top-up')
  if (topUp.state !== 'done' || !rails.has(topUp.rail)) return refused('not-refundable')
  const before = givenBack.get(topUp.id) ?? 0n
  const left = topUp.amount - before
  if (ask.amount > left) return refused('more-than-left', { left: String(left) })
  journal.put(givenBack, topUp.id, before + ask.amount)
  return topUp
}

const transferFrom = (
  ask: Ask,
  { rail, currency, account, actor }: Way & { account: string; actor: string },
  now: number,
): Transfer => ({
  id: ask.id,
  kind: ask.kind,
  holder: ask.holder,
  ...{ account, currency, rail, amount: ask.amount, state: 'asked' },
  to: ask.kind === 'payout' ? ask.to : undefined,
  returnUrl: ask.kind === 'top-up' ? ask.returnUrl : undefined,
  of: ask.kind === 'refund' ? ask.of : undefined,
  ...{ providerRef: undefined, continueUrl: undefined, entry: undefined, returnedBy: undefined },
  hold: ask.kind === 'top-up' ? undefined : ask.id,
  ...{ madeAt: now, madeBy: actor, sentAt: undefined, nextTryAt: now, tries: 0 },
  ...{ endedAt: undefined, fault: undefined },
})

async function insertTransfers(tx: Tx, made: readonly Transfer[]): Promise<void> {
  if (made.length === 0) return
  await tx
    .insertInto('rail_transfers')
    .values(
      made.map((each) => ({
        transfer_id: each.id,
        kind: each.kind,
        holder_kind: each.holder.kind,
        holder_id: each.holder.id,
        account: each.account,
        currency: each.currency,
        amount_minor: each.amount,
        rail: each.rail,
        state: each.state,
        destination: each.to ?? null,
        return_url: each.returnUrl ?? null,
        refund_of: each.of ?? null,
        hold_id: each.hold ?? null,
        made_at: timestamptz(each.madeAt),
        made_by: each.madeBy,
        next_try_at: timestamptz(each.madeAt),
        tries: 0,
      })),
    )
    .execute()
}

const statuses: Readonly<Record<string, number>> = { 'no-such-top-up': 404, 'id-used': 409 }

/** A transfer, or a problem (RFC 9457) with the code of its refusal. */
function outcomeOf(result: Refused | Transfer, now: number): Outcome {
  if (isRefused(result)) {
    const status = statuses[result.refused] ?? 422
    return { status, body: JSON.stringify({ status, code: result.refused, ...result.facts }) }
  }
  const { id: transfer, kind, state, amount, currency } = result
  const at = new Date(now).toISOString()
  return {
    status: 201,
    body: JSON.stringify({
      ...{ transfer, kind, state, amount: formatMinor(amount, currency), currency, at },
    }),
  }
}
