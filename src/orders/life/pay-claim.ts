// Paying what an order left owed, from the debtor's wallet: a hot command, written batch-first (docs/decisions/0018).
// Orders are locked first, then their claims, then the accounts.
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
import { lockOrders } from '../find-orders.ts'
import type { Order } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { sidesOf } from './move-orders.ts'
import '../schema.ts'

export type PayClaim = {
  readonly order: string
  /** Of the claim within the order. */
  readonly number: number
  /** Who pays: the seller's business, or whoever paid the order. */
  readonly payer: Holder
  /** The id of the ledger entry, by the caller. */
  readonly entry: string
}

export const claimKind = 'claim-payment'

/** The event that a claim was paid; its subject is the order. */
export const claimPaidEvent = 'order.claim-paid'

/** A payment of a claim as a command. */
export const claimCommand = (actor: string, key: string, body: PayClaim): Command<PayClaim> => {
  const { order, number, payer } = body
  const request = JSON.stringify([order, number, payer.kind, payer.id])
  return { actor, kind: claimKind, key, request, body }
}

type LockedClaim = {
  readonly order: string
  readonly number: number
  readonly debtor: string
  readonly creditor: string
  readonly currency: string
  readonly amount: bigint
  readonly paid: { readonly entry: string } | undefined
}

/**
 * Pays each claim of a batch. Outcomes: 201 with {order, number, payment, amount, currency}; 404 `no-such-claim` (nor is what
 * customs may pay back one); 403 `not-yours`; 409 `claim-paid`, `party-blocked` (either side may not trade); 422 `not-enough-money`.
 */
export function payClaims(
  { db, hub }: Pick<OrderParts, 'db' | 'hub'>,
  commands: readonly Command<PayClaim>[],
  now: number,
): Promise<Answer[]> {
  return runCommands(db, commands, now, async (tx, fresh) => {
    const bodies = fresh.map(({ body }) => body)
    const journal = openJournal()
    const ids = bodies.map(({ order }) => order)
    const orders = await lockOrders(tx, hub.id, ids)
    const [claims, blocked] = await Promise.all([
      lockClaims(tx, hub.id, bodies),
      blockedAmong(tx, hub.id, [...orders.values()].flatMap(sidesOf)),
    ])
    const before = new Map(claims)
    const accounts = [...claims.values()].flatMap((claim) => {
      const order = orders.get(claim.order)
      return order ? [accountOf(order, claim, 'debtor'), accountOf(order, claim, 'creditor')] : []
    })
    const ledger = await loadLedger(
      tx,
      journal,
      { accounts: accounts.filter((each) => each !== undefined) },
      now,
    )
    const outcomes = fresh.map(({ actor, body }) =>
      outcomeOf(body, decide({ journal, orders, claims, blocked, ledger }, body, actor, now)),
    )
    const paid = [...claims].flatMap(([key, each]) => (each === before.get(key) ? [] : [each]))
    await writePaid(tx, hub.id, paid, now)
    await writeLedger(tx, ledger, { hub: hub.id, now })
    await appendEvents(
      tx,
      ledger.entries.map(({ id, reference, actor }) => ({
        ...{ hub: hub.id, kind: claimPaidEvent, subject: reference, actor, at: now },
        body: { entry: id },
      })),
    )
    return outcomes
  })
}

/** A buyer pays from, and is paid to, what paid the order; a seller's business. Carriers and customs have no wallet here. */
function accountOf(
  { buyer, seller }: Order,
  claim: LockedClaim,
  side: 'debtor' | 'creditor',
): string | undefined {
  if (claim[side] === 'buyer') return buyer.account
  if (claim[side] !== 'seller') return undefined
  return walletAccount({ kind: 'business', id: seller.id }, claim.currency)
}

type State = {
  readonly journal: Journal
  readonly orders: ReadonlyMap<string, Order>
  readonly claims: Map<string, LockedClaim>
  readonly blocked: ReadonlySet<string>
  readonly ledger: LedgerDraft
}

function decide(
  { journal, orders, claims, blocked, ledger }: State,
  { order: id, number, payer, entry }: PayClaim,
  actor: string,
  now: number,
): Refused | LockedClaim {
  const [order, claim] = [orders.get(id), claims.get(keyOf(id, number))]
  if (!order || !claim) return refused('no-such-claim')
  const [from, to] = [accountOf(order, claim, 'debtor'), accountOf(order, claim, 'creditor')]
  if (from !== walletAccount(payer, claim.currency) || to === undefined) return refused('not-yours')
  if (claim.paid) return refused('claim-paid')
  if (sidesOf(order).some(({ id: side }) => blocked.has(side))) return refused('party-blocked')
  const posted = post(ledger, {
    ...{ id: entry, kind: 'claim', reference: id, at: now, actor },
    postings: [
      { account: from, amount: -claim.amount },
      { account: to, amount: claim.amount },
    ],
  })
  if (isRefused(posted)) return posted
  journal.put(claims, keyOf(id, number), { ...claim, paid: { entry } })
  return claim
}

const keyOf = (order: string, number: number): string => `${order} ${number}`

async function lockClaims(
  tx: Tx,
  hub: string,
  wanted: readonly PayClaim[],
): Promise<Map<string, LockedClaim>> {
  const { rows } = await sql<{
    order_id: string
    number: number
    debtor: string
    creditor: string
    currency: string
    amount_minor: bigint
    entry_id: string | null
  }>`
    select c.order_id, c.number, c.debtor, c.creditor, c.currency, c.amount_minor, c.entry_id
      from order_claims c
     where c.home_hub = ${hub} and c.kind = 'owed'
       and (c.order_id, c.number) in (
             select * from unnest(${wanted.map(({ order }) => order)}::uuid[],
                                  ${wanted.map(({ number }) => number)}::smallint[]))
     order by c.order_id, c.number for update`.execute(tx)
  return new Map(
    rows.map((row) => [
      keyOf(row.order_id, row.number),
      {
        ...{ order: row.order_id, number: row.number, debtor: row.debtor, creditor: row.creditor },
        ...{ currency: row.currency, amount: row.amount_minor },
        paid: row.entry_id === null ? undefined : { entry: row.entry_id },
      },
    ]),
  )
}

async function writePaid(
  tx: Tx,
  hub: string,
  paid: readonly LockedClaim[],
  now: number,
): Promise<void> {
  if (paid.length === 0) return
  await sql`
    update order_claims c set paid_at = ${timestamptz(now)}, entry_id = new.entry_id
      from unnest(${paid.map(({ order }) => order)}::uuid[], ${paid.map(({ number }) => number)}::smallint[],
                  ${paid.map((each) => each.paid?.entry ?? null)}::uuid[]) as new (order_id, number, entry_id)
     where c.home_hub = ${hub} and (c.order_id, c.number) = (new.order_id, new.number)`.execute(tx)
}

const statuses: Readonly<Record<string, number>> = {
  'no-such-claim': 404,
  'not-yours': 403,
  'claim-paid': 409,
  'party-blocked': 409,
}

function outcomeOf({ entry }: PayClaim, result: LockedClaim | Refused): Outcome {
  if (isRefused(result)) {
    const status = statuses[result.refused] ?? 422
    return { status, body: JSON.stringify({ status, code: result.refused, ...result.facts }) }
  }
  const { order, number, amount, currency } = result
  const said = { order, number, payment: entry, amount: formatMinor(amount, currency), currency }
  return { status: 201, body: JSON.stringify(said) }
}
