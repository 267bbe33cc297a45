import type { Generated } from 'kysely'

export interface HubTable {
  only_row: Generated<boolean>
  id: string
  name: string
  territory: string | null
  created_at: string
}

declare module '../db/tables.ts' {
  interface Tables {
    hub: HubTable
  }
}
