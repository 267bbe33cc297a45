/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused } from '../../basis/refusal.ts'
import type { FieldError } from '../../ui/index.ts'
import { signedInActor, staffRoles, type PartiesEnv } from '../actor.ts'
import { findApiKeys, makeApiKey, revokeApiKey } from '../api-keys.ts'
import { findBusiness, type Business } from '../businesses.ts'
import { sendMails } from '../mails.ts'
import type { PartiesParts } from '../parts.ts'
import { waitBeforeMail } from '../recover.ts'
import {
  acceptInvitation,
  changeMember,
  findInvitation,
  findStaff,
  invite,
  withdrawInvitation,
} from '../staff.ts'
import { errorOf, readForm } from './form.ts'
import { tooMany } from './handle-sign-in.tsx'
import { KeysPage, type KeysPageProps } from './keys-page.tsx'
import { readerOf } from './shell.tsx'
import { InvitationPage, StaffPage } from './staff-page.tsx'
import { originOf, visitorOf } from './visitor.ts'

type C = Context<PartiesEnv>

export async function showStaff(
  c: C,
  parts: PartiesParts,
  errors: readonly FieldError[] = [],
  typed = { email: '', role: 'staff' },
): Promise<Response> {
  const business = await businessOf(c, parts)
  if (!business) return c.notFound() as Response
  const { members, invitations } = await findStaff(
    parts.db.kysely,
    parts.hub.id,
    business.id,
    parts.now(),
  )
  const reader = readerOf(c)
  const { personId } = signedInActor(c)
  const invited = c.req.query('invited') !== undefined
  const mailbox = parts.sendMail === undefined
  const props = { reader, business, personId, members, invitations, errors, typed }
  const status = errors.length === 0 ? 200 : c.res.headers.has('retry-after') ? 429 : 422
  return c.html(<StaffPage {...props} invited={invited} mailbox={mailbox} />, status)
}

export async function inviteStaff(c: C, parts: PartiesParts): Promise<Response> {
  const business = await businessOf(c, parts)
  if (!business) return c.notFound() as Response
  const form = await readForm(c)
  const typed = { email: form.text('email'), role: form.text('role') }
  const actor = signedInActor(c)
  const { language } = readerOf(c)
  const wait = await waitBeforeMail(parts, typed.email, visitorOf(c, parts).address)
  const no =
    wait > 0
      ? tooMany(c, wait)
      : await invite(parts, {
          ...typed,
          businessId: business.id,
          businessName: business.name,
          personId: actor.personId,
          personName: actor.name,
          locale: language.locale,
          origin: originOf(c, parts),
        })
  if (no) return showStaff(c, parts, [errorOf(language, no)], typed)
  void sendMails(parts)
  return c.redirect(`/business/${business.id}/staff?invited`, 303)
}

export async function changeStaff(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const businessId = c.req.param('business') ?? ''
  const said = form.text('role')
  const role = staffRoles.find((each) => each === said)
  if (!role && said !== 'none') return c.redirect(`/business/${businessId}/staff`, 303)
  const by = signedInActor(c).personId
  const no = await changeMember(parts, { businessId, by, personId: form.text('person'), role })
  if (no) return showStaff(c, parts, [errorOf(readerOf(c).language, no)])
  return c.redirect(`/business/${businessId}/staff`, 303)
}

export async function withdraw(c: C, parts: PartiesParts): Promise<Response> {
  const businessId = c.req.param('business') ?? ''
  await withdrawInvitation(parts, businessId, (await readForm(c)).text('invitation'))
  return c.redirect(`/business/${businessId}/staff`, 303)
}

export async function showInvitation(c: C, parts: PartiesParts): Promise<Response> {
  const token = c.req.query('token') ?? ''
  const business = await findInvitation(parts.db.kysely, parts.hub.id, token, parts.now())
  const reader = readerOf(c)
  return c.html(<InvitationPage {...{ reader, token, business }} />, business ? 200 : 404)
}

export async function accept(c: C, parts: PartiesParts): Promise<Response> {
  const token = (await readForm(c)).text('token')
  const { personId } = signedInActor(c)
  const outcome = await acceptInvitation(parts, { secret: token, personId })
  if (!isRefused(outcome)) return c.redirect(`/business/${outcome.businessId}`, 303)
  const reader = readerOf(c)
  return c.html(<InvitationPage {...{ reader, token }} business={undefined} />, 422)
}

const freshKey = { label: '', scopes: [] as readonly string[], days: '90' }

export async function showKeys(
  c: C,
  parts: PartiesParts,
  more: Pick<KeysPageProps, 'made' | 'errors' | 'typed'> = {
    made: undefined,
    errors: [],
    typed: freshKey,
  },
): Promise<Response> {
  const business = await businessOf(c, parts)
  if (!business) return c.notFound() as Response
  const keys = await findApiKeys(parts.db.kysely, parts.hub.id, business.id)
  const props = { reader: readerOf(c), business, keys, now: parts.now() }
  return c.html(<KeysPage {...props} {...more} />, more.errors.length > 0 ? 422 : 200)
}

export async function makeKey(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const typed = { label: form.text('label'), scopes: form.all('scopes'), days: form.text('days') }
  const made = await makeApiKey(parts, {
    ...typed,
    businessId: c.req.param('business') ?? '',
    personId: signedInActor(c).personId,
    days: Number(typed.days),
  })
  if (!isRefused(made)) return showKeys(c, parts, { made: made.text, errors: [], typed: freshKey })
  const errors = [errorOf(readerOf(c).language, made)]
  return showKeys(c, parts, { made: undefined, errors, typed })
}

export async function revokeKey(c: C, parts: PartiesParts): Promise<Response> {
  const businessId = c.req.param('business') ?? ''
  const keyId = (await readForm(c)).text('key')
  await revokeApiKey(parts, { businessId, keyId, personId: signedInActor(c).personId })
  return c.redirect(`/business/${businessId}/keys`, 303)
}

const businessOf = (c: C, { db, hub }: PartiesParts): Promise<Business | undefined> =>
  findBusiness(db.kysely, hub.id, c.req.param('business') ?? '')
