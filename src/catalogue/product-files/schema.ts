import type { ColumnType, Generated } from 'kysely'
import type { OfferDraft } from '../offer.ts'
import type { ItemFault, ItemNote, PictureAddress } from './item.ts'
import type { Mapping, Settings } from './fields.ts'
import type { Source } from './sources.ts'

/** A jsonb column: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>
type JsonDefault<T> = ColumnType<T, string | undefined, string>

interface OfImport {
  home_hub: string
  business_id: string
  import_id: string
}

export type ImportState =
  | 'reading'
  | 'mapping'
  | 'checking'
  | 'checked'
  | 'saving'
  | 'saved'
  | 'undoing'
  | 'undone'

export interface ProductImportTable extends OfImport {
  actor: string | null
  created_at: string
  updated_at: string
  file_name: string
  file_bytes: bigint
  encoding: string
  format: string
  source: Source
  columns: Json<string[]>
  mapping: JsonDefault<Mapping>
  settings: JsonDefault<Settings>
  state: ImportState
  row_count: Generated<number>
  item_count: Generated<number>
  position: Generated<number>
  counts: JsonDefault<Record<string, number>>
  expected: Json<Record<string, number>> | null
  saved_at: string | null
}

export interface ProductImportRowTable extends OfImport {
  row_no: number
  line: number
  cells: Json<string[]>
}

export interface ProductImportItemTable extends OfImport {
  item_no: number
  row_nos: number[]
  key: string
  title: string
  draft: Json<OfferDraft> | null
  faults: JsonDefault<ItemFault[]>
  notes: JsonDefault<ItemNote[]>
  pictures: JsonDefault<PictureAddress[]>
  expected: string | null
  outcome: string | null
  undone: string | null
  offer_id: string | null
  version_after: bigint | null
  before: Json<OfferDraft> | null
}

export interface ProductOriginTable {
  home_hub: string
  business_id: string
  source: string
  key: string
  offer_id: string
}

export interface PictureAddressTable {
  home_hub: string
  business_id: string
  offer_id: string
  position: number
  address: string
  alt: Generated<string>
}

declare module '../../db/tables.ts' {
  interface Tables {
    product_imports: ProductImportTable
    product_import_rows: ProductImportRowTable
    product_import_items: ProductImportItemTable
    product_origins: ProductOriginTable
    picture_addresses: PictureAddressTable
  }
}
