import type { ColumnType } from 'kysely'

export interface OfferDocumentTable {
  home_hub: string
  business_id: string
  offer_id: string
  words: string
  subheading: string | null
  origin: string | null
  published_at: string
  priced_on: string
}

export interface SearchWordTable {
  word: string
}

export interface NameWordTable {
  word: string
  code: string
  share: number
}

export interface OfferPriceTable {
  home_hub: string
  business_id: string
  offer_id: string
  destination: string
  day: string
  state: 'complete' | 'complete-except' | 'no-border'
  total_minor: bigint
  currency: string
  days_min: number | null
  days_max: number | null
  subheading: string | null
  origin: string | null
}

export interface PavilionTable {
  country: string
  story: ColumnType<Record<string, string>, string>
  picture: string | null
  featured: string[]
  version: bigint
  updated_at: string
}

export interface PavilionCollectionTable {
  country: string
  collection_id: string
  position: number
  title: ColumnType<Record<string, string>, string>
  offers: string[]
}

declare module '../../db/tables.ts' {
  interface Tables {
    offer_documents: OfferDocumentTable
    search_words: SearchWordTable
    name_words: NameWordTable
    offer_prices: OfferPriceTable
    pavilions: PavilionTable
    pavilion_collections: PavilionCollectionTable
  }
}
