import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { timestamptz, type Db } from '../db/index.ts'
import './schema.ts'

/** So many tries at once, then one more each so often. */
export interface Limit {
  name: string
  tries: number
  /** Milliseconds until one more try is given back. */
  each: number
}

const minute = 60_000

/** Per address of the caller or per person; a whole office may sit behind one address. */
export const limits = {
  signInFromAddress: { name: 'sign-in/address', tries: 40, each: minute / 2 },
  signInToAccount: { name: 'sign-in/account', tries: 10, each: 3 * minute },
  signInFromDevice: { name: 'sign-in/device', tries: 10, each: minute },
  passkeyFromAddress: { name: 'passkey/address', tries: 60, each: minute / 6 },
  joinFromAddress: { name: 'join/address', tries: 20, each: 5 * minute },
  mailToAddress: { name: 'mail/to', tries: 4, each: 15 * minute },
  newEmailOfPerson: { name: 'new-email/person', tries: 5, each: 30 * minute },
  mailLinkFromAddress: { name: 'mail-link/address', tries: 20, each: minute },
  basketFromAddress: { name: 'basket/address', tries: 120, each: minute / 6 },
  exchangeQuoteOfPerson: { name: 'exchange-quote/person', tries: 30, each: minute / 3 },
  paymentRequestOfPerson: { name: 'payment-request/person', tries: 60, each: minute / 6 },
  mailFromAddress: { name: 'mail/from', tries: 20, each: 5 * minute },
} as const satisfies Readonly<Record<string, Limit>>

/** Whether the try is allowed; `wait` is how many whole seconds until the next one would be. */
export type Try = { allowed: true; left: number } | { allowed: false; wait: number }

/**
 * Counts one try, in one statement, so that it holds over all processes of a hub: the generic cell
 * rate algorithm (ITU-T I.371), which keeps one instant per limit, the one when it is whole again.
 */
export async function tryOnce(db: Db, limit: Limit, whom: string, now: number): Promise<Try> {
  const name = nameOf(limit, whom)
  const burst = limit.tries * limit.each
  const at = timestamptz(now)
  const each = sql`make_interval(secs => ${limit.each / 1000}::float8)`
  const { rows } = await sql<{ whole_at: string }>`
    insert into rate_limits as known (name, whole_at) values (${name}, ${at}::timestamptz + ${each})
    on conflict (name) do update
      set whole_at = greatest(known.whole_at, ${at}::timestamptz) + ${each}
      where greatest(known.whole_at, ${at}::timestamptz) + ${each}
            <= ${timestamptz(now + burst)}::timestamptz
    returning whole_at`.execute(db)
  const [row] = rows
  if (row) {
    const used = Math.ceil((Date.parse(row.whole_at) - now) / limit.each)
    return { allowed: true, left: limit.tries - used }
  }
  const known = await db
    .selectFrom('rate_limits')
    .select('whole_at')
    .where('name', '=', name)
    .executeTakeFirst()
  const whole = known ? Date.parse(known.whole_at) : now
  return { allowed: false, wait: Math.max(1, Math.ceil((whole + limit.each - burst - now) / 1000)) }
}

/**
 * Counts tries that were allowed already, by a process that counts for itself in between (app/count-in-blocks.ts). Answers
 * when the limit is whole again, in Unix milliseconds, with what all processes counted.
 */
export async function countTries(
  db: Db,
  limit: Limit,
  whom: string,
  tries: number,
  now: number,
): Promise<number> {
  const taken = sql`make_interval(secs => ${(tries * limit.each) / 1000}::float8)`
  const at = sql`${timestamptz(now)}::timestamptz`
  const { rows } = await sql<{ whole_at: string }>`
    insert into rate_limits as known (name, whole_at) values (${nameOf(limit, whom)}, ${at} + ${taken})
    on conflict (name) do update set whole_at = greatest(known.whole_at, ${at}) + ${taken}
    returning whole_at`.execute(db)
  return Date.parse(rows[0]?.whole_at ?? '')
}

/** A limit that is whole again says nothing any more. */
export async function forgetWholeLimits(db: Db, now: number): Promise<void> {
  await db.deleteFrom('rate_limits').where('whole_at', '<', timestamptz(now)).execute()
}

/** Addresses of callers and of mail are not kept in words. */
const nameOf = (limit: Limit, whom: string): string =>
  `${limit.name}/${createHash('sha256').update(whom).digest('base64url').slice(0, 22)}`
