/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isCountry } from '../../basis/country.ts'
import { isRefused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { transact } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { locales, type FieldError } from '../../ui/index.ts'
import { keepPicture, readyPicture, type ReadyPicture } from '../pictures/store-picture.ts'
import { NotFoundPage } from './not-found-page.tsx'
import type { ShopParts } from './parts.ts'
import { EditPavilionPage, type PavilionForm } from './edit-pavilion-page.tsx'
import { findPavilion, offersAt, savePavilion, type Collection } from './pavilion.ts'
import { sellersFrom } from './show-pavilion.tsx'
import { addressesOf } from './sitemap.ts'
import { visitorOf, type Visitor } from './visitor.ts'

export const mostCollections = 4
const longestStory = 4_000
const longestTitle = 120
const mostOffers = 24

/** GET /pavilion/:country/edit */
export async function showEditor(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const country = countryOf(c)
  if (country === undefined) return c.html(<NotFoundPage {...{ visitor, parts }} />, 404)
  const db = parts.db.kysely
  const pavilion = await findPavilion(db, country)
  const addresses = await addressesOf(
    db,
    pavilion.collections.flatMap(({ offers }) => offers),
  )
  const form: PavilionForm = {
    version: String(pavilion.version),
    story: pavilion.story,
    featured: pavilion.featured,
    collections: pavilion.collections.map(({ title, offers }) => ({
      title,
      offers: offers.flatMap((id) => addresses.get(id) ?? []).join('\n'),
    })),
  }
  return c.html(await editPage(visitor, parts, country, form, []))
}

async function editPage(
  visitor: Visitor,
  parts: ShopParts,
  country: string,
  form: PavilionForm,
  errors: readonly FieldError[],
) {
  const sellers = await sellersFrom(parts.db.kysely, country)
  return <EditPavilionPage {...{ visitor, parts, country, form, errors, sellers }} />
}

/** POST /pavilion/:country/edit */
export async function savePavilionForm(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const country = countryOf(c)
  if (country === undefined) return c.html(<NotFoundPage {...{ visitor, parts }} />, 404)
  // No browser sends anything but a form here.
  const body = await c.req.formData().catch(() => undefined)
  if (!body) return c.body(null, 400)
  const form = readForm(body)
  const { errors, collections } = await checkForm(form, visitor, parts)
  const file = body.get('picture')
  const picture = file instanceof File && file.size > 0 ? await pictureOf(file) : undefined
  if (picture === 'refused')
    errors.push({ field: 'picture', message: visitor.language.t('shops.edit.badPicture') })
  if (errors.length > 0 || picture === 'refused')
    return c.html(await editPage(visitor, parts, country, form, errors), 422)

  const before = await findPavilion(parts.db.kysely, country)
  const kept = body.get('no-picture') === 'yes' ? null : before.picture
  const saved = await transact(parts.db, async (tx) => {
    if (picture) await keepPicture(tx, picture)
    return savePavilion(
      tx,
      {
        ...{ country, story: form.story, featured: form.featured, collections },
        picture: picture?.digest ?? kept,
        version: BigInt(form.version),
        actor: signedInActor(c).personId,
        hub: parts.hub.id,
      },
      parts.now(),
    )
  })
  if (saved) return c.redirect(`/pavilion/${country}`, 303)
  const conflict = { field: 'version', message: visitor.language.t('shops.edit.changedSince') }
  return c.html(await editPage(visitor, parts, country, form, [conflict]), 409)
}

function countryOf(c: Context): string | undefined {
  const country = (c.req.param('country') ?? '').toUpperCase()
  return isCountry(country) ? country : undefined
}

async function pictureOf(file: File): Promise<ReadyPicture | 'refused'> {
  const ready = await readyPicture(new Uint8Array(await file.arrayBuffer()))
  return isRefused(ready) ? 'refused' : ready
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readForm(body: FormData): PavilionForm {
  const text = (name: string): string => {
    const value = body.get(name)
    return typeof value === 'string'
      ? value.replaceAll('\0', '').replaceAll('\r\n', '\n').trim()
      : ''
  }
  const inLocales = (name: string): Record<string, string> =>
    Object.fromEntries(
      locales.flatMap((locale) => {
        const value = text(`${name}-${locale}`)
        return value === '' ? [] : [[locale, value]]
      }),
    )
  return {
    version: /^\d{1,15}$/.test(text('version')) ? text('version') : '0',
    story: inLocales('story'),
    featured: [...new Set(body.getAll('featured').map(String))].filter((id) => uuid.test(id)),
    collections: Array.from({ length: mostCollections }, (_, at) => ({
      title: inLocales(`title-${at + 1}`),
      offers: text(`offers-${at + 1}`),
    })),
  }
}

async function checkForm(
  { story, collections }: PavilionForm,
  { language }: Visitor,
  parts: ShopParts,
): Promise<{ errors: FieldError[]; collections: Collection[] }> {
  const { t } = language
  const errors: FieldError[] = []
  for (const [locale, text] of Object.entries(story))
    if (text.length > longestStory)
      errors.push({
        field: `story-${locale}`,
        message: t('shops.edit.tooLong', { most: longestStory }),
      })
  const kept: Collection[] = []
  for (const [index, { title, offers }] of collections.entries()) {
    const number = index + 1
    const lines = offers
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    if (lines.length === 0 && Object.keys(title).length === 0) continue
    if (Object.keys(title).length === 0)
      errors.push({
        field: `title-${number}-${language.locale}`,
        message: t('shops.edit.noTitle', { number }),
      })
    for (const [locale, text] of Object.entries(title))
      if (text.length > longestTitle)
        errors.push({
          field: `title-${number}-${locale}`,
          message: t('shops.edit.tooLong', { most: longestTitle }),
        })
    const found = await offersAt(parts.db.kysely, lines.slice(0, mostOffers))
    const strange = lines.filter((_, at) => found[at] === undefined)
    if (lines.length > mostOffers)
      errors.push({
        field: `offers-${number}`,
        message: t('shops.edit.tooMany', { most: mostOffers }),
      })
    else if (strange.length > 0)
      errors.push({
        field: `offers-${number}`,
        message: t('shops.edit.unknownOffer', { address: (strange[0] ?? '').slice(0, 100) }),
      })
    const ids = [...new Set(found.filter((id) => id !== undefined))]
    kept.push({ collectionId: uuidv7(parts.now(), parts.random), title, offers: ids })
  }
  return { errors, collections: kept }
}
