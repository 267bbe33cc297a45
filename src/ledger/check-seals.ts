import { sql } from 'kysely'
import { instantOf, type Tx } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import type { LedgerFault } from './check-ledger.ts'
import { entryHashes, merkleRoot } from './hash-entries.ts'
import { blockRoot, signedBytes } from './seal.ts'
import { postedEvent } from './write-ledger.ts'
import './schema.ts'

export type SealReport = {
  readonly faults: readonly LedgerFault[]
  readonly blocks: number
  readonly unsealed: readonly string[]
}

/** Entries that are hashed at a time. */
const page = 5_000

type Block = {
  readonly number: bigint
  readonly previous_root: string
  readonly entries_root: string
  readonly root: string
  readonly entries: readonly string[]
  readonly leaves: Buffer
  readonly sealed_at: string
  readonly key_id: string
  readonly signature: Buffer
}

/** Follows the chain from the first block, making every hash anew, and says which entries no block has yet. */
export async function checkSeals(tx: Tx, keys: Pick<Keys, 'verify'>): Promise<SealReport> {
  const faults: LedgerFault[] = []
  let blocks = 0
  let last = { number: 0n, root: '' }
  for (;;) {
    const next = await blocksAfter(tx, last.number)
    if (next.length === 0) break
    const hashes = await entryHashes(
      tx,
      next.flatMap(({ entries }) => entries),
    )
    for (const block of next) {
      faults.push(...faultsOf(block, last, hashes, keys))
      last = block
      blocks += 1
    }
  }
  return { blocks, faults: [...faults, ...(await checkLog(tx))], unsealed: await unsealed(tx) }
}

async function blocksAfter(tx: Tx, number: bigint): Promise<Block[]> {
  const { rows } = await sql<Block>`
    select number, previous_root, entries_root, root, entries, leaves, sealed_at, key_id, signature
      from (select *, sum(cardinality(entries)) over (order by number) as running
              from (select * from ledger_blocks where number > ${number} order by number limit ${page}) b) b
     where running - cardinality(entries) < ${page} order by number`.execute(tx)
  return rows
}

function faultsOf(
  block: Block,
  last: { number: bigint; root: string },
  hashes: ReadonlyMap<string, string>,
  keys: Pick<Keys, 'verify'>,
): LedgerFault[] {
  const place = `block ${block.number}`
  const faults: LedgerFault[] = []
  if (block.number !== last.number + 1n)
    faults.push({ code: 'block-missing', place: `block ${last.number + 1n}` })
  if (block.previous_root !== last.root)
    faults.push({ code: 'chain-broken', place, found: block.previous_root, expected: last.root })
  const leaves = block.entries.map((_, index) => block.leaves.subarray(index * 32, index * 32 + 32))
  for (const [index, id] of block.entries.entries()) {
    const hash = hashes.get(id)
    if (!hash) faults.push({ code: 'entry-missing', place: `entry ${id}`, found: place })
    else if (hash !== leaves[index]!.toString('base64'))
      faults.push({ code: 'entry-changed', place: `entry ${id}`, found: place })
  }
  const entriesRoot = merkleRoot(leaves).toString('hex')
  if (entriesRoot !== block.entries_root)
    faults.push({ code: 'leaves-changed', place, found: entriesRoot, expected: block.entries_root })
  const root = blockRoot({
    number: block.number,
    previous: block.previous_root,
    entriesRoot: block.entries_root,
    count: block.entries.length,
    sealedAt: instantOf(block.sealed_at),
  })
  if (root !== block.root)
    faults.push({ code: 'block-changed', place, found: block.root, expected: root })
  if (!keys.verify(block.key_id, signedBytes(block.root), block.signature))
    faults.push({ code: 'signature-wrong', place, found: block.key_id })
  return faults
}

/** Blocks seal each entry once, and the event log names every entry that nobody has sealed yet. */
async function checkLog(tx: Tx): Promise<LedgerFault[]> {
  const { rows } = await sql<{ code: string; place: string }>`
    with sealed as (select unnest(entries) as entry_id from ledger_blocks),
         logged as (select jsonb_array_elements_text(body -> 'entries')::uuid as entry_id
                      from events where kind = ${postedEvent})
    select 'sealed-twice' as code, 'entry ' || entry_id as place
      from sealed group by entry_id having count(*) > 1
    union all
    select 'entry-missing', 'entry ' || entry_id
      from (select entry_id from logged except select entry_id from entries) gone
    union all
    select 'entry-without-event', 'entry ' || entry_id
      from (select entry_id from entries except select entry_id from logged) strange
    limit 100`.execute(tx)
  return rows
}

/** At most 1,000 ids; the sealer is seldom more than a second behind. */
async function unsealed(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ entry_id: string }>`
    select entry_id from entries
    except select unnest(entries) from ledger_blocks
    order by entry_id limit 1000`.execute(tx)
  return rows.map(({ entry_id }) => entry_id)
}
