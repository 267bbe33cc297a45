// Stock of one batch in memory: what is there, and what orders take. Pure between load and write; every move works on the
// batch's journal, so that an order that fails elsewhere takes nothing.
import { sql } from 'kysely'
import type { Journal } from '../basis/journal.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import { timestamptz, type Tx } from '../db/index.ts'
import './schema.ts'

export type StockLine = {
  readonly homeHub: string
  readonly businessId: string
  readonly variantId: string
  readonly quantity: number
}

type StockKey = Omit<StockLine, 'quantity'>

export type StockDraft = {
  readonly journal: Journal
  readonly onHand: Map<string, { readonly key: StockKey; readonly onHand: bigint }>
  readonly before: ReadonlyMap<string, { readonly onHand: bigint }>
}

const nameOf = ({ homeHub, businessId, variantId }: StockKey): string =>
  `${homeHub} ${businessId} ${variantId}`

/** Locks the rows of a batch in the order of their key; variants without a row have nothing on hand. */
export async function loadStock(
  tx: Tx,
  journal: Journal,
  wanted: readonly StockKey[],
): Promise<StockDraft> {
  const keys = [...new Map(wanted.map((key) => [nameOf(key), key])).values()]
  const onHand: StockDraft['onHand'] = new Map()
  if (keys.length > 0) {
    const { rows } = await sql<{
      home_hub: string
      business_id: string
      variant_id: string
      on_hand: bigint
    }>`
      select s.home_hub, s.business_id, s.variant_id, s.on_hand from stock s
        join unnest(${keys.map(({ homeHub }) => homeHub)}::uuid[], ${keys.map(({ businessId }) => businessId)}::uuid[],
                    ${keys.map(({ variantId }) => variantId)}::uuid[]) as k (home_hub, business_id, variant_id)
       using (home_hub, business_id, variant_id)
       order by s.home_hub, s.business_id, s.variant_id for update of s`.execute(tx)
    for (const row of rows) {
      const key = { homeHub: row.home_hub, businessId: row.business_id, variantId: row.variant_id }
      onHand.set(nameOf(key), { key, onHand: row.on_hand })
    }
  }
  return { journal, onHand, before: new Map(onHand) }
}

/** Takes every line or, where one is short, refuses: `out-of-stock` with the variant and what is left of it. */
export function takeStock(draft: StockDraft, lines: readonly StockLine[]): Refused | undefined {
  const outcome = draft.journal.attempt(() => {
    for (const line of lines) {
      const left = draft.onHand.get(nameOf(line))?.onHand ?? 0n
      const rest = left - BigInt(line.quantity)
      if (rest < 0n) return refused('out-of-stock', { variant: line.variantId, left: Number(left) })
      draft.journal.put(draft.onHand, nameOf(line), { key: line, onHand: rest })
    }
    return 'taken' as const
  })
  return outcome === 'taken' ? undefined : outcome
}

/** Gives back what an order took that came to nothing; stock of a variant that is gone stays gone. */
export function putBack(draft: StockDraft, lines: readonly StockLine[]): void {
  for (const line of lines) {
    const found = draft.onHand.get(nameOf(line))
    if (found)
      draft.journal.put(draft.onHand, nameOf(line), {
        ...found,
        onHand: found.onHand + BigInt(line.quantity),
      })
  }
}

export async function writeStock(
  tx: Tx,
  { onHand, before }: StockDraft,
  now: number,
): Promise<void> {
  const changed = [...onHand].filter(([name, each]) => each !== before.get(name))
  if (changed.length === 0) return
  const rows = changed.map(([, each]) => each)
  await sql`
    update stock s set on_hand = new.on_hand, updated_at = ${timestamptz(now)}
      from unnest(${rows.map(({ key }) => key.homeHub)}::uuid[], ${rows.map(({ key }) => key.businessId)}::uuid[],
                  ${rows.map(({ key }) => key.variantId)}::uuid[], ${rows.map((each) => each.onHand)}::bigint[])
             as new (home_hub, business_id, variant_id, on_hand)
     where (s.home_hub, s.business_id, s.variant_id) = (new.home_hub, new.business_id, new.variant_id)`.execute(
    tx,
  )
}
