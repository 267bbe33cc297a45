import type { ColumnType } from 'kysely'

/** A jsonb column: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>

interface Owned {
  home_hub: string
  business_id: string
}

export interface OfferTable extends Owned {
  offer_id: string
  slug: string
  status: 'draft' | 'published' | 'withdrawn'
  main_locale: string
  subheading: string | null
  classified: Json<unknown> | null
  national_codes: Json<Record<string, string>>
  origin: string | null
  materials: string | null
  brand: string | null
  measures: Json<Record<string, string>>
  facts: Json<Record<string, string | boolean>>
  proofs: string[]
  currency: string
  version: bigint
  created_at: string
  updated_at: string
  published_at: string | null
}

export interface OfferTextTable extends Owned {
  offer_id: string
  locale: string
  title: string
  description: string
  source: 'seller' | 'import' | 'translated'
}

export interface VariantTable extends Owned {
  offer_id: string
  variant_id: string
  position: number
  sku: string | null
  options: Json<{ name: string; value: string }[]>
  price_minor: bigint
  net_mass_g: number | null
  gross_mass_g: number | null
  length_mm: number | null
  width_mm: number | null
  height_mm: number | null
  picture_id: string | null
  active: boolean
}

export interface StockTable extends Owned {
  variant_id: string
  on_hand: bigint
  updated_at: string
}

export interface OfferPictureTable extends Owned {
  offer_id: string
  picture_id: string
  position: number
  digest: string
  alt: Json<Record<string, string>>
}

export interface PictureFileTable {
  digest: string
  form: 'original' | 'large' | 'thumb'
  mime: 'image/webp' | 'image/avif'
  width: number
  height: number
  bytes: Buffer
}

export interface OfferMarketTable extends Owned {
  offer_id: string
  destination: string
  open: boolean
  changed_at: string
}

declare module '../db/tables.ts' {
  interface Tables {
    offers: OfferTable
    offer_texts: OfferTextTable
    variants: VariantTable
    stock: StockTable
    offer_pictures: OfferPictureTable
    picture_files: PictureFileTable
    offer_markets: OfferMarketTable
  }
}
