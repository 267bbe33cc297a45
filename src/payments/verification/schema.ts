import type { Day } from '../../basis/day.ts'
import type { DocumentKind, VerificationState } from './verification.ts'

export interface VerificationTable {
  home_hub: string
  verification_id: string
  holder_kind: 'person' | 'business'
  holder_id: string
  name: string
  document: DocumentKind
  country: string
  state: VerificationState
  valid_until: Day | null
  asked_at: string
  asked_by: string
  decided_at: string | null
  decided_by: string | null
  reason: string
}

export interface VerificationPictureTable {
  home_hub: string
  verification_id: string
  number: number
  width: number
  height: number
  bytes: Uint8Array
}

declare module '../../db/tables.ts' {
  interface Tables {
    verifications: VerificationTable
    verification_pictures: VerificationPictureTable
  }
}
