import { refused, type Refused } from '../basis/refusal.ts'
import { isUuid, uuidv7 } from '../basis/uuid.ts'
import { appendEvent, timestamptz, transact, type Db, type Tx } from '../db/index.ts'
import { staffRoles, type StaffRole } from './actor.ts'
import { writeMail } from './mails.ts'
import type { PartiesParts } from './parts.ts'
import { emailKey, findPerson, isEmail } from './people.ts'
import { rotateSessions } from './sessions.ts'
import { hashOf, makeToken } from './tokens.ts'
import './schema.ts'

const week = 7 * 86_400_000

export interface Member {
  personId: string
  name: string
  email: string
  role: StaffRole
}

export interface Invitation {
  id: string
  email: string
  role: StaffRole
  expiresAt: string
}

export async function findStaff(
  db: Db,
  homeHub: string,
  businessId: string,
  now: number,
): Promise<{ members: Member[]; invitations: Invitation[] }> {
  const [members, invitations] = await Promise.all([
    db
      .selectFrom('memberships as m')
      .innerJoin('people as p', (join) =>
        join.onRef('p.home_hub', '=', 'm.home_hub').onRef('p.person_id', '=', 'm.person_id'),
      )
      .select(['p.person_id as personId', 'p.name', 'p.email', 'm.role'])
      .where('m.home_hub', '=', homeHub)
      .where('m.business_id', '=', businessId)
      .orderBy('m.since')
      .orderBy('p.person_id')
      .execute(),
    db
      .selectFrom('invitations')
      .select(['invitation_id as id', 'email', 'role', 'expires_at as expiresAt'])
      .where('home_hub', '=', homeHub)
      .where('business_id', '=', businessId)
      .where('accepted_at', 'is', null)
      .where('expires_at', '>', timestamptz(now))
      .orderBy('created_at')
      .execute(),
  ])
  return { members, invitations }
}

export interface Invite {
  businessId: string
  businessName: string
  personId: string
  personName: string
  email: string
  role: string
  locale: string
  origin: string
}

/** Sends a link by which whoever follows it, signed in, joins the business. It works for a week, once. */
export async function invite(parts: PartiesParts, command: Invite): Promise<Refused | undefined> {
  const { email, businessId, personId } = command
  const role = staffRoles.find((each) => each === command.role)
  if (!role) return refused('role-missing')
  if (!isEmail(email)) return refused('email-not-valid')
  const { members } = await findStaff(parts.db.kysely, parts.hub.id, businessId, parts.now())
  if (members.some((member) => emailKey(member.email) === emailKey(email)))
    return refused('member-already')
  const { secret, hash } = makeToken(parts.random)
  await transact(parts.db, async (tx) => {
    await tx
      .insertInto('invitations')
      .values({
        home_hub: parts.hub.id,
        business_id: businessId,
        invitation_id: uuidv7(parts.now(), parts.random),
        email: email.trim(),
        role,
        token_hash: hash,
        invited_by: personId,
        created_at: timestamptz(parts.now()),
        expires_at: timestamptz(parts.now() + week),
        accepted_at: null,
      })
      .execute()
    const words = {
      subject: 'parties.mail.invite.subject',
      text: 'parties.mail.invite.text',
    } as const
    const values = {
      business: command.businessName,
      person: command.personName,
      link: `${command.origin}/invitation?token=${secret}`,
    }
    await writeMail(tx, parts, { to: email.trim(), locale: command.locale, ...words, values })
    await tell(tx, parts, 'staff.invited', businessId, personId, { role })
  })
  return undefined
}

/** The business that an open invitation leads to; it is open while who invited is an owner. */
export function findInvitation(db: Db, homeHub: string, secret: string, now: number) {
  return db
    .selectFrom('invitations as i')
    .innerJoin('businesses as b', (join) =>
      join.onRef('b.home_hub', '=', 'i.home_hub').onRef('b.id', '=', 'i.business_id'),
    )
    .innerJoin('memberships as by', (join) =>
      join
        .onRef('by.home_hub', '=', 'i.home_hub')
        .onRef('by.business_id', '=', 'i.business_id')
        .onRef('by.person_id', '=', 'i.invited_by')
        .on('by.role', '=', 'owner'),
    )
    .select(['b.id', 'b.name', 'i.role'])
    .where('i.home_hub', '=', homeHub)
    .where('i.token_hash', '=', hashOf(secret))
    .where('i.accepted_at', 'is', null)
    .where('i.expires_at', '>', timestamptz(now))
    .executeTakeFirst()
}

export async function acceptInvitation(
  parts: PartiesParts,
  { secret, personId }: { secret: string; personId: string },
): Promise<{ businessId: string } | Refused> {
  const at = timestamptz(parts.now())
  return transact(parts.db, async (tx) => {
    if (!(await findInvitation(tx, parts.hub.id, secret, parts.now())))
      return refused('link-not-valid')
    const invitation = await tx
      .updateTable('invitations')
      .set({ accepted_at: at })
      .where('home_hub', '=', parts.hub.id)
      .where('token_hash', '=', hashOf(secret))
      .where('accepted_at', 'is', null)
      .where('expires_at', '>', at)
      .returning(['business_id', 'role'])
      .executeTakeFirst()
    if (!invitation) return refused('link-not-valid')
    const { business_id, role } = invitation
    await tx
      .insertInto('memberships')
      .values({ home_hub: parts.hub.id, business_id, person_id: personId, role, since: at })
      .onConflict((conflict) => conflict.constraint('memberships_pk').doNothing())
      .execute()
    await rotateSessions(tx, parts.hub.id, personId)
    await tell(tx, parts, 'staff.joined', business_id, personId, { role })
    return { businessId: business_id }
  })
}

export interface ChangeMember {
  businessId: string
  /** Who changes it. */
  by: string
  /** Whose role changes. */
  personId: string
  /** Undefined: the person leaves the business. The keys and invitations of who is no owner any more stop working. */
  role: StaffRole | undefined
}

/** A business keeps one owner at least. */
export async function changeMember(
  parts: PartiesParts,
  { businessId, by, personId, role }: ChangeMember,
): Promise<Refused | undefined> {
  return transact(parts.db, async (tx) => {
    const members = await tx
      .selectFrom('memberships')
      .select(['person_id', 'role'])
      .where('home_hub', '=', parts.hub.id)
      .where('business_id', '=', businessId)
      .orderBy('person_id')
      .forUpdate()
      .execute()
    const owners = members.filter((member) => member.role === 'owner')
    const isOwner = owners.some((member) => member.person_id === personId)
    if (!members.some((member) => member.person_id === personId)) return undefined
    if (isOwner && role !== 'owner' && owners.length === 1) return refused('last-owner')
    await writeRole(tx, parts, businessId, personId, role)
    await rotateSessions(tx, parts.hub.id, personId)
    await tell(tx, parts, 'staff.changed', businessId, by, {
      person: personId,
      role: role ?? 'none',
    })
    return undefined
  })
}

async function writeRole(
  tx: Tx,
  parts: PartiesParts,
  businessId: string,
  personId: string,
  role: StaffRole | undefined,
): Promise<void> {
  const homeHub = parts.hub.id
  if (role) {
    await tx
      .updateTable('memberships')
      .set({ role })
      .where('home_hub', '=', homeHub)
      .where('business_id', '=', businessId)
      .where('person_id', '=', personId)
      .execute()
    if (role === 'owner') return
  } else {
    await tx
      .deleteFrom('memberships')
      .where('home_hub', '=', homeHub)
      .where('business_id', '=', businessId)
      .where('person_id', '=', personId)
      .execute()
  }
  await endGiven(tx, parts, personId, businessId)
}

/**
 * Ends the keys and the open invitations that a person gave out, in one business or in all: who may not give them any
 * more still knows the ones they made, and could come back by them.
 */
export async function endGiven(
  tx: Tx,
  { hub, now }: Pick<PartiesParts, 'hub' | 'now'>,
  personId: string,
  businessId?: string,
): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ revoked_at: timestamptz(now()) })
    .where('home_hub', '=', hub.id)
    .where('made_by', '=', personId)
    .where('revoked_at', 'is', null)
    .$if(businessId !== undefined, (query) => query.where('business_id', '=', businessId!))
    .execute()
  await tx
    .deleteFrom('invitations')
    .where('home_hub', '=', hub.id)
    .where('invited_by', '=', personId)
    .where('accepted_at', 'is', null)
    .$if(businessId !== undefined, (query) => query.where('business_id', '=', businessId!))
    .execute()
}

/** An invitation that should not be followed any more. */
export async function withdrawInvitation(
  { db, hub }: PartiesParts,
  businessId: string,
  invitationId: string,
): Promise<void> {
  if (!isUuid(invitationId)) return
  await db.kysely
    .deleteFrom('invitations')
    .where('home_hub', '=', hub.id)
    .where('business_id', '=', businessId)
    .where('invitation_id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .execute()
}

/** Whose name stands under an invitation. */
export const nameOfPerson = async (parts: PartiesParts, personId: string): Promise<string> =>
  (await findPerson(parts.db.kysely, parts.hub.id, personId))?.name ?? ''

function tell(
  tx: Tx,
  { hub, now }: PartiesParts,
  kind: string,
  subject: string,
  actor: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  return appendEvent(tx, { hub: hub.id, at: now(), kind, subject, actor, body })
}
