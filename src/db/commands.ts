// Commands that move money or goods are done once, however often they are sent: known by (actor, kind, key), with their
// outcome stored in the transaction of their effects and given again byte for byte (ARCHITECTURE 2; the status codes are
// those of the draft "The Idempotency-Key HTTP Header Field", draft-ietf-httpapi-idempotency-key-header).
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './connect.ts'
import { timestamptz } from './parsers.ts'
import { transact, type Tx } from './transaction.ts'
import './commands-schema.ts'

export interface Command<B> {
  /** The id of who sends it; keys of different senders are different keys. */
  readonly actor: string
  /** What it does: `payment`, `checkout`. */
  readonly kind: string
  /** The sender's key, 1 to 255 characters. */
  readonly key: string
  /** What was asked, as bytes or text: another request under the same key is refused. */
  readonly request: string
  readonly body: B
}

/** What the sender gets, the first time and every time after. */
export interface Outcome {
  /** HTTP: 2xx accepted, 4xx refused. Faults and 503 are never stored. */
  readonly status: number
  /** JSON text. */
  readonly body: string
}

export type Answer =
  | { readonly answer: 'done'; readonly outcome: Outcome; readonly again: boolean }
  /** The same command is at work in another transaction: 409 with Retry-After. */
  | { readonly answer: 'at-work' }
  /** The key was used for another request: 422. */
  | { readonly answer: 'key-of-another-request' }

/** A command that is to be done now, by its place in the batch. */
type Place = { readonly index: number; readonly lock: bigint; readonly hash: string }

/** What a batch decided, and what is still to be written of it: `write` is sent together with the outcomes. */
export interface Decided {
  readonly outcomes: readonly Outcome[]
  readonly write: () => Promise<unknown>
}

/**
 * Does a batch in one transaction. `work` gets the commands that were never done, in their order, and tells an outcome for
 * each; what it writes and the outcomes hold together. A fault in it rolls the whole batch back. `ahead` only reads, for all
 * commands, and is sent together with the look for earlier outcomes.
 */
export async function runCommands<B, A = undefined>(
  database: Database,
  commands: readonly Command<B>[],
  now: number,
  work: (tx: Tx, fresh: readonly Command<B>[], ahead: A) => Promise<readonly Outcome[] | Decided>,
  ahead?: (tx: Tx) => Promise<A>,
): Promise<Answer[]> {
  const inOne = async (tx: Tx): Promise<Answer[]> => {
    const places = commands.map((command, index) => placeOf(command, index))
    const answers = new Array<Answer | undefined>(commands.length)
    const firsts = firstOfEachKey(commands, places)
    const asked = [...firsts.values()]
    const [obtained, stored, found] = await Promise.all([
      lockKeys(tx, asked),
      findOutcomes(
        tx,
        asked.map(({ index }) => commands[index]!),
      ),
      ahead?.(tx) as Promise<A>,
    ])
    const fresh: Place[] = []
    for (const [at, place] of asked.entries()) {
      const known = stored.get(nameOf(commands[place.index]!))
      if (!obtained[at]) answers[place.index] = { answer: 'at-work' }
      else if (known) answers[place.index] = answerFrom(known, place)
      else fresh.push(place)
    }
    if (fresh.length > 0) {
      const done = await work(
        tx,
        fresh.map(({ index }) => commands[index]!),
        found,
      )
      const { outcomes, write } = 'outcomes' in done ? done : { outcomes: done, write: undefined }
      await Promise.all([write?.(), keepOutcomes(tx, commands, fresh, outcomes, now)])
      for (const [at, { index }] of fresh.entries())
        answers[index] = { answer: 'done', outcome: outcomes[at]!, again: false }
    }
    return commands.map((command, index) => {
      const first = firsts.get(nameOf(command))!
      const answer = answers[first.index]!
      if (first.index === index || answer.answer !== 'done') return answer
      return first.hash === places[index]!.hash
        ? { ...answer, again: true }
        : { answer: 'key-of-another-request' }
    })
  }
  return transact(database, inOne, { readsFirst: true })
}

const nameOf = ({ actor, kind, key }: Pick<Command<unknown>, 'actor' | 'kind' | 'key'>): string =>
  JSON.stringify([actor, kind, key])

function placeOf(command: Command<unknown>, index: number): Place {
  const lock = createHash('sha256').update(nameOf(command)).digest().readBigInt64BE()
  const hash = createHash('sha256').update(command.request).digest('hex')
  return { index, lock, hash }
}

/** A key that comes twice in one batch is done once: the later ones get the first one's answer. */
function firstOfEachKey(
  commands: readonly Command<unknown>[],
  places: readonly Place[],
): Map<string, Place> {
  const firsts = new Map<string, Place>()
  for (const place of places) {
    const name = nameOf(commands[place.index]!)
    if (!firsts.has(name)) firsts.set(name, place)
  }
  return firsts
}

/** Never waits: whoever holds the key is doing the command right now. */
async function lockKeys(tx: Tx, places: readonly Place[]): Promise<boolean[]> {
  const { rows } = await sql<{ obtained: boolean }>`
    select pg_try_advisory_xact_lock(lock) as obtained
      from unnest(${places.map(({ lock }) => lock)}::bigint[]) with ordinality as k (lock, place)
     order by place`.execute(tx)
  return rows.map(({ obtained }) => obtained)
}

interface Stored extends Outcome {
  hash: string
}

/** In a statement after that of the locks, so that it sees what their last holders committed. */
async function findOutcomes(
  tx: Tx,
  commands: readonly Command<unknown>[],
): Promise<Map<string, Stored>> {
  if (commands.length === 0) return new Map()
  const { rows } = await sql<{
    actor: string
    kind: string
    key: string
    request_hash: string
    status: number
    body: string
  }>`
    select o.actor, o.kind, o.key, o.request_hash, o.status, o.body
      from command_outcomes o
      join unnest(${commands.map(({ actor }) => actor)}::text[], ${commands.map(({ kind }) => kind)}::text[],
                  ${commands.map(({ key }) => key)}::text[]) as k (actor, kind, key)
        on (o.actor, o.kind, o.key) = (k.actor, k.kind, k.key)`.execute(tx)
  return new Map(
    rows.map((row) => [
      nameOf(row),
      { hash: row.request_hash, status: row.status, body: row.body },
    ]),
  )
}

function answerFrom({ hash, ...outcome }: Stored, place: Place): Answer {
  return hash === place.hash
    ? { answer: 'done', outcome, again: true }
    : { answer: 'key-of-another-request' }
}

async function keepOutcomes(
  tx: Tx,
  commands: readonly Command<unknown>[],
  places: readonly Place[],
  outcomes: readonly Outcome[],
  now: number,
): Promise<void> {
  if (outcomes.length !== places.length)
    throw new Error(`${places.length} commands had ${outcomes.length} outcomes`)
  const kept = places.map(({ index }) => commands[index]!)
  await sql`
    insert into command_outcomes (actor, kind, key, request_hash, status, body, at)
    select actor, kind, key, request_hash, status, body, ${timestamptz(now)}::timestamptz
      from unnest(${kept.map(({ actor }) => actor)}::text[], ${kept.map(({ kind }) => kind)}::text[],
                  ${kept.map(({ key }) => key)}::text[], ${places.map(({ hash }) => hash)}::text[],
                  ${outcomes.map(({ status }) => status)}::smallint[], ${outcomes.map(({ body }) => body)}::text[])
             as new (actor, kind, key, request_hash, status, body)`.execute(tx)
}

const keptFor = 30 * 24 * 60 * 60 * 1000

/** Outcomes older than 30 days; in pieces, as an open transaction holds the event readers. Tells how many went. */
export async function forgetOutcomes(database: Database, now: number): Promise<number> {
  const { rows } = await sql<{ gone: bigint }>`
    with old as (
      select actor, kind, key from command_outcomes where at < ${timestamptz(now - keptFor)} limit 10000
    ), gone as (
      delete from command_outcomes o using old
       where (o.actor, o.kind, o.key) = (old.actor, old.kind, old.key) returning 1
    )
    select count(*) as gone from gone`.execute(database.kysely)
  return Number(rows[0]?.gone ?? 0n)
}
