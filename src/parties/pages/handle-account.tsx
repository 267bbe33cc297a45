/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused } from '../../basis/refusal.ts'
import { instantOf, transact } from '../../db/index.ts'
import { pathWithin, type FieldError } from '../../ui/index.ts'
import { signedInActor, type PartiesEnv } from '../actor.ts'
import { findAccount } from '../find-account.ts'
import { makeMailLink } from '../mail-links.ts'
import { sendMails, writeMail } from '../mails.ts'
import type { PartiesParts } from '../parts.ts'
import { findPerson } from '../people.ts'
import {
  changePassword,
  confirmEmail,
  sendPasswordLink,
  setPasswordByLink,
  waitBeforeMail,
} from '../recover.ts'
import { endSessions } from '../sessions.ts'
import { AccountPage, type AccountPageProps } from './account-page.tsx'
import { errorOf, readForm } from './form.ts'
import { bringIn, tooMany } from './handle-sign-in.tsx'
import { ConfirmPage, ForgotPage, MailboxPage, NewPasswordPage } from './mail-pages.tsx'
import { readerOf } from './shell.tsx'
import { originOf, visitorOf } from './visitor.ts'

type C = Context<PartiesEnv>
type Handled = Response | Promise<Response>

const dones = ['password', 'passkey', 'elsewhere', 'mail', 'newEmail', 'operator'] as const

export async function showAccount(
  c: C,
  parts: PartiesParts,
  errors: readonly FieldError[] = [],
  newEmail = '',
): Promise<Response> {
  const reader = readerOf(c)
  const session = c.get('parties')?.session
  const { db, hub, now } = parts
  const account = await findAccount(db.kysely, hub.id, signedInActor(c), session, now())
  if (!account) return c.redirect('/sign-in', 303)
  const said = c.req.query('done')
  const done: AccountPageProps['done'] = dones.find((each) => each === said)
  const mailbox = parts.sendMail === undefined
  const status = errors.length === 0 ? 200 : c.res.headers.has('retry-after') ? 429 : 422
  return c.html(<AccountPage {...{ reader, account, errors, done, mailbox, newEmail }} />, status)
}

export async function setPassword(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const no = await changePassword(parts, {
    personId: signedInActor(c).personId,
    old: form.raw('old'),
    password: form.raw('password'),
    session: c.get('parties')?.session,
  })
  if (!no) return c.redirect('/account?done=password', 303)
  const { wait } = no.facts
  const { language } = readerOf(c)
  const said = typeof wait === 'number' ? tooMany(c, wait) : no
  const error = errorOf(language, said)
  return showAccount(c, parts, [error.field === 'email' ? { ...error, field: 'password' } : error])
}

export async function signOutElsewhere(c: C, parts: PartiesParts): Promise<Response> {
  const { personId } = signedInActor(c)
  const here = c.get('parties')?.session
  await transact(parts.db, (tx) => endSessions(tx, parts.hub.id, personId, here))
  return c.redirect('/account?done=elsewhere', 303)
}

/** The confirming mail once more. */
export async function confirmAgain(c: C, parts: PartiesParts): Promise<Response> {
  const person = await findPerson(parts.db.kysely, parts.hub.id, signedInActor(c).personId)
  if (!person || person.emailConfirmed) return c.redirect('/account', 303)
  const wait = await waitBeforeMail(parts, person.email, visitorOf(c, parts).address)
  if (wait > 0) {
    const { language } = readerOf(c)
    return showAccount(c, parts, [errorOf(language, tooMany(c, wait))])
  }
  await transact(parts.db, async (tx) => {
    const secret = await makeMailLink(tx, parts, person.personId, 'confirm-email')
    const link = `${originOf(c, parts)}/confirm-email?token=${secret}`
    const { email: to, locale, name } = person
    const words = {
      subject: 'parties.mail.confirm.subject',
      text: 'parties.mail.confirm.text',
    } as const
    return writeMail(tx, parts, { to, locale, ...words, values: { name, link } })
  })
  void sendMails(parts)
  return c.redirect('/account?done=mail', 303)
}

export function showConfirm(c: C): Handled {
  return c.html(<ConfirmPage reader={readerOf(c)} token={c.req.query('token') ?? ''} />)
}

export async function confirm(c: C, parts: PartiesParts): Promise<Response> {
  const token = (await readForm(c)).text('token')
  const no = await confirmEmail(parts, { token, personId: signedInActor(c).personId })
  const reader = readerOf(c)
  if (!no) return c.html(<ConfirmPage {...{ reader, token }} outcome="confirmed" />)
  const outcome = no.refused === 'link-of-another' ? 'of-another' : 'not-valid'
  return c.html(<ConfirmPage {...{ reader, token, outcome }} />, 422)
}

export function showForgot(c: C, parts: PartiesParts): Handled {
  const props = { reader: readerOf(c), errors: [], email: '', sent: false }
  return c.html(<ForgotPage {...props} mailbox={parts.sendMail === undefined} />)
}

export async function forgot(c: C, parts: PartiesParts): Promise<Response> {
  const email = (await readForm(c)).text('email')
  const reader = readerOf(c)
  const no = await sendPasswordLink(parts, {
    email,
    locale: reader.language.locale,
    origin: originOf(c, parts),
    address: visitorOf(c, parts).address,
  })
  void sendMails(parts)
  const wait = no?.facts['wait']
  const said = typeof wait === 'number' ? tooMany(c, wait) : no
  const errors = said ? [errorOf(reader.language, said)] : []
  const mailbox = parts.sendMail === undefined
  const status = !no ? 200 : said === no ? 422 : 429
  return c.html(<ForgotPage {...{ reader, errors, email, mailbox }} sent={!no} />, status)
}

export function showNewPassword(c: C): Handled {
  const token = c.req.query('token') ?? ''
  const next = pathWithin(c.req.query('next'), '')
  return c.html(<NewPasswordPage {...{ reader: readerOf(c), token, next, errors: [] }} />)
}

export async function newPassword(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const token = form.text('token')
  const next = pathWithin(form.text('next'), '')
  const command = { token, password: form.raw('password'), ...visitorOf(c, parts) }
  const outcome = await setPasswordByLink(parts, command)
  if (isRefused(outcome)) {
    const reader = readerOf(c)
    const { wait } = outcome.facts
    const said = typeof wait === 'number' ? tooMany(c, wait) : outcome
    const errors = [{ ...errorOf(reader.language, said), field: 'password' }]
    const status = said === outcome ? 422 : 429
    return c.html(<NewPasswordPage {...{ reader, token, next, errors }} />, status)
  }
  await bringIn(c, parts, outcome)
  return c.redirect(next || '/account?done=password', 303)
}

/** Only where no mail is sent, as on a machine of one's own: what is in here signs people in. */
export async function showMailbox(c: C, parts: PartiesParts): Promise<Response> {
  if (parts.sendMail) return c.notFound() as Response
  const rows = await parts.db.kysely
    .selectFrom('mails')
    .select(['mail_id', 'to_address', 'subject', 'body', 'created_at'])
    .where('home_hub', '=', parts.hub.id)
    .orderBy('created_at', 'desc')
    .orderBy('mail_id', 'desc')
    .limit(50)
    .execute()
  const mails = rows.map((row) => ({
    id: row.mail_id,
    to: row.to_address,
    subject: row.subject,
    body: row.body,
    at: instantOf(row.created_at),
  }))
  return c.html(<MailboxPage reader={readerOf(c)} mails={mails} />)
}
