import type { ColumnType, Generated } from 'kysely'
import type { Day } from '../../basis/day.ts'
import type { ListCode, ListedKind, ListedName } from './listed.ts'
import type { KeptHit } from './kept-hit.ts'

type Instant = ColumnType<string, string, string>
type Json<T> = ColumnType<T, string, string>

export type SubjectKind = 'business' | 'person'
export type ScreeningState = 'clear' | 'review' | 'blocked' | 'unscreened'

export interface ScreeningListTable {
  list: ListCode
  digest: string
  list_date: Day | null
  entries: number
  names: number
  unread: number
  current: boolean
  imported_at: Instant
}

export interface ScreeningEntryTable {
  list: ListCode
  digest: string
  entry_id: string
  kind: ListedKind
  programme: string
  listed_on: Day | null
  births: string[]
  countries: string[]
  names: Json<ListedName[]>
}

export interface ScreeningResultTable {
  name_key: string
  version: string
  hits: Json<KeptHit[]>
  screened_at: Instant
}

export interface ScreeningSubjectTable {
  home_hub: string
  kind: SubjectKind
  subject_id: string
  names: string[]
  name_keys: string[]
  version: string
  state: ScreeningState
  top_score: number
  settled: Generated<string[]>
  screened_at: Instant
  since: Instant
}

export interface Considered {
  list: ListCode
  entry: string
  listed: string
  score: number
}

export interface ScreeningDecisionTable {
  home_hub: string
  decision_id: string
  kind: SubjectKind
  subject_id: string
  decision: 'clear' | 'blocked'
  reason: string
  decided_by: string
  decided_by_name: string
  decided_at: Instant
  version: string
  considered: Json<Considered[]>
}

declare module '../../db/tables.ts' {
  interface Tables {
    screening_lists: ScreeningListTable
    screening_entries: ScreeningEntryTable
    screening_results: ScreeningResultTable
    screening_subjects: ScreeningSubjectTable
    screening_decisions: ScreeningDecisionTable
  }
}
