/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { mostPictureBytes, readyPicture, type ReadyPicture } from '../../catalogue/index.ts'
import { signedInActor } from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { findLeft } from '../limits/find-levels.ts'
import { purseOf, type Purse } from '../pages/purse.ts'
import { readText } from '../pages/read-form.ts'
import { readerOf } from '../pages/shell.tsx'
import type { PaymentParts } from '../parts.ts'
import { askVerification, whyNotAsked, withdrawVerification } from './ask-verification.ts'
import { findVerificationsOf } from './find-verifications.ts'
import { VerificationPage } from './verification-page.tsx'
import { checkDocument, mostSides, type SaidDocument } from './verification.ts'
import { errorOf } from './words.ts'

/** Of a form with both sides of a document. */
export const mostFormBytes = mostSides * mostPictureBytes + 64 * 1024

const nothing: SaidDocument = { document: '', country: '', validUntil: '' }

/** GET /wallet/verification: what became of the documents that were shown, and the form to show one. */
export async function showVerification(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  return purse ? page(c, parts, purse, {}) : (c.notFound() as Response)
}

type Shown = { errors?: readonly FieldError[]; typed?: SaidDocument }

async function page(
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  { errors = [], typed = { ...nothing, country: purse.country ?? '' } }: Shown,
): Promise<Response> {
  const db = parts.db.kysely
  const [shown, left] = await Promise.all([
    findVerificationsOf(db, parts.hub.id, purse.holder),
    parts.limits && findLeft(db, parts.hub.id, parts.limits, purse.holder),
  ])
  return c.html(
    <VerificationPage
      {...{ reader: readerOf(c), purse, shown, errors, typed, today: parts.today() }}
      limited={parts.limits?.limits !== undefined}
      level={left?.level}
      formKey={uuidv7(parts.now(), parts.random)}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** POST /wallet/verification: shows a document. What needs no picture is asked before one is decoded, which takes a second. */
export async function showDocument(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound() as Response
  const text = await readText(c)
  const typed = {
    ...{ document: text('document'), country: text('country'), validUntil: text('valid-until') },
  }
  const files = await filesOf(c)
  const again = (no: Refused, side?: 'front' | 'back') => {
    const { language } = readerOf(c)
    const errors = [errorOf(language, no, side)]
    // A browser does not keep the files of a form that comes back.
    if (files.size > 0 && errors[0]?.field !== 'front')
      errors.push({
        field: 'front',
        message: language.t('payments.verification.error.picturesAgain'),
      })
    return page(c, parts, purse, { errors, typed })
  }
  const early = checkDocument(purse.holder.kind, typed, parts.today())
  if (isRefused(early)) return again(early)
  if (!files.has('front')) return again(refused('pictures-missing'))
  const key = text('key')
  const id = isUuid(key) ? key : uuidv7(parts.now(), parts.random)
  const no = await whyNotAsked(
    parts.db.kysely,
    parts.hub.id,
    { ...purse.holder, but: id },
    parts.now(),
  )
  if (no) return again(no)
  const sides: ReadyPicture[] = []
  for (const [side, file] of files) {
    const ready = await readyPicture(new Uint8Array(await file.arrayBuffer()))
    if (isRefused(ready)) return again(ready, side)
    sides.push(ready)
  }
  const { personId: person } = signedInActor(c)
  const asked = { ...typed, id, holder: purse.holder, person }
  const done = await askVerification(parts, asked, sides)
  return isRefused(done) ? again(done) : c.redirect(`${purse.base}/verification`, 303)
}

async function filesOf(c: Context): Promise<ReadonlyMap<'front' | 'back', File>> {
  const body = await c.req.parseBody()
  return new Map(
    (['front', 'back'] as const).flatMap((side) => {
      const file = body[side]
      return file instanceof File && file.size > 0 ? [[side, file] as const] : []
    }),
  )
}

/** What was sent is larger than two pictures may be: what was typed with it was not read. */
export async function refuseLargeForm(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound() as Response
  const errors = [errorOf(readerOf(c).language, refused('picture-too-large'))]
  return page(c, parts, purse, { errors })
}

/** POST /wallet/verification/withdraw */
export async function withdraw(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound() as Response
  const id = (await readText(c))('verification')
  const { personId: person } = signedInActor(c)
  const done = isUuid(id)
    ? await withdrawVerification(parts, { id, holder: purse.holder, person })
    : refused('no-such-verification')
  if (!isRefused(done)) return c.redirect(`${purse.base}/verification`, 303)
  return page(c, parts, purse, {
    errors: [{ ...errorOf(readerOf(c).language, done), field: 'document' }],
  })
}
