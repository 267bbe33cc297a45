// What an offer becomes by a draft. Pure: ids, the clock and what is taken come in.
import { parseAmount } from '../basis/money.ts'
import { optionKey } from './check-draft.ts'
import type {
  Offer,
  OfferDraft,
  OfferPicture,
  OfferText,
  Owner,
  TextSource,
  Variant,
  VariantDraft,
} from './offer.ts'

export type DraftContext = {
  readonly owner: Owner
  readonly now: number
  readonly newId: () => string
  readonly source: TextSource
  /** For an offer that does not exist yet. */
  readonly offerId: string
  readonly slug: string
}

/** The offer after the draft; the same object when nothing changed. Its status is left to who judges it. */
export function applyDraft(
  existing: Offer | undefined,
  draft: OfferDraft,
  context: DraftContext,
): Offer {
  const before = existing ?? newOffer(draft, context)
  const currency = draft.currency ?? before.currency
  const pictures = draft.pictures
    ? nextPictures(before.pictures, draft.pictures, context)
    : before.pictures
  const after: Offer = {
    ...before,
    slug: draft.slug ?? before.slug,
    mainLocale: draft.mainLocale ?? before.mainLocale,
    texts: draft.texts ? nextTexts(before.texts, draft.texts, context.source) : before.texts,
    subheading: given(draft.subheading, before.subheading),
    classified: nextClassified(before, draft),
    nationalCodes: given(draft.nationalCodes, before.nationalCodes),
    origin: given(draft.origin, before.origin),
    materials: given(draft.materials, before.materials),
    brand: given(draft.brand, before.brand),
    measures: given(draft.measures, before.measures),
    facts: given(draft.facts, before.facts),
    proofs: given(draft.proofs, before.proofs),
    currency,
    variants: nextVariants(before.variants, draft, currency, pictures, context),
    pictures,
  }
  if (existing && sameOffer(before, after)) return withStockOf(before, after)
  return { ...after, version: before.version + 1n, updatedAt: context.now }
}

/** What has changed besides the numbers on hand, which have no version. */
const withStockOf = (before: Offer, after: Offer): Offer =>
  before.variants.every(({ onHand }, index) => onHand === after.variants[index]?.onHand)
    ? before
    : { ...before, variants: after.variants }

function newOffer(
  { currency = '', mainLocale, texts = [] }: OfferDraft,
  context: DraftContext,
): Offer {
  return {
    ...context.owner,
    offerId: context.offerId,
    slug: context.slug,
    status: 'draft',
    mainLocale: mainLocale ?? texts[0]?.locale ?? 'en',
    texts: [],
    subheading: null,
    classified: null,
    nationalCodes: {},
    origin: null,
    materials: null,
    brand: null,
    measures: {},
    facts: {},
    proofs: [],
    currency,
    variants: [],
    pictures: [],
    version: 0n,
    createdAt: context.now,
    updatedAt: context.now,
    publishedAt: null,
  }
}

const given = <T>(wanted: T | undefined, before: T): T => (wanted === undefined ? before : wanted)

/** A code that came without a word on how it was found was stated; without one, only questions under way are kept. */
function nextClassified(
  before: Offer,
  { subheading, classified }: OfferDraft,
): Offer['classified'] {
  const coded = given(subheading, before.subheading) !== null
  if (!coded && classified && 'stated' in classified) return null
  if (classified !== undefined) return classified
  if (subheading === null) return null
  if (subheading === undefined || subheading === before.subheading) return before.classified
  return { stated: true }
}

function nextTexts(
  before: readonly OfferText[],
  drafts: NonNullable<OfferDraft['texts']>,
  source: TextSource,
): OfferText[] {
  const texts = new Map(before.map((text) => [text.locale, text]))
  for (const { locale, title, description } of drafts) {
    const old = texts.get(locale)
    const next = { locale, title, description: description ?? old?.description ?? '' }
    if (title === '' && next.description === '') texts.delete(locale)
    // Words that did not change keep their author.
    else if (old?.title !== next.title || old.description !== next.description)
      texts.set(locale, { ...next, source })
  }
  return [...texts.values()].sort((a, b) => (a.locale < b.locale ? -1 : 1))
}

function nextVariants(
  before: readonly Variant[],
  { variants: drafts }: OfferDraft,
  currency: string,
  pictures: readonly OfferPicture[],
  { newId }: DraftContext,
): readonly Variant[] {
  const shown = new Set(pictures.map(({ pictureId }) => pictureId))
  const free = new Map(before.map((each) => [each, optionKey(each.options)]))
  const next = (drafts ?? []).map((draft) => {
    const old = matching(free, draft)
    if (old) free.delete(old)
    return nextVariant(old, draft, { currency, pictures, newId })
  })
  const kept = drafts
    ? [...next, ...[...free.keys()].map((each) => ({ ...each, active: false }))]
    : before
  return kept.map((each) =>
    each.pictureId && !shown.has(each.pictureId) ? { ...each, pictureId: null } : each,
  )
}

/** The variant a draft means: by its id, the seller's number, its options; the only one is always meant. */
function matching(
  free: ReadonlyMap<Variant, string>,
  { variantId, sku, options }: VariantDraft,
): Variant | undefined {
  const all = [...free.keys()]
  if (variantId) return all.find((each) => each.variantId === variantId)
  const bySku = sku ? all.find((each) => each.sku === sku) : undefined
  if (bySku) return bySku
  const key = optionKey(options ?? [])
  const same = all.filter(
    (each) => free.get(each) === key && (!sku || !each.sku || each.sku === sku),
  )
  return same.find(({ active }) => active) ?? same[0]
}

type VariantContext = {
  readonly currency: string
  readonly pictures: readonly OfferPicture[]
  readonly newId: () => string
}

function nextVariant(
  old: Variant | undefined,
  draft: VariantDraft,
  { currency, pictures, newId }: VariantContext,
): Variant {
  const shown = pictures.find(({ digest }) => digest === draft.picture)
  return {
    // An id that is not of this offer may be another's, and a row of stock with it.
    variantId: old?.variantId ?? newId(),
    sku: given(draft.sku, old?.sku ?? null),
    options: draft.options ?? old?.options ?? [],
    priceMinor: parseAmount(draft.price, currency) ?? 0n,
    netMassG: given(draft.netMassG, old?.netMassG ?? null),
    grossMassG: given(draft.grossMassG, old?.grossMassG ?? null),
    lengthMm: given(draft.lengthMm, old?.lengthMm ?? null),
    widthMm: given(draft.widthMm, old?.widthMm ?? null),
    heightMm: given(draft.heightMm, old?.heightMm ?? null),
    pictureId: (draft.picture === undefined ? old?.pictureId : shown?.pictureId) ?? null,
    active: true,
    onHand: draft.stock === undefined ? (old?.onHand ?? 0n) : BigInt(draft.stock),
  }
}

function nextPictures(
  before: readonly OfferPicture[],
  drafts: NonNullable<OfferDraft['pictures']>,
  { newId }: DraftContext,
): OfferPicture[] {
  const byDigest = new Map(before.map((picture) => [picture.digest, picture]))
  const wanted = new Map(drafts.map((draft) => [draft.digest, draft]))
  return [...wanted.values()].map(({ digest, alt }) => {
    const old = byDigest.get(digest)
    return { pictureId: old?.pictureId ?? newId(), digest, alt: alt ?? old?.alt ?? {} }
  })
}

/** Equal but for what the clock and the counters say, and for what is on hand. */
function sameOffer(a: Offer, b: Offer): boolean {
  const plain = ({ variants, ...offer }: Offer): string =>
    JSON.stringify(
      { ...offer, variants: variants.map((each) => ({ ...each, onHand: 0n })) },
      // Keys in one order: what comes back from jsonb is in PostgreSQL's.
      (_, value: unknown) =>
        typeof value === 'bigint'
          ? String(value)
          : typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
            : value,
    )
  return plain(a) === plain(b)
}
