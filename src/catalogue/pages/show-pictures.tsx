/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { cleanLine } from '../../basis/clean-text.ts'
import { most } from '../check-draft.ts'
import type { Offer, OfferDraft } from '../offer.ts'
import { businessOf, type CatalogueParts } from '../parts.ts'
import { keepPicture, readyPicture } from '../pictures/store-picture.ts'
import { saveOffers } from '../save-offers.ts'
import { PicturesPage } from './pictures-page.tsx'
import { offerHref, readerOf } from './shell.tsx'
import { offerOf, savePartsOf } from './show-offers.tsx'
import { pictureFaultWords } from './words.ts'
import { formOf } from '../read-form.ts'

/** GET .../pictures, and the same page again when an upload was refused. */
export async function showPictures(
  c: Context,
  parts: CatalogueParts,
  refusedWith?: string,
): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const { language, url } = reader
  const errors: FieldError[] = refusedWith
    ? [{ field: 'picture', message: pictureFaultWords(language, refusedWith) }]
    : []
  const said = url.searchParams.has('done') ? language.t('catalogue.done.saved') : undefined
  const page = (
    <PicturesPage reader={reader} business={business} offer={offer} errors={errors} said={said} />
  )
  return c.html(page, refusedWith ? 422 : 200)
}

/** POST .../pictures: one more picture, or why not. */
export async function addPicture(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const file = (await formOf(c)).get('picture')
  if (typeof file === 'string' || file === null) return showPictures(c, parts, 'picture-empty')
  if (offer.pictures.length >= most.pictures) return showPictures(c, parts, 'too-many')
  const ready = await readyPicture(new Uint8Array(await file.arrayBuffer()))
  if (isRefused(ready)) return showPictures(c, parts, ready.refused)
  const outcome = await transact(parts.db, async (tx) => {
    await keepPicture(tx, ready)
    const pictures = [
      ...offer.pictures.map(({ digest, alt }) => ({ digest, alt })),
      { digest: ready.digest },
    ]
    return savePictures(c, parts, offer, pictures, tx)
  })
  if (isRefused(outcome)) return showPictures(c, parts, outcome.refused)
  return c.redirect(`${offerHref(offer)}/pictures?done=saved`, 303)
}

/** POST .../pictures/order: words for those who do not see, another face, one less. */
export async function orderPictures(c: Context, parts: CatalogueParts): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const form = await formOf(c)
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? cleanLine(value).slice(0, most.words) : ''
  }
  const [first, away] = [text('first'), text('away')]
  const kept = offer.pictures
    .filter(({ digest }) => digest !== away)
    .map(({ digest, alt }) => ({
      digest,
      alt: { ...alt, [reader.language.locale]: text(`alt-${digest}`) },
    }))
  const pictures = kept.toSorted((a, b) => Number(b.digest === first) - Number(a.digest === first))
  await transact(parts.db, (tx) => savePictures(c, parts, offer, pictures, tx))
  return c.redirect(`${offerHref(offer)}/pictures?done=saved`, 303)
}

type Saving = Parameters<typeof saveOffers>[0]

async function savePictures(
  c: Context,
  parts: CatalogueParts,
  { homeHub, businessId, offerId }: Offer,
  pictures: NonNullable<OfferDraft['pictures']>,
  tx: Saving,
) {
  const command = {
    homeHub,
    businessId,
    actor: signedInActor(c).personId,
    draft: { offerId, pictures },
  }
  const [outcome] = await saveOffers(tx, [command], savePartsOf(parts))
  return outcome
}
