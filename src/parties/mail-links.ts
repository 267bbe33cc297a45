import { createHmac } from 'node:crypto'
import { timestamptz, type Db, type Tx } from '../db/index.ts'
import type { PartiesParts } from './parts.ts'
import type { MailLinkTable } from './schema.ts'
import { hashOf, makeToken } from './tokens.ts'
import './schema.ts'

type Purpose = MailLinkTable['purpose']

const hour = 3_600_000

/** Milliseconds that a link works. */
export const linkLife: Readonly<Record<Purpose, number>> = {
  'confirm-email': 72 * hour,
  'reset-password': hour,
}

/**
 * The secret of a link in a mail; an earlier link of the same purpose stops working. What the link is
 * `about`, such as a new address, stands in the link beside the secret and is bound to it, so that
 * nothing of it is kept here.
 */
export async function makeMailLink(
  tx: Tx,
  { hub, now, random }: Pick<PartiesParts, 'hub' | 'now' | 'random'>,
  personId: string,
  purpose: Purpose,
  about = '',
): Promise<string> {
  const { secret } = makeToken(random)
  await dropMailLinks(tx, hub.id, personId, purpose)
  await tx
    .insertInto('mail_links')
    .values({
      token_hash: linkHash(secret, about),
      home_hub: hub.id,
      person_id: personId,
      purpose,
      expires_at: timestamptz(now() + linkLife[purpose]),
    })
    .execute()
  return secret
}

/** Who a link belongs to; it still works afterwards. */
export async function findMailLink(
  db: Db,
  { hub, now }: Pick<PartiesParts, 'hub' | 'now'>,
  secret: string,
  purpose: Purpose,
  about = '',
): Promise<string | undefined> {
  const row = await db
    .selectFrom('mail_links')
    .select('person_id')
    .where('token_hash', '=', linkHash(secret, about))
    .where('home_hub', '=', hub.id)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', timestamptz(now()))
    .executeTakeFirst()
  return row?.person_id
}

/** Who a link belongs to; the link is used up. */
export async function useMailLink(
  tx: Tx,
  { hub, now }: Pick<PartiesParts, 'hub' | 'now'>,
  secret: string,
  purpose: Purpose,
  about = '',
): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('mail_links')
    .where('token_hash', '=', linkHash(secret, about))
    .where('home_hub', '=', hub.id)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', timestamptz(now()))
    .returning('person_id')
    .executeTakeFirst()
  return row?.person_id
}

/** Of a link that is about something no secret by itself has the hash. */
const linkHash = (secret: string, about: string): Uint8Array =>
  about === '' ? hashOf(secret) : createHmac('sha256', about).update(secret).digest()

export async function dropMailLinks(
  tx: Tx,
  homeHub: string,
  personId: string,
  purpose: Purpose,
): Promise<void> {
  await tx
    .deleteFrom('mail_links')
    .where('home_hub', '=', homeHub)
    .where('person_id', '=', personId)
    .where('purpose', '=', purpose)
    .execute()
}
