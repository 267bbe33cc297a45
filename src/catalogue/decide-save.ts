// Whether one draft may be saved, and what the goods are after it. Pure.
import { refused, type Refused } from '../basis/refusal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { checkDraft, optionKey, type DraftFault } from './check-draft.ts'
import { applyDraft } from './decide-offer.ts'
import { candidatesOf, within, type Goods } from './load-goods.ts'
import { activeVariants, type Offer, type OfferDraft, type Owner } from './offer.ts'
import type { SaveOffer, SaveOutcome, SaveParts } from './save-offers.ts'

export type Decided = Exclude<SaveOutcome, Refused> | Refused

/** Checks one draft in this order: whose it is, its version, itself, its slug, its numbers; then applies it to the goods. */
export function decideSave(
  goods: Goods,
  command: SaveOffer,
  newOfferId: string,
  parts: SaveParts,
): Decided {
  const { homeHub, businessId, source = 'seller', version } = command
  const owner = { homeHub, businessId }
  const bySlug = command.draft.slug && goods.idOfSlug.get(within(owner, command.draft.slug))
  const existing = goods.offers.get(command.draft.offerId ?? (bySlug || ''))
  const others = existing && (existing.homeHub !== homeHub || existing.businessId !== businessId)
  if (others || goods.idsOfOthers.has(within(owner, command.draft.offerId ?? '')))
    return refused('id-taken', { at: 'offerId' })
  if (version !== undefined && version !== (existing?.version ?? 0n))
    return refused('changed-meanwhile', { version: String(existing?.version ?? 0n) })
  const { draft, faults } = checkDraft(command.draft, {
    currency: existing?.currency,
    knowsCode: parts.knowsCode,
  })
  const broken = [
    ...faults,
    ...(existing ? [] : newFaults(draft)),
    ...currencyFaults(existing, draft),
    ...unknownPictures(existing, draft, goods.pictures),
  ]
  if (broken.length > 0) return refusedFor(broken)
  const slug = draft.slug ?? existing?.slug ?? freeSlug(goods, owner, draft, newOfferId)
  const offerId = existing?.offerId ?? newOfferId
  const holder = goods.idOfSlug.get(within(owner, slug))
  if (holder !== undefined && holder !== offerId) return refused('slug-taken', { at: 'slug', slug })
  const newId = (): string => uuidv7(parts.now, parts.random)
  const after = applyDraft(existing, draft, { owner, now: parts.now, newId, source, offerId, slug })
  if (after.variants.length > mostVariantsEver) return refused('too-many', { at: 'variants' })
  const taken = after.variants.findIndex(
    ({ sku, active }) =>
      active && sku && (goods.offerOfSku.get(within(owner, sku)) ?? offerId) !== offerId,
  )
  if (taken >= 0)
    return refused('sku-taken', {
      at: `variants[${taken}].sku`,
      sku: after.variants[taken]?.sku ?? '',
    })
  const alike = twinOf(after)
  if (alike >= 0) return refused('variant-twice', { at: `variants[${alike}].options` })
  remember(goods, owner, existing, after)
  if (draft.status) goods.wanted.set(offerId, draft.status)
  const outcome =
    !goods.before.has(offerId) && !existing
      ? 'created'
      : after === existing && statusStays(existing, draft)
        ? 'unchanged'
        : 'updated'
  return { offerId, slug, outcome, status: after.status }
}

/** Of one offer, those not on sale any more included, as an order may name them. */
const mostVariantsEver = 300

/** The first variant on sale that a buyer could not tell from one before it. */
function twinOf(offer: Offer): number {
  const keys = activeVariants(offer).map(({ options }) => optionKey(options))
  return keys.findIndex((key, index) => keys.indexOf(key) < index)
}

const statusStays = ({ status }: Offer, draft: OfferDraft): boolean =>
  draft.status === undefined || draft.status === status

function remember(goods: Goods, owner: Owner, before: Offer | undefined, after: Offer): void {
  for (const { sku } of before?.variants ?? [])
    if (sku && goods.offerOfSku.get(within(owner, sku)) === after.offerId)
      goods.offerOfSku.delete(within(owner, sku))
  for (const { sku, active } of after.variants)
    if (sku && active) goods.offerOfSku.set(within(owner, sku), after.offerId)
  if (before && before.slug !== after.slug) goods.idOfSlug.delete(within(owner, before.slug))
  goods.idOfSlug.set(within(owner, after.slug), after.offerId)
  goods.offers.set(after.offerId, after)
}

const freeSlug = (goods: Goods, owner: Owner, draft: OfferDraft, offerId: string): string =>
  candidatesOf(draft, offerId).find((slug) => !goods.idOfSlug.has(within(owner, slug))) ?? offerId

/** What a new offer cannot be without; everything else may come later. */
function newFaults({ texts = [], currency, variants, mainLocale }: OfferDraft): DraftFault[] {
  const main = mainLocale ?? texts[0]?.locale
  return [
    ...(texts.some(({ locale, title }) => locale === main && title !== '')
      ? []
      : [{ at: 'texts[0].title', code: 'title-missing' } as const]),
    ...(currency === undefined ? [{ at: 'currency', code: 'bad-currency' } as const] : []),
    ...(variants === undefined ? [{ at: 'variants', code: 'no-variants' } as const] : []),
  ]
}

/** Prices that are not sent again would be read in another currency. */
const currencyFaults = (
  existing: Offer | undefined,
  { currency, variants }: OfferDraft,
): DraftFault[] =>
  existing && currency !== undefined && currency !== existing.currency && variants === undefined
    ? [{ at: 'currency', code: 'bad-currency' }]
    : []

/** Pictures that nobody has uploaded, and pictures of variants that are none of the offer's. */
function unknownPictures(
  existing: Offer | undefined,
  { pictures, variants = [] }: OfferDraft,
  kept: ReadonlySet<string>,
): DraftFault[] {
  const own = new Set(existing?.pictures.map(({ digest }) => digest))
  const after = pictures ? new Set(pictures.map(({ digest }) => digest)) : own
  return [
    ...(pictures ?? []).flatMap(({ digest }, index): DraftFault[] =>
      kept.has(digest) || own.has(digest)
        ? []
        : [{ at: `pictures[${index}]`, code: 'bad-picture' }],
    ),
    ...variants.flatMap(({ picture }, index): DraftFault[] =>
      !picture || after.has(picture)
        ? []
        : [{ at: `variants[${index}].picture`, code: 'bad-picture' }],
    ),
  ]
}

/** The first fault is the code; all of them are in the facts, each with its place. */
const refusedFor = (faults: readonly DraftFault[]): Refused =>
  refused(faults[0]?.code ?? 'bad-offer', {
    at: faults[0]?.at ?? '',
    faults: faults.map(({ at, code }) => `${at}: ${code}`),
  })
