import { sql } from 'kysely'
import { uuidv7 } from '../basis/uuid.ts'
import { timestamptz, type Tx } from '../db/index.ts'
import { messagesFor, type MessageKey, type MessageValues } from '../ui/index.ts'
import type { PartiesParts } from './parts.ts'
import './schema.ts'
import './words.ts'

export interface MailDraft {
  to: string
  locale: string
  subject: MessageKey
  text: MessageKey
  values: MessageValues
}

/** Writes a mail down in the transaction of what it tells of: sent if and only if that holds. */
export async function writeMail(
  tx: Tx,
  { hub, now, random }: Pick<PartiesParts, 'hub' | 'now' | 'random'>,
  { to, locale, subject, text, values }: MailDraft,
): Promise<void> {
  const t = messagesFor(locale)
  const all = { ...values, hub: hub.name }
  await tx
    .insertInto('mails')
    .values({
      home_hub: hub.id,
      mail_id: uuidv7(now(), random),
      to_address: to,
      locale,
      // A name with a line end in it must not become a head of the mail.
      subject: t(subject, all).replaceAll(/[\p{Cc}\s]+/gu, ' '),
      body: t(text, all),
      due_at: timestamptz(now()),
      created_at: timestamptz(now()),
      last_error: null,
    })
    .execute()
}

const atOnce = 20
const tries = 8

/**
 * Hands the mails that are due to the mail server and says how many. Several processes may do it at
 * once; each mail is taken by one. What cannot be sent is tried again after 1, 2, 4 ... minutes.
 */
export async function sendMails({
  db,
  sendMail,
  now,
  report,
}: Pick<PartiesParts, 'db' | 'sendMail' | 'now' | 'report'>): Promise<number> {
  if (!sendMail) return 0
  let sent = 0
  for (let left = atOnce; left > 0; left -= 1) {
    const mail = await takeMail(db.kysely, now())
    if (!mail) return sent
    const one = db.kysely
      .updateTable('mails')
      .where('home_hub', '=', mail.home_hub)
      .where('mail_id', '=', mail.mail_id)
    try {
      const { to_address: to, subject, body: text, mail_id: id } = mail
      await sendMail({ to, subject, text, id })
      // The text may hold a link that signs in.
      await one.set({ state: 'sent', body: '', last_error: null }).execute()
      sent += 1
    } catch (error) {
      const last = mail.attempts >= tries
      report(error, last ? 'a mail was given up' : 'a mail was not sent, and will be tried again')
      const why = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
      await one.set({ last_error: why, ...(last ? { state: 'failed' as const } : {}) }).execute()
    }
  }
  return sent
}

/** The next mail, put off at once: if this process dies over it, another one takes it up later. */
async function takeMail(db: PartiesParts['db']['kysely'], now: number) {
  const { rows } = await sql<{
    home_hub: string
    mail_id: string
    to_address: string
    subject: string
    body: string
    attempts: number
  }>`
    update mails set attempts = attempts + 1,
           due_at = ${timestamptz(now)}::timestamptz + interval '1 minute' * (2 ^ attempts)
     where (home_hub, mail_id) = (
             select home_hub, mail_id from mails
              where state = 'waiting' and due_at <= ${timestamptz(now)}
              order by due_at limit 1 for update skip locked)
    returning home_hub, mail_id, to_address, subject, body, attempts`.execute(db)
  return rows[0]
}
