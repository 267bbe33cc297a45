import { sql } from 'kysely'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import type { ReadyPicture } from '../../catalogue/index.ts'
import { appendEvent, timestamptz, transact, type Db, type Tx } from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import { namesOf } from '../../parties/index.ts'
import type { PaymentParts } from '../parts.ts'
import { findVerification } from './find-verifications.ts'
import {
  askedWithin,
  checkDocument,
  mostAsked,
  mostSides,
  type SaidDocument,
  type Verification,
} from './verification.ts'
import './schema.ts'

export type VerificationParts = Pick<PaymentParts, 'db' | 'hub' | 'now' | 'today' | 'random'>

/** The event that somebody asked, withdrew, or was decided on; its subject is the verification. */
export const verificationEvent = 'verification.changed'

export type AskVerification = SaidDocument & {
  /** A UUIDv7 by the caller: who sends it again asks once. */
  readonly id: string
  readonly holder: Holder
  /** The id of the person; their right to the holder was asked before. */
  readonly person: string
}

/**
 * Shows the hub a document. Refused, in this order: what `checkDocument` refuses, `pictures-missing`, `too-many-pictures` (2),
 * `already-waiting`, `too-many-asked` (5 in thirty days). Whether it comes again is told by the same id.
 */
export async function askVerification(
  { db, hub, now, today }: VerificationParts,
  asked: AskVerification,
  sides: readonly ReadyPicture[],
): Promise<Refused | { asked: string }> {
  const said = checkDocument(asked.holder.kind, asked, today())
  if (isRefused(said)) return said
  if (sides.length === 0) return refused('pictures-missing')
  if (sides.length > mostSides) return refused('too-many-pictures', { most: mostSides })
  const { holder, id, person } = asked
  const at = now()
  return transact(db, async (tx) => {
    const isAsked = async () => {
      const known = await findVerification(tx, hub.id, id)
      return known !== undefined && sameHolder(known.holder, holder)
    }
    if (await isAsked()) return { asked: id }
    const no = await whyNotAsked(tx, hub.id, { ...holder, but: id }, at)
    if (no) return no
    const name = (await namesOf(tx, hub.id, [holder])).get(holder.id)
    if (name === undefined) return refused('no-such-holder')
    const { numInsertedOrUpdatedRows: inserted } = await tx
      .insertInto('verifications')
      .values({
        ...{
          home_hub: hub.id,
          verification_id: id,
          holder_kind: holder.kind,
          holder_id: holder.id,
        },
        ...{ name, document: said.document, country: said.country, state: 'waiting', reason: '' },
        ...{ valid_until: said.validUntil ?? null, asked_at: timestamptz(at), asked_by: person },
        ...{ decided_at: null, decided_by: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    // Sent twice at the same moment: the other one is there now.
    if (inserted === 0n) return (await isAsked()) ? { asked: id } : refused('already-waiting')
    for (const [index, side] of sides.entries()) await keepSide(tx, hub.id, id, index + 1, side)
    await appendEvent(tx, {
      ...{ hub: hub.id, kind: verificationEvent, subject: id, actor: person, at },
      body: { holder: `${holder.kind}:${holder.id}`, state: 'waiting' },
    })
    return { asked: id }
  })
}

const sameHolder = (one: Holder, other: Holder): boolean =>
  one.kind === other.kind && one.id === other.id

/** Whether somebody may ask now, told before a picture is decoded, which takes a second; `but` for the one that is sent again. */
export async function whyNotAsked(
  db: Db,
  hub: string,
  { kind, id, but }: Holder & { readonly but: string },
  now: number,
): Promise<Refused | undefined> {
  const { rows } = await sql<{ waiting: boolean; asked: number }>`
    select count(*) filter (where state = 'waiting') > 0 as waiting,
           count(*) filter (where asked_at > ${timestamptz(now - askedWithin)})::int as asked
      from verifications
     where home_hub = ${hub} and holder_kind = ${kind} and holder_id = ${id} and verification_id <> ${but}`.execute(
    db,
  )
  const [{ waiting, asked } = { waiting: false, asked: 0 }] = rows
  if (waiting) return refused('already-waiting')
  return asked >= mostAsked ? refused('too-many-asked', { most: mostAsked }) : undefined
}

/** The largest form is enough. */
async function keepSide(
  tx: Tx,
  hub: string,
  id: string,
  number: number,
  { forms }: ReadyPicture,
): Promise<void> {
  const whole = forms.find(({ form }) => form === 'original')
  if (!whole) throw new Error('a picture without its pixels')
  const { width, height, data: bytes } = whole
  await tx
    .insertInto('verification_pictures')
    .values({ home_hub: hub, verification_id: id, number, width, height, bytes })
    .execute()
}

/** Takes back what waits, with its pictures. Refused: `no-such-verification` (of this holder), `not-waiting`. */
export async function withdrawVerification(
  { db, hub, now }: VerificationParts,
  { id, holder, person }: Pick<AskVerification, 'id' | 'holder' | 'person'>,
): Promise<Refused | { withdrawn: string }> {
  return transact(db, async (tx) => {
    const found = await findVerification(tx, hub.id, id, { lock: true })
    if (!found || !sameHolder(found.holder, holder)) return refused('no-such-verification')
    if (found.state !== 'waiting') return refused('not-waiting', { state: found.state })
    await close(tx, hub.id, found, { state: 'withdrawn', by: person, at: now() })
    return { withdrawn: id }
  })
}

/** The state after; with what waits its pictures go. */
export async function close(
  tx: Tx,
  hub: string,
  { id, holder }: Pick<Verification, 'id' | 'holder'>,
  after: {
    readonly state: Exclude<Verification['state'], 'waiting'>
    readonly by: string
    readonly at: number
    readonly reason?: string
    readonly validUntil?: string | undefined
  },
): Promise<void> {
  const { state, by, at, reason = '', validUntil } = after
  await sql`
    with gone as (delete from verification_pictures where home_hub = ${hub} and verification_id = ${id})
    update verifications
       set state = ${state}, decided_by = ${by}, decided_at = ${timestamptz(at)}, reason = ${reason},
           valid_until = coalesce(${validUntil ?? null}::date, valid_until)
     where home_hub = ${hub} and verification_id = ${id}`.execute(tx)
  await appendEvent(tx, {
    ...{ hub, kind: verificationEvent, subject: id, actor: by, at },
    body: { holder: `${holder.kind}:${holder.id}`, state },
  })
}
