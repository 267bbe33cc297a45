/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isDay } from '../../basis/day.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { signedInActor } from '../../parties/index.ts'
import { readerOf } from '../pages/shell.tsx'
import type { PaymentParts } from '../parts.ts'
import { findOddTransfers } from '../rails/find-transfers.ts'
import { findWaiting } from '../rails/bank/find-bank-files.ts'
import { mostInFile } from '../rails/bank/make-bank-files.ts'
import { bankAmong } from '../rails/rails.ts'
import { reconcileRail } from '../rails/reconcile-rail.ts'
import { findSums } from './find-sums.ts'
import type { Compared } from './comparison.tsx'
import { countWaiting } from '../verification/find-verifications.ts'
import { MoneyDeskPage } from './money-desk-page.tsx'
import { reconcileFile } from './reconcile-file.ts'

/** A file of this size is read within a second, which nobody else has to wait for. */
export const mostFileBytes = 2 * 1024 * 1024

/** GET /operator/money: whose money there is, which transfers want looking at, and the report of a provider's day. */
export async function showMoneyDesk(c: Context, parts: PaymentParts): Promise<Response> {
  const { day = '', rail = '' } = c.req.query()
  if (!isDay(day) || !parts.rails.rails.has(rail)) return desk(c, parts, {})
  const from = Date.parse(day)
  const lists = await reconcileRail(parts.rails, rail, from, from + 24 * 60 * 60_000)
  return desk(c, parts, { compared: { with: rail, day, lists } })
}

/** POST /operator/money/bank-file: the bank's own words against ours; nothing is kept but how payouts in files ended. */
export async function compareBankFile(c: Context, parts: PaymentParts): Promise<Response> {
  const body = await c.req.parseBody()
  const { bank: rail, file } = body
  if (typeof rail !== 'string' || !parts.rails.rails.has(rail))
    return desk(c, parts, { error: refused('rail-not-known') })
  if (!(file instanceof File) || file.size === 0)
    return desk(c, parts, { error: refused('file-missing') })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { personId } = signedInActor(c)
  const found = await reconcileFile(parts.rails, rail, bytes, personId)
  if (isRefused(found)) return desk(c, parts, { error: found })
  return desk(c, parts, { compared: { with: rail, ...found } })
}

export const refuseLargeFile = (c: Context, parts: PaymentParts): Promise<Response> =>
  desk(c, parts, { error: refused('xml-too-large') })

async function desk(
  c: Context,
  parts: PaymentParts,
  { compared, error }: { compared?: Compared; error?: Refused },
): Promise<Response> {
  const bank = bankAmong(parts.rails.rails)
  const [sums, odd, waiting, unseen] = await Promise.all([
    findSums(parts.db.kysely),
    findOddTransfers(parts.db.kysely, parts.now()),
    bank && findWaiting(parts.db.kysely, bank.name, mostInFile),
    countWaiting(parts.db.kysely, parts.hub.id),
  ])
  return c.html(
    <MoneyDeskPage
      {...{ reader: readerOf(c), sums, odd, compared, error, waiting: waiting?.length, unseen }}
      rails={[...parts.rails.rails.keys()]}
      today={parts.today()}
    />,
    error ? 422 : 200,
  )
}
