import { sql } from 'kysely'
import type { Db } from './connect.ts'
import { instantOf, timestamptz } from './parsers.ts'
import type { Tx } from './transaction.ts'
import './events-schema.ts'

/** What a use case says of what it did, in its own transaction. */
export interface NewEvent {
  /** The hub at which it happened, its UUID. */
  hub: string
  /** A noun and what happened to it: `offer.saved`. */
  kind: string
  /** The id of what it happened to. */
  subject: string
  /** The id of who did it; without one the hub did it by itself. */
  actor?: string | undefined
  /** Facts as JSON: ids and figures, no more of a person than a reader needs. */
  body?: Readonly<Record<string, unknown>> | undefined
  /** Unix milliseconds, by the hub's clock. */
  at: number
}

/** An event as readers get it; `seq` names it, but is not the order (readers.ts). */
export interface LoggedEvent {
  seq: bigint
  /** Unix milliseconds. */
  at: number
  hub: string
  kind: string
  subject: string
  actor: string | null
  body: Readonly<Record<string, unknown>>
}

/** Holds if the transaction holds; no reader sees it before. */
export async function appendEvent(tx: Tx, event: NewEvent): Promise<void> {
  await appendEvents(tx, [event])
}

/** Any number in one statement; those of one transaction keep their order. */
export async function appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const column = <T>(of: (event: NewEvent) => T): T[] => events.map(of)
  await sql`
    insert into events (at, home_hub, kind, subject, actor, body)
    select at, home_hub, kind, subject, actor, body
      from unnest(${column(({ at }) => timestamptz(at))}::timestamptz[],
                  ${column(({ hub }) => hub)}::uuid[],
                  ${column(({ kind }) => kind)}::text[],
                  ${column(({ subject }) => subject)}::text[],
                  ${column(({ actor }) => actor ?? null)}::text[],
                  ${column(({ body }) => JSON.stringify(body ?? {}))}::jsonb[])
           with ordinality as new (at, home_hub, kind, subject, actor, body, position)
     order by position`.execute(tx)
}

/** What happened to one subject, the latest first: a timeline, an audit trail. */
export async function findEvents(db: Db, subject: string, limit = 100): Promise<LoggedEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'at', 'home_hub', 'kind', 'subject', 'actor', 'body'])
    .where('subject', '=', subject)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(eventOf)
}

export interface EventRow {
  seq: bigint
  at: string
  home_hub: string
  kind: string
  subject: string
  actor: string | null
  body: Record<string, unknown>
}

export const eventOf = ({ at, home_hub, ...row }: EventRow): LoggedEvent => ({
  seq: row.seq,
  at: instantOf(at),
  hub: home_hub,
  kind: row.kind,
  subject: row.subject,
  actor: row.actor,
  body: row.body,
})
