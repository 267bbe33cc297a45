// What each person has used of something that is limited per period. The limit comes with every use, from the law of that
// day; what was used is kept here and locked with the stock of the same order, so that two orders cannot share a rest.
import { sql } from 'kysely'
import type { Journal } from '../basis/journal.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import type { Db, Tx } from '../db/index.ts'
import './schema.ts'

export type AllowanceKey = {
  /** `person:<id>` */
  readonly subject: string
  /** Territory and the rule's own word: `CN/cbec-used-this-year`. */
  readonly allowance: string
  /** A year or a day: `2026`. */
  readonly period: string
  readonly currency: string
}

export type AllowanceDraft = {
  readonly journal: Journal
  /** Minor units used, by key. */
  readonly used: Map<string, { readonly key: AllowanceKey; readonly used: bigint }>
  readonly before: ReadonlyMap<string, { readonly used: bigint }>
}

const nameOf = ({ subject, allowance, period, currency }: AllowanceKey): string =>
  JSON.stringify([subject, allowance, period, currency])

/** Locks what a batch uses, making the rows that are not there yet so that there is something to lock. */
export async function loadAllowances(
  tx: Tx,
  journal: Journal,
  keys: readonly AllowanceKey[],
): Promise<AllowanceDraft> {
  const wanted = new Map(keys.map((key) => [nameOf(key), key]))
  const used: AllowanceDraft['used'] = new Map()
  if (wanted.size > 0) {
    const columns = columnsOf([...wanted.values()])
    const made = sql`
      insert into allowances (subject, allowance, period, currency)
      select * from unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[], ${columns[3]}::text[])
             as new (subject, allowance, period, currency)
       order by subject, allowance, period, currency
      on conflict do nothing`.execute(tx)
    const locked = sql<Row>`
      select a.subject, a.allowance, a.period, a.currency, a.used_minor
        from allowances a
        join unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[], ${columns[3]}::text[])
             as k (subject, allowance, period, currency) using (subject, allowance, period, currency)
       order by a.subject, a.allowance, a.period, a.currency for update of a`.execute(tx)
    const [, { rows }] = await Promise.all([made, locked])
    for (const { used_minor, ...key } of rows) used.set(nameOf(key), { key, used: used_minor })
  }
  return { journal, used, before: new Map(used) }
}

type Row = AllowanceKey & { used_minor: bigint }

/** Uses a part. Refused: `allowance-exceeded`, with what is left in minor units. */
export function useAllowance(
  draft: AllowanceDraft,
  key: AllowanceKey,
  amount: bigint,
  limit: bigint,
): Refused | undefined {
  const before = usedOf(draft, key)
  if (before + amount > limit)
    return refused('allowance-exceeded', {
      allowance: key.allowance,
      period: key.period,
      currency: key.currency,
      left: String(limit > before ? limit - before : 0n),
    })
  draft.journal.put(draft.used, nameOf(key), { key, used: before + amount })
  return undefined
}

/** Gives back what an order had used that came to nothing. */
export function giveBackAllowance(draft: AllowanceDraft, key: AllowanceKey, amount: bigint): void {
  const before = usedOf(draft, key)
  if (amount > before)
    throw new RangeError(`more of ${key.allowance} is given back than was ever used`)
  draft.journal.put(draft.used, nameOf(key), { key, used: before - amount })
}

function usedOf({ used }: AllowanceDraft, key: AllowanceKey): bigint {
  const found = used.get(nameOf(key))
  if (!found) throw new RangeError(`allowance ${nameOf(key)} was not loaded`)
  return found.used
}

export async function writeAllowances(tx: Tx, { used, before }: AllowanceDraft): Promise<void> {
  const changed = [...used].filter(([name, each]) => each !== before.get(name))
  if (changed.length === 0) return
  const columns = columnsOf(changed.map(([, { key }]) => key))
  await sql`
    update allowances a set used_minor = new.used
      from unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[], ${columns[3]}::text[],
                  ${changed.map(([, each]) => each.used)}::bigint[])
             as new (subject, allowance, period, currency, used)
     where (a.subject, a.allowance, a.period, a.currency)
         = (new.subject, new.allowance, new.period, new.currency)`.execute(tx)
}

/** What somebody has used, in minor units; for a quote that asks how much is left. */
export async function findUsed(
  db: Db,
  { subject, allowance, period, currency }: AllowanceKey,
): Promise<bigint> {
  const row = await db
    .selectFrom('allowances')
    .select('used_minor')
    .where('subject', '=', subject)
    .where('allowance', '=', allowance)
    .where('period', '=', period)
    .where('currency', '=', currency)
    .executeTakeFirst()
  return row?.used_minor ?? 0n
}

const columnsOf = (keys: readonly AllowanceKey[]): [string[], string[], string[], string[]] => [
  keys.map(({ subject }) => subject),
  keys.map(({ allowance }) => allowance),
  keys.map(({ period }) => period),
  keys.map(({ currency }) => currency),
]
