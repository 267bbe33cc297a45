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

/** The secret of a link in a mail; an earlier link of the same purpose stops working. */
export async function makeMailLink(
  tx: Tx,
  { hub, now, random }: Pick<PartiesParts, 'hub' | 'now' | 'random'>,
  personId: string,
  purpose: Purpose,
): Promise<string> {
  const { secret, hash } = makeToken(random)
  await dropMailLinks(tx, hub.id, personId, purpose)
  await tx
    .insertInto('mail_links')
    .values({
      token_hash: hash,
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
): Promise<string | undefined> {
  const row = await db
    .selectFrom('mail_links')
    .select('person_id')
    .where('token_hash', '=', hashOf(secret))
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
): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('mail_links')
    .where('token_hash', '=', hashOf(secret))
    .where('home_hub', '=', hub.id)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', timestamptz(now()))
    .returning('person_id')
    .executeTakeFirst()
  return row?.person_id
}

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
