import { cleanText } from '../../basis/clean-text.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { transact, type Tx } from '../../db/index.ts'
import { findPerson, namesOf, ownAmong, writeMail } from '../../parties/index.ts'
import { close, type VerificationParts } from './ask-verification.ts'
import { findVerification } from './find-verifications.ts'
import { checkReason, countsUntil, type Verification } from './verification.ts'

export type DecideVerification = {
  readonly id: string
  /** `ended`: of what was verified before. */
  readonly state: 'verified' | 'declined' | 'ended'
  /** Told to who asked; may be empty where it is verified. */
  readonly reason: string
  /** The id of the operator. */
  readonly operator: string
}

/**
 * What an operator says of it; who asked gets a mail. The pictures go with it, the facts stay. Refused, in this order:
 * `no-such-verification`, `not-waiting` (`not-verified` where it shall end), `own-matter` (of oneself or a business one works
 * for), `reason-missing`, `reason-too-long`, and of a yes `document-expired` and `name-changed` since it was asked.
 */
export async function decideVerification(
  parts: VerificationParts,
  { id, state, reason: typed, operator }: DecideVerification,
): Promise<Refused | { decided: string }> {
  const reason = cleanText(typed).trim()
  const { db, hub, now, today } = parts
  return transact(db, async (tx) => {
    const found = await findVerification(tx, hub.id, id, { lock: true })
    if (!found) return refused('no-such-verification')
    if (state === 'ended' ? found.state !== 'verified' : found.state !== 'waiting')
      return refused(state === 'ended' ? 'not-verified' : 'not-waiting', { state: found.state })
    if (await isOwn(tx, hub.id, found, operator)) return refused('own-matter')
    const wordless = state === 'verified' && reason === '' ? undefined : checkReason(reason)
    if (wordless) return wordless
    if (state === 'verified') {
      const no = await whyNotVerified(tx, hub.id, found, today())
      if (no) return no
      await replaceEarlier(tx, hub.id, found, operator, now())
    }
    const validUntil = state === 'verified' ? countsUntil(found, today()) : undefined
    await close(tx, hub.id, found, { state, by: operator, at: now(), reason, validUntil })
    await tell(tx, parts, found, { state, reason })
    return { decided: id }
  })
}

async function isOwn(
  tx: Tx,
  hub: string,
  { holder }: Verification,
  operator: string,
): Promise<boolean> {
  if (holder.kind === 'person') return holder.id === operator
  return (await ownAmong(tx, hub, operator, [holder.id])).size > 0
}

async function whyNotVerified(
  tx: Tx,
  hub: string,
  { holder, name, validUntil }: Verification,
  today: string,
): Promise<Refused | undefined> {
  if (validUntil !== undefined && validUntil < today) return refused('document-expired')
  const now = (await namesOf(tx, hub, [holder])).get(holder.id)
  return now === name ? undefined : refused('name-changed', { name: now ?? '' })
}

async function replaceEarlier(
  tx: Tx,
  hub: string,
  { holder }: Verification,
  operator: string,
  at: number,
): Promise<void> {
  const earlier = await tx
    .selectFrom('verifications')
    .select('verification_id')
    .where('home_hub', '=', hub)
    .where('holder_kind', '=', holder.kind)
    .where('holder_id', '=', holder.id)
    .where('state', '=', 'verified')
    .forUpdate()
    .executeTakeFirst()
  if (earlier)
    await close(
      tx,
      hub,
      { id: earlier.verification_id, holder },
      { state: 'replaced', by: operator, at },
    )
}

/** A mail to who asked. */
async function tell(
  tx: Tx,
  parts: VerificationParts,
  { id, name }: Verification,
  { state, reason }: Pick<DecideVerification, 'state' | 'reason'>,
): Promise<void> {
  const { asked_by } = await tx
    .selectFrom('verifications')
    .select('asked_by')
    .where('home_hub', '=', parts.hub.id)
    .where('verification_id', '=', id)
    .executeTakeFirstOrThrow()
  const person = await findPerson(tx, parts.hub.id, asked_by)
  if (!person) return
  await writeMail(tx, parts, {
    ...{ to: person.email, locale: person.locale, subject: 'payments.verification.mail.subject' },
    text: `payments.verification.mail.${state}`,
    values: { name, reason },
  })
}
