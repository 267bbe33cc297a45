// Creating and changing offers, batch-first: load, decide, write (docs/architecture.md). One offer is a batch of one.
import type { Refused } from '../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../basis/uuid.ts'
import { appendEvents, type NewEvent, type Tx } from '../db/index.ts'
import { decideSave, type Decided } from './decide-save.ts'
import { loadGoods, type Goods } from './load-goods.ts'
import type { Offer, OfferDraft, OfferStatus, Owner, TextSource } from './offer.ts'
import { lockGoods } from './lock-goods.ts'
import { writeOffers, type OfferChange } from './write-offers.ts'

export type SaveOffer = Owner & {
  readonly draft: OfferDraft
  /** The id of who does it, for the log. */
  readonly actor?: string | undefined
  /** Whose words new texts are; `seller` unless given. */
  readonly source?: TextSource | undefined
  /** The version the change rests on; another one since then refuses it. */
  readonly version?: bigint | undefined
}

export type SaveParts = {
  /** Unix milliseconds. */
  readonly now: number
  readonly random: RandomBytes
  /** Whether six digits are a subheading of HS 2022. */
  readonly knowsCode?: ((code: string) => boolean) | undefined
  /**
   * Tells which of the offers may be on sale: the destinations they are export-ready for, most codes of what is
   * missing otherwise (judge-offers.ts). Without it nothing gets published, and what was stays so only while its own
   * facts are complete.
   */
  readonly judge?:
    | ((tx: Tx, offers: readonly Offer[]) => Promise<readonly OfferVerdict[]>)
    | undefined
}

/** For one offer: where it can go now; where nowhere, what keeps it. */
export type OfferVerdict = {
  readonly ready: readonly string[]
  readonly missing: readonly string[]
}

export type SaveOutcome =
  | {
      readonly offerId: string
      readonly slug: string
      readonly outcome: 'created' | 'updated' | 'unchanged'
      readonly status: OfferStatus
      /** Why an offer that should be on sale is not. */
      readonly missing?: readonly string[]
    }
  | Refused

/**
 * Saves every draft, each with its own outcome and in the order given; a later one of the batch sees what an earlier
 * one did. Nothing of a refused draft is kept. Takes turns with other writers of the same business's goods.
 */
export async function saveOffers(
  tx: Tx,
  commands: readonly SaveOffer[],
  parts: SaveParts,
): Promise<SaveOutcome[]> {
  await lockGoods(tx, commands)
  const ids = commands.map(({ draft }) => draft.offerId ?? uuidv7(parts.now, parts.random))
  const state = await loadGoods(tx, commands, ids)
  const decided = commands.map((command, index) =>
    decideSave(state, command, ids[index] as string, parts),
  )
  const verdicts = await judgeWanting(tx, state, parts)
  const changes = changesOf(state, verdicts, parts.now)
  await writeOffers(tx, [...changes.values()], parts.now)
  await appendEvents(tx, eventsOf(changes, commands, decided, parts.now))
  return decided.map((outcome) => {
    if ('refused' in outcome) return outcome
    const change = changes.get(outcome.offerId)
    const missing = verdicts.get(outcome.offerId)?.missing ?? []
    const status = change?.after.status ?? outcome.status
    return {
      ...outcome,
      status,
      ...(missing.length > 0 && status !== 'published' ? { missing } : {}),
    }
  })
}

/** Asks the judge about what should go on sale, and about what changed while it was. */
async function judgeWanting(
  tx: Tx,
  goods: Goods,
  { judge }: SaveParts,
): Promise<Map<string, OfferVerdict>> {
  const wanting = [...goods.offers.values()].filter((offer) => {
    const wanted = goods.wanted.get(offer.offerId)
    const changed = offer !== goods.before.get(offer.offerId)
    return (
      wanted === 'published' || (wanted === undefined && offer.status === 'published' && changed)
    )
  })
  if (wanting.length === 0) return new Map()
  const verdicts = judge
    ? await judge(tx, wanting)
    : wanting.map((offer) => ({
        ready: [],
        missing: goods.wanted.has(offer.offerId)
          ? ['not-judged']
          : offer.subheading && offer.origin
            ? []
            : ['subheading'],
      }))
  return new Map(
    wanting.map((offer, index) => [offer.offerId, verdicts[index] ?? { ready: [], missing: [] }]),
  )
}

/** The offers as they are to be written; one that cannot be on sale any more goes back to being a draft. */
function changesOf(
  goods: Goods,
  verdicts: ReadonlyMap<string, OfferVerdict>,
  now: number,
): Map<string, OfferChange> {
  const changes = new Map<string, OfferChange>()
  for (const offer of goods.offers.values()) {
    const before = goods.before.get(offer.offerId)
    const verdict = verdicts.get(offer.offerId)
    const status = statusOf(offer, goods.wanted.get(offer.offerId), verdict)
    const changed = status !== offer.status
    if (offer === before && !changed) continue
    const after = changed
      ? {
          ...offer,
          status,
          updatedAt: now,
          version: before?.version === offer.version ? offer.version + 1n : offer.version,
          publishedAt: status === 'published' ? now : offer.publishedAt,
        }
      : offer
    const opened = status === 'published' && changed ? (verdict?.ready ?? []) : []
    changes.set(offer.offerId, { before, after, opened })
  }
  return changes
}

function statusOf(
  offer: Offer,
  wanted: OfferStatus | undefined,
  verdict: OfferVerdict | undefined,
): OfferStatus {
  if (verdict && verdict.missing.length > 0)
    return offer.status === 'published' ? 'draft' : offer.status
  // A draft that never was on sale has nothing to be withdrawn from.
  if (wanted === 'withdrawn' && offer.status === 'draft') return 'draft'
  return wanted ?? offer.status
}

function eventsOf(
  changes: ReadonlyMap<string, OfferChange>,
  commands: readonly SaveOffer[],
  decided: readonly Decided[],
  now: number,
): NewEvent[] {
  const actors = new Map(
    decided.flatMap((outcome, index) =>
      'refused' in outcome ? [] : [[outcome.offerId, commands[index]?.actor] as const],
    ),
  )
  return [...changes.values()].flatMap(({ before, after }) => {
    const actor = actors.get(after.offerId)
    const event = (kind: string): NewEvent => ({
      hub: after.homeHub,
      kind,
      subject: after.offerId,
      body: { business: after.businessId, version: Number(after.version) },
      at: now,
      ...(actor === undefined ? {} : { actor }),
    })
    const wasOn = before?.status === 'published'
    const isOn = after.status === 'published'
    return [
      event('offer.saved'),
      ...(isOn && !wasOn ? [event('offer.published')] : []),
      ...(wasOn && !isOn ? [event('offer.withdrawn')] : []),
    ]
  })
}
