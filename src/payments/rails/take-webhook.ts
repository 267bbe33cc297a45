import { sql } from 'kysely'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import { timestamptz, transact, type Tx } from '../../db/index.ts'
import { applySaid } from './apply-said.ts'
import { paceOf, type RailParts } from './parts.ts'
import type { RailEvent } from './rail.ts'
import './schema.ts'

/**
 * Takes a provider's callback: the bytes as they came, as the signature is over them. Each of its events counts once, in the
 * transaction of what follows from it; so a callback that was answered with anything but success may come again. Refused
 * with `no-such-rail`, and as `readWebhook` refuses.
 */
export async function takeWebhook(
  parts: RailParts,
  name: string,
  headers: Headers,
  body: Uint8Array,
): Promise<Refused | { readonly events: number }> {
  const rail = parts.rails.get(name)
  if (!rail) return refused('no-such-rail')
  const now = parts.now()
  const events = await rail.readWebhook(headers, body, now)
  if (isRefused(events)) return events
  if (events.length === 0) return { events: 0 }
  return transact(parts.db, async (tx) => {
    const fresh = await insertEvents(tx, name, events, now)
    const named = await nameTransfers(tx, name, fresh)
    const { hub, random } = parts
    const saids = named.map(({ event, transfer }) => ({ ...event, transfer, sure: false }))
    const outcomes = await applySaid(tx, { hub, random, pace: paceOf(parts), now }, saids)
    for (const [index, { event, transfer }] of named.entries())
      await tx
        .updateTable('rail_events')
        .set({ transfer_id: transfer, outcome: outcomes[index]! })
        .where('rail', '=', name)
        .where('event_id', '=', event.id)
        .execute()
    return { events: fresh.length }
  })
}

/** Those that never came before; the same one in another transaction is waited for. */
async function insertEvents(
  tx: Tx,
  rail: string,
  events: readonly RailEvent[],
  now: number,
): Promise<RailEvent[]> {
  const sorted = events.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const rows = await tx
    .insertInto('rail_events')
    .values(
      sorted.map((event) => ({
        rail,
        event_id: event.id,
        received_at: timestamptz(now),
        provider_ref: event.providerRef,
        says: event.state,
        amount_minor: event.amount,
        currency: event.currency,
        outcome: 'unknown' as const,
      })),
    )
    .onConflict((conflict) => conflict.constraint('rail_events_pkey').doNothing())
    .returning('event_id')
    .execute()
  const fresh = new Set(rows.map(({ event_id }) => event_id))
  return sorted.filter(({ id }) => fresh.has(id))
}

/** By our own id where the provider hands it back, else by the provider's. Events that name nothing of ours are left out. */
async function nameTransfers(
  tx: Tx,
  rail: string,
  events: readonly RailEvent[],
): Promise<{ event: RailEvent; transfer: string }[]> {
  const ids = events.flatMap(({ transfer = '' }) => (isUuid(transfer) ? transfer : []))
  const refs = events.map(({ providerRef }) => providerRef)
  const { rows } = await sql<{ id: string; ref: string | null }>`
    select transfer_id as id, provider_ref as ref from rail_transfers
     where rail = ${rail} and (transfer_id = any(${ids}::uuid[]) or provider_ref = any(${refs}::text[]))`.execute(
    tx,
  )
  return events.flatMap((event) => {
    const found =
      rows.find(({ id }) => id === event.transfer) ??
      rows.find(({ ref }) => ref === event.providerRef)
    return found ? [{ event, transfer: found.id }] : []
  })
}
