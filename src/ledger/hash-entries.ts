// The hashes that seals are made of: a Merkle tree as in RFC 6962 section 2.1 (SHA-256, leaves and nodes told apart by
// their first byte) over entries written as canonical JSON.
import { createHash, hash } from 'node:crypto'
import { sql } from 'kysely'
import { isUuid } from '../basis/uuid.ts'
import { instantOf, type Db, type Tx } from '../db/index.ts'
import type { Entry, Leg } from './draft.ts'
import './schema.ts'

/** An entry with all that a seal covers, amounts as decimal text. */
type Covered = {
  readonly id: string
  readonly kind: string
  readonly reference: string
  readonly at: number
  readonly actor: string | null
  readonly corrects: string | null
  /** By account: account, position, amount, balance after it. */
  readonly postings: readonly (readonly [string, string, string, string])[]
  /** What it put in escrow, by number: number, leg, amount, payer, beneficiary. */
  readonly legs: readonly (readonly [number, string, string, string, string])[]
}

export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** A zero byte, in front of the text. */
const leafByte = '\u0000'
const nodeByte = Uint8Array.of(1)

const leafHash = (entry: Covered): string =>
  hash(
    'sha256',
    leafByte +
      JSON.stringify([
        entry.id,
        entry.kind,
        entry.reference,
        entry.at,
        entry.actor,
        entry.corrects,
        entry.postings,
        entry.legs,
      ]),
    'base64',
  )

/** The leaf of an entry that is about to be written, with the legs that it puts in escrow; base64. */
export function leafOf(entry: Entry, legs: readonly Leg[]): string {
  const { id, kind, reference, at, actor = null, corrects = null } = entry
  const postings = entry.postings.map(
    ({ account, position, amount, balance }) =>
      [account, `${position}`, `${amount}`, `${balance}`] as const,
  )
  return leafHash({
    ...{ id, kind, reference, at, actor, corrects },
    // As the database orders them: names of accounts are ASCII.
    postings: postings.toSorted(([one], [other]) => (one < other ? -1 : 1)),
    legs: legs.map(({ number, leg, amount, payer, beneficiary }) => [
      ...([number, leg, `${amount}`, payer, beneficiary] as const),
    ]),
  })
}

/** The root of the tree over the leaves in their order. At least one. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves
  while (level.length > 1) {
    const above: Buffer[] = []
    // A node without a neighbour goes up as it is: the same tree as the recursive one of the RFC.
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at]!
      const right = level[at + 1]
      above.push(right ? sha256(nodeByte, left, right) : left)
    }
    level = above
  }
  return level[0]!
}

/** The leaf of each entry as it stands in the database, by its id; base64. A few thousand at a time. */
export async function entryHashes(
  db: Db | Tx,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{
    entry_id: string
    kind: string
    reference: string
    at: string
    actor: string | null
    corrects: string | null
  }>`select entry_id, kind, reference, at, actor, corrects from entries
      where entry_id = any(${ids}::uuid[])`.execute(db)
  const postings = await postingsOf(db, ids)
  const references = new Set(rows.map(({ reference }) => reference))
  const legs = await legsPutInBy(db, [...references])
  return new Map(
    rows.map((row) => [
      row.entry_id,
      leafHash({
        id: row.entry_id,
        kind: row.kind,
        reference: row.reference,
        at: instantOf(row.at),
        actor: row.actor,
        corrects: row.corrects,
        postings: postings.get(row.entry_id) ?? [],
        legs: legs.get(row.entry_id) ?? [],
      }),
    ]),
  )
}

async function postingsOf(
  db: Db | Tx,
  ids: readonly string[],
): Promise<Map<string, Covered['postings'][number][]>> {
  const { rows } = await sql<{
    entry_id: string
    account: string
    position: string
    amount: string
    balance: string
  }>`select entry_id, account, position::text, amount_minor::text as amount, balance_minor::text as balance
       from postings where entry_id = any(${ids}::uuid[]) order by entry_id, account`.execute(db)
  const found = new Map<string, Covered['postings'][number][]>()
  for (const { entry_id, account, position, amount, balance } of rows)
    listUnder(found, entry_id).push([account, position, amount, balance])
  return found
}

/** Legs are found by their order, which is what the entry that put them in refers to. */
async function legsPutInBy(
  db: Db | Tx,
  references: readonly string[],
): Promise<Map<string, Covered['legs'][number][]>> {
  const orders = references.filter(isUuid)
  if (orders.length === 0) return new Map()
  const { rows } = await sql<{
    entry_id: string
    number: number
    leg: string
    amount: string
    payer: string
    beneficiary: string
  }>`select entry_id, number, leg, amount_minor::text as amount, payer, beneficiary
       from escrow_legs where order_id = any(${orders}::uuid[]) order by order_id, number`.execute(
    db,
  )
  const found = new Map<string, Covered['legs'][number][]>()
  for (const { entry_id, number, leg, amount, payer, beneficiary } of rows)
    listUnder(found, entry_id).push([number, leg, amount, payer, beneficiary])
  return found
}

function listUnder<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key)
  if (!list) lists.set(key, (list = []))
  return list
}
