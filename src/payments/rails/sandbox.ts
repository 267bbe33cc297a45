// The built-in provider: no real money moves. It keeps its own tables, decides by its seed how each transfer ends, and calls
// back through the same door and with the same kind of signature as a real one. Every hub can show the whole way with it.
import { sql } from 'kysely'
import { z } from 'zod'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { instantOf, timestamptz, transact, type Database, type Tx } from '../../db/index.ts'
import type { RandomBytes } from '../../basis/uuid.ts'
import type { Deliver, Found, Rail, RailEvent, RailMovement, Sent, TransferKind } from './rail.ts'
import { gentle, planOf, type SandboxBehaviour } from './sandbox-plan.ts'
import type { SandboxTransferTable } from './schema.ts'
import { signatureOf, whyNotSigned } from './signature.ts'
import './schema.ts'

export type { SandboxBehaviour } from './sandbox-plan.ts'

export type SandboxParts = {
  readonly db: Database
  /** Unix milliseconds. */
  readonly now: () => number
  /** Makes the key that signs callbacks, at the first start. */
  readonly random: RandomBytes
  /** Without one every transfer succeeds after a second. */
  readonly behaviour?: Partial<SandboxBehaviour> | undefined
}

const header = 'sandbox-signature'
const name = 'sandbox'

export function createSandbox(parts: SandboxParts): Rail {
  const { db, now } = parts
  return {
    ...{ name, realMoney: false, keepsKeysFor: Number.POSITIVE_INFINITY },
    async takeIn({ returnUrl, ...wanted }) {
      const sent = await start(parts, { ...wanted, kind: 'top-up' })
      return { ...sent, continueUrl: returnUrl }
    },
    payOut: (wanted) => start(parts, { ...wanted, kind: 'payout' }),
    async giveBack(wanted) {
      const of = await findRow(db, wanted.of)
      if (!of || of.outcome !== 'done') return refused('provider-refused')
      return start(parts, { ...wanted, kind: 'refund' })
    },
    async find(providerRef) {
      const row = await findRow(db, providerRef)
      return row && foundOf(row, now())
    },
    async readWebhook(headers, body, at) {
      const secret = await secretOf(parts)
      return whyNotSigned(headers.get(header), body, [secret], at) ?? readEvent(body)
    },
    report: (from, to) => report(parts, from, to),
    tick: (deliver) => callBack(parts, deliver),
  }
}

type Wanted = {
  readonly id: string
  readonly kind: TransferKind
  readonly amount: bigint
  readonly currency: string
  readonly of?: string
}

/** Once for each id; what was asked before is told again. */
async function start({ db, now, behaviour }: SandboxParts, wanted: Wanted): Promise<Sent> {
  const at = now()
  const providerRef = `sandbox-${wanted.id}`
  const plan = planOf({ ...gentle, ...behaviour }, { ...wanted, providerRef }, at)
  await transact(db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('sandbox_transfers')
      .values({
        provider_ref: providerRef,
        transfer_id: wanted.id,
        kind: wanted.kind,
        amount_minor: plan.amount,
        currency: wanted.currency,
        refund_of: wanted.of ?? null,
        outcome: plan.outcome,
        ends_at: timestamptz(plan.endsAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n || plan.callbacks.length === 0) return
    await insertCallbacks(tx, plan.callbacks)
  })
  const row = await findRow(db, providerRef)
  return foundOf(row!, at)
}

async function insertCallbacks(
  tx: Tx,
  callbacks: readonly { readonly dueAt: number; readonly body: string }[],
): Promise<void> {
  await tx
    .insertInto('sandbox_callbacks')
    .values(callbacks.map(({ dueAt, body }) => ({ due_at: timestamptz(dueAt), body })))
    .execute()
}

const findRow = (db: Database, ref: string): Promise<SandboxTransferTable | undefined> =>
  db.kysely
    .selectFrom('sandbox_transfers')
    .selectAll()
    .where('provider_ref', '=', ref)
    .executeTakeFirst()

const foundOf = (row: SandboxTransferTable, now: number): Found => ({
  providerRef: row.provider_ref,
  state: instantOf(row.ends_at) > now ? 'pending' : row.outcome,
  amount: row.amount_minor,
  currency: row.currency,
  fault: row.outcome === 'failed' ? 'provider-failed' : undefined,
})

const eventBody = z.object({
  id: z.string().min(1),
  transfer: z.string(),
  ref: z.string().min(1),
  state: z.enum(['done', 'failed']),
  amount: z.string().regex(/^\d{1,18}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

function readEvent(body: Uint8Array): Refused | RailEvent[] {
  try {
    const { ref, amount, ...rest } = eventBody.parse(JSON.parse(Buffer.from(body).toString()))
    return [{ ...rest, providerRef: ref, amount: BigInt(amount) }]
  } catch {
    return refused('callback-not-readable')
  }
}

/** The key is made by whoever needs it first, and kept. */
async function secretOf({ db, random }: SandboxParts): Promise<Uint8Array> {
  const find = () => db.kysely.selectFrom('sandbox_key').select('secret').executeTakeFirst()
  const known = await find()
  if (known) return known.secret
  await db.kysely
    .insertInto('sandbox_key')
    .values({ only_row: true, secret: Buffer.from(random(32)) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await find())!.secret
}

const pauseAfterRefusal = 60_000

/** Delivers what is due; killed before it notes that, it delivers again, as real providers do. */
async function callBack(parts: SandboxParts, deliver: Deliver): Promise<number> {
  const { db, now } = parts
  const due = await db.kysely
    .selectFrom('sandbox_callbacks')
    .select(['number', 'body'])
    .where('delivered_at', 'is', null)
    .where('due_at', '<=', timestamptz(now()))
    .orderBy('due_at')
    .orderBy('number')
    .limit(50)
    .execute()
  if (due.length === 0) return 0
  const secret = await secretOf(parts)
  for (const each of due) {
    const body = Buffer.from(each.body)
    const headers = new Headers({ [header]: signatureOf(secret, body, now()) })
    // One that cannot be taken must not keep the others waiting.
    const refusal = await deliver(headers, body).then(isRefused, () => true)
    await db.kysely
      .updateTable('sandbox_callbacks')
      .set(
        refusal
          ? { due_at: timestamptz(now() + pauseAfterRefusal) }
          : { delivered_at: timestamptz(now()) },
      )
      .where('number', '=', each.number)
      .execute()
  }
  return due.length
}

async function* report(
  { db, now }: SandboxParts,
  from: number,
  to: number,
): AsyncGenerator<RailMovement> {
  const { rows } = await sql<SandboxTransferTable>`
    select * from sandbox_transfers
     where ends_at >= ${timestamptz(from)} and ends_at < ${timestamptz(Math.min(to, now() + 1))} and outcome = 'done'
     order by ends_at, provider_ref`.execute(db.kysely)
  for (const row of rows)
    yield {
      providerRef: row.provider_ref,
      transfer: row.transfer_id,
      direction: row.kind === 'top-up' ? 'in' : 'out',
      amount: row.amount_minor,
      currency: row.currency,
      at: instantOf(row.ends_at),
      reversal: false,
      what: row.kind,
    }
}
