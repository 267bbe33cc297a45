import { appendEvent, timestamptz, transact, type Db } from '../db/index.ts'
import type { PartiesParts } from './parts.ts'
import './schema.ts'

/** What stands between joining and a published, export-ready product, in the order it is best done. */
export const stepIds = [
  'identity',
  'first-product',
  'hs-code',
  'prices-markets',
  'shipping',
  'payout',
  'test-order',
  'publish',
] as const

export type StepId = (typeof stepIds)[number]

/** What a capability knows of a step: whether it is done, and where it is done. */
export interface StepFact {
  done: boolean
  href: string
}

export type StepFacts = Readonly<Partial<Record<StepId, StepFact>>>

export interface ChecklistStep {
  id: StepId
  /** `current` is the first that is left; `skipped` was put aside by the seller. */
  state: 'done' | 'current' | 'open' | 'skipped'
  href: string
}

/**
 * Pure: the steps from what capabilities know and from what the seller put aside. Of a step that no capability of this hub
 * knows nobody has to hear.
 */
export function checklistSteps(facts: StepFacts, skipped: ReadonlySet<string>): ChecklistStep[] {
  const states = stepIds.flatMap((id): ChecklistStep[] => {
    const fact = facts[id]
    if (!fact) return []
    const open = skipped.has(id) ? 'skipped' : 'open'
    return [{ id, state: fact.done ? 'done' : open, href: fact.href }]
  })
  const first = states.findIndex(({ state }) => state === 'open')
  return states.map((step, index) => (index === first ? { ...step, state: 'current' } : step))
}

/** The steps of which this capability knows: who the business is and where its parcels leave from. */
export async function findOwnFacts(
  db: Db,
  homeHub: string,
  businessId: string,
): Promise<StepFacts> {
  const row = await db
    .selectFrom('businesses as b')
    .leftJoin('setup_steps as s', (join) =>
      join
        .onRef('s.home_hub', '=', 'b.home_hub')
        .onRef('s.business_id', '=', 'b.id')
        .on('s.step', '=', 'identity')
        .on('s.state', '=', 'done'),
    )
    .select(['b.ship_from', 's.step'])
    .where('b.home_hub', '=', homeHub)
    .where('b.id', '=', businessId)
    .executeTakeFirst()
  const profile = `/business/${businessId}/profile`
  return {
    identity: { done: row?.step === 'identity', href: profile },
    shipping: { done: (row?.ship_from ?? null) !== null, href: `${profile}#address` },
  }
}

export async function findSkipped(
  db: Db,
  homeHub: string,
  businessId: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('setup_steps')
    .select('step')
    .where('home_hub', '=', homeHub)
    .where('business_id', '=', businessId)
    .where('state', '=', 'skipped')
    .execute()
  return new Set(rows.map(({ step }) => step))
}

/** Puts a step aside, or takes it up again. */
export async function skipStep(
  parts: PartiesParts,
  command: { businessId: string; personId: string; step: string; skipped: boolean },
): Promise<void> {
  const step = stepIds.find((id) => id === command.step)
  if (!step) return
  const of = { home_hub: parts.hub.id, business_id: command.businessId }
  const at = parts.now()
  await transact(parts.db, async (tx) => {
    await tx
      .deleteFrom('setup_steps')
      .where('home_hub', '=', of.home_hub)
      .where('business_id', '=', of.business_id)
      .where('step', '=', step)
      .where('state', '=', 'skipped')
      .execute()
    if (command.skipped)
      await tx
        .insertInto('setup_steps')
        .values({ ...of, step, state: 'skipped', person_id: command.personId, at: timestamptz(at) })
        .onConflict((conflict) => conflict.constraint('setup_steps_pk').doNothing())
        .execute()
    await appendEvent(tx, {
      hub: of.home_hub,
      at,
      kind: command.skipped ? 'setup.skipped' : 'setup.resumed',
      subject: of.business_id,
      actor: command.personId,
      body: { step },
    })
  })
}
