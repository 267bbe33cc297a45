// An offer as the hub thinks of it: goods of one business, what they are in law, what they are called, and the variants
// that are bought. Kept apart from rows (find-offers.ts, write-offers.ts) and from what a seller sends (check-draft.ts).

export type OfferStatus = 'draft' | 'published' | 'withdrawn'
export type TextSource = 'seller' | 'import' | 'translated'

/** Whose goods: the hub and the business, in every key. */
export type Owner = { readonly homeHub: string; readonly businessId: string }

export type OfferText = {
  readonly locale: string
  readonly title: string
  readonly description: string
  readonly source: TextSource
}

export type VariantOption = { readonly name: string; readonly value: string }

export type Variant = {
  readonly variantId: string
  readonly sku: string | null
  readonly options: readonly VariantOption[]
  readonly priceMinor: bigint
  readonly netMassG: number | null
  readonly grossMassG: number | null
  readonly lengthMm: number | null
  readonly widthMm: number | null
  readonly heightMm: number | null
  readonly pictureId: string | null
  /** One that is no longer sold stays, since orders name it. */
  readonly active: boolean
  readonly onHand: bigint
}

export type OfferPicture = {
  readonly pictureId: string
  readonly digest: string
  /** What it shows, by locale, for those who do not see it. */
  readonly alt: Readonly<Record<string, string>>
}

export type Offer = Owner & {
  readonly offerId: string
  readonly slug: string
  readonly status: OfferStatus
  readonly mainLocale: string
  readonly texts: readonly OfferText[]
  /** Six digits of HS 2022; null until somebody found them. */
  readonly subheading: string | null
  /** How the code was found; without a code, how far the search for it is. */
  readonly classified: Classified | null
  /** A territory's own line below the six digits. */
  readonly nationalCodes: Readonly<Record<string, string>>
  readonly origin: string | null
  readonly materials: string | null
  readonly brand: string | null
  /** Of one piece, as the tariff's basket takes them: `{ l: "0.75" }`. */
  readonly measures: Readonly<Record<string, string>>
  /** Answers to the tariff's questions, as its basket takes them. */
  readonly facts: Readonly<Record<string, string | boolean>>
  readonly proofs: readonly string[]
  readonly currency: string
  /** Active ones first, in the seller's order. */
  readonly variants: readonly Variant[]
  readonly pictures: readonly OfferPicture[]
  /** Grows with every change of the offer or its parts; stock is not a part. */
  readonly version: bigint
  readonly createdAt: number
  readonly updatedAt: number
  readonly publishedAt: number | null
}

/** `stated`: the seller knew it; otherwise what was asked and answered until it was found. */
export type Classified = { readonly stated: true } | Talk

/** Of guided classification: the seller's words for the goods, and the answers given to questions about them. */
export type Talk = {
  readonly text: string
  readonly answers: Readonly<Record<string, string>>
  /** The questions in their order, which the keys of `answers` lose in the database. */
  readonly asked?: readonly string[] | undefined
  /** 0 while there is no code. */
  readonly confidence: number
}

/**
 * What a seller, a file or a program sends. A fact that is left out stays as it is, `null` takes it away. `variants`
 * and `pictures` are whole lists: what is not in them is gone. A text with neither title nor description goes as well.
 */
export type OfferDraft = {
  readonly offerId?: string | undefined
  /** Without `offerId` an offer of this slug is changed, or made when there is none. */
  readonly slug?: string | undefined
  readonly mainLocale?: string | undefined
  readonly texts?:
    | readonly { locale: string; title: string; description?: string | undefined }[]
    | undefined
  readonly subheading?: string | null | undefined
  readonly classified?: Classified | null | undefined
  readonly nationalCodes?: Readonly<Record<string, string>> | undefined
  readonly origin?: string | null | undefined
  readonly materials?: string | null | undefined
  readonly brand?: string | null | undefined
  readonly measures?: Readonly<Record<string, string>> | undefined
  readonly facts?: Readonly<Record<string, string | boolean>> | undefined
  readonly proofs?: readonly string[] | undefined
  readonly currency?: string | undefined
  readonly variants?: readonly VariantDraft[] | undefined
  readonly pictures?:
    | readonly { digest: string; alt?: Readonly<Record<string, string>> | undefined }[]
    | undefined
  /** `published` is wanted, and granted when the offer is export-ready for at least one destination. */
  readonly status?: OfferStatus | undefined
}

export type VariantDraft = {
  readonly variantId?: string | undefined
  readonly sku?: string | null | undefined
  readonly options?: readonly VariantOption[] | undefined
  /** A plain decimal in the offer's currency. */
  readonly price: string
  /** Pieces; left out, it stays as it is. */
  readonly stock?: number | undefined
  readonly netMassG?: number | null | undefined
  readonly grossMassG?: number | null | undefined
  readonly lengthMm?: number | null | undefined
  readonly widthMm?: number | null | undefined
  readonly heightMm?: number | null | undefined
  /** The digest of one of the offer's pictures, which shows it. */
  readonly picture?: string | null | undefined
}

/** The text a reader gets: their language, else the main one; `fallback` says that it is another language. */
export function textFor(
  { texts, mainLocale }: Pick<Offer, 'texts' | 'mainLocale'>,
  locale: string,
): { text: OfferText; fallback: boolean } | undefined {
  const own = texts.find((each) => each.locale === locale)
  if (own) return { text: own, fallback: false }
  const main = texts.find((each) => each.locale === mainLocale) ?? texts[0]
  return main && { text: main, fallback: true }
}

export const activeVariants = ({ variants }: Pick<Offer, 'variants'>): readonly Variant[] =>
  variants.filter(({ active }) => active)

/** Which one it is, `red, M`; what says nothing alone, such as a number, has its name before it: `Size 38`. */
export const optionsText = (options: readonly VariantOption[]): string =>
  options.map(({ name, value }) => (/\p{L}/u.test(value) ? value : `${name} ${value}`)).join(', ')

/** The picture that shows one variant, where it has one of its own. */
export const pictureOf = (
  { pictures }: Pick<Offer, 'pictures'>,
  { pictureId }: Pick<Variant, 'pictureId'>,
): OfferPicture | undefined => pictures.find((each) => each.pictureId === pictureId)

/** The pictures of an offer as one variant is looked at: that which shows it comes first. */
export function picturesFor(
  { pictures }: Pick<Offer, 'pictures'>,
  variant: Pick<Variant, 'pictureId'>,
): readonly OfferPicture[] {
  const own = pictureOf({ pictures }, variant)
  return own ? [own, ...pictures.filter((each) => each !== own)] : pictures
}

/** Pieces on hand of all that is still sold. */
export const onHandOf = (offer: Pick<Offer, 'variants'>): bigint =>
  activeVariants(offer).reduce((sum, { onHand }) => sum + onHand, 0n)
