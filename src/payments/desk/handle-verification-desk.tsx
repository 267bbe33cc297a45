/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused, refused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import { signedInActor } from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { readText } from '../pages/read-form.ts'
import { readerOf } from '../pages/shell.tsx'
import type { PaymentParts } from '../parts.ts'
import { decideVerification } from '../verification/decide-verification.ts'
import {
  findDecidedVerifications,
  findSide,
  findSides,
  findVerification,
  findWaitingVerifications,
} from '../verification/find-verifications.ts'
import { errorOf } from '../verification/words.ts'
import { VerificationDeskPage, VerificationLookPage } from './verification-desk-page.tsx'

const mostListed = 50

/** GET /operator/verifications: who waits to be looked at, and what was decided last. */
export async function showVerifications(c: Context, parts: PaymentParts): Promise<Response> {
  const db = parts.db.kysely
  const [waiting, decided] = await Promise.all([
    findWaitingVerifications(db, parts.hub.id, mostListed),
    findDecidedVerifications(db, parts.hub.id, mostListed),
  ])
  const limited = parts.limits?.limits !== undefined
  return c.html(<VerificationDeskPage {...{ reader: readerOf(c), waiting, decided, limited }} />)
}

type Shown = { errors?: readonly FieldError[]; reason?: string; outcome?: string }

/** GET /operator/verifications/:verification */
export const lookAtVerification = (c: Context, parts: PaymentParts): Promise<Response> =>
  look(c, parts, {})

async function look(
  c: Context,
  parts: PaymentParts,
  { errors = [], reason = '', outcome = '' }: Shown,
): Promise<Response> {
  const id = c.req.param('verification') ?? ''
  const db = parts.db.kysely
  const found = isUuid(id) ? await findVerification(db, parts.hub.id, id) : undefined
  if (!found) return c.notFound() as Response
  const sides = await findSides(db, parts.hub.id, id)
  return c.html(
    <VerificationLookPage
      {...{ reader: readerOf(c), verification: found, sides, errors, reason, outcome }}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** POST /operator/verifications/:verification */
export async function decide(c: Context, parts: PaymentParts): Promise<Response> {
  const body = await c.req.parseBody()
  const outcome = (await readText(c))('outcome')
  const reason = typeof body['reason'] === 'string' ? body['reason'].slice(0, 4_000) : ''
  const { language } = readerOf(c)
  const again = (error: FieldError) => look(c, parts, { errors: [error], reason, outcome })
  if (outcome !== 'verified' && outcome !== 'declined' && outcome !== 'ended')
    return again(errorOf(language, refused('outcome-missing')))
  const id = c.req.param('verification') ?? ''
  if (!isUuid(id)) return c.notFound() as Response
  const { personId: operator } = signedInActor(c)
  const done = await decideVerification(parts, { id, state: outcome, reason, operator })
  return isRefused(done)
    ? again(errorOf(language, done))
    : c.redirect('/operator/verifications', 303)
}

/** GET /operator/verifications/:verification/:side: a picture, which nothing keeps. */
export async function showSide(c: Context, parts: PaymentParts): Promise<Response> {
  const { verification: id = '', side = '' } = c.req.param() as Record<string, string>
  if (!isUuid(id) || !/^[12]$/.test(side)) return c.notFound() as Response
  const bytes = await findSide(parts.db.kysely, parts.hub.id, id, Number(side))
  if (!bytes) return c.notFound() as Response
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'image/webp',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
}
