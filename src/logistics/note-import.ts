import { createHash } from 'node:crypto'
import { appendEvent, timestamptz, type Tx } from '../db/index.ts'
import type { LaneImport } from './import-lanes.ts'

/** Who brought which file when; written with what the file did, or not at all. */
export type ImportNote = {
  readonly importId: string
  /** Unix milliseconds. */
  readonly at: number
  readonly hub: string
  /** Undefined: from the command line. */
  readonly personId?: string
  readonly fileName: string
  /** In hex; known once the file has been read to its end. */
  sha256(): string
}

export type ImportCounts = Pick<LaneImport, 'rows' | 'added' | 'ended' | 'unchanged'>

/** Keeps the note for whoever asks where a price came from, and writes the event `lanes.imported`. */
export async function noteImport(tx: Tx, note: ImportNote, counts: ImportCounts): Promise<void> {
  const { importId, at, hub, personId, fileName } = note
  const sha256 = note.sha256()
  const name = fileName.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '').slice(0, 200)
  await tx
    .insertInto('lane_imports')
    .values({
      ...counts,
      import_id: importId,
      at: timestamptz(at),
      person_id: personId ?? null,
      file_name: name || 'lanes.csv',
      sha256,
    })
    .execute()
  const body = { ...counts, sha256 }
  await appendEvent(tx, {
    hub,
    kind: 'lanes.imported',
    subject: importId,
    actor: personId,
    body,
    at,
  })
}

/** The same bytes, and their SHA-256 once all have gone by. */
export function hashed(bytes: AsyncIterable<Uint8Array>): {
  bytes: AsyncIterable<Uint8Array>
  sha256(): string
} {
  const hash = createHash('sha256')
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      hash.update(piece)
      yield piece
    }
  }
  let digest: string | undefined
  return { bytes: passing(), sha256: () => (digest ??= hash.digest('hex')) }
}
