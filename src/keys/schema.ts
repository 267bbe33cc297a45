import type { ColumnType } from 'kysely'
import type { PublicJwk } from './key.ts'

export interface HubKeyTable {
  key_id: string
  algorithm: string
  public_key: ColumnType<PublicJwk, string>
  valid_from: string
  valid_to: string | null
}

declare module '../db/tables.ts' {
  interface Tables {
    hub_keys: HubKeyTable
  }
}
