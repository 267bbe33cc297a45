import { refused, type Refused } from '../basis/refusal.ts'
import { appendEvent, constraintName, timestamptz, transact, type Tx } from '../db/index.ts'
import { dropMailLinks, findMailLink, makeMailLink, useMailLink } from './mail-links.ts'
import { writeMail } from './mails.ts'
import type { PartiesParts } from './parts.ts'
import { passwordMatches } from './passwords.ts'
import { emailKey, findPerson, findPersonByEmail, isEmail, type Person } from './people.ts'
import { limits, tryOnce } from './rate-limits.ts'
import { waitBeforeMail } from './recover.ts'
import { endSessions } from './sessions.ts'
import './schema.ts'

export interface AskForNewEmail {
  personId: string
  email: string
  /** Of the person as they sign in now; who only has passkeys is not asked. */
  password: string
  /** Where the links of the mail lead. */
  origin: string
  /** The address of the network. */
  address: string
}

/**
 * Sends a link to the new address; until it is followed nothing changes, and nothing of the new
 * address is kept but in the mail. To an address that somebody has here goes a mail that says so,
 * with the same answer and the same work. Refuses a wrong password and too many tries.
 */
export async function askForNewEmail(
  parts: PartiesParts,
  { personId, password, origin, address, ...command }: AskForNewEmail,
): Promise<Refused | undefined> {
  const { db, hub, now } = parts
  const email = command.email.trim()
  const person = await findPerson(db.kysely, hub.id, personId)
  if (!person) return refused('sign-in-failed')
  if (!isEmail(email)) return refused('email-not-valid')
  if (emailKey(email) === emailKey(person.email)) return refused('email-as-before')
  const no = await checkOwnPassword(parts, personId, password)
  if (no) return no
  const once = await tryOnce(db.kysely, limits.newEmailOfPerson, personId, now())
  const wait = once.allowed ? await waitBeforeMail(parts, email, address) : once.wait
  if (wait > 0) return refused('too-many-tries', { wait })
  const taken = await findPersonByEmail(db.kysely, hub.id, email)
  await transact(db, async (tx) => {
    const secret = await makeMailLink(tx, parts, personId, 'confirm-email', emailKey(email))
    await writeMail(
      tx,
      parts,
      taken ? alreadyHere(taken, email, origin) : linkFor(person, email, origin, secret),
    )
  })
  return undefined
}

function linkFor({ name, locale }: Person, email: string, origin: string, secret: string) {
  const about = new URLSearchParams({ token: secret, email })
  const words = {
    subject: 'parties.mail.newEmail.subject',
    text: 'parties.mail.newEmail.text',
  } as const
  return { to: email, locale, ...words, values: { name, link: `${origin}/new-email?${about}` } }
}

/** For who is here and has the address that somebody wants; the link that was made for that is never sent to anybody. */
export function alreadyHere({ name, locale }: Person, email: string, origin: string) {
  const words = {
    subject: 'parties.mail.emailTaken.subject',
    text: 'parties.mail.emailTaken.text',
  } as const
  const values = { name, signIn: `${origin}/sign-in`, link: `${origin}/forgot-password` }
  return { to: email, locale, ...words, values }
}

async function checkOwnPassword(
  { db, hub, now }: PartiesParts,
  personId: string,
  password: string,
): Promise<Refused | undefined> {
  const stored = await db.kysely
    .selectFrom('passwords')
    .select('hash')
    .where('home_hub', '=', hub.id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!stored) return undefined
  const once = await tryOnce(db.kysely, limits.signInToAccount, personId, now())
  if (!once.allowed) return refused('too-many-tries', { wait: once.wait })
  return (await passwordMatches(password, stored.hash)) ? undefined : refused('old-password-wrong')
}

export interface TakeNewEmail {
  token: string
  email: string
  personId: string
  /** The session that goes on; all others end. */
  session: Uint8Array | undefined
}

/**
 * Follows the link of the mail, signed in as who asked for it: the new address counts and is
 * confirmed, the old one is told, sessions elsewhere end, and so do links that went to the old one.
 */
export async function takeNewEmail(
  parts: PartiesParts,
  command: TakeNewEmail,
): Promise<Refused | undefined> {
  try {
    return await transact(parts.db, (tx) => writeNewEmail(tx, parts, command))
  } catch (error) {
    // Somebody joined with it while the mail was under way.
    if (constraintName(error) === 'people_email_is_used_once') return refused('email-taken')
    throw error
  }
}

async function writeNewEmail(
  tx: Tx,
  parts: PartiesParts,
  { token, email, personId, session }: TakeNewEmail,
): Promise<Refused | undefined> {
  const { hub, now } = parts
  const key = emailKey(email)
  const owner = await findMailLink(tx, parts, token, 'confirm-email', key)
  if (owner && owner !== personId) return refused('link-of-another')
  if (!(await useMailLink(tx, parts, token, 'confirm-email', key))) return refused('link-not-valid')
  const person = await findPerson(tx, hub.id, personId)
  if (!person) return refused('link-not-valid')
  await tx
    .updateTable('people')
    .set({ email: email.trim(), email_key: key, email_confirmed_at: timestamptz(now()) })
    .where('home_hub', '=', hub.id)
    .where('person_id', '=', personId)
    .execute()
  await dropMailLinks(tx, hub.id, personId, 'reset-password')
  await endSessions(tx, hub.id, personId, session)
  const { name, locale } = person
  const words = {
    subject: 'parties.mail.emailChanged.subject',
    text: 'parties.mail.emailChanged.text',
  } as const
  await writeMail(tx, parts, { to: person.email, locale, ...words, values: { name } })
  const event = { kind: 'person.email-changed', subject: personId, actor: personId }
  await appendEvent(tx, { hub: hub.id, at: now(), ...event })
  return undefined
}
