import { refused, type Refused } from '../basis/refusal.ts'
import { appendEvent, timestamptz, transact } from '../db/index.ts'
import { findMailLink, makeMailLink, useMailLink } from './mail-links.ts'
import { writeMail } from './mails.ts'
import type { PartiesParts } from './parts.ts'
import { checkPassword, hashPassword, passwordMatches } from './passwords.ts'
import { emailKey, findPerson, findPersonByEmail, isEmail } from './people.ts'
import { limits, tryOnce } from './rate-limits.ts'
import { endSessions } from './sessions.ts'
import { enter, type SignedIn, type Visitor } from './sign-in.ts'
import { endGiven } from './staff.ts'
import './schema.ts'

export interface ForgottenPassword {
  email: string
  locale: string
  origin: string
  address: string
}

/**
 * Sends a link that sets a new password; to an address nobody has here, a mail that says so. Both are
 * the same work, so that nobody learns from outside who is here.
 */
export async function sendPasswordLink(
  parts: PartiesParts,
  { email, locale, origin, address }: ForgottenPassword,
): Promise<Refused | undefined> {
  if (!isEmail(email)) return refused('email-not-valid')
  const wait = await waitBeforeMail(parts, email, address)
  if (wait > 0) return refused('too-many-tries', { wait })
  const person = await findPersonByEmail(parts.db.kysely, parts.hub.id, email)
  await transact(parts.db, async (tx) => {
    if (!person) {
      const words = {
        subject: 'parties.mail.nobody.subject',
        text: 'parties.mail.nobody.text',
      } as const
      const values = { link: `${origin}/join`, email: email.trim() }
      return writeMail(tx, parts, { to: email.trim(), locale, ...words, values })
    }
    const secret = await makeMailLink(tx, parts, person.personId, 'reset-password')
    const words = {
      subject: 'parties.mail.reset.subject',
      text: 'parties.mail.reset.text',
    } as const
    const values = { name: person.name, link: `${origin}/new-password?token=${secret}` }
    return writeMail(tx, parts, { to: person.email, locale: person.locale, ...words, values })
  })
  return undefined
}

/** Seconds to wait, or 0 after counting a mail to this address from this network address. */
export async function waitBeforeMail(
  { db, now }: PartiesParts,
  email: string,
  address: string,
): Promise<number> {
  const from = await tryOnce(db.kysely, limits.mailFromAddress, address, now())
  if (!from.allowed) return from.wait
  const to = await tryOnce(db.kysely, limits.mailToAddress, emailKey(email), now())
  return to.allowed ? 0 : to.wait
}

/**
 * Sets a new password by the link of a mail, signs in here and out everywhere else. Who could not read
 * the mails of this address before had no right to it: what they left from before it was confirmed, passkeys,
 * API keys and invitations, goes too. A link that does not work is told before the password is hashed, and so
 * sooner: of a secret that nobody can guess, the time tells nothing.
 */
export async function setPasswordByLink(
  parts: PartiesParts,
  command: Visitor & { token: string; password: string },
): Promise<SignedIn | Refused> {
  const { db, hub, now, random } = parts
  const once = await tryOnce(db.kysely, limits.mailLinkFromAddress, command.address, now())
  if (!once.allowed) return refused('too-many-tries', { wait: once.wait })
  const known = await findMailLink(db.kysely, parts, command.token, 'reset-password')
  if (!known) return refused('link-not-valid')
  const no = checkPassword(command.password, [])
  if (no) return no
  const hash = await hashPassword(command.password, random)
  return transact(db, async (tx) => {
    const personId = await useMailLink(tx, parts, command.token, 'reset-password')
    const person = personId && (await findPerson(tx, hub.id, personId))
    if (!person) return refused('link-not-valid')
    const of = { home_hub: hub.id, person_id: person.personId }
    const at = timestamptz(now())
    await tx
      .insertInto('passwords')
      .values({ ...of, hash, changed_at: at })
      .onConflict((conflict) =>
        conflict.columns(['home_hub', 'person_id']).doUpdateSet({ hash, changed_at: at }),
      )
      .execute()
    if (!person.emailConfirmed) {
      await tx
        .deleteFrom('passkeys')
        .where('home_hub', '=', of.home_hub)
        .where('person_id', '=', of.person_id)
        .execute()
      await endGiven(tx, parts, of.person_id)
      await markConfirmed(tx, of, at)
    }
    await endSessions(tx, of.home_hub, of.person_id)
    await tell(tx, parts, person.personId, 'person.password-set')
    return enter(tx, parts, person.personId, command, 'mail')
  })
}

/**
 * Follows the link that confirms an address of mail, signed in as who joined with it. To others it is of no use: who gets
 * the mail of an account that somebody made in their name has to take that account over by a new password first.
 */
export async function confirmEmail(
  parts: PartiesParts,
  { token, personId }: { token: string; personId: string },
): Promise<Refused | undefined> {
  return transact(parts.db, async (tx) => {
    const owner = await findMailLink(tx, parts, token, 'confirm-email')
    if (owner && owner !== personId) return refused('link-of-another')
    if (!(await useMailLink(tx, parts, token, 'confirm-email'))) return refused('link-not-valid')
    await markConfirmed(
      tx,
      { home_hub: parts.hub.id, person_id: personId },
      timestamptz(parts.now()),
    )
    await tell(tx, parts, personId, 'person.email-confirmed')
    return undefined
  })
}

/** A new password for somebody who knows the old one; other places are signed out. */
export async function changePassword(
  parts: PartiesParts,
  command: { personId: string; old: string; password: string; session: Uint8Array | undefined },
): Promise<Refused | undefined> {
  const { personId } = command
  const person = await findPerson(parts.db.kysely, parts.hub.id, personId)
  if (!person) return refused('sign-in-failed')
  const wait = await tryOnce(parts.db.kysely, limits.signInToAccount, personId, parts.now())
  if (!wait.allowed) return refused('too-many-tries', { wait: wait.wait })
  const no = checkPassword(command.password, [person.name, person.email])
  if (no) return no
  const of = { home_hub: parts.hub.id, person_id: personId }
  const stored = await parts.db.kysely
    .selectFrom('passwords')
    .select('hash')
    .where('home_hub', '=', of.home_hub)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (stored && !(await passwordMatches(command.old, stored.hash)))
    return refused('old-password-wrong')
  const hash = await hashPassword(command.password, parts.random)
  const at = timestamptz(parts.now())
  await transact(parts.db, async (tx) => {
    await tx
      .insertInto('passwords')
      .values({ ...of, hash, changed_at: at })
      .onConflict((conflict) =>
        conflict.columns(['home_hub', 'person_id']).doUpdateSet({ hash, changed_at: at }),
      )
      .execute()
    await endSessions(tx, of.home_hub, personId, command.session)
    await tell(tx, parts, personId, 'person.password-set')
  })
  return undefined
}

async function markConfirmed(
  tx: Parameters<typeof endSessions>[0],
  of: { home_hub: string; person_id: string },
  at: string,
): Promise<void> {
  await tx
    .updateTable('people')
    .set({ email_confirmed_at: at })
    .where('home_hub', '=', of.home_hub)
    .where('person_id', '=', of.person_id)
    .where('email_confirmed_at', 'is', null)
    .execute()
}

async function tell(
  tx: Parameters<typeof endSessions>[0],
  { hub, now }: PartiesParts,
  personId: string,
  kind: string,
): Promise<void> {
  await appendEvent(tx, { hub: hub.id, at: now(), kind, subject: personId, actor: personId })
}
