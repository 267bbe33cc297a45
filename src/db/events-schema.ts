import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export interface EventTable {
  seq: GeneratedAlways<bigint>
  epoch: Generated<bigint>
  /** `xid8`, as text. */
  xid: Generated<string>
  at: string
  home_hub: string
  kind: string
  subject: string
  actor: string | null
  body: ColumnType<Record<string, unknown>, string>
}

export interface EventServerTable {
  only_row: Generated<boolean>
  identifier: string | null
  since: string
}

export interface EventReaderTable {
  name: string
  epoch: Generated<bigint>
  xid: Generated<string>
  seq: Generated<bigint>
  moved_at: string | null
  failures: Generated<number>
  next_try_at: string | null
  parked_at: string | null
  fault: string | null
  fault_seq: bigint | null
}

declare module './tables.ts' {
  interface Tables {
    events: EventTable
    event_server: EventServerTable
    event_readers: EventReaderTable
  }
}
