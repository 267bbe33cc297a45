import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from 'hono'
import * as z from 'zod'
import { isRefused } from '../../basis/refusal.ts'
import { signedInActor, type PartiesEnv } from '../actor.ts'
import { browserOf } from '../browser-name.ts'
import { dropPasskey, keepPasskey, registrationOptions } from '../passkeys.ts'
import { signInOptions, signInWithPasskey } from '../passkeys.ts'
import type { PartiesParts } from '../parts.ts'
import { problem } from '../problem.ts'
import { limits, tryOnce } from '../rate-limits.ts'
import { readForm } from './form.ts'
import { bringIn } from './handle-sign-in.tsx'
import { originOf, visitorOf } from './visitor.ts'

type C = Context<PartiesEnv>

const text = z.string().max(20_000)
const common = { id: text.max(1_400), rawId: text.max(1_400), type: z.literal('public-key') }

/** What browsers send by `PublicKeyCredential.toJSON()`; further members are theirs. */
const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(text.max(40)).max(10).optional(),
  }),
})
const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.nullish(),
  }),
})

export async function askToSignIn(c: C, parts: PartiesParts): Promise<Response> {
  const { address } = visitorOf(c, parts)
  const once = await tryOnce(parts.db.kysely, limits.passkeyFromAddress, address, parts.now())
  if (!once.allowed) {
    c.header('retry-after', String(once.wait))
    return problem(c, 429, 'too-many-tries', { wait: once.wait })
  }
  return c.json({ get: await signInOptions(parts, { origin: originOf(c, parts) }) })
}

export async function signInByPasskey(c: C, parts: PartiesParts): Promise<Response> {
  const body = assertion.safeParse(await bodyOf(c))
  if (!body.success) return problem(c, 400, 'passkey-not-readable')
  const { userHandle, ...rest } = body.data.response
  const response: AuthenticationResponseJSON = {
    ...body.data,
    response: { ...rest, ...(userHandle ? { userHandle } : {}) },
    clientExtensionResults: {},
  }
  const rp = { origin: originOf(c, parts) }
  const outcome = await signInWithPasskey(parts, rp, response, visitorOf(c, parts))
  if (isRefused(outcome)) return problem(c, 422, outcome.refused)
  await bringIn(c, parts, outcome)
  return c.json({ signedIn: true })
}

export async function askForPasskey(c: C, parts: PartiesParts): Promise<Response> {
  const rp = { origin: originOf(c, parts) }
  return c.json({ create: await registrationOptions(parts, rp, signedInActor(c)) })
}

export async function addPasskey(c: C, parts: PartiesParts): Promise<Response> {
  const body = registration.safeParse(await bodyOf(c))
  if (!body.success) return problem(c, 400, 'passkey-not-readable')
  const { transports, ...rest } = body.data.response
  const response = {
    ...body.data,
    response: { ...rest, ...(transports ? { transports } : {}) },
    clientExtensionResults: {},
  } as RegistrationResponseJSON
  const rp = { origin: originOf(c, parts) }
  const { personId } = signedInActor(c)
  const label = browserOf(c.req.header('user-agent') ?? '')
  const no = await keepPasskey(parts, rp, personId, response, label)
  return no ? problem(c, 422, no.refused) : c.json({ kept: true })
}

export async function removePasskey(c: C, parts: PartiesParts): Promise<Response> {
  const credentialId = (await readForm(c)).text('passkey')
  await dropPasskey(parts, signedInActor(c).personId, credentialId)
  return c.redirect('/account', 303)
}

const bodyOf = (c: C): Promise<unknown> => c.req.json().catch(() => undefined)
