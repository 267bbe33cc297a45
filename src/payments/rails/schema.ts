import type { GeneratedAlways } from 'kysely'
import type { Standing, TransferKind } from './rail.ts'
import type { SettledAs } from './settlement.ts'
import type { TransferState } from './transfer.ts'

export interface RailTransferTable {
  transfer_id: string
  kind: TransferKind
  holder_kind: 'person' | 'business'
  holder_id: string
  account: string
  currency: string
  amount_minor: bigint
  rail: string
  state: TransferState
  destination: string | null
  return_url: string | null
  refund_of: string | null
  provider_ref: string | null
  continue_url: string | null
  hold_id: string | null
  entry_id: string | null
  returned_by: string | null
  made_at: string
  made_by: string
  sent_at: string | null
  next_try_at: string | null
  tries: number
  ended_at: string | null
  fault: string | null
}

export type EventOutcome = 'applied' | 'same' | 'asked' | 'unknown' | 'other-reference'

export interface RailEventTable {
  rail: string
  event_id: string
  received_at: string
  transfer_id: string | null
  provider_ref: string
  says: Standing
  amount_minor: bigint
  currency: string
  outcome: EventOutcome
}

export interface SandboxKeyTable {
  only_row: boolean
  secret: Buffer
}

export interface SandboxTransferTable {
  provider_ref: string
  transfer_id: string
  kind: TransferKind
  amount_minor: bigint
  currency: string
  refund_of: string | null
  outcome: 'done' | 'failed'
  ends_at: string
}

export interface SandboxCallbackTable {
  number: GeneratedAlways<bigint>
  due_at: string
  body: string
  delivered_at: string | null
}

export interface TransferSettlementTable {
  transfer_id: string
  number: number
  outcome: SettledAs
  asked_minor: bigint
  amount_minor: bigint
  borne_minor: bigint
  reason: string
  told_at: string
  told_by: string
}

declare module '../../db/tables.ts' {
  interface Tables {
    rail_transfers: RailTransferTable
    rail_events: RailEventTable
    transfer_settlements: TransferSettlementTable
    sandbox_key: SandboxKeyTable
    sandbox_transfers: SandboxTransferTable
    sandbox_callbacks: SandboxCallbackTable
  }
}
