import { timestamptz, type Db } from '../db/index.ts'
import { forgetWholeLimits } from './rate-limits.ts'
import './schema.ts'

/** Deletes what is over and can do nothing any more; to be called from time to time by whoever runs a hub. */
export async function forgetExpired(db: Db, now: number): Promise<void> {
  const at = timestamptz(now)
  await forgetWholeLimits(db, now)
  for (const table of ['sessions', 'mail_links', 'passkey_challenges'] as const)
    await db.deleteFrom(table).where('expires_at', '<', at).execute()
}
