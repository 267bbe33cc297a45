/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused, refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { readyPicture, type ReadyPicture } from '../../catalogue/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { findDisputePicture, hearingRoles, sayInDispute, whyUnheard } from '../life/disputes.ts'
import type { OrderDesk, OrderParts } from '../parts.ts'
import { refusalSentence } from '../words.ts'
import { orderPage } from './handle-order.tsx'
import { fileIn, readForm } from './read-form.ts'
import { readerOf } from './shell.tsx'
import type { SideOf } from './side.ts'

/** A side says something while the order is disputed, and may show a picture with it. */
export async function sayAboutOrder(
  c: Context,
  parts: OrderDesk,
  sideOf: SideOf,
): Promise<Response> {
  const side = await sideOf(c, parts)
  if (!side) return c.notFound() as Response
  const form = await readForm(c)
  const words = form.lines('words')
  const file = await fileIn(c, 'picture')
  const again = (no: Parameters<typeof refusalSentence>[1], field: 'words' | 'picture') => {
    const { language } = readerOf(c)
    const errors = [{ field, message: refusalSentence(language, no) }]
    // A browser does not keep the file of a form that comes back.
    if (file && field === 'words')
      errors.push({ field: 'picture', message: language.t('orders.dispute.pictureAgain') })
    return orderPage(c, parts, side, { errors, words })
  }
  // What needs no lock is asked before a picture is decoded, which takes a second.
  const withheld = side.refusal('settle') ?? whyUnheard(side.order, side.role, words)
  if (withheld) return again(withheld, 'words')
  let picture: ReadyPicture | undefined
  if (file) {
    const ready = await readyPicture(file)
    if (isRefused(ready)) return again(ready, 'picture')
    picture = ready
  }
  const { personId: actor } = signedInActor(c)
  const key = form.text('key')
  const id = isUuid(key) ? key : uuidv7(parts.now(), parts.random)
  const { order, role } = side
  const said = await sayInDispute(parts, order.id, { id, role, actor, words }, parts.now(), picture)
  if (!isRefused(said)) return c.redirect(`${side.base}?moved`, 303)
  return again(said, said.refused === 'too-many-pictures' ? 'picture' : 'words')
}

/** What was sent is larger than a picture may be: what was typed with it was not read. */
export async function refuseLarge(c: Context, parts: OrderDesk, sideOf: SideOf): Promise<Response> {
  const side = await sideOf(c, parts)
  if (!side) return c.notFound() as Response
  const message = refusalSentence(readerOf(c).language, refused('picture-too-large'))
  return orderPage(c, parts, side, { errors: [{ field: 'picture', message }] })
}

/** The picture of a statement, for those who hear the dispute and nobody else. */
export async function showEvidence(
  c: Context,
  parts: OrderParts,
  sideOf: SideOf,
): Promise<Response> {
  const side = await sideOf(c, parts)
  const statement = c.req.param('statement') ?? ''
  if (!side || !hearingRoles.includes(side.role) || !isUuid(statement))
    return c.notFound() as Response
  const { db, hub } = parts
  const bytes = await findDisputePicture(db.kysely, hub.id, side.order.id, statement)
  if (!bytes) return c.notFound() as Response
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'image/webp',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    // Not even the browser's own cache keeps it: the next person there may be somebody else.
    'cache-control': 'private, no-store',
  })
}
