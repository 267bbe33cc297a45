import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import {
  advisoryLocks,
  instantOf,
  timestamptz,
  transact,
  type Database,
  type Tx,
} from '../db/index.ts'
import {
  makeSigningKey,
  privateKeyText,
  signBytes,
  signingKeyFromText,
  verifyBytes,
} from './key.ts'
import type { PublicJwk, SigningKey } from './key.ts'
import './schema.ts'

/** A key that the hub signs or once signed with; instants in Unix milliseconds. */
export interface PublishedKey {
  id: string
  algorithm: string
  publicKey: PublicJwk
  validFrom: number
  validTo: number | null
}

export interface Keys {
  /** The key that signs now. */
  current(): PublishedKey
  /** Every key there ever was, the oldest first. */
  published(): readonly PublishedKey[]
  sign(bytes: Uint8Array): { keyId: string; signature: Uint8Array }
  /** False also when the hub never had a key of that id. */
  verify(keyId: string, bytes: Uint8Array, signature: Uint8Array): boolean
  /** Signs with a new key from now on; the old one goes on checking old signatures. */
  rotate(now: number): Promise<void>
}

/**
 * Opens the hub's keys, making the first one on the first start. Private halves are files in the
 * folder, mode 0600.
 */
export async function openKeys(
  database: Database,
  folder: string,
  startedAt: number,
): Promise<Keys> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let ring = await transact(database, async (tx) => {
    await lockKeys(tx)
    return (await readRing(tx, folder)) ?? addKey(tx, folder, startedAt)
  })
  const byId = (id: string) => ring.published.find((key) => key.id === id)

  return {
    current: () => byId(ring.signing.id)!,
    published: () => ring.published,
    sign: (bytes) => ({ keyId: ring.signing.id, signature: signBytes(ring.signing, bytes) }),
    verify(keyId, bytes, signature) {
      const key = byId(keyId)
      return key !== undefined && verifyBytes(key.publicKey, bytes, signature)
    },
    async rotate(now) {
      ring = await transact(database, async (tx) => {
        await lockKeys(tx)
        // The clock may have been set back.
        const at = Math.max(now, byId(ring.signing.id)!.validFrom)
        const end = { valid_to: timestamptz(at) }
        await tx.updateTable('hub_keys').set(end).where('valid_to', 'is', null).execute()
        return addKey(tx, folder, at)
      })
    },
  }
}

interface Ring {
  signing: SigningKey
  published: readonly PublishedKey[]
}

/**
 * The file first, then the row: a crash between them leaves a file that nobody knows, never a key
 * without a half.
 */
async function addKey(tx: Tx, folder: string, now: number): Promise<Ring> {
  const key = makeSigningKey()
  writeDurably(fileOf(folder, key.id), privateKeyText(key))
  const row = { key_id: key.id, algorithm: 'Ed25519', public_key: JSON.stringify(key.publicKey) }
  await tx
    .insertInto('hub_keys')
    .values({ ...row, valid_from: timestamptz(now), valid_to: null })
    .execute()
  return { signing: key, published: await readPublished(tx) }
}

async function readRing(tx: Tx, folder: string): Promise<Ring | undefined> {
  const published = await readPublished(tx)
  const current = published.find((key) => key.validTo === null)
  if (!current) return undefined
  return { signing: readPrivateKey(folder, current.id), published }
}

async function readPublished(tx: Tx): Promise<PublishedKey[]> {
  const rows = await tx
    .selectFrom('hub_keys')
    .selectAll()
    .orderBy('valid_from')
    .orderBy('valid_to')
    .execute()
  return rows.map((row) => ({
    id: row.key_id,
    algorithm: row.algorithm,
    publicKey: row.public_key,
    validFrom: instantOf(row.valid_from),
    validTo: row.valid_to === null ? null : instantOf(row.valid_to),
  }))
}

/** A hub never signs with a new key by itself: peers have pinned the one it has. */
function readPrivateKey(folder: string, id: string): SigningKey {
  const file = fileOf(folder, id)
  try {
    const key = signingKeyFromText(readFileSync(file, 'utf8'))
    if (key.id === id) return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  throw new Error(
    `The hub signs with key ${id}, whose private half should be in ${file}: bring that file back`,
  )
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}.pem`)

async function lockKeys(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.space}, ${advisoryLocks.keys})`.execute(tx)
}
