// Changing money by a quote: a hot command, written batch-first (docs/decisions/0018). Quotes are locked first, then the
// accounts; of two that use the same quote the earlier one gets it.
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
import { loadLedger, post, writeLedger, type Holder, type LedgerDraft } from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { refusalOutcome } from '../outcome.ts'
import { postingsOf, whyNotUsed, type ExchangeQuote } from './exchange-quote.ts'
import { lockExchangeQuotes } from './find-quotes.ts'

export type ExchangeMoney = {
  /** Whose wallets: a person's, or those of the business for which that person may move money. */
  readonly holder: Holder
  readonly quote: string
  /** The id of the entry, by the caller. */
  readonly entry: string
}

export const exchangeKind = 'exchange'

/**
 * Changes money as each quote of a batch says. Outcomes: 201 with what was given and received; 404 `quote-unknown`; 409
 * `quote-used`, `quote-expired`; 422 `quote-of-another`, `payer-blocked`, `not-enough-money`.
 */
export function exchangeMoney(
  { db, hub }: { readonly db: Database; readonly hub: { readonly id: string } },
  commands: readonly Command<ExchangeMoney>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
    const bodies = fresh.map(({ body }) => body)
    const journal = openJournal()
    const ids = bodies.map(({ quote }) => quote)
    const quotes = await lockExchangeQuotes(tx, hub.id, ids)
    const before = new Map(quotes)
    const accounts = [...quotes.values()].flatMap((quote) =>
      postingsOf(quote).map(({ account }) => account),
    )
    const holders = bodies.map(({ holder }) => holder)
    const blocked = await blockedAmong(tx, hub.id, holders)
    const ledger = await loadLedger(tx, journal, { accounts }, now)
    const state = { journal, quotes, ledger, blocked }
    const outcomes = fresh.map(({ actor, body }) => outcomeOf(decide(state, body, actor, now)))
    const used = [...quotes.values()].filter((each) => each !== before.get(each.id))
    await writeUsed(tx, used)
    await writeLedger(tx, ledger, { hub: hub.id, now })
    await appendEvents(
      tx,
      ledger.entries.map(({ id, reference, actor }) => ({
        ...{ hub: hub.id, kind: 'exchange.made', subject: reference, actor, at: now },
        body: { entry: id },
      })),
    )
    return outcomes
  })
}

type State = {
  readonly journal: Journal
  readonly quotes: Map<string, ExchangeQuote>
  readonly ledger: LedgerDraft
  /** Ids of people and businesses that may not trade here. */
  readonly blocked: ReadonlySet<string>
}

function decide(
  { journal, quotes, ledger, blocked }: State,
  { holder, quote: id, entry }: ExchangeMoney,
  actor: string,
  now: number,
): Refused | ExchangeQuote {
  const quote = quotes.get(id)
  if (!quote) return refused('quote-unknown')
  const no = whyNotUsed(quote, holder, now)
  if (no) return no
  if (blocked.has(holder.id)) return refused('payer-blocked')
  const posted = post(ledger, {
    ...{ id: entry, kind: exchangeKind, reference: id, at: now, actor },
    postings: postingsOf(quote),
  })
  if (isRefused(posted)) return posted
  const used = { ...quote, usedAt: now, entry }
  journal.put(quotes, id, used)
  return used
}

function outcomeOf(result: Refused | ExchangeQuote): Outcome {
  if (isRefused(result)) return refusalOutcome(result)
  const { id, from, to, gives, gets, spread, entry, usedAt = 0 } = result
  const body = {
    ...{ exchange: entry, quote: id },
    gave: { amount: formatMinor(gives, from), currency: from },
    got: { amount: formatMinor(gets, to), currency: to },
    spread: { amount: formatMinor(spread, to), currency: to },
    at: new Date(usedAt).toISOString(),
  }
  return { status: 201, body: JSON.stringify(body) }
}

async function writeUsed(tx: Tx, used: readonly ExchangeQuote[]): Promise<void> {
  if (used.length === 0) return
  await sql`
    update exchange_quotes q set used_at = new.at, entry_id = new.entry_id
      from unnest(${used.map(({ homeHub }) => homeHub)}::uuid[], ${used.map(({ id }) => id)}::uuid[],
                  ${used.map(({ usedAt }) => timestamptz(usedAt ?? 0))}::timestamptz[],
                  ${used.map(({ entry }) => entry ?? null)}::uuid[]) as new (home_hub, quote_id, at, entry_id)
     where (q.home_hub, q.quote_id) = (new.home_hub, new.quote_id)`.execute(tx)
}
