import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { refused, type Refused } from '../basis/refusal.ts'
import { appendEvent, timestamptz, transact, type Db } from '../db/index.ts'
import type { PartiesParts } from './parts.ts'
import { enter, type SignedIn, type Visitor } from './sign-in.ts'
import { hashOf } from './tokens.ts'
import './schema.ts'

/** The address that the browser shows, which a passkey is bound to. */
export interface RelyingParty {
  origin: string
}

const fiveMinutes = 300_000
const failed = refused('passkey-failed')
const rpId = ({ origin }: RelyingParty): string => new URL(origin).hostname

/** What the browser asks its authenticator for a new passkey of this person. */
export async function registrationOptions(
  parts: PartiesParts,
  rp: RelyingParty,
  person: { personId: string; name: string; email: string },
) {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  const known = await parts.db.kysely
    .selectFrom('passkeys')
    .select('credential_id')
    .where('home_hub', '=', parts.hub.id)
    .where('person_id', '=', person.personId)
    .execute()
  return generateRegistrationOptions({
    rpName: parts.hub.name,
    rpID: rpId(rp),
    userName: person.email,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.personId),
    challenge: await makeChallenge(parts, person.personId),
    // The maker of the authenticator does not matter here, so that its papers are not asked for.
    attestationType: 'none',
    excludeCredentials: known.map(({ credential_id: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Keeps a new passkey; undefined when it is kept. */
export async function keepPasskey(
  parts: PartiesParts,
  rp: RelyingParty,
  personId: string,
  response: RegistrationResponseJSON,
  label: string,
): Promise<Refused | undefined> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  if (await bringsPapers(response)) return failed
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(parts, challenge, personId),
    expectedOrigin: rp.origin,
    expectedRPID: rpId(rp),
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) return failed
  const { credential } = verified.registrationInfo
  await transact(parts.db, async (tx) => {
    await tx
      .insertInto('passkeys')
      .values({
        home_hub: parts.hub.id,
        person_id: personId,
        credential_id: credential.id,
        public_key: credential.publicKey,
        counter: BigInt(credential.counter),
        transports: credential.transports ?? [],
        label: label.slice(0, 80),
        created_at: timestamptz(parts.now()),
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await appendEvent(tx, {
      hub: parts.hub.id,
      at: parts.now(),
      kind: 'passkey.added',
      subject: personId,
      actor: personId,
    })
  })
  return undefined
}

/** Certificates were not asked for, and checking them would mean connections to addresses in them. */
async function bringsPapers(response: RegistrationResponseJSON): Promise<boolean> {
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers')
  try {
    const object = isoBase64URL.toBuffer(response.response.attestationObject)
    return decodeAttestationObject(object).get('attStmt').get('x5c') !== undefined
  } catch {
    return true
  }
}

/** What the browser asks its authenticator for a sign-in; who it is, the passkey says. */
export async function signInOptions(parts: PartiesParts, rp: RelyingParty) {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  return generateAuthenticationOptions({
    rpID: rpId(rp),
    challenge: await makeChallenge(parts, null),
    userVerification: 'required',
  })
}

export async function signInWithPasskey(
  parts: PartiesParts,
  rp: RelyingParty,
  response: AuthenticationResponseJSON,
  visitor: Visitor,
): Promise<SignedIn | Refused> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const key = await findPasskey(parts.db.kysely, parts.hub.id, response.id)
  if (!key) return failed
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(parts, challenge, null),
    expectedOrigin: rp.origin,
    expectedRPID: rpId(rp),
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(key.public_key),
      counter: Number(key.counter),
    },
  }).catch(() => undefined)
  if (!verified?.verified) return failed
  const { newCounter } = verified.authenticationInfo
  return transact(parts.db, async (tx) => {
    await tx
      .updateTable('passkeys')
      .set({ counter: BigInt(newCounter), last_used_at: timestamptz(parts.now()) })
      .where('home_hub', '=', parts.hub.id)
      .where('credential_id', '=', response.id)
      .execute()
    return enter(tx, parts, key.person_id, visitor, 'passkey')
  })
}

export async function dropPasskey(
  parts: PartiesParts,
  personId: string,
  credentialId: string,
): Promise<void> {
  await transact(parts.db, async (tx) => {
    const row = await tx
      .deleteFrom('passkeys')
      .where('home_hub', '=', parts.hub.id)
      .where('person_id', '=', personId)
      .where('credential_id', '=', credentialId)
      .returning('credential_id')
      .executeTakeFirst()
    if (!row) return
    await appendEvent(tx, {
      hub: parts.hub.id,
      at: parts.now(),
      kind: 'passkey.removed',
      subject: personId,
      actor: personId,
    })
  })
}

const findPasskey = (db: Db, homeHub: string, credentialId: string) =>
  db
    .selectFrom('passkeys')
    .select(['person_id', 'public_key', 'counter'])
    .where('home_hub', '=', homeHub)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()

/** A question of 256 bits, to be answered once within five minutes. */
async function makeChallenge(
  { db, hub, now, random }: PartiesParts,
  personId: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(random(32))
  await db.kysely
    .deleteFrom('passkey_challenges')
    .where('expires_at', '<', timestamptz(now()))
    .execute()
  await db.kysely
    .insertInto('passkey_challenges')
    .values({
      challenge_hash: hashOf(Buffer.from(bytes).toString('base64url')),
      home_hub: hub.id,
      person_id: personId,
      expires_at: timestamptz(now() + fiveMinutes),
    })
    .execute()
  return bytes
}

/** Whether we asked this, of this person, and nobody has answered yet. */
async function takeChallenge(
  { db, hub, now }: PartiesParts,
  challenge: string,
  personId: string | null,
): Promise<boolean> {
  const row = await db.kysely
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hashOf(challenge))
    .where('home_hub', '=', hub.id)
    .where('expires_at', '>', timestamptz(now()))
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined && row.person_id === personId
}
