/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import { pathWithin, type FieldError } from '../../ui/index.ts'
import { actorOf, type PartiesEnv } from '../actor.ts'
import { dropCookie, readCookie, writeCookie } from '../cookies.ts'
import { joinHub } from '../join.ts'
import { joinByMail } from '../join-by-mail.ts'
import { sendMails } from '../mails.ts'
import type { PartiesParts } from '../parts.ts'
import { findPerson, isFresh } from '../people.ts'
import { limits, tryOnce } from '../rate-limits.ts'
import { endSession, sessionLife } from '../sessions.ts'
import { enter, signIn, type SignedIn } from '../sign-in.ts'
import { errorOf, readForm } from './form.ts'
import { JoinMailPage, JoinPage } from './join-page.tsx'
import { readerOf } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { SignOutPage } from './sign-out-page.tsx'
import { originOf, visitorOf } from './visitor.ts'

type C = Context<PartiesEnv>
type Handled = Response | Promise<Response>

export async function showJoin(
  c: C,
  parts: PartiesParts,
  values = { name: '', email: '' },
  errors: readonly FieldError[] = [],
  next = pathWithin(c.req.query('next'), ''),
): Promise<Response> {
  const fresh = await isFresh(parts.db.kysely, parts.hub.id)
  const byMail = isByMail(parts, fresh)
  const reader = readerOf(c)
  const status = errors.length === 0 ? 200 : c.res.headers.has('retry-after') ? 429 : 422
  return c.html(<JoinPage {...{ reader, fresh, byMail, next, errors, values }} />, status)
}

/**
 * Where mails are sent, joining goes by mail. On a fresh hub it does not: an address that was typed wrongly would leave it
 * without an operator, and nobody is there yet whom an answer could give away.
 */
const isByMail = ({ sendMail }: PartiesParts, fresh: boolean): boolean =>
  sendMail !== undefined && !fresh

export async function join(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const values = { name: form.text('name'), email: form.text('email') }
  const next = pathWithin(form.text('next'), '')
  const visitor = visitorOf(c, parts)
  const { language } = readerOf(c)
  const once = await tryOnce(parts.db.kysely, limits.joinFromAddress, visitor.address, parts.now())
  if (!once.allowed) {
    const error = tooMany(c, once.wait)
    return showJoin(c, parts, values, [errorOf(language, error)], next)
  }
  const command = { ...values, locale: language.locale, origin: originOf(c, parts) }
  if (isByMail(parts, await isFresh(parts.db.kysely, parts.hub.id))) {
    const sent = await joinByMail(parts, { ...command, next, address: visitor.address })
    if (!isRefused(sent)) return c.html(<JoinMailPage reader={readerOf(c)} email={values.email} />)
    const { wait } = sent.facts
    const said = typeof wait === 'number' ? tooMany(c, wait) : sent
    return showJoin(c, parts, values, [errorOf(language, said)], next)
  }
  const joined = await joinHub(parts, { ...command, password: form.raw('password') })
  if (isRefused(joined)) return showJoin(c, parts, values, [errorOf(language, joined)], next)
  void sendMails(parts)
  const { personId, operator } = joined
  const signedIn = await transact(parts.db, (tx) => enter(tx, parts, personId, visitor, 'join'))
  await bringIn(c, parts, signedIn)
  return c.redirect(next || (operator ? '/account?done=operator' : '/welcome'), 303)
}

export async function showSignIn(
  c: C,
  parts: PartiesParts,
  email = '',
  errors: readonly FieldError[] = [],
  next = pathWithin(c.req.query('next'), ''),
): Promise<Response> {
  const reader = readerOf(c)
  const demo = (await parts.demoSignIns?.(reader.language.locale)) ?? []
  const status = errors.length === 0 ? 200 : c.res.headers.has('retry-after') ? 429 : 422
  return c.html(<SignInPage {...{ reader, next, errors, email, demo }} />, status)
}

export async function signInHere(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const email = form.text('email')
  const command = { email, password: form.raw('password'), ...visitorOf(c, parts) }
  const outcome = await signIn(parts, command)
  const next = pathWithin(form.text('next'), '')
  if (isRefused(outcome)) {
    const { wait } = outcome.facts
    const said = typeof wait === 'number' ? tooMany(c, wait) : outcome
    return showSignIn(c, parts, email, [errorOf(readerOf(c).language, said)], next)
  }
  await bringIn(c, parts, outcome)
  return c.redirect(next || '/home', 303)
}

/** One click in the demo world; the list says whose. */
export async function signInDemo(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const demo = (await parts.demoSignIns?.('en')) ?? []
  const chosen = demo.find(({ personId }) => personId === form.text('person'))
  const person = chosen && (await findPerson(parts.db.kysely, parts.hub.id, chosen.personId))
  if (!person) return c.redirect('/sign-in', 303)
  const visitor = visitorOf(c, parts)
  const signedIn = await transact(parts.db, (tx) =>
    enter(tx, parts, person.personId, visitor, 'demo'),
  )
  await bringIn(c, parts, signedIn)
  return c.redirect(pathWithin(form.text('next'), '/home'), 303)
}

export function showSignOut(c: C): Handled {
  const reader = readerOf(c)
  return c.html(<SignOutPage reader={reader} signedIn={actorOf(c) !== undefined} />)
}

export async function signOut(c: C, parts: PartiesParts): Promise<Response> {
  const secret = readCookie(c, 'session')
  if (secret) await endSession(parts.db.kysely, secret)
  dropCookie(c, 'session')
  await parts.leaving?.(c)
  // Also what the browser kept of pages: somebody else may sit there next.
  c.header('clear-site-data', '"cache"')
  return c.redirect('/sign-out', 303)
}

/** The browser gets a new session's cookies; one that it still had ends. */
export async function bringIn(c: C, parts: PartiesParts, signedIn: SignedIn): Promise<void> {
  const earlier = readCookie(c, 'session')
  if (earlier) await endSession(parts.db.kysely, earlier)
  writeCookie(c, 'session', signedIn.session, sessionLife.atMost / 1000)
  writeCookie(c, 'device', signedIn.device, 34_560_000)
}

/** Says when to come back, as a head of the answer and as a refusal. */
export function tooMany(c: C, wait: number): Refused {
  c.header('retry-after', String(wait))
  return refused('too-many-tries', { minutes: Math.ceil(wait / 60) })
}
