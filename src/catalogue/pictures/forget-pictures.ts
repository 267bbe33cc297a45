import { sql } from 'kysely'
import { transact, type Database, type Db, type Tx } from '../../db/index.ts'
import '../schema.ts'

/** A picture that nothing has shown for so long is gone. */
export const keptUnusedMs = 24 * 60 * 60 * 1000

const mostAtOnce = 50

/**
 * Deletes pictures that no offer and no pavilion has shown at any look for a day, and answers how many. `unused` holds
 * since when each was seen so; it lives as long as the process, so a restart lets every picture live a day longer.
 */
export async function forgetUnusedPictures(
  db: Database,
  unused: Map<string, number>,
  now: number,
): Promise<number> {
  const found = new Set(await unusedPictures(db.kysely))
  for (const digest of unused.keys()) if (!found.has(digest)) unused.delete(digest)
  for (const digest of found) if (!unused.has(digest)) unused.set(digest, now)
  const over = [...unused].flatMap(([digest, since]) =>
    now - since >= keptUnusedMs ? [digest] : [],
  )
  let deleted = 0
  for (let at = 0; at < over.length; at += mostAtOnce) {
    const gone = await transact(db, (tx) => deletePictures(tx, over.slice(at, at + mostAtOnce)))
    for (const digest of gone) unused.delete(digest)
    deleted += gone.length
  }
  return deleted
}

const isUnused = sql`not exists (select from offer_pictures o where o.digest = f.digest)
  and not exists (select from pavilions p where p.picture = f.digest)`

async function unusedPictures(db: Db): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`
    select digest from picture_files f where form = 'original' and ${isUnused}
     order by digest limit 10000`.execute(db)
  return rows.map(({ digest }) => digest)
}

/** Locks first and then looks again: who is about to show one of them holds it (`lockPictures`, `keepPicture`). */
async function deletePictures(tx: Tx, digests: readonly string[]): Promise<string[]> {
  const { rows: locked } = await sql<{ digest: string }>`
    select digest from picture_files where digest = any(${digests}::text[]) and form = 'original'
       for update skip locked`.execute(tx)
  const { rows } = await sql<{ digest: string }>`
    delete from picture_files f
     where digest = any(${locked.map(({ digest }) => digest)}::text[]) and ${isUnused}
    returning digest`.execute(tx)
  return [...new Set(rows.map(({ digest }) => digest))]
}

/** Those of the pictures that are kept here; they stay until the transaction ends. */
export async function lockPictures(tx: Tx, digests: readonly string[]): Promise<Set<string>> {
  const asked = digests.filter((digest) => /^[0-9a-f]{64}$/.test(digest))
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{ digest: string }>`
    select digest from picture_files where digest = any(${asked}::text[]) and form = 'original'
     order by digest for key share`.execute(tx)
  return new Set(rows.map(({ digest }) => digest))
}
