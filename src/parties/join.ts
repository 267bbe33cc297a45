import { sql } from 'kysely'
import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { appendEvent, constraintName, timestamptz, transact, type Tx } from '../db/index.ts'
import { makeMailLink } from './mail-links.ts'
import { writeMail } from './mails.ts'
import type { PartiesParts } from './parts.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { personNameFrom } from './names.ts'
import { emailKey, isEmail } from './people.ts'
import './schema.ts'

export interface JoinCommand {
  name: string
  email: string
  /** Undefined for a person of the demo world, who is signed in as with one click. */
  password: string | undefined
  locale: string
  /** Where the links of the mail lead. */
  origin: string
  emailConfirmed?: boolean
}

export interface Joined {
  personId: string
  /** The first on a fresh hub. */
  operator: boolean
}

/** Makes a person. The first one on a hub becomes its operator. Sends a link that confirms the address. */
export async function joinHub(
  parts: PartiesParts,
  command: JoinCommand,
): Promise<Joined | Refused> {
  const name = personNameFrom(command.name)
  if (isRefused(name)) return name
  const no = checkJoin(command)
  if (no) return no
  const { password } = command
  const hash = password === undefined ? undefined : await hashPassword(password, parts.random)
  try {
    return await transact(parts.db, (tx) => writeJoin(tx, parts, { ...command, name }, hash))
  } catch (error) {
    if (constraintName(error) === 'people_email_is_used_once') return refused('email-taken')
    throw error
  }
}

function checkJoin({ name, email, password }: JoinCommand): Refused | undefined {
  if (!isEmail(email)) return refused('email-not-valid')
  return password === undefined ? undefined : checkPassword(password, [name, email])
}

async function writeJoin(
  tx: Tx,
  parts: PartiesParts,
  { name, email, locale, origin, emailConfirmed = false }: JoinCommand,
  hash: string | undefined,
): Promise<Joined> {
  const { hub, random } = parts
  const now = parts.now()
  const operator = await isFirst(tx, hub.id)
  const personId = uuidv7(now, random)
  const at = timestamptz(now)
  const of = { home_hub: hub.id, person_id: personId }
  await writePerson(tx, parts, { personId, name, email, locale, emailConfirmed, operator })
  if (hash)
    await tx
      .insertInto('passwords')
      .values({ ...of, hash, changed_at: at })
      .execute()
  if (operator)
    await tx
      .insertInto('hub_roles')
      .values({ ...of, role: 'operator', granted_by: null, granted_at: at })
      .execute()
  if (!emailConfirmed) {
    const link = await makeMailLink(tx, parts, personId, 'confirm-email')
    const values = { name, link: `${origin}/confirm-email?token=${link}` }
    const words = {
      subject: 'parties.mail.confirm.subject',
      text: 'parties.mail.confirm.text',
    } as const
    await writeMail(tx, parts, { to: email.trim(), locale, ...words, values })
  }
  return { personId, operator }
}

interface NewPerson extends Pick<JoinCommand, 'name' | 'email' | 'locale' | 'emailConfirmed'> {
  personId: string
  operator?: boolean
}

export async function writePerson(
  tx: Tx,
  { hub, now }: PartiesParts,
  { personId, name, email, locale, emailConfirmed = false, operator = false }: NewPerson,
): Promise<void> {
  const at = timestamptz(now())
  await tx
    .insertInto('people')
    .values({
      home_hub: hub.id,
      person_id: personId,
      name,
      email: email.trim(),
      email_key: emailKey(email),
      locale,
      email_confirmed_at: emailConfirmed ? at : null,
      created_at: at,
    })
    .execute()
  await appendEvent(tx, {
    hub: hub.id,
    at: now(),
    kind: 'person.joined',
    subject: personId,
    actor: personId,
    body: { operator },
  })
}

/** Two who join a fresh hub at once: one waits, and only one is the first. */
async function isFirst(tx: Tx, homeHub: string): Promise<boolean> {
  const anybody = () =>
    tx.selectFrom('people').select('person_id').where('home_hub', '=', homeHub).limit(1).execute()
  if ((await anybody()).length > 0) return false
  await sql`lock table people in share row exclusive mode`.execute(tx)
  return (await anybody()).length === 0
}
