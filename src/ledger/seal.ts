// The sealer follows the events of posted entries and closes them in blocks, each signed and chained to the one before, so
// that whoever changes the books later, also with the database's own password, breaks a seal.
import { timestamptz, type EventReader, type LoggedEvent, type Tx } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import { entryHashes, merkleRoot, sha256 } from './hash-entries.ts'
import { postedEvent } from './write-ledger.ts'
import './schema.ts'

export const sealerName = 'ledger-sealer'

/** Most entries in one block. */
const mostEntries = 10_000

export function sealer(parts: { readonly keys: Keys; readonly now: () => number }): EventReader {
  return {
    name: sealerName,
    kinds: [postedEvent],
    async handle(tx, events) {
      const posted = await postedBy(tx, events)
      for (let at = 0; at < posted.length; at += mostEntries)
        await sealBlock(tx, posted.slice(at, at + mostEntries), parts)
    },
  }
}

/** The ids of the entries that an event says were posted. */
export const entriesOf = ({ body }: Pick<LoggedEvent, 'body'>): string[] =>
  (body['entries'] as string[] | undefined) ?? []

type Posted = { readonly id: string; readonly leaf: Buffer }

/** Who writes entries says what is in them; of what was written before that was so, it is read. */
async function postedBy(tx: Tx, events: readonly LoggedEvent[]): Promise<Posted[]> {
  const untold = events.filter(({ body }) => body['leaves'] === undefined).flatMap(entriesOf)
  const read = untold.length > 0 ? await entryHashes(tx, untold) : new Map<string, string>()
  return events.flatMap((event) => {
    const leaves = (event.body['leaves'] as string[] | undefined) ?? []
    return entriesOf(event).map((id, at) => {
      const leaf = leaves[at] ?? read.get(id)
      if (!leaf) throw new Error(`entry ${id} was posted and is gone: run ewtp ledger check`)
      return { id, leaf: Buffer.from(leaf, 'base64') }
    })
  })
}

async function sealBlock(
  tx: Tx,
  posted: readonly Posted[],
  { keys, now }: { readonly keys: Keys; readonly now: () => number },
): Promise<void> {
  const leaves = posted.map(({ leaf }) => leaf)
  const last = await tx
    .selectFrom('ledger_blocks')
    .select(['number', 'root'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const head = {
    number: (last?.number ?? 0n) + 1n,
    previous: last?.root ?? '',
    entriesRoot: merkleRoot(leaves).toString('hex'),
    count: posted.length,
    sealedAt: now(),
  }
  const root = blockRoot(head)
  const { keyId, signature } = keys.sign(signedBytes(root))
  await tx
    .insertInto('ledger_blocks')
    .values({
      number: head.number,
      previous_root: head.previous,
      entries_root: head.entriesRoot,
      root,
      entries: posted.map(({ id }) => id),
      leaves: Buffer.concat(leaves),
      sealed_at: timestamptz(head.sealedAt),
      key_id: keyId,
      signature: Buffer.from(signature),
    })
    .execute()
}

export type BlockHead = {
  readonly number: bigint
  readonly previous: string
  readonly entriesRoot: string
  readonly count: number
  readonly sealedAt: number
}

export const blockRoot = ({ number, previous, entriesRoot, count, sealedAt }: BlockHead): string =>
  sha256(JSON.stringify([String(number), previous, entriesRoot, count, sealedAt])).toString('hex')

/** What is signed says what it is, so that no other signature of the hub's can pass for a seal. */
export const signedBytes = (root: string): Uint8Array => Buffer.from(`ewtp ledger block ${root}`)
