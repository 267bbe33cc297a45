import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { constraintName, transact, type Tx } from '../db/index.ts'
import { alreadyHere } from './change-email.ts'
import { writePerson } from './join.ts'
import { makeMailLink } from './mail-links.ts'
import { sendMails, writeMail } from './mails.ts'
import { personNameFrom } from './names.ts'
import type { PartiesParts } from './parts.ts'
import { findPersonByEmail, isEmail } from './people.ts'
import { waitBeforeMail } from './recover.ts'
import './schema.ts'

export interface JoinByMail {
  name: string
  email: string
  locale: string
  /** Where the links of the mails lead. */
  origin: string
  /** The address of the network. */
  address: string
  /** The path of this hub that the person came from; empty for none in particular. */
  next: string
}

/**
 * Joining where mails are sent: whoever reads the mails of the address chooses the password by the link in one, so that
 * nobody learns from outside whether an address is known. An address that somebody has gets a mail that says so. The
 * answer is given before any of this is looked up, so that its time tells nothing either; what `done` promises never
 * fails, and is only for who has to wait.
 */
export async function joinByMail(
  parts: PartiesParts,
  command: JoinByMail,
): Promise<Refused | { done: Promise<void> }> {
  const name = personNameFrom(command.name)
  if (isRefused(name)) return name
  if (!isEmail(command.email)) return refused('email-not-valid')
  const wait = await waitBeforeMail(parts, command.email, command.address)
  if (wait > 0) return refused('too-many-tries', { wait })
  return { done: tellByMail(parts, { ...command, name }) }
}

async function tellByMail(parts: PartiesParts, command: JoinByMail): Promise<void> {
  try {
    await transact(parts.db, (tx) => writeEither(tx, parts, command)).catch((error: unknown) => {
      // Somebody joined with the same address at the same moment; now they are found.
      if (constraintName(error) !== 'people_email_is_used_once') throw error
      return transact(parts.db, (tx) => writeEither(tx, parts, command))
    })
    await sendMails(parts)
  } catch (error) {
    parts.report(error, 'somebody could not join by mail')
  }
}

async function writeEither(tx: Tx, parts: PartiesParts, command: JoinByMail): Promise<void> {
  const { name, locale, origin, next } = command
  const email = command.email.trim()
  const known = await findPersonByEmail(tx, parts.hub.id, email)
  if (known) return writeMail(tx, parts, alreadyHere(known, email, origin))
  const personId = uuidv7(parts.now(), parts.random)
  await writePerson(tx, parts, { personId, name, email, locale })
  const token = await makeMailLink(tx, parts, personId, 'reset-password')
  const about = new URLSearchParams({ token, next: next || '/welcome' })
  const words = { subject: 'parties.mail.join.subject', text: 'parties.mail.join.text' } as const
  const values = { name, link: `${origin}/new-password?${about}` }
  return writeMail(tx, parts, { to: email, locale, ...words, values })
}
