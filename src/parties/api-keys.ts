import { refused, type Refused } from '../basis/refusal.ts'
import { isUuid, uuidv7 } from '../basis/uuid.ts'
import { appendEvent, timestamptz, transact, type Db } from '../db/index.ts'
import type { PartiesParts } from './parts.ts'
import { scopes as known } from './permissions.ts'
import { hashOf } from './tokens.ts'
import './schema.ts'

const day = 86_400_000

/** Days that a key may work; 0 is until revoked. */
export const keyLives = [30, 90, 365, 0] as const

export interface MakeKey {
  businessId: string
  personId: string
  label: string
  scopes: readonly string[]
  /** One of `keyLives`. */
  days: number
}

/** Makes a key; its text is only ever given here. */
export async function makeApiKey(
  parts: PartiesParts,
  { businessId, personId, label, scopes, days }: MakeKey,
): Promise<{ keyId: string; text: string } | Refused> {
  if (label.trim() === '' || label.length > 80) return refused('label-missing')
  const given = known.filter((scope) => scopes.includes(scope))
  if (given.length === 0) return refused('scopes-missing')
  const life = keyLives.find((each) => each === days) ?? 90
  const keyId = uuidv7(parts.now(), parts.random)
  const prefix = Buffer.from(parts.random(6)).toString('hex')
  const text = `ewtp_${prefix}_${Buffer.from(parts.random(32)).toString('base64url')}`
  const now = parts.now()
  await transact(parts.db, async (tx) => {
    await tx
      .insertInto('api_keys')
      .values({
        home_hub: parts.hub.id,
        business_id: businessId,
        key_id: keyId,
        prefix,
        secret_hash: hashOf(text),
        label: label.trim(),
        scopes: given,
        made_by: personId,
        created_at: timestamptz(now),
        expires_at: life === 0 ? null : timestamptz(now + life * day),
        last_used_at: null,
        revoked_at: null,
      })
      .execute()
    await appendEvent(tx, {
      hub: parts.hub.id,
      at: now,
      kind: 'key.made',
      subject: businessId,
      actor: personId,
      body: { key: keyId, scopes: given, days: life },
    })
  })
  return { keyId, text }
}

/** Stops a key at once and for ever. */
export async function revokeApiKey(
  parts: PartiesParts,
  { businessId, keyId, personId }: { businessId: string; keyId: string; personId: string },
): Promise<void> {
  if (!isUuid(keyId)) return
  await transact(parts.db, async (tx) => {
    const done = await tx
      .updateTable('api_keys')
      .set({ revoked_at: timestamptz(parts.now()) })
      .where('home_hub', '=', parts.hub.id)
      .where('business_id', '=', businessId)
      .where('key_id', '=', keyId)
      .where('revoked_at', 'is', null)
      .returning('key_id')
      .executeTakeFirst()
    if (!done) return
    await appendEvent(tx, {
      hub: parts.hub.id,
      at: parts.now(),
      kind: 'key.revoked',
      subject: businessId,
      actor: personId,
      body: { key: keyId },
    })
  })
}

/** The keys of a business, the latest first, without their secrets. */
export function findApiKeys(db: Db, homeHub: string, businessId: string) {
  return db
    .selectFrom('api_keys as k')
    .leftJoin('people as p', (join) =>
      join.onRef('p.home_hub', '=', 'k.home_hub').onRef('p.person_id', '=', 'k.made_by'),
    )
    .select([
      'k.key_id as id',
      'k.prefix',
      'k.label',
      'k.scopes',
      'k.expires_at as expiresAt',
      'k.last_used_at as lastUsedAt',
      'k.revoked_at as revokedAt',
      'p.name as madeBy',
    ])
    .where('k.home_hub', '=', homeHub)
    .where('k.business_id', '=', businessId)
    .orderBy('k.key_id', 'desc')
    .limit(100)
    .execute()
}
