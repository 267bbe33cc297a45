// Taking a payment by the code on the payer's screen: a hot command, written batch-first (docs/decisions/0018). Codes are
// locked first, then the accounts; of two that use the same code the earlier one is paid. What the payer has is not told to
// the payee: no refusal carries the ceiling or what is missing.
import { sql } from 'kysely'
import { openJournal, type Journal } from '../../basis/journal.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import {
  appendEvents,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Database,
  type Outcome,
  type Tx,
} from '../../db/index.ts'
import {
  loadLedger,
  post,
  walletAccount,
  writeLedger,
  type Holder,
  type LedgerDraft,
} from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { loadAllowances, writeAllowances, type AllowanceDraft } from '../../zones/index.ts'
import { findLevels } from '../limits/find-levels.ts'
import { countMoved, limitKeys, unlimited, type Level, type LimitParts } from '../limits/limits.ts'
import { refusalOutcome } from '../outcome.ts'
import { paymentKind } from '../pay.ts'
import { isExpired } from '../qr/payer-code.ts'
import { lockPayerCodes, type PayerCode } from './payer-codes.ts'

export type TakePayment = {
  /** Who is paid: the business at whose till the code is read, or a person. */
  readonly payee: Holder
  /** Of the code's text: SHA-256, hex. */
  readonly codeHash: string
  readonly currency: string
  readonly amount: bigint
  /** The id of the entry, by the caller. */
  readonly entry: string
}

export const takeKind = 'payment-by-code'

/**
 * Takes each payment of a batch. Outcomes: 201 with the payment; 404 `payer-code-unknown`; 409 `payer-code-used`,
 * `payer-code-expired`; 422 `amount-not-valid`, `payer-code-currency`, `above-ceiling`, `payee-blocked`, `payer-may-not`,
 * `pays-oneself`, `payer-lacks-money`.
 */
export function takePayments(
  {
    db,
    hub,
    limits = unlimited,
  }: {
    readonly db: Database
    readonly hub: { readonly id: string }
    readonly limits?: LimitParts | undefined
  },
  commands: readonly Command<TakePayment>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
    const bodies = fresh.map(({ body }) => body)
    const journal = openJournal()
    const hashes = bodies.map(({ codeHash }) => codeHash)
    const codes = await lockPayerCodes(tx, hub.id, hashes)
    const before = new Map(codes)
    const accounts = bodies.flatMap(({ codeHash, payee, currency }) => {
      const code = codes.get(codeHash)
      return code?.currency === currency
        ? [walletAccount(code.payer, currency), walletAccount(payee, currency)]
        : []
    })
    const blocked = await blockedAmong(tx, hub.id, [
      ...bodies.map(({ payee }) => payee),
      ...[...codes.values()].map(({ payer }) => payer),
    ])
    const payers = [...codes.values()].map(({ payer }) => payer)
    const levels = await findLevels(tx, hub.id, limits, payers)
    const counters = payers.flatMap((payer) => limitKeys(limits, levels, payer, 'out'))
    const allowances = await loadAllowances(tx, journal, counters)
    const ledger = await loadLedger(tx, journal, { accounts }, now)
    const state = { journal, codes, ledger, blocked, limits, levels, allowances }
    const outcomes = fresh.map(({ actor, body }) =>
      outcomeOf(
        body,
        journal.attempt(() => decide(state, body, actor, now)),
        now,
      ),
    )
    const used = [...codes.values()].filter((each) => each !== before.get(each.hash))
    await writeUsed(tx, used)
    await writeAllowances(tx, allowances)
    await writeLedger(tx, ledger, { hub: hub.id, now })
    await appendEvents(
      tx,
      ledger.entries.map(({ id, reference, actor }) => ({
        ...{ hub: hub.id, kind: 'payment.made', subject: reference, actor, at: now },
        body: { entry: id },
      })),
    )
    return outcomes
  })
}

type State = {
  readonly journal: Journal
  readonly codes: Map<string, PayerCode>
  readonly ledger: LedgerDraft
  /** Ids of people and businesses that may not trade here. */
  readonly blocked: ReadonlySet<string>
  readonly limits: LimitParts
  readonly levels: ReadonlyMap<string, Level>
  readonly allowances: AllowanceDraft
}

function decide(
  { journal, codes, ledger, blocked, limits, levels, allowances }: State,
  { payee, codeHash, currency, amount, entry }: TakePayment,
  actor: string,
  now: number,
): Refused | PayerCode {
  const code = codes.get(codeHash)
  if (!code) return refused('payer-code-unknown')
  if (code.usedAt !== undefined) return refused('payer-code-used')
  if (isExpired(code, now)) return refused('payer-code-expired')
  if (amount <= 0n) return refused('amount-not-valid', { currency })
  if (currency !== code.currency) return refused('payer-code-currency', { currency: code.currency })
  if (amount > code.ceiling) return refused('above-ceiling')
  if (blocked.has(payee.id)) return refused('payee-blocked')
  if (blocked.has(code.payer.id)) return refused('payer-may-not')
  const [from, to] = [walletAccount(code.payer, currency), walletAccount(payee, currency)]
  if (from === to) return refused('pays-oneself')
  const moved = { holder: code.payer, way: 'out' as const, amount, currency }
  // How much the payer has moved before is nothing for the till to know.
  if (countMoved(limits, levels, allowances, moved)) return refused('payer-may-not')
  const posted = post(ledger, {
    ...{ id: entry, kind: paymentKind, reference: code.id, at: now, actor },
    postings: [
      { account: from, amount: -amount },
      { account: to, amount },
    ],
  })
  if (isRefused(posted)) return refused('payer-lacks-money')
  const used = { ...code, usedAt: now, payee: to, amount, entry }
  journal.put(codes, codeHash, used)
  return used
}

function outcomeOf(
  { entry, amount, currency }: TakePayment,
  result: Refused | PayerCode,
  now: number,
): Outcome {
  if (isRefused(result)) return refusalOutcome(result)
  const at = new Date(now).toISOString()
  const body = { payment: entry, amount: formatMinor(amount, currency), currency, at }
  return { status: 201, body: JSON.stringify(body) }
}

async function writeUsed(tx: Tx, used: readonly PayerCode[]): Promise<void> {
  if (used.length === 0) return
  await sql`
    update payer_codes c
       set used_at = new.at, payee = new.payee, amount_minor = new.amount, entry_id = new.entry_id
      from unnest(${used.map(({ homeHub }) => homeHub)}::uuid[], ${used.map(({ hash }) => hash)}::text[],
                  ${used.map(({ usedAt }) => timestamptz(usedAt ?? 0))}::timestamptz[],
                  ${used.map(({ payee }) => payee ?? null)}::text[], ${used.map(({ amount }) => amount ?? null)}::bigint[],
                  ${used.map(({ entry }) => entry ?? null)}::uuid[])
             as new (home_hub, code_hash, at, payee, amount, entry_id)
     where (c.home_hub, c.code_hash) = (new.home_hub, new.code_hash)`.execute(tx)
}
