import { timestamptz, type Db } from '../db/index.ts'
import { forgetWholeLimits } from './rate-limits.ts'
import './schema.ts'

const day = 86_400_000

/**
 * Deletes what is over and can do nothing any more, and what of people needs no longer be known: mails a month after they
 * were written, but for those that still wait, and browsers that nobody signed in from for a year. To be called from
 * time to time by whoever runs a hub.
 */
export async function forgetExpired(db: Db, now: number): Promise<void> {
  const at = timestamptz(now)
  await forgetWholeLimits(db, now)
  for (const table of ['sessions', 'mail_links', 'passkey_challenges'] as const)
    await db.deleteFrom(table).where('expires_at', '<', at).execute()
  await db
    .deleteFrom('invitations')
    .where('expires_at', '<', at)
    .where('accepted_at', 'is', null)
    .execute()
  await db
    .deleteFrom('mails')
    .where('state', '<>', 'waiting')
    .where('created_at', '<', timestamptz(now - 30 * day))
    .execute()
  await db
    .deleteFrom('known_devices')
    .where('last_used_at', '<', timestamptz(now - 365 * day))
    .execute()
}
